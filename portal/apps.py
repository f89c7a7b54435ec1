from datetime import timedelta

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Business Portal"

    def ready(self) -> None:
        from core import figures, schedule
        from enquiries import morning
        from enquiries.signals import happened
        from outbox import jobs

        from . import receivers, tasks, watch

        a_minute = timedelta(minutes=1)
        schedule.register("portal_health", tasks.check_health, every=a_minute)
        schedule.register("portal_feed", tasks.keep_feed, every=a_minute)
        figures.register(tasks.figures)
        morning.register(watch.concerns)
        jobs.register("portal_delivery", tasks.deliver)
        happened.connect(receivers.enquiry_happened, dispatch_uid="portal.enquiry_happened")
