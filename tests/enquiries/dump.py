"""Everything the database holds, as text: to look for what should not be there."""

from django.contrib.sessions.models import Session
from django.db import connection


def everything_held() -> str:
    """Every value of every table in small letters, and what the sessions hold."""
    held = []
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            held.extend(f"{table}: {value}" for row in cursor.fetchall() for value in row)
    held.extend(f"session: {session.get_decoded()}" for session in Session.objects.all())
    return "\n".join(held).casefold()


def found(words: list[str]) -> dict[str, str]:
    """The words that are somewhere in the database, each with where it is."""
    held = everything_held()
    lines = held.split("\n") if any(word.casefold() in held for word in words) else []
    return {
        word: next(line for line in lines if word.casefold() in line)[:200]
        for word in words
        if any(word.casefold() in line for line in lines)
    }
