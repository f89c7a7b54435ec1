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
TIMES = 10
ROUNDS = 3
QUERIES = 15
SLOWER = 1.5  # times what it takes with few
LIST = "/admin/enquiries/"


def listed(on: str) -> Callable[[], Figure]:
    """The figure for a database, measured inside two copies of the site, without the network."""

    def run() -> Figure:
        with (
            database_server(on) as url,
            running_site(url) as small,
            running_site(url) as large,
        ):
            sites = {FEW: small, MANY: large}
            for count, site in sites.items():
                _inside(site, "fill", count)
            # By turns and the best of each: other work on the machine must not look like growth.
            rounds = [
                {count: _inside(site, "screens", count) for count, site in sites.items()}
                for _ in range(ROUNDS)
            ]
            memory = _inside(large, "memory", MANY)
        return _judged(rounds, memory)

    return run


def _inside(site, what: str, count: int) -> dict:
    command = [sys.executable, "-W", "ignore", "-m", "tests.proof.desk", what, str(count)]
    done = shell(*command, **site.environment)
    if done.returncode:
        raise RuntimeError(done.stderr.strip()[-400:])
    return json.loads(done.stdout)


def _judged(rounds: list[dict[int, dict]], memory: dict) -> Figure:
    """The sentence of the table, and whether every figure holds."""
    parts, holds = [], True
    for what, first in rounds[0][MANY].items():
        few, many = (min(one[count][what]["ms"] for one in rounds) for count in (FEW, MANY))
        parts.append(f"{what} {first['queries']} queries, {many:.0f} ms, × {many / few:.2f}")
        holds = holds and first["queries"] <= QUERIES and many <= SLOWER * few
    grows = memory["all"] / memory["some"]
    parts.append(f"memory of an export of {MANY:,} is × {grows:.2f} of {EXPORTED:,}")
    return "; ".join(parts), holds and grows <= SLOWER


def measure(what: str, count: int) -> None:
    """Do one thing with the database of the settings, and print what was seen as JSON."""
    django.setup()
    from django.conf import settings
    from django.test import Client

    from accounts.models import User
    from tests.many_enquiries import many_enquiries

    settings.ALLOWED_HOSTS.append("testserver")
    desk = Client()
    desk.force_login(User.objects.get(email="desk@example.org"))
    if what == "fill":
        many_enquiries(count)
        seen = {}
    elif what == "screens":
        seen = _screens(desk, count)
    else:
        seen = {"some": _memory(desk, EXPORTED), "all": _memory(desk, count)}
    print(json.dumps(seen))


def _screens(desk, count: int) -> dict[str, dict[str, float]]:
    """Each screen with its queries and the median of its milliseconds."""
    from enquiries.models import Enquiry

    wanted = Enquiry.objects.get(organisation__endswith=" 777")
    screens = {
        "first page": {},
        "last page": {"p": -(-count // 20)},
        "filter by state": {"state": "new"},
        "filter by state, offer and size": {
            "state": "closed",
            "offer": "mentor-a-young-person",
            "size": "1-9",
        },
        "overdue": {"needs": "overdue"},
        "search by e-mail": {"q": wanted.email},
        "search by a part of it": {"q": wanted.email[: wanted.email.index("@") + 1]},
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
    measure(sys.argv[1], int(sys.argv[2]))
