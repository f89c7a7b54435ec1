"""
How each database looks through the search index, which Wagtail keeps.

Wagtail's own search asks SQLite once more for every match, and ranks every match on PostgreSQL:
a word that stands on every page costs seconds. Here one query gives the best of each kind of
thing, of those that the public may see.
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from itertools import chain
from typing import NamedTuple, Protocol

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Model, QuerySet, TextField, Value
from django.db.models.functions import Cast
from wagtail.search.models import IndexEntry

from core.text import plain_words

from .words import Words, fold

MOST = 101  # of each kind of thing: one more than is shown tells that there are more
TITLE_WEIGHT = 8  # a word in a title counts as much as so many in the text
ENTRIES = IndexEntry._meta.db_table
CONFIGURATION = "aspires"  # of PostgreSQL's full-text search: a migration makes it

SIMILAR = 0.75  # of 1: how alike two words must be, as difflib counts
MOST_SIMILAR = 3  # words for one that was typed
MOST_MISTYPED = 4  # words of a search: the first of four letters or more
SHORTEST_MISTYPED = 4  # letters


class Hit(NamedTuple):
    """One match: the lower the score the better."""

    content_type_id: int
    entry_id: int
    object_id: int
    score: float


class Engine(Protocol):
    """What a database must be able to do; `kinds` are lists of published things."""

    text_field: str  # of the index: the words of a thing without its title

    def best(self, words: Words, kinds: Sequence[Sequence[QuerySet]]) -> list[Hit]:
        """The best matches, at most 101 of each model, best first: one query."""

    def keys(self, words: Words, model: type[Model]) -> tuple[str, list]:
        """SQL for the primary keys of all of this model that match, drafts too; its parameters."""

    def similar(
        self, words: list[str], kinds: Sequence[Sequence[QuerySet]]
    ) -> dict[str, list[str]]:
        """Words of published things that look like these, at most 3 for each: two queries."""


class SQLite:
    """Full-text search by FTS5, whose words are neither stemmed nor accented."""

    text_field = "body"
    INDEX = f"{ENTRIES}_fts"
    MOST_CANDIDATES = 3_000  # words that begin with the same letter and are about as long
    MOST_ALIKE = 100  # words for one that was typed, looked up in what is published

    def best(self, words: Words, kinds: Sequence[Sequence[QuerySet]]) -> list[Hit]:
        published, parameters = _published(chain.from_iterable(kinds))
        # The limit of -1 limits nothing; it keeps SQLite from asking for the matches again for
        # each entry. The weights are those of the columns: autocomplete, body, title.
        sql = f"""
            WITH found AS (
                SELECT rowid AS id, bm25({self.INDEX}, 0, 1, {TITLE_WEIGHT}) AS score
                FROM {self.INDEX} WHERE {self.INDEX} MATCH %s LIMIT -1
            ), ranked AS (
                SELECT e.content_type_id, e.id, e.object_id, found.score, ROW_NUMBER() OVER (
                    PARTITION BY e.content_type_id ORDER BY found.score, e.id
                ) AS place
                FROM found JOIN {ENTRIES} e ON e.id = found.id
                WHERE (e.content_type_id, e.object_id) IN ({published})
            )
            SELECT content_type_id, id, object_id, score FROM ranked WHERE place <= {MOST}
            ORDER BY score, id
        """  # noqa: S608 - names and numbers of ours
        return _hits(sql, [self._expression(words), *parameters])

    @staticmethod
    def _expression(words: Words) -> str:
        """Words hold letters and digits only, so nothing in quotes can be an operator."""
        groups = [
            " OR ".join(f'"{form[:-1]}"*' if form.endswith("*") else f'"{form}"' for form in forms)
            for forms in words.forms
        ]
        joined = (" AND " if words.every else " OR ").join(f"({group})" for group in groups)
        return f"{{title body}} : ({joined})"

    def keys(self, words: Words, model: type[Model]) -> tuple[str, list]:
        # The limit is there for the same reason as above.
        sql = f"""
            SELECT CAST(object_id AS INTEGER) FROM {ENTRIES} WHERE content_type_id = %s
            AND id IN (SELECT rowid FROM {self.INDEX} WHERE {self.INDEX} MATCH %s LIMIT -1)
        """  # noqa: S608 - names of ours
        return sql, [ContentType.objects.get_for_model(model).pk, self._expression(words)]

    def similar(
        self, words: list[str], kinds: Sequence[Sequence[QuerySet]]
    ) -> dict[str, list[str]]:
        """Words that begin with the same letter; typing errors seldom stand there."""
        alike = {
            word: _alike(word, terms, most=self.MOST_ALIKE)
            for word, terms in self._candidates(words).items()
        }
        published = self._published_words(set(chain.from_iterable(alike.values())), kinds)
        return {
            word: [term for term in terms if term in published][:MOST_SIMILAR]
            for word, terms in alike.items()
        }

    def _candidates(self, words: list[str]) -> dict[str, list[str]]:
        """Words of the whole index, drafts too, that could have been meant."""
        sql, parameters = [], []
        for word in words:
            first = fold(word)[:1] or word[0]
            sql.append(
                "SELECT * FROM (SELECT %s, term FROM search_vocabulary WHERE term >= %s "
                "AND term < %s AND length(term) BETWEEN %s AND %s LIMIT %s)"
            )
            parameters += [word, first, chr(ord(first) + 1), len(word) - 2, len(word) + 2]
            parameters += [self.MOST_CANDIDATES]
        candidates: dict[str, list[str]] = {word: [] for word in words}
        for word, term in _rows(" UNION ALL ".join(sql), parameters):
            candidates[word].append(term)
        return candidates

    def _published_words(self, terms: set[str], kinds: Sequence[Sequence[QuerySet]]) -> set[str]:
        """Those that stand in something published: the words of a draft are nobody's business."""
        if not terms:
            return set()
        published, parameters = _published(chain.from_iterable(kinds))
        sql = f"""
            WITH candidates (term) AS (VALUES {", ".join(["(%s)"] * len(terms))})
            SELECT term FROM candidates WHERE EXISTS (
                SELECT 1 FROM {self.INDEX} CROSS JOIN {ENTRIES} e ON e.id = {self.INDEX}.rowid
                WHERE {self.INDEX} MATCH '{{title body}} : "' || term || '"'
                AND (e.content_type_id, e.object_id) IN ({published})
            )
        """  # noqa: S608 - names of ours; terms hold letters and digits only
        return {term for (term,) in _rows(sql, [*sorted(terms), *parameters])}


