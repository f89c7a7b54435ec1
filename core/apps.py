from datetime import datetime, timedelta

from django.apps import AppConfig


def _clear_sessions(now: datetime) -> None:
    """Django's own command: forget drafts of enquiries and sign-ins that ran out."""
    from django.core.management import call_command

    call_command("clearsessions")


def _remove_old_previews(now: datetime) -> None:
    """Forget secret links that ended long ago."""
    from .services import remove_old_previews

    remove_old_previews(now)


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Site"

    def ready(self) -> None:
        from . import checks, schedule, tasks  # noqa: F401 - checks register themselves

        schedule.register("publish_scheduled", tasks.publish_scheduled, every=timedelta(minutes=1))
        schedule.register("clear_sessions", _clear_sessions, every=timedelta(hours=6))
        schedule.register("remove_old_previews", _remove_old_previews, every=timedelta(days=1))
