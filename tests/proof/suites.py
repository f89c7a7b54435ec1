"""Figures that tests of the suite give, at full size."""

import sys
from collections.abc import Callable

from tests.proof.places import Figure, shell

SUITE = [sys.executable, "-m", "pytest", "-q"]
BOTH_PROCESSORS = ["--numprocesses", "2"]


def suite(
    *arguments: str, good: str, on: str = "SQLite", **environment: str
) -> Callable[[], Figure]:
    """Run some tests; `good` is what it says if all pass."""

    def run() -> Figure:
        command = [*SUITE, *BOTH_PROCESSORS, *arguments]
        if on == "PostgreSQL":
            command = [sys.executable, "deploy/with_postgres.py", *command]
        result = shell(*command, **environment)
        told = (result.stdout.strip().splitlines() or result.stderr.splitlines()[-1:])[-1]
        return f"{good if result.returncode == 0 else 'failed'} ({told})", result.returncode == 0

    return run


def axe() -> Callable[[], Figure]:
    return suite(
        "tests/journeys/test_accessibility.py",
        good="0 violations, 0 undecided",
        AXE_FULL="1",
    )


def journeys() -> Callable[[], Figure]:
    return suite(
        *("tests/journeys", "-k", "three_ways or patterns", "--dist=loadfile"),
        good="pass",
        JOURNEYS_FULL="1",
    )


def hostile(on: str) -> Callable[[], Figure]:
    return suite("tests/test_hostile.py", good="0 answers of 500", on=on, HOSTILE_FULL="1")


def hostile_desk() -> Callable[[], Figure]:
    return suite(
        "tests/journeys/test_hostile_desk.py",
        good="0 dialogs, 0 unescaped, 0 answers of 500",
        HOSTILE_FULL="1",
    )


def generated(on: str) -> Callable[[], Figure]:
    return suite("tests/test_generated.py", good="0 answers of 500", on=on, GENERATED="5000")


def walks(on: str) -> Callable[[], Figure]:
    return suite("tests/enquiries/test_walks.py", good="0 broken invariants", on=on, WALKS="300x40")


def race(on: str) -> Callable[[], Figure]:
    return suite("tests/faults/test_portal_race.py", good="0 of 600 missed", on=on)