class PostgreSQL:
    """Full-text search with stemming, by the configuration that a migration of this app makes."""

    text_field = "body_text"
    MOST_RANKED = 500  # of a kind and by title, and as many more by text: ranking is what costs
    MOST_CANDIDATES = 50  # things in which a similar word stands
    # The expression of an index that a migration makes.
    START = "left(title_text || ' ' || body_text, 300)"

    def best(self, words: Words, kinds: Sequence[Sequence[QuerySet]]) -> list[Hit]:
        expression = self._expression(words)
        query = f"to_tsquery('{CONFIGURATION}', %s)"
        lists, branches, of_lists, of_branches = [], [], [], []
        for number, querysets in enumerate(kinds):
            published, parameters = _published(querysets)
            lists.append(f"published{number} AS MATERIALIZED ({published})")
            of_lists += parameters
            entries = f"""
                SELECT e.* FROM {ENTRIES} e WHERE (e.content_type_id, e.object_id)
                IN (SELECT content_type_id, object_id FROM published{number})
            """  # noqa: S608 - names and numbers of ours
            branches.append(f"""
                (SELECT content_type_id, id, object_id, -(
                    {TITLE_WEIGHT} * ts_rank('{{1,1,1,1}}', title, {query})
                    + ts_rank('{{1,1,1,1}}', body, {query})
                ) AS score
                FROM (
                    ({entries} AND e.title @@ {query} LIMIT {self.MOST_RANKED})
                    UNION ALL
                    ({entries} AND (e.title || e.body) @@ {query} AND NOT e.title @@ {query}
                    LIMIT {self.MOST_RANKED})
                ) candidates
                ORDER BY score, id LIMIT {MOST})
            """)  # noqa: S608
            of_branches += [expression] * 5
        sql = f"""
            WITH {", ".join(lists)}
            SELECT * FROM ({" UNION ALL ".join(branches)}) hits ORDER BY score, id
        """  # noqa: S608
        return _hits(sql, [*of_lists, *of_branches])

    @staticmethod
    def _expression(words: Words) -> str:
        """Words hold letters and digits only, so nothing in quotes can be an operator."""
        groups = [
            " | ".join(f"'{form[:-1]}':*" if form.endswith("*") else f"'{form}'" for form in forms)
            for forms in words.forms
        ]
        return (" & " if words.every else " | ").join(f"({group})" for group in groups)

    def keys(self, words: Words, model: type[Model]) -> tuple[str, list]:
        sql = f"""
            SELECT CAST(object_id AS bigint) FROM {ENTRIES} WHERE content_type_id = %s
            AND (title || body) @@ to_tsquery('{CONFIGURATION}', %s)
        """  # noqa: S608 - names of ours
        return sql, [ContentType.objects.get_for_model(model).pk, self._expression(words)]

    def similar(
        self, words: list[str], kinds: Sequence[Sequence[QuerySet]]
    ) -> dict[str, list[str]]:
        """Words near the start of something that share most groups of three letters."""
        if not _rows("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'", []):
            return {}
        published, parameters = _published(chain.from_iterable(kinds))
        one = f"""
            SELECT * FROM (
                SELECT %s, {self.START} FROM {ENTRIES} e WHERE %s <%% {self.START}
                AND (e.content_type_id, e.object_id)
                IN (SELECT content_type_id, object_id FROM published)
                LIMIT {self.MOST_CANDIDATES}
            ) candidates
        """  # noqa: S608 - names and numbers of ours
        sql = (
            f"WITH published AS MATERIALIZED ({published}) {' UNION ALL '.join(one for _ in words)}"
        )
        candidates: dict[str, list[str]] = {word: [] for word in words}
        twice = [word for word in words for _ in range(2)]
        for word, text in _rows(sql, [*parameters, *twice]):
            candidates[word] += plain_words(text)
        return {word: _alike(word, terms) for word, terms in candidates.items()}


