"""Doing the same for many things, so that one that fails keeps no other."""

import logging
from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import Model

logger = logging.getLogger(__name__)


def each_by_itself(things: Iterable[Model], do: Callable[[Model], int | bool], *, task: str) -> int:
    """
    Do it with each in a transaction of its own; the sum of what it gives.

    One that fails counts nothing and is logged, with `task` in the line; it is for the next run.
    """
    return sum(_try(thing, do, task) for thing in list(things))


def _try(thing: Model, do: Callable[[Model], int], task: str) -> int:
    try:
        with transaction.atomic():
            return do(thing)
    except Exception as error:  # noqa: BLE001 - one that fails must not keep the others
        # Without the words of the error: a database puts the row into them.
        kind, name = thing._meta.verbose_name, type(error).__name__
        logger.error("%s of %s %s failed: %s", task, kind, thing.pk, name)
        return 0
