"""
What other apps have to say in the desk's morning mail.

Each registers its own in `AppConfig.ready()`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


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
    """All of them, as they are now."""
    return [concern for source in _sources for concern in source(now)]
