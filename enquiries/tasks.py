"""What the worker does for enquiries by the clock."""

from datetime import datetime

from wagtail.models import Site

from . import services
from .models import DeskSettings


def remove_personal_details(now: datetime) -> None:
    """Anonymise what has come to its date."""
    services.remove_overdue(now)


def remind_the_desk(now: datetime) -> None:
    """Say what is overdue, and once a morning what waits."""
    desk = DeskSettings.for_site(Site.objects.get(is_default_site=True))
    services.escalate(desk=desk, now=now)
    services.send_digest(desk=desk, now=now)


def retention_figures(now: datetime) -> dict[str, object]:
    """For `/readyz`: hours since retention ended its work (None: never), and what is overdue."""
    state = services.retention_state(now)
    hours = state.completed_at and round((now - state.completed_at).total_seconds() / 3600, 1)
    return {
        "retention_completed_hours_ago": hours,
        "retention_overdue": state.overdue,
        "retention_well": state.is_well,
    }
