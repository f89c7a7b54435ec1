from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "outbox"
    verbose_name = "Outbox"

    def ready(self) -> None:
        from core import personal_data

        from .personal_data import erase, export, find

        personal_data.register("messages", find=find, export=export, erase=erase)
