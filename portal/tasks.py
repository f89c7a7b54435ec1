"""What the worker does for the portal, by the clock."""

from datetime import datetime

from . import door, feed, health


def check_health(now: datetime) -> None:
    """Ask the portal how it is."""
    health.check(now)


def keep_feed(now: datetime) -> None:
    """Have the feed say what is published now; nothing while nobody reads it."""
    if door.known().is_connected:
        feed.reconcile()
