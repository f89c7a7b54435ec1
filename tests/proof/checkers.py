"""
Checkers that are not Python: Lighthouse, which needs Node, and the Nu HTML checker, which needs
Node's npm to get it and Java to run it. Their versions are locked in `node/`.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.browser import ARGUMENTS, executable
from tests.crawl import Answer, Crawl
from tests.employer import Employer
from tests.proof.places import Figure, running_site
from tests.public_pages import PAGES
from tests.running_site import RunningSite

NODE = Path(__file__).parent / "node"
MODULES = NODE / "node_modules"
RUNS = 5
TRIES = 3  # now and then Lighthouse fails to record a page, says so and asks to be run again
LIGHTHOUSE_PAGES = ["home", "offer", "case study", "finder results", "enquiry form"]
FORMS = [
    *("/enquire/", "/contact/website/", "/track/", "/accounts/login/"),
    "/accounts/password/reset/",
]
SCORES = {"accessibility": 100, "best-practices": 100, "seo": 100}
MEASURES = {"cumulative-layout-shift": "CLS", "total-blocking-time": "TBT"}


class Missing(Exception):
    """A program is not on this machine."""


def need(*programs: str) -> None:
    """:raises Missing: with the programs that have to be installed first."""
    if missing := [program for program in programs if not shutil.which(program)]:
        raise Missing(f"install {' and '.join(missing)} first")


def install() -> None:
    """Get the checkers as locked, once."""
    need("node", "npm")
    installed, locked = MODULES / ".package-lock.json", NODE / "package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= locked.stat().st_mtime:
        return
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(command, cwd=NODE, check=True, capture_output=True)
    installed.touch()


# -- Lighthouse -----------------------------------------------------------------------------


def lighthouse() -> Figure:
    """
    The median of five runs for each page, on a phone of the middle sort.

    The browser is really slowed down. What Lighthouse works out by itself for a slow one puts the
    first paint before the first frame that it saw drawn, and takes drawing that frame for blocking.
    """
    install()
    told, good = [], True
    with running_site() as site:
        for name in LIGHTHOUSE_PAGES:
            runs = [_audit(site.url + PAGES[name]) for _ in range(RUNS)]
            figures = {what: median(run[what] for run in runs) for what in runs[0]}
            good = good and all(figures[what] >= score for what, score in SCORES.items())
            good = good and not any(round(figures[what], 3) for what in MEASURES)
            scores = "/".join(f"{figures[what]:.0f}" for what in ("performance", *SCORES))
            measures = ", ".join(f"{short} {figures[what]:.3g}" for what, short in MEASURES.items())
            told.append(f"{name} {scores}, {measures}")
    return f"{'; '.join(told)} (speed, accessibility, practices, SEO)", good


def _audit(url: str) -> dict[str, float]:
    for _ in range(TRIES):
        report = _report(url)
        if not (error := report.get("runtimeError")):
            break
    else:
        raise RuntimeError(f"{url}: {error['message']}")
    scores = {name: 100 * part["score"] for name, part in report["categories"].items()}
    return {**scores, **{what: report["audits"][what]["numericValue"] for what in MEASURES}}


def _report(url: str) -> dict:
    with tempfile.TemporaryDirectory(prefix="aspires-lighthouse-") as folder:
        report = Path(folder, "report.json")
        subprocess.run(
            [
                *("node", str(MODULES / "lighthouse/cli/index.js"), url, "--quiet"),
                *("--output=json", f"--output-path={report}", "--no-enable-error-reporting"),
                "--throttling-method=devtools",
                "--only-categories=" + ",".join(("performance", *SCORES)),
                f"--chrome-flags={' '.join(('--headless', *ARGUMENTS))}",
            ],
            env={**os.environ, "CHROME_PATH": executable() or ""},
            check=False,  # a report with an error in it is one, too
            capture_output=True,
        )
        return json.loads(report.read_text())


# -- the Nu HTML checker --------------------------------------------------------------------


def nu() -> Figure:
    """Every page that links lead to, and those that only a POST leads to."""
    need("java")
    install()
    with running_site() as site:
        pages = {**_linked(site), **dict(_posted(site))}
    with tempfile.TemporaryDirectory(prefix="aspires-html-") as folder:
        names = {}
        for number, (path, text) in enumerate(pages.items()):
            Path(folder, f"{number}.html").write_text(text)
            names[f"{number}.html"] = path
        jar = MODULES / "vnu-jar/build/dist/vnu.jar"
        command = ["java", "-jar", str(jar), "--stdout", "--exit-zero-always", "--format", "json"]
        result = subprocess.run([*command, folder], check=True, capture_output=True, text=True)
    found = {
        (message["type"], names[message["url"].rpartition("/")[2]], message["message"])
        for message in json.loads(result.stdout)["messages"]
    }
    errors = [message for message in found if message[0] != "info"]
    examples = "; ".join(f"{path}: {words}" for _, path, words in sorted(found)[:3])
    warnings = len(found) - len(errors)
    return f"{len(errors)} errors, {warnings} warnings on {len(pages)} pages {examples}", not errors


def _linked(site: RunningSite) -> dict[str, str]:
    employer = Employer(site.url)

    def get(path: str) -> Answer:
        status, location, text = employer.request(path)
        return Answer(status, location, text if text.lstrip().startswith("<!doctype html>") else "")

    crawl = Crawl(get, host=site.url.removeprefix("http://")).run()
    extra = {path: get(path) for path in PAGES.values() if path not in crawl.answers}
    return {path: answer.text for path, answer in {**crawl.answers, **extra}.items() if answer.text}


def _tracked(employer: Employer, address: str) -> Iterator[tuple[str, str]]:
    """The tracking page and what can be done there: (what it is, its HTML)"""
    yield "tracking page", employer.request(address)[2]
    for name in ("add", "phone", "email", "withdraw", "download", "erase"):
        yield f"tracking page, {name}", employer.request(f"{address}{name}/")[2]
    token = {"csrfmiddlewaretoken": employer.token()}
    yield "tracking page, add with errors", employer.request(f"{address}add/", token)[2]


def _posted(site: RunningSite) -> Iterator[tuple[str, str]]:
    """(what it is, its HTML)"""
    employer = Employer(site.url)
    employer.fill_in(wait=0)
    yield "check page", employer.request("/enquire/check/")[2]
    _, location = employer.send()
    sent = employer.request(location)[2]
    yield "sent page", sent
    yield from _tracked(employer, re.search(r"/track/[^/\"]+/", sent)[0])
    for path in FORMS:
        employer.request(path)
        token = {"csrfmiddlewaretoken": employer.token()}
        yield f"{path} with errors", employer.request(path, token)[2]
    yield "a form without its token", employer.request("/enquire/", {"name": "Sam"})[2]
    message = {**token, "topic": "personal-data", "message": "Which?", "email": "sam@example.com"}
    _, location, _ = employer.request("/contact/website/", message)
    yield "message sent", employer.request(location)[2]
