"""
What other apps have to say in the desk's morning mail.

Each registers its own in `AppConfig.ready()`.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Concern:
    """One thing that is wrong: a sentence without its full stop, and where in the CMS to look."""

    words: str
    path: str


_sources: list[Callable[[datetime], list[Concern]]] = []


def register(source: Callable[[datetime], list[Concern]]) -> None:
    """Add what `source(now)` gives."""
    _sources.append(source)


def concerns(now: datetime) -> list[Concern]:
    """All of them, as they are now; a source that fails is logged and keeps no mail back."""
    return [concern for source in _sources for concern in _ask(source, now)]


def _ask(source: Callable[[datetime], list[Concern]], now: datetime) -> list[Concern]:
    try:
        with transaction.atomic():
            return source(now)
    except Exception:
        logger.exception("A part of the morning mail could not be written")
        return []
