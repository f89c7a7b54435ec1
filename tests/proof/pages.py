"""What pages weigh and what they cost the database."""

import json
import sys
from collections.abc import Callable

from playwright.sync_api import sync_playwright

from tests.browser import ARGUMENTS, executable
from tests.journeys.weight import first_visit
from tests.proof.places import ROOT, Figure, database_server, running_site, shell
from tests.public_pages import PAGES

# Bytes over the wire, compressed, without headers.
MOST_HTML, MOST_CSS, MOST_JS = 15_000, 5_000, 2_000
MOST_IN_ALL = 100_000
LIGHT_PAGES = 60_000
LIGHT = {"home", "enquiry form", "search", "search results", "nothing found"}
MOST_QUERIES = {
    "home": 12,
    "offer": 14,
    "case study": 12,
    "case studies": 14,
    "case studies, last page": 14,
    "case studies, filtered": 14,
    "search results": 12,
}
MANY = [30, 3_000]  # case studies


def first_visits() -> Figure:
    """Every kind of page in a fresh browser; the figure names the heaviest of each sort."""
    with running_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        visits = {name: first_visit(browser, site.url + path) for name, path in PAGES.items()}
        browser.close()
    heaviest = {
        part: max(visits, key=lambda name, part=part: getattr(visits[name], part))
        for part in ("html", "css", "js", "total")
    }
    limits = {name: LIGHT_PAGES if name in LIGHT else MOST_IN_ALL for name in visits}
    over = [
        name
        for name, visit in visits.items()
        if visit.html > MOST_HTML
        or visit.css > MOST_CSS
        or visit.js > MOST_JS
        or visit.total > limits[name]
        or visit.hosts != {site.url}
    ]
    told = [
        f"{part} {getattr(visits[name], part) / 1000:.1f} kB ({name})"
        for part, name in heaviest.items()
    ]
    light = [f"{name} {visits[name].total / 1000:.1f}" for name in visits if name in LIGHT]
    figure = (
        f"heaviest: {'; '.join(told)}; {', '.join(light)} kB; over: {', '.join(over) or 'none'}"
    )
    return figure, not over


COUNT_QUERIES = """
import json, sys, django; django.setup()
from django.conf import settings
from django.db import connection, reset_queries
from django.test import Client
from tests.many import many_case_studies
settings.ALLOWED_HOSTS.append("testserver")
visitor, counts = Client(), {}
many_case_studies(int(sys.argv[1]))
for name, path in json.loads(sys.argv[2]).items():
    visitor.get(path)  # Wagtail keeps the paths of sites in its cache
    reset_queries()
    assert visitor.get(path).status_code == 200, path
    counts[name] = len(connection.queries)
print(json.dumps(counts))
"""


def queries(on: str) -> Callable[[], Figure]:
    def run() -> Figure:
        paths = json.dumps({name: PAGES[name] for name in MOST_QUERIES})
        counts = {}
        with database_server(on) as url:
            for number in MANY:
                with running_site(url) as site:
                    told = site.run("-c", COUNT_QUERIES, str(number), paths)
                    counts[number] = json.loads(told.stdout.strip().splitlines()[-1])
        figure = "; ".join(
            f"{name} {' and '.join(str(counts[number][name]) for number in MANY)}"
            for name in MOST_QUERIES
        )
        good = all(
            count[name] <= most for count in counts.values() for name, most in MOST_QUERIES.items()
        )
        return figure, good

    return run


def front_page() -> Figure:
    with running_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        visit = first_visit(browser, site.url)
        browser.close()
    hosts = visit.hosts - {site.url}
    figure = (
        f"{visit.total / 1000:.1f} kB; {len(visit.cookies)} cookies; {len(hosts)} other hosts; "
        f"{visit.kept} entries kept"
    )
    return figure, visit.total <= LIGHT_PAGES and not (visit.cookies or hosts or visit.kept)


def style_and_script() -> Figure:
    """Of the public pages; the CMS has further files of its own."""
    css = (ROOT / "static/css/site.css").stat().st_size
    js = (ROOT / "static/js/site.js").stat().st_size
    inline = shell(
        sys.executable, "-m", "pytest", "-q", "tests/test_every_page_renders.py", "-k", "inline"
    )
    good = inline.returncode == 0
    figure = f"CSS {css:,} bytes, JavaScript {js:,} bytes, inline {'0' if good else 'found'}"
    return figure, css <= 20_000 and js <= 3_000 and good
