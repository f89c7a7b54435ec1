"""What `check --database default` says if the database cannot do all that the search can use."""

from django.core.checks import Tags, Warning, register
from django.db import connections

EXTENSIONS = ["pg_trgm", "unaccent"]


@register(Tags.database)
def extensions_are_there(databases: list[str] | None = None, **kwargs) -> list[Warning]:
    """A warning for each PostgreSQL database that was migrated without these extensions."""
    warnings = []
    for alias in databases or []:
        if connections[alias].vendor != "postgresql":
            continue
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_ts_config WHERE cfgname = 'aspires'")
            migrated = cursor.fetchone()
            cursor.execute("SELECT extname FROM pg_extension WHERE extname = ANY(%s)", [EXTENSIONS])
            there = {name for (name,) in cursor.fetchall()}
        missing = [name for name in EXTENSIONS if name not in there]
        if migrated and missing:
            warnings.append(
                Warning(
                    f"The search works without {' and '.join(missing)}, but forgives less",
                    hint="docs/operations.md, ‘Search’, says how to add the extensions.",
                    id="search.W001",
                )
            )
    return warnings
