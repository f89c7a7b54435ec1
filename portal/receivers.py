"""What the portal's connection does when something happens elsewhere on the site."""

from django.db import transaction

from enquiries.models import TimelineEntry

from . import door, events
from .models import PortalUpdate


def enquiry_happened(sender: type[TimelineEntry], entry: TimelineEntry, **more: object) -> None:
    """Tell the portal of it; no query while nobody is connected, unless somebody is forgotten."""
    if entry.kind == TimelineEntry.Kind.ANONYMISED:
        with transaction.atomic():  # a fingerprint of what somebody wrote can be guessed at
            PortalUpdate.objects.filter(enquiry=entry.enquiry_id).update(digest="")
    if door.known().is_connected:
        events.hear(entry)
