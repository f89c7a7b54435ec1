"""What the worker does for the portal, by the clock."""

from datetime import datetime

from . import health


def check_health(now: datetime) -> None:
    """Ask the portal how it is."""
    health.check(now)
