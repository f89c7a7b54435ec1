"""What the worker does for enquiries by the clock."""

from datetime import datetime, timedelta

from core.one_by_one import each_by_itself
from outbox.models import Message

from . import services
from .models import DeskSettings, TimelineEntry

LOOK_BACK = timedelta(days=7)  # a worker that stood still for longer is seen elsewhere


def remove_personal_details(now: datetime) -> None:
    """Anonymise what has come to its date."""
    services.remove_overdue(now)


def remind_the_desk(now: datetime) -> None:
    """Say what is overdue, and once a morning what waits."""
    desk = DeskSettings.of_default_site()
    services.escalate(desk=desk, now=now)
    services.send_digest(desk=desk, now=now)


def watch_handovers(now: datetime) -> None:
    """Remind partners of what they have not answered, and take back what they leave lying."""
    desk = DeskSettings.of_default_site()
    services.return_from_retired(desk=desk, now=now)
    services.return_unanswered(desk=desk, now=now)
    services.remind_partners(desk=desk, now=now)


def retention_figures(now: datetime) -> dict[str, object]:
    """For `/readyz`: hours since retention ended its work (None: never), and what is overdue."""
    state = services.retention_state(now)
    hours = state.completed_at and round((now - state.completed_at).total_seconds() / 3600, 1)
    return {
        "retention_completed_hours_ago": hours,
        "retention_overdue": state.overdue,
        "retention_well": state.is_well,
    }


def turn_to_backup(now: datetime) -> None:
    """Send what a mailbox of the desk refused to the one that is left; each once."""
    refused = TimelineEntry.objects.filter(
        kind__in=[TimelineEntry.Kind.DESK_TOLD, TimelineEntry.Kind.BACKUP_TOLD],
        message__recipient_refused=True,
        message__settled_at__gte=now - LOOK_BACK,
    )
    desk = DeskSettings.of_default_site()
    each_by_itself(
        refused.select_related("enquiry").order_by("pk"),
        lambda entry: bool(services.turn_to_backup(entry=entry, desk=desk, now=now)),
        task="Turning to the backup",
    )
    about_website = (
        Message.objects.refused()
        .not_blank()
        .filter(purpose=services.RECEIVED, settled_at__gte=now - LOOK_BACK)
    )
    each_by_itself(
        about_website.order_by("pk"),
        lambda one: bool(services.turn_website_message_to_backup(refused=one, desk=desk)),
        task="Turning to the backup",
    )
