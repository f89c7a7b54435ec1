"""How often the form is opened: a number a day."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import DatabaseError, connection, transaction

from .. import clock
from ..models import FormDay

_ROBOTS = re.compile(r"bot|crawl|spider|slurp|preview|monitor|curl|wget|python|^$", re.IGNORECASE)

LONGEST_WAIT = 200  # milliseconds for another writer: the form must not wait for its number

logger = logging.getLogger(__name__)


def count_opening(now: datetime, user_agent: str) -> None:
    """
    Count that somebody opened the form, unless the program says that it is a robot.

    The form is worth more than its number: if it cannot be written down, that is only logged.
    """
    if _ROBOTS.search(user_agent):
        return
    try:
        with _in_haste(), transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL lock_timeout = {LONGEST_WAIT}")
            FormDay.objects.add_one(clock.day(now))
    except DatabaseError as error:
        logger.warning("An opening of the form was not counted: %s", type(error).__name__)


@contextmanager
def _in_haste() -> Iterator[None]:
    """Have SQLite wait for another writer no longer than this is worth."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {LONGEST_WAIT}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {before}")
