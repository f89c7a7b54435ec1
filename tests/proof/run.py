"""
Every figure that the site promises, at full size and on both databases, as a table.

`make proof` calls it; it takes well over an hour. Arguments choose rows by a part of their name:
`python -m tests.proof.run front`. The exit code is 1 if a figure is out of bounds.
"""

import sys
import time
from collections.abc import Callable

from tests.proof import portal
from tests.proof.checkers import lighthouse, nu
from tests.proof.contract import rpde_validator, schemathesis
from tests.proof.desk import listed
from tests.proof.nothing_lost import chaos
from tests.proof.pages import first_visits, front_page, queries, style_and_script
from tests.proof.places import DATABASES, Figure
from tests.proof.searching import searches
from tests.proof.starting import demonstration_content_twice, first_and_second_start, suite_of_clone
from tests.proof.suites import axe, generated, hostile, hostile_desk, journeys, race, walks


def on_both(
    what: str, bound: str, measure: Callable[[str], Callable[[], Figure]]
) -> list[tuple[str, str, Callable[[], Figure]]]:
    """A row for each database."""
    return [(f"{what} ({on})", bound, measure(on)) for on in DATABASES]


ROWS: list[tuple[str, str, Callable[[], Figure]]] = [
    (
        "bare checkout, `make run`: first page; second start",
        "< 120 s; < 10 s",
        first_and_second_start,
    ),
    ("load_demo the second time", "0 changes, 0 revisions", demonstration_content_twice),
    ("front page, first visit", "≤ 60 kB, 0 cookies, 0 hosts", front_page),
    ("style and script", "≤ 20,000; ≤ 3,000; 0", style_and_script),
    (
        "axe, every page type, 1280, 390 and 320 px, normal and forced colours",
        "0 violations, 0 undecided",
        axe(),
    ),
    (
        "Lighthouse, 5 pages, median of 5",
        "accessibility, practices, SEO 100; CLS 0; TBT 0",
        lighthouse,
    ),
    ("Nu HTML checker, every page", "0 errors", nu),
    (
        "every page type, first visit, compressed",
        "HTML ≤ 15 kB, CSS ≤ 5 kB, JS ≤ 2 kB; enquiry and search ≤ 60 kB, others ≤ 100 kB",
        first_visits,
    ),
    *on_both(
        "queries with 30 and with 3,000 case studies",
        "home ≤ 12, offer ≤ 14, case study ≤ 12, listing ≤ 14, search ≤ 12",
        queries,
    ),
    *on_both("search, a word in all of 10,000 pages", "≤ 150 ms in the server", searches),
    ("journeys and patterns: no JavaScript, 320 px, keyboard", "pass", journeys()),
    *on_both("400 enquiries, no mail server, 10 kills", "400; 800; 0 lost", chaos),
    *on_both(
        "portal: 21 enquiries while it hangs", "all mails meanwhile", portal.mails_while_it_hangs
    ),
    *on_both(
        "portal: 200 enquiries, 20 kills, 9 kinds of bad answers, a day without it",
        "200 mirrored, each once, in order",
        portal.chaos,
    ),
    *on_both(
        "portal: switched to live and back while 1,000 clicks run",
        "0 errors, 0 lost",
        portal.clicks,
    ),
    *on_both("portal: 4 writers × 150 changes, one reader", "0 of 600 missed", race),
    *on_both("portal: Schemathesis, all checks", "≥ 1,500 cases, 0 failures", schemathesis),
    ("portal: RPDE validator on the live feed", "0 failures", rpde_validator),
    *on_both("hostile text everywhere", "0 answers of 500", hostile),
    *on_both("5,000 inputs to each form and query string", "0 answers of 500", generated),
    (
        "30 hostile texts in every field, every screen of the desk in Chromium",
        "0 dialogs, 0 unescaped",
        hostile_desk(),
    ),
    *on_both("300 random walks of 40 steps at the desk", "0 broken invariants", walks),
    (
        "the desk’s list with 1,000 and 100,000 enquiries (PostgreSQL)",
        "≤ 15 queries, ≤ × 1.5; an export in constant memory",
        listed("PostgreSQL"),
    ),
    ("make test, clean clone", "all pass, none skipped, < 8 min", suite_of_clone("test")),
    (
        "make test-postgres, clean clone",
        "all pass, none skipped, < 8 min",
        suite_of_clone("test-postgres"),
    ),
]


def main(wanted: list[str]) -> int:
    """Measure the rows, print each as it comes, and all of them at the end."""
    lines, good = [], True
    for what, bound, measure in ROWS:
        if wanted and not any(part.lower() in what.lower() for part in wanted):
            continue
        began = time.monotonic()
        try:
            figure, holds = measure()
        except Exception as error:  # noqa: BLE001 - one broken row must not hide the others
            figure, holds = f"{type(error).__name__}: {error}"[:500], False
        good = good and holds
        lines.append(f"| {what} | {bound} | {figure} | {'yes' if holds else 'NO'} |")
        print(f"{lines[-1]} ({time.monotonic() - began:.0f} s)", flush=True)
    print("\n| what | must be | seen | holds |\n|---|---|---|---|", *lines, sep="\n", flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
