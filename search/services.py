import logging
from dataclasses import dataclass

from django.db import DatabaseError
from django.db.models import Model, QuerySet
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import MATCH_NONE
from wagtail.search.utils import parse_query_string

from .sources import registered

logger = logging.getLogger(__name__)

LONGEST_QUERY = 100  # characters; what follows is not looked at
MOST_RESULTS = 30  # of each kind: a word that is everywhere must not cost more than a rare one


@dataclass(frozen=True)
class Found:
    """Something the search found, what kind of thing it is, and the template that draws it."""

    thing: Model
    label: str
    card_template: str


def search(text: str) -> list[Found]:
    """
    What the public may see that matches all the words; pages first, at most 30 of each kind.

    `text` is one line of clean text. Odd punctuation is ignored; no text finds nothing.
    """
    found = [
        Found(page, page.page_type_label, page.card_template)
        for page in _specific(_matches(Page.objects.live().public(), text))
    ]
    for source in registered():
        found += [
            Found(thing, source.label, source.card_template)
            for thing in _matches(source.published(), text)
        ]
    return found


def _matches(published: QuerySet, text: str) -> list[Model]:
    _, query = parse_query_string(text[:LONGEST_QUERY], operator="and", zero_terms=MATCH_NONE)
    try:
        return list(get_search_backend().search(query, published)[:MOST_RESULTS])
    except DatabaseError:
        # SQLite's full-text index refuses some punctuation; to the visitor that is "no match".
        logger.exception("The search failed")  # what was looked for is nobody's business
        return []


def _specific(pages: list[Page]) -> list[Page]:
    """The same pages in the same order as their own types: one query for each type."""
    specific = Page.objects.specific().in_bulk([page.pk for page in pages])
    return [specific[page.pk] for page in pages if hasattr(specific[page.pk], "card_template")]
