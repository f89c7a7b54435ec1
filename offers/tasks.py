"""What the worker does for offers by the clock."""

from datetime import datetime

from core.working_days import LONDON, is_working_day

from . import services

FROM_HOUR = 9  # in London: whoever is mailed is at work


def keep_links_fresh(now: datetime) -> None:
    """Ask partners whether what they offer is still right, and hide what nobody confirms."""
    local = now.astimezone(LONDON)
    if is_working_day(local.date()) and local.hour >= FROM_HOUR:
        services.hide_unconfirmed(now)
        services.ask_partners(now)
