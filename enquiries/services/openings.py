"""How often the form is opened: a number a day."""

import logging
import re
from datetime import datetime

from django.db import DatabaseError, transaction

from .. import clock
from ..models import FormDay

_ROBOTS = re.compile(r"bot|crawl|spider|slurp|preview|monitor|curl|wget|python|^$", re.IGNORECASE)

logger = logging.getLogger(__name__)


def count_opening(now: datetime, user_agent: str) -> None:
    """
    Count that somebody opened the form, unless the program says that it is a robot.

    The form is worth more than its number: if it cannot be written down, that is only logged.
    """
    if _ROBOTS.search(user_agent):
        return
    try:
        with transaction.atomic():
            FormDay.objects.add_one(clock.day(now))
    except DatabaseError as error:
        logger.warning("An opening of the form was not counted: %s", type(error).__name__)
