"""
What the search looks through. An app whose things are no pages registers them in `ready()`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet


@dataclass(frozen=True)
class Source:
    """A kind of thing that can be found: its label, what the public may see, and its card."""

    label: str
    published: Callable[[], QuerySet]
    card_template: str


_sources: list[Source] = []


def register(label: str, published: Callable[[], QuerySet], card_template: str) -> None:
    """Let the search find these things too; `published` gives only what the public may see."""
    _sources.append(Source(label, published, card_template))


def registered() -> tuple[Source, ...]:
    """Every source, in the order of registration."""
    return tuple(_sources)
