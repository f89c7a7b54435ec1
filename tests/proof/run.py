"""
Every figure of the "done when" table, at full size and on both databases, as a table.

`make proof` calls it; it takes about 40 minutes. Arguments choose rows by a part of their name:
`python -m tests.proof.run front`. The exit code is 1 if a figure is out of bounds.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import sync_playwright

from deploy.with_postgres import server
from tests.browser import ARGUMENTS, executable
from tests.employer import Employer
from tests.running_site import RunningSite, SiteFactory, free_port

ROOT = Path(__file__).resolve().parents[2]
ENQUIRIES = 400
KILLS = 10
EMPLOYERS_AT_ONCE = 20
Figure = tuple[str, bool]


def shell(*command: str, folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


# -- a bare checkout ------------------------------------------------------------------------


@contextmanager
def bare_checkout():
    with tempfile.TemporaryDirectory(prefix="aspires-proof-") as folder:
        clone = Path(folder, "clone")
        subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)
        yield clone


def seconds_to_first_page(clone: Path) -> float:
    """From `make run` to the first 200 on the front page; the site is stopped again."""
    port = free_port()
    began = time.monotonic()
    log = Path(clone).parent / "run.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            ["make", "run"],
            cwd=clone,
            env={**os.environ, "PORT": str(port)},
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
        try:
            while time.monotonic() - began < 300 and process.poll() is None:
                with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/") as page:
                    if page.status == 200:
                        return time.monotonic() - began
                time.sleep(0.1)
            raise AssertionError(log.read_text()[-2_000:])
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(30)


def first_and_second_start() -> Figure:
    with bare_checkout() as clone:
        first, second = seconds_to_first_page(clone), seconds_to_first_page(clone)
    return f"{first:.0f} s; {second:.1f} s", first < 120 and second < 10


def suite(target: str) -> Callable[[], Figure]:
    def run() -> Figure:
        with bare_checkout() as clone:
            shell("make", ".venv/dev.stamp", folder=clone)
            began = time.monotonic()
            result = shell("make", target, "PYTEST_ARGS=--no-skips", folder=clone)
            minutes = (time.monotonic() - began) / 60
        closing = re.findall(r"^=* ?(\d+ passed.*?|.*failed.*?) in ", result.stdout, re.MULTILINE)
        told = closing[-1] if closing else result.stdout[-300:] + result.stderr[-300:]
        return f"{told}; {minutes:.1f} min", result.returncode == 0 and minutes < 8

    return run


# -- content and pages ----------------------------------------------------------------------


@contextmanager
def running_site(server_url: str = ""):
    with tempfile.TemporaryDirectory(prefix="aspires-proof-") as folder:
        sites = SiteFactory(Path(folder), server_url)
        try:
            with sites.running() as site:
                yield site
        finally:
            sites.close()


def demonstration_content_twice() -> Figure:
    with running_site() as site:
        before = site.database.rows("SELECT count(*) FROM wagtailcore_revision")[0][0]
        told = site.run("manage.py", "load_demo").stdout
        after = site.database.rows("SELECT count(*) FROM wagtailcore_revision")[0][0]
    changes = int(re.search(r"(\d+) changes", told)[1])
    return f"{changes} changes, {after - before} new revisions", changes == after - before == 0


COUNT_QUERIES = """
import django; django.setup()
from django.conf import settings
from django.db import connection, reset_queries
from django.test import Client
settings.ALLOWED_HOSTS.append("testserver")
visitor = Client()
visitor.get("/")
reset_queries()
assert visitor.get("/").status_code == 200
print(len(connection.queries))
"""


def front_page() -> Figure:
    with running_site() as site, sync_playwright() as playwright:
        queries = int(site.run("-c", COUNT_QUERIES).stdout)
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        answers = {}
        page.on("requestfinished", lambda request: answers.update({request.url: request}))
        page.goto(site.url)
        for _ in range(30):
            page.mouse.wheel(0, 800)
            page.wait_for_timeout(50)
        page.wait_for_load_state("networkidle")
        sizes = [request.sizes() for request in answers.values()]
        wire = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
        hosts = {re.match(r"https?://[^/]+", url)[0] for url in answers} - {site.url}
        cookies = page.context.cookies()
        browser.close()
    figure = (
        f"{wire / 1000:.1f} kB in {len(answers)} answers, headers included; "
        f"{len(cookies)} cookies; {len(hosts)} other hosts; {queries} queries"
    )
    return figure, wire <= 60_000 and not cookies and not hosts and queries <= 12


def style_and_script() -> Figure:
    css = sum(path.stat().st_size for path in (ROOT / "static/css").glob("*.css"))
    js = sum(path.stat().st_size for path in (ROOT / "static/js").glob("*.js"))
    inline = shell(
        sys.executable, "-m", "pytest", "-q", "tests/test_every_page_renders.py", "-k", "inline"
    )
    good = inline.returncode == 0
    figure = f"CSS {css:,} bytes, JavaScript {js:,} bytes, inline {'0' if good else 'found'}"
    return figure, css <= 20_000 and js <= 3_000 and good


def axe() -> Figure:
    result = shell(
        *(sys.executable, "-m", "pytest", "-q", "-k", "axe"),
        "tests/journeys/test_every_page_in_a_browser.py",
    )
    told = result.stdout.strip().splitlines()[-1]
    figure = f"0 violations, 0 undecided ({told})" if result.returncode == 0 else told
    return figure, result.returncode == 0


# -- nothing lost ---------------------------------------------------------------------------


def chaos(on: str) -> Callable[[], Figure]:
    def run() -> Figure:
        with database_server(on) as url, running_site(url) as site:
            return ordeal(site)

    return run


@contextmanager
def database_server(on: str):
    """The address of a server to make databases on; empty for SQLite."""
    if on == "SQLite":
        yield ""
        return
    with server() as url:
        yield f"{url.rpartition('/')[0]}/postgres"


def ordeal(site: RunningSite) -> Figure:
    """400 enquiries without a mail server and with a worker that is killed; then all comes back."""
    site.mail.stop()
    done = threading.Event()
    kills = 0

    def torment() -> None:
        nonlocal kills
        while not done.is_set() or kills < KILLS:
            site.start_worker()
            time.sleep(5)
            if kills < KILLS:
                site.kill_worker()
                kills += 1
            else:
                done.wait()
        site.kill_worker()

    def enquire(number: int) -> str:
        employer = Employer(site.url)
        employer.fill_in(email=f"employer{number}@example.com", message=f"Number {number}")
        for _ in range(5):
            status, location = employer.send()
            if status == 303:
                return employer.reference(location)
            time.sleep(1)
        return ""

    tormentor = threading.Thread(target=torment)
    tormentor.start()
    with ThreadPoolExecutor(EMPLOYERS_AT_ONCE) as pool:
        references = list(pool.map(enquire, range(ENQUIRIES)))
    done.set()
    tormentor.join()
    site.mail.start()
    site.start_worker()
    waiting = "SELECT count(*) FROM outbox_message WHERE state <> 'sent'"
    site.wait_for(lambda: site.database.rows(waiting) == [(0,)], "all is delivered", 900)

    stored = {row[0] for row in site.database.rows("SELECT reference FROM enquiries_enquiry")}
    lost = [reference for reference in references if reference not in stored]
    mails = site.mail.distinct()
    told = {
        (reference, mail["To"])
        for mail in mails.values()
        for reference in re.findall(r"IA-\w{4}-\w{4}", mail["Subject"])
    }
    figure = (
        f"{len(stored)} stored, {len(mails)} distinct mails ({len(site.mail.received)} in all) "
        f"about {len({reference for reference, _ in told})} references, "
        f"{len(lost)} lost, {kills} kills"
    )
    good = len(stored) == ENQUIRIES and len(mails) == len(told) == 2 * ENQUIRIES and not lost
    return figure, good and kills >= KILLS


def hostile(on: str) -> Callable[[], Figure]:
    def run() -> Figure:
        command = [sys.executable, "-m", "pytest", "-q", "tests/test_hostile.py"]
        if on == "PostgreSQL":
            command = [sys.executable, "deploy/with_postgres.py", *command]
        result = shell(*command, HOSTILE_FULL="1")
        told = result.stdout.strip().splitlines()[-1]
        good = result.returncode == 0
        return f"{'0 answers of 500' if good else 'failed'} ({told})", good

    return run


ROWS: list[tuple[str, str, Callable[[], Figure]]] = [
    (
        "bare checkout, `make run`: first page; second start",
        "< 120 s; < 10 s",
        first_and_second_start,
    ),
    ("load_demo the second time", "0 changes, 0 revisions", demonstration_content_twice),
    ("front page, first visit", "≤ 60 kB, 0 cookies, 0 hosts, ≤ 12 queries", front_page),
    ("style and script", "≤ 20,000; ≤ 3,000; 0", style_and_script),
    ("axe, every page type, 1280 and 390 px", "0 violations, 0 undecided", axe),
    ("400 enquiries, no mail server, 10 kills (SQLite)", "400; 800; 0 lost", chaos("SQLite")),
    (
        "400 enquiries, no mail server, 10 kills (PostgreSQL)",
        "400; 800; 0 lost",
        chaos("PostgreSQL"),
    ),
    ("hostile text everywhere (SQLite)", "0 answers of 500", hostile("SQLite")),
    ("hostile text everywhere (PostgreSQL)", "0 answers of 500", hostile("PostgreSQL")),
    ("make test, clean clone", "all pass, none skipped, < 8 min", suite("test")),
    ("make test-postgres, clean clone", "all pass, none skipped, < 8 min", suite("test-postgres")),
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
