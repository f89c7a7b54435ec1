"""Who presses ‘Approve and Publish’ twice has approved and published once."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.employer import Employer

pytestmark = pytest.mark.slow
TIMES = 4
LOGIN, PASSWORD = "editor2@example.org", "open-a-door-2015"


@pytest.fixture
def site(sites):
    with sites.running("tests.faults.settings") as site:
        yield site


def test_two_who_approve_at_once_publish_once(site):
    made = site.run("-m", "tests.faults.waiting_draft")
    assert made.returncode == 0, made.stderr
    draft = json.loads(made.stdout.splitlines()[-1])
    page = draft["page"]
    address = f"/admin/pages/{page}/edit/"
    editor = Employer(site.url)
    editor.request("/accounts/login/")
    who = {"login": LOGIN, "password": PASSWORD, "csrfmiddlewaretoken": editor.token()}
    assert editor.request("/accounts/login/", who)[0] == 302
    form = {
        **draft["form"],
        "action-workflow-action": "true",
        "workflow-action-name": "approve",
        "csrfmiddlewaretoken": editor.token(),
    }
    together = Barrier(TIMES)

    def press() -> int:
        together.wait()
        return editor.request(address, form)[0]

    with ThreadPoolExecutor(TIMES) as pool:
        answers = list(pool.map(lambda _: press(), range(TIMES)))

    states = "SELECT status FROM wagtailcore_taskstate WHERE finished_at IS NOT NULL"
    assert answers == [302] * TIMES
    assert site.database.rows(f"SELECT live FROM wagtailcore_page WHERE id = {page}") == [(True,)]
    assert site.database.rows(states) == [("approved",)]
