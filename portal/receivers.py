"""What the portal's connection does when something happens elsewhere on the site."""

from enquiries.models import TimelineEntry

from . import door, events


def enquiry_happened(sender: type[TimelineEntry], entry: TimelineEntry, **more: object) -> None:
    """Tell the portal of it; no query while nobody is connected."""
    if door.known().is_connected:
        events.hear(entry)
