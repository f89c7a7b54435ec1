"""What is counted and what is marked about mailboxes holds under load and when a worker dies."""

import json
from collections import Counter

import pytest

from tests.employer import Employer

pytestmark = pytest.mark.slow
SETTINGS = "tests.faults.settings"
DESK = "aspires@example.org"


@pytest.fixture(scope="module")
def site(sites):
    with sites.running(SETTINGS) as site:
        yield site


@pytest.fixture(autouse=True)
def clean(site):
    """No worker, no mailboxes and no messages left over from the test before."""
    site.kill_worker()
    site.mail.refuses.clear()
    for table in ("enquiries_timelineentry", "outbox_message", "outbox_mailbox"):
        site.database.rows(f"DELETE FROM {table}")


def test_20_guesses_at_once_are_5_tries(site):
    done = site.run("-m", "tests.faults.guess", GUESS_AT=DESK, GUESSES="20")

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert Counter(found["outcomes"]) == {
        "WrongCode": 5,
        "TooManyTries": 15,
        "the right one: TooManyTries": 1,
    }
    assert found["tries"] == 5


def states(site):
    """Of the message to the desk: state and refusal; of its mailbox: whether it bounced."""
    [message] = site.database.rows(
        f"SELECT state, recipient_refused FROM outbox_message WHERE recipient = '{DESK}'"
        " AND purpose = 'enquiry_received'"
    )
    [mailbox] = site.database.rows("SELECT bounced_at IS NOT NULL FROM outbox_mailbox")
    return message[0], bool(message[1]), bool(mailbox[0])


@pytest.mark.parametrize(
    ("point", "left"),
    [("during_refusal", ("waiting", False, False)), ("after_refusal", ("dead", True, True))],
)
def test_a_worker_killed_at_a_refusal_has_marked_both_or_neither(site, point, left):
    site.mail.refuses[DESK] = "550 5.1.1 No such user"
    site.database.rows(
        "INSERT INTO outbox_mailbox (address, wire_address, proven_at, code_hash, code_tries,"
        f" codes_sent, bounced_why) VALUES ('{DESK}', '{DESK}', CURRENT_TIMESTAMP, '', 0, 0, '')"
    )
    employer = Employer(site.url)
    employer.fill_in()
    assert employer.send()[0] == 303

    crashed = site.run("-m", "tests.faults.crash", CRASH_AT=point)
    assert crashed.returncode == -9, crashed.stderr
    assert states(site) == left

    site.start_worker()
    site.wait_for(lambda: states(site) == ("dead", True, True), "the refusal is noted")