def engine() -> Engine:
    """The one for the database of the site."""
    return {"sqlite": SQLite, "postgresql": PostgreSQL}[connection.vendor]()


def similar_words(words: Words, kinds: Sequence[Sequence[QuerySet]]) -> Words:
    """Words that look like these and stand in something published; false if there are none."""
    mistyped = [word for word in words.typed if len(word) >= SHORTEST_MISTYPED][:MOST_MISTYPED]
    found = engine().similar(mistyped, kinds) if mistyped else {}
    return Words(tuple(tuple(terms) for terms in found.values() if terms), every=False)


def _published(querysets: Iterable[QuerySet]) -> tuple[str, list]:
    """SQL for the keys, as the index has them, of all that is in these, with its parameters."""
    parts, parameters = [], []
    for things in querysets:
        keys = things.order_by().annotate(
            content_type_id_=Value(ContentType.objects.get_for_model(things.model).pk),
            object_id_=Cast("pk", TextField()),
        )
        sql, of_keys = keys.values_list("content_type_id_", "object_id_").query.sql_with_params()
        parts.append(sql)
        parameters += of_keys
    keys = " UNION ALL ".join(parts)
    return (
        f"SELECT content_type_id_ AS content_type_id, object_id_ AS object_id FROM ({keys}) keys",  # noqa: S608
        parameters,
    )


def _rows(sql: str, parameters: list) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _hits(sql: str, parameters: list) -> list[Hit]:
    return [
        Hit(content_type, entry, int(pk), score)
        for content_type, entry, pk, score in _rows(sql, parameters)
    ]


def _alike(word: str, candidates: Iterable[str], most: int = MOST_SIMILAR) -> list[str]:
    """At most so many, without accents, the most alike first."""
    others = {fold(candidate) for candidate in candidates} - {fold(word)}
    return get_close_matches(fold(word), sorted(others), most, SIMILAR)
