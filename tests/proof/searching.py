"""How long the server takes to search 10,000 case studies."""

import sys
import time
from collections.abc import Callable
from statistics import median

import django

from tests.proof.places import Figure, database_server, running_site, shell

PAGES = 10_000
TIMES = 15
LONGEST = 150  # milliseconds for a word that is in every page


def searches(on: str) -> Callable[[], Figure]:
    """The figure for a database, measured inside a copy of the site, without the network."""

    def run() -> Figure:
        with database_server(on) as url, running_site(url) as site:
            command = [sys.executable, "-W", "ignore", "-m", "tests.proof.searching"]
            told = shell(*command, **site.environment).stdout
        everywhere, nowhere, slip = map(int, told.split())
        figure = f"{everywhere} ms; a word that is nowhere {nowhere} ms; with a slip {slip} ms"
        return figure, everywhere <= LONGEST

    return run


def measure() -> None:
    """
    Add the case studies to the database of the settings, and print milliseconds by Django's test
    client: for a word in every one of them, for a word that is nowhere, and for one with a slip.
    """
    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    from tests.many import EVERYWHERE, many_case_studies

    settings.ALLOWED_HOSTS.append("testserver")
    many_case_studies(PAGES, searchable=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as PostgreSQL does by itself after a while
    visitor = Client()
    words = [EVERYWHERE, "qqqqqqq", f"{EVERYWHERE[:6]}{EVERYWHERE[7:]}"]
    print(*(f"{milliseconds(visitor, word):.0f}" for word in words))


def milliseconds(visitor, word: str) -> float:
    """The median of several requests after a first one, which is not counted."""
    took = []
    for _ in range(TIMES + 1):
        began = time.perf_counter()
        answer = visitor.get("/search/", {"q": word})
        took.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200
    return median(took[1:])


if __name__ == "__main__":
    measure()
