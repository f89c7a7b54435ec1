"""What the worker does for the portal, by the clock."""

from datetime import datetime

from django.utils import timezone

from outbox.models import Message

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


def figures(now: datetime) -> dict[str, object]:
    """For `/readyz`, while the systems are connected: how long something waits for the portal."""
    if not door.known().is_connected:
        return {}
    events = Message.objects.for_portal()
    oldest = events.waiting().first()
    waited = (now - oldest.created_at).total_seconds() if oldest else 0
    given_up = events.dead().count()
    return {"portal_oldest_waiting_seconds": round(waited), "portal_given_up": given_up}


def deliver() -> bool:
    """Bring the portal what waits for it; whether it took anything."""
    return delivery.deliver(timezone.now()) > 0
