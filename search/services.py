from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from core.text import has_phrase

from .engines import MOST, Hit, engine, similar_words
from .sources import PAGES, Kind, places, registered
from .words import Words, words_of

LONGEST_QUERY = 100  # characters; what follows is not looked at
MOST_SHOWN = MOST - 1  # results that can be reached by turning pages


@dataclass(frozen=True)
class Answer:
    """
    What a search found, best first: at most 101 of each model.

    `exact` is False if nothing has all the words: then these have some of them, or words that
    look like them. `words` are what stands in the results.
    """

    words: Words
    hits: tuple[tuple[Kind, Hit], ...]
    exact: bool = True

    def of(self, key: str = "") -> list[tuple[Kind, Hit]]:
        """Those of one kind, or of all if no key is given: at most 100."""
        return [(kind, hit) for kind, hit in self.hits if key in ("", kind.key)][:MOST_SHOWN]

    def number(self, key: str = "") -> int:
        """How many of one kind, or of all, were found; 101 stands for more than 100."""
        return min(sum(key in ("", kind.key) for kind, _ in self.hits), MOST)

    def without(self, pages: list[Page]) -> "Answer":
        """The same without these: they are shown already."""
        ids = {(page.content_type_id, page.pk) for page in pages}
        kept = tuple(
            pair for pair in self.hits if (pair[1].content_type_id, pair[1].object_id) not in ids
        )
        return Answer(self.words, kept, self.exact)


@dataclass(frozen=True)
class Result:
    """One result as it is shown: `title` and `excerpt` are HTML with the words marked."""

    title: SafeString
    address: str
    excerpt: SafeString
    label: str


def look_for(text: str) -> Answer:
    """
    What the public may see that has all the words, else any of them, else similar words.

    `text` is one line of clean text; only its first 100 characters count. Costs one to five
    queries, however much there is.
    """
    words = words_of(text[:LONGEST_QUERY])
    if not words:
        return Answer(words, ())
    hits = _best(words)
    if hits:
        return Answer(words, hits)
    if len(words.forms) > 1:
        any_word = Words(words.forms, words.typed, every=False)
        hits = _best(any_word)
        if hits:
            return Answer(any_word, hits, exact=False)
    similar = similar_words(words, list(_published_things().values()))
    return Answer(similar, _best(similar) if similar else (), exact=False)


def having(things: QuerySet, text: str) -> QuerySet:
    """
    Those of an indexed model that have all the words of the text, in one of their forms. No query
    of its own; none of them where the text has no word.
    """
    words = words_of(text[:LONGEST_QUERY])
    if not words:
        return things.none()
    keys = RawSQL(*engine().keys(words, things.model))  # noqa: S611 - what was typed is a parameter
    return things.filter(pk__in=keys)


def _published_things() -> dict[Kind, list[QuerySet]]:
    """What the public may see, of every kind."""
    return {
        kind: [published() for published in registry] for kind, registry in registered().items()
    }


def _best(words: Words) -> tuple[tuple[Kind, Hit], ...]:
    things_of = _published_things()
    kind_of = {
        ContentType.objects.get_for_model(things.model).pk: kind
        for kind, querysets in things_of.items()
        for things in querysets
    }
    hits = engine().best(words, list(things_of.values()))
    return tuple((kind_of[hit.content_type_id], hit) for hit in hits)


def show(hits: list[tuple[Kind, Hit]], *, words: Words, request: HttpRequest) -> list[Result]:
    """The same in the same order, with what is printed: one query for pages, texts and the rest."""
    texts = dict(
        IndexEntry.objects.filter(pk__in=[hit.entry_id for _, hit in hits]).values_list(
            "pk", engine().text_field
        )
    )
    ids: dict[type[Model], list[int]] = defaultdict(list)
    for _, hit in hits:
        ids[_fetched_as(hit)].append(hit.object_id)
    things = {model: model._default_manager.in_bulk(pks) for model, pks in ids.items()}
    return [
        Result(
            words.mark(thing.title),
            thing.get_url(request) if isinstance(thing, Page) else thing.get_absolute_url(),
            words.mark(words.excerpt(texts[hit.entry_id] or "")),
            kind.label,
        )
        for kind, hit in hits
        if (thing := things[_fetched_as(hit)].get(hit.object_id))
    ]


def _fetched_as(hit: Hit) -> type[Model]:
    """The model that a result is read as: pages of every kind together."""
    model = ContentType.objects.get_for_id(hit.content_type_id).model_class()
    return Page if issubclass(model, Page) else model


def places_for(text: str) -> list[Result]:
    """The site's own views that have all the words of this text. No query."""
    words = words_of(text)
    return [
        Result(
            words.mark(place.title), reverse(place.url_name), words.mark(place.text), PAGES.label
        )
        for place in places()
        if words.all_stand_in(f"{place.title} {place.text}")
    ]


def promoted(text: str) -> list[SearchPromotion]:
    """
    What editors put first for the words in this text, in their order; only what is published.

    A promotion for "flexible work" is shown whenever these words stand together in that order,
    with whatever punctuation. Reads only: what visitors type is stored nowhere, so the queries
    are the editors' alone and few. One query, or two if there is something.
    """
    queries = Query.objects.filter(editors_picks__isnull=False).values_list("pk", "query_string")
    meant = {pk for pk, words in queries if has_phrase(text, words)}
    if not meant:
        return []
    published = [queryset() for registry in registered().values() for queryset in registry]
    pages = [
        Q(page__in=things.values("pk")) for things in published if issubclass(things.model, Page)
    ]
    found = (
        SearchPromotion.objects.filter(query__in=meant)
        .filter(reduce(or_, pages, Q(page=None) & ~Q(external_link_url="")))
        .select_related("page")
        .order_by("sort_order", "pk")
    )
    return list({(each.page_id, each.external_link_url): each for each in found}.values())
