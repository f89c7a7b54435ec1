"""The portal's contract, tried from outside: by Schemathesis and by OpenActive's validator."""

import json
import subprocess
import sys
import tempfile
import urllib.request
import uuid
from collections.abc import Callable
from pathlib import Path

from tests.databases import ROOT
from tests.employer import Employer
from tests.faults.portal_on_site import connect
from tests.proof.checkers import NODE, install
from tests.proof.places import Figure, site_and_portal
from tests.running_site import RunningSite

DOCUMENT = ROOT / "docs/portal/openapi.json"
FEED = "/api/portal/v1/feeds/content"
CASES = 1_500
EXAMPLES = 100  # at most, of each operation and run
THINGS = {
    "readOffer": "offer",
    "readCaseStudy": "case-study",
    "readPartner": "partner",
    "readEnquiry": "enquiry",
    "updateEnquiry": "enquiry",
}
STORED = "SELECT count(*) FROM enquiries_enquiry WHERE source = 'portal'"
APPLIED = "SELECT DISTINCT status FROM portal_portalupdate WHERE is_applied"
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
    """
    All checks: once with ids that it makes up, once with those of things that are there. As a
    refusal is an answer too, what was stored and what moved an enquiry must show that not all was
    refused.
    """

    def run() -> Figure:
        with site_and_portal(on) as (site, portal):
            token = connect(site, portal)
            things = {**_things(site), "enquiry": _enquiry(site)}
            known = (
                A_THING.format(operation=operation, id=things[kind])
                for operation, kind in THINGS.items()
            )
            runs = [
                _run_schemathesis(site, token, CONFIGURATION + more)
                for more in ("", "".join(known))
            ]
            stored = site.database.rows(STORED)[0][0]
            applied = sorted(status for (status,) in site.database.rows(APPLIED))
        cases = sum(run["test_cases"]["generated"] for run in runs)
        wrong = [failure for run in runs for failure in run["failures"] + run["errors"]]
        whole = all(
            run["complete"] and run["operations"]["tested"] == run["operations"]["total"]
            for run in runs
        )
        told = (
            f"{cases} cases, {len(wrong)} failures, {stored} enquiries stored, applied: "
            f"{', '.join(applied)} {json.dumps(wrong)[:500] if wrong else ''}"
        )
        moved = {"received", "with_partner", "resolved"} <= set(applied)
        return told, cases >= CASES and whole and stored > 0 and moved and not wrong

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


def _enquiry(site: RunningSite) -> str:
    """The id of an enquiry about one offer that an employer has sent, long enough ago."""
    employer = Employer(site.url)
    employer.fill_in()
    employer.send()
    ((key,),) = site.database.rows("SELECT uuid FROM enquiries_enquiry")
    # Before all that the contract's examples tell of it.
    site.database.rows("UPDATE enquiries_interest SET state_since = '2026-11-20 12:00:00'")
    return str(uuid.UUID(str(key)))


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
