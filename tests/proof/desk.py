"""What the desk's list costs with 1,000 and with 100,000 enquiries."""

import json
import sys
import time
import tracemalloc
from collections.abc import Callable
from statistics import median

import django

from tests.proof.places import Figure, database_server, running_site, shell

FEW, MANY = 1_000, 100_000
EXPORTED = 10_000
TIMES = 15
QUERIES = 15
SLOWER = 1.5  # times what it takes with few
LIST = "/admin/enquiries/"


def listed(on: str) -> Callable[[], Figure]:
    """The figure for a database, measured inside a copy of the site, without the network."""

    def run() -> Figure:
        with database_server(on) as url, running_site(url) as site:
            command = [sys.executable, "-W", "ignore", "-m", "tests.proof.desk"]
            done = shell(*command, **site.environment)
        if done.returncode:
            return done.stderr.strip()[-500:], False
        return _judged(json.loads(done.stdout))

    return run


def _judged(seen: dict) -> Figure:
    """The sentence of the table, and whether every figure holds."""
    parts, holds = [], True
    for what, few in seen["few"].items():
        many = seen["many"][what]
        ratio = many["ms"] / few["ms"]
        parts.append(f"{what} {many['queries']} queries, {many['ms']:.0f} ms, × {ratio:.2f}")
        holds = holds and many["queries"] <= QUERIES and ratio <= SLOWER
    grows = seen["memory"][str(MANY)] / seen["memory"][str(EXPORTED)]
    parts.append(f"memory of an export of {MANY:,} is × {grows:.2f} of {EXPORTED:,}")
    return "; ".join(parts), holds and grows <= SLOWER


def measure() -> None:
    """Print figures as JSON, for the database of the settings."""
    django.setup()
    from django.conf import settings
    from django.test import Client

    from accounts.models import User
    from tests.many_enquiries import many_enquiries

    settings.ALLOWED_HOSTS.append("testserver")
    desk = Client()
    desk.force_login(User.objects.get(email="desk@example.org"))
    figures = {}
    for name, count in (("few", FEW), ("many", MANY)):
        many_enquiries(count)
        figures[name] = _screens(desk, count)
    figures["memory"] = {rows: _memory(desk, rows) for rows in (EXPORTED, MANY)}
    print(json.dumps(figures))


def _screens(desk, count: int) -> dict[str, dict[str, float]]:
    """Each screen with its queries and the median of its milliseconds."""
    from enquiries.models import Enquiry

    wanted = Enquiry.objects.get(organisation__endswith=" 777")
    screens = {
        "first page": {},
        "last page": {"p": -(-count // 20)},
        "filter by state": {"state": "new"},
        "filter by offer, size and outcome": {
            "state": "closed",
            "offer": "mentor-a-young-person",
            "size": "1-9",
        },
        "overdue": {"needs": "overdue"},
        "search by e-mail": {"q": wanted.email},
        "search by a part of it": {"q": wanted.email.partition("@")[0]},
        "search by organisation": {"q": wanted.organisation},
    }
    seen = {what: _seen(desk, query) for what, query in screens.items()}
    rows = min(count, EXPORTED)
    export = _seen(desk, _some(rows), times=3)
    seen["export of 10,000, per 1,000 rows"] = {**export, "ms": export["ms"] * 1_000 / rows}
    return seen


def _some(rows: int) -> dict[str, str]:
    """The query for an export of about so many rows: the latest, by the day they came in."""
    from enquiries.models import Enquiry

    oldest = Enquiry.objects.newest_first()[rows - 1]
    return {"export": "csv", "created_at_from": f"{oldest.created_at:%Y-%m-%d}"}


def _seen(desk, query: dict, *, times: int = TIMES) -> dict[str, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    took = []
    for _ in range(times + 1):
        began = time.perf_counter()
        _read(desk, query)
        took.append((time.perf_counter() - began) * 1000)
    with CaptureQueriesContext(connection) as queries:
        _read(desk, query)
    return {"ms": median(took[1:]), "queries": len(queries)}


def _read(desk, query: dict) -> int:
    """Take in the whole answer, as a browser does; how many lines it has."""
    answer = desk.get(LIST, query)
    assert answer.status_code == 200, query
    if answer.streaming:
        return sum(part.count(b"\n") for part in answer.streaming_content)
    return answer.content.count(b"\n")


def _memory(desk, rows: int) -> int:
    """The most bytes that an export of about so many rows held at once."""
    query = _some(rows)
    tracemalloc.start()
    lines = _read(desk, query)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert lines > rows, lines
    return most


if __name__ == "__main__":
    measure()
