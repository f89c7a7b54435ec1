"""
How much one caller and one form may send before it is kept apart.

Counted in the cache, for a fixed time from the first. What is above a limit is quarantined like
what a program fills in: nothing is lost, and nobody is mailed until a person has looked.
"""

import logging
from datetime import timedelta

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from .stamps import OLDEST, Stamp

OF_ONE_FORM = 3  # sent again with other words; people do it once or twice

_log = logging.getLogger(__name__)


def suspicion(request: HttpRequest, stamp: Stamp) -> str:
    """
    Why what is sent with this stamp is too much; empty if it is not, or if nobody can tell.

    The same stamp again is not counted again.
    """
    an_hour = settings.FORMS_AN_HOUR[stamp.form]
    try:
        if _count("caller", stamp, get_ip(request), timedelta(hours=1)) > an_hour:
            return f"More than {an_hour} from one place in an hour"
        if stamp.parent and _count("form", stamp, stamp.parent.hex, OLDEST) > OF_ONE_FORM:
            return "Sent too often with other words from the same form"
    except Exception:  # noqa: BLE001 - a cache that is away must stop nobody
        _log.exception("What was sent could not be counted")
    return ""


def _count(what: str, stamp: Stamp, whose: str, period: timedelta) -> int:
    """How many different stamps were sent in the period, with this one."""
    seconds = period.total_seconds()
    counter = f"enquiries.limits:{what}:{stamp.form}:{whose}"
    if not cache.add(f"{counter}:{stamp.key.hex}", True, seconds):
        return cache.get(counter, 0)
    cache.add(counter, 0, seconds)
    return cache.incr(counter)
