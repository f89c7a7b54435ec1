"""
What the search needs of each database.

PostgreSQL: a configuration with stemming, and without accents where the extension `unaccent` can
be had; an index on what the search compares; one of letter groups where `pg_trgm` can be had.
Without the right to create extensions the site works and is only less forgiving. To make up for
it later: `migrate search zero`, `migrate search`, `update_index`.

SQLite: a view of the words in the full-text index.
"""

from django.db import DatabaseError, migrations, transaction

CONFIGURATION = [
    "DROP TEXT SEARCH CONFIGURATION IF EXISTS aspires",
    "CREATE TEXT SEARCH CONFIGURATION aspires (COPY = pg_catalog.english)",
]
INDEX = [
    "CREATE INDEX search_title_and_body ON wagtailsearch_indexentry USING gin ((title || body))"
]
WITHOUT_ACCENTS = [
    "CREATE EXTENSION IF NOT EXISTS unaccent",
    "ALTER TEXT SEARCH CONFIGURATION aspires "
    "ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem",
]
SIMILAR = [
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX search_start ON wagtailsearch_indexentry "
    "USING gin (left(title_text || ' ' || body_text, 300) gin_trgm_ops)",
]
VOCABULARY = [
    "CREATE VIRTUAL TABLE search_vocabulary USING fts5vocab(wagtailsearch_indexentry_fts, row)"
]
DROP = {
    "postgresql": [
        "DROP INDEX IF EXISTS search_start",
        "DROP INDEX IF EXISTS search_title_and_body",
        "DROP TEXT SEARCH CONFIGURATION IF EXISTS aspires",
    ],
    "sqlite": ["DROP TABLE IF EXISTS search_vocabulary"],
}


def prepare(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        run(schema_editor, VOCABULARY)
    if schema_editor.connection.vendor == "postgresql":
        run(schema_editor, CONFIGURATION + INDEX)
        for optional in (WITHOUT_ACCENTS, SIMILAR):
            try:
                with transaction.atomic(using=schema_editor.connection.alias):
                    run(schema_editor, optional)
            except DatabaseError:
                continue  # the check search.W001 says what is missing


def undo(apps, schema_editor):
    run(schema_editor, DROP.get(schema_editor.connection.vendor, []))


def run(schema_editor, statements):
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("wagtailsearch", "0010_add_text_fields")]

    operations = [migrations.RunPython(prepare, undo)]
