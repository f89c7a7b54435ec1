"""
What the search looks through. Each app registers its things in `ready()`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

Published = Callable[[], QuerySet]


@dataclass(frozen=True, order=True)
class Kind:
    """
    A kind of thing that can be found; the filter lists the lowest `order` first.

    `key` stands in the address (`?type=`), `label` under each result, `plural` on the filter.
    """

    order: int
    key: str
    label: str
    plural: str


PAGES = Kind(order=4, key="pages", label="Page", plural="Pages")  # of whichever app


@dataclass(frozen=True)
class Place:
    """
    A page of this site that is a view: it is found by the words of its title and its text, and
    shown with both. `text` is a sentence.
    """

    title: str
    url_name: str  # of a view without arguments that anybody may open
    text: str


_sources: dict[Kind, list[Published]] = {}
_places: list[Place] = []


def register(kind: Kind, *published: Published) -> None:
    """
    Let the search find these things too; each of `published` gives what the public may see.

    Their models, one for each, are indexed by Wagtail, have a whole number as primary key, a field
    or property `title`, and if they are no pages `get_absolute_url()`.
    """
    _sources.setdefault(kind, []).extend(published)


def registered() -> dict[Kind, list[Published]]:
    """What is published of every kind, as the filter lists them."""
    return dict(sorted(_sources.items()))


def register_place(*, title: str, url_name: str, text: str) -> None:
    """Let the search find this view too, among the pages."""
    _places.append(Place(title, url_name, text))


def places() -> list[Place]:
    """The views that can be found, by title."""
    return sorted(_places, key=lambda place: place.title)
