"""The portal's contract, tried from outside: by Schemathesis and by OpenActive's validator."""

import json
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable
from pathlib import Path

from tests.databases import ROOT
from tests.faults.portal_on_site import connect
from tests.proof.checkers import NODE, install
from tests.proof.places import Figure, site_and_portal
from tests.running_site import RunningSite

DOCUMENT = ROOT / "docs/portal/openapi.json"
FEED = "/api/portal/v1/feeds/content"
CASES = 1_500
EXAMPLES = 100  # at most, of each operation and run
READS = {"offer": "readOffer", "case-study": "readCaseStudy", "partner": "readPartner"}
# What a schema cannot say – that an offer exists, that a moment has passed – is refused with 422.
CONFIGURATION = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "401", "403", "404", "409", "422"]
"""
A_THING = """
[[operations]]
include-operation-id = "{operation}"
parameters = {{ "path.id" = "{id}" }}
"""


def schemathesis(on: str) -> Callable[[], Figure]:
    """All checks: once with ids that it makes up, once with those of things that are there."""

    def run() -> Figure:
        with site_and_portal(on) as (site, portal):
            token = connect(site, portal)
            things = _things(site)
            known = (A_THING.format(operation=READS[kind], id=id) for kind, id in things.items())
            runs = [
                _run_schemathesis(site, token, CONFIGURATION + more)
                for more in ("", "".join(known))
            ]
        cases = sum(run["test_cases"]["generated"] for run in runs)
        wrong = [failure for run in runs for failure in run["failures"] + run["errors"]]
        whole = all(
            run["complete"] and run["operations"]["tested"] == run["operations"]["total"]
            for run in runs
        )
        told = f"{cases} cases, {len(wrong)} failures {json.dumps(wrong)[:500] if wrong else ''}"
        return told, cases >= CASES and whole and not wrong

    return run


def rpde_validator() -> Figure:
    """OpenActive's validator on the feed of what is published."""
    install()
    with site_and_portal("SQLite") as (site, portal):
        connect(site, portal)
        _things(site)
        command = ["node", str(NODE / "rpde.cjs"), site.url + FEED]
        told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    counts = json.loads(told.stdout)
    failures = counts.get("failure", 0)
    return f"{failures} failures ({told.stdout.strip()})", failures == 0 and counts["pages"] > 1


def _things(site: RunningSite) -> dict[str, str]:
    """The id of one published thing of each kind, once the worker has told of them."""

    def items() -> list[dict]:
        with urllib.request.urlopen(site.url + FEED, timeout=30) as answer:
            return json.load(answer)["items"]

    site.start_worker()
    site.wait_for(items, "the feed tells of what is published", 90)
    return {item["kind"]: item["id"] for item in items()}


def _run_schemathesis(site: RunningSite, token: str, configuration: str) -> dict:
    with tempfile.TemporaryDirectory(prefix="aspires-contract-") as folder:
        settings, report = Path(folder, "schemathesis.toml"), Path(folder, "report.json")
        settings.write_text(configuration)
        command = [
            *(str(Path(sys.executable).with_name("st")), f"--config-file={settings}", "run"),
            *(str(DOCUMENT), f"--url={site.url}", f"--header=Authorization: Bearer {token}"),
            *("--checks=all", "--continue-on-failure", f"--max-examples={EXAMPLES}"),
            *("--report=json", f"--report-json-path={report}"),
        ]
        done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
        if not report.exists():
            raise RuntimeError(f"Schemathesis failed: {done.stderr[-500:]}{done.stdout[-500:]}")
        return json.loads(report.read_text())
