"""What the worker does for the portal, by the clock."""

from datetime import datetime

from django.utils import timezone

from . import delivery, door, events, feed, health


def check_health(now: datetime) -> None:
    """Ask the portal how it is."""
    health.check(now)


def keep_feed(now: datetime) -> None:
    """Have the feeds say what is there now, and tell of it; nothing while nobody reads them."""
    if not door.known().is_connected:
        return
    feed.reconcile(now)
    events.reconcile(now)


def deliver() -> bool:
    """Bring the portal what waits for it; whether it took anything."""
    return delivery.deliver(timezone.now()) > 0
