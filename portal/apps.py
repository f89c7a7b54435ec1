from datetime import timedelta

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Business Portal"

    def ready(self) -> None:
        from core import schedule

        from . import tasks

        schedule.register("portal_health", tasks.check_health, every=timedelta(minutes=1))
