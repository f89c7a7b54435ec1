"""One at a time for each thing, in all processes that share the cache."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from uuid import uuid4

from django.core.cache import cache
from django.db import models

WAITS = 10  # seconds for whoever is before; then it goes on, for nobody must be kept out
HELD = 30  # seconds after which somebody who never came out is forgotten
LOOKS_EVERY = 0.05  # seconds

_log = logging.getLogger(__name__)


@contextmanager
def alone(model: type[models.Model], key: object) -> Iterator[None]:
    """
    While nobody else is inside for the same row of a model. Not within a transaction, which would
    end after it.

    Not by a lock in the database: Wagtail's screens hold rows in an order of their own, and with
    one more before them two of them could block each other.
    """
    name, mine = f"core.alone:{model._meta.label_lower}:{key}", uuid4().hex
    until = monotonic() + WAITS
    while not _in_cache(cache.add, name, mine, HELD) and monotonic() < until:
        sleep(LOOKS_EVERY)
    try:
        yield
    finally:
        if _in_cache(cache.get, name) == mine:  # else somebody else is inside by now
            _in_cache(cache.delete, name)


def _in_cache(do: Callable[..., object], *given: object) -> object:
    """What the cache says; without one, as if nobody else were there."""
    try:
        return do(*given)
    except Exception:  # noqa: BLE001 - a cache that is away must stop nobody
        _log.exception("Nobody could be kept apart")
        return True
