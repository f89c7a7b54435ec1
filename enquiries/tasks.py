"""What the worker does for enquiries, by the clock."""

from datetime import datetime, timedelta

from . import services
from .models import DeskSettings, TimelineEntry

LOOK_BACK = timedelta(days=7)  # a worker that stood still for longer is seen elsewhere


def turn_to_backup(now: datetime) -> None:
    """Send what a mailbox of the desk refused to the one that is left; each once."""
    refused = TimelineEntry.objects.filter(
        kind__in=[TimelineEntry.Kind.DESK_TOLD, TimelineEntry.Kind.BACKUP_TOLD],
        message__recipient_refused=True,
        message__settled_at__gte=now - LOOK_BACK,
    )
    for desk in DeskSettings.objects.all()[:1]:
        for entry in refused.select_related("enquiry", "message").order_by("pk"):
            services.turn_to_backup(entry=entry, desk=desk, now=now)
