"""
Nothing an employer was given a reference for is ever lost, and nothing is doubled unseen.

Real processes, a real mail server, real SIGKILLs. What may happen at most: a mail whose delivery
the worker did not live to note is delivered again, with the same Message-ID.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.employer import Employer

pytestmark = pytest.mark.slow
SETTINGS = "tests.faults.settings"


def sent(employer: Employer) -> str:
    """Send a filled-in form; returns the reference."""
    status, location = employer.send()
    assert status == 303
    return employer.reference(location)


def stored(site) -> list[str]:
    return [row[0] for row in site.database.rows("SELECT reference FROM enquiries_enquiry")]


def waiting(site) -> int:
    return site.database.rows("SELECT count(*) FROM outbox_message WHERE state = 'waiting'")[0][0]


def delivered(site) -> None:
    site.wait_for(lambda: waiting(site) == 0, "every message is delivered")


@pytest.fixture(scope="module")
def site(sites):
    with sites.running(SETTINGS) as site:
        yield site


@pytest.fixture(autouse=True)
def clean(site):
    """No messages and no worker left over from the test before."""
    site.kill_worker()
    site.mail.mode = "accept"
    site.mail.received.clear()
    for table in ("enquiries_timelineentry", "enquiries_interest", "enquiries_enquiry"):
        site.database.rows(f"DELETE FROM {table}")
    site.database.rows("DELETE FROM outbox_message")


def test_a_mail_server_that_is_down_delays_the_mails_and_loses_none(site):
    site.mail.stop()
    site.start_worker()
    employer = Employer(site.url)
    employer.fill_in()

    reference = sent(employer)
    site.wait_for(
        lambda: site.database.rows("SELECT min(attempts) FROM outbox_message")[0][0] >= 1,
        "both mails were tried",
    )
    site.mail.start()

    delivered(site)
    assert len(site.mail.about(reference)) == 2


def test_a_mail_server_that_hangs_does_not_slow_the_form_and_is_tried_again(site):
    site.mail.mode = "hang"
    site.start_worker()
    employer = Employer(site.url)
    employer.fill_in()
    reference = sent(employer)
    site.wait_for(lambda: site.mail.deliveries(reference), "the mail server was reached")

    site.mail.mode = "accept"

    delivered(site)
    assert len(site.mail.about(reference)) == 2


def test_a_mail_server_that_dies_after_data_gets_the_same_message_again(site):
    site.mail.mode = "die"
    site.start_worker()
    employer = Employer(site.url)
    employer.fill_in()
    reference = sent(employer)
    site.wait_for(
        lambda: site.mail.deliveries(reference) >= 2, "mails were taken without an answer"
    )

    site.mail.mode = "accept"

    delivered(site)
    assert len(site.mail.about(reference)) == 2
    assert site.mail.deliveries(reference) > 2


@pytest.mark.parametrize(
    ("point", "most_deliveries"), [("after_claim", 2), ("after_send", 3), ("after_settle", 2)]
)
def test_a_worker_killed_at_any_point_loses_nothing(site, point, most_deliveries):
    employer = Employer(site.url)
    employer.fill_in()
    reference = sent(employer)

    crashed = site.run("-m", "tests.faults.crash", CRASH_AT=point)
    site.start_worker()

    delivered(site)
    assert crashed.returncode == -9, crashed.stderr
    assert len(site.mail.about(reference)) == 2
    assert site.mail.deliveries(reference) <= most_deliveries


@pytest.mark.parametrize("point", ["before_commit", "after_commit"])
def test_a_web_process_killed_while_storing_keeps_one_enquiry_after_a_second_try(site, point):
    employer = Employer(site.url)
    employer.fill_in()
    site.kill_web()
    site.start_web("tests.faults.crash:application", CRASH_AT=point)

    first_try, _ = employer.send()
    site.kill_web()
    site.start_web()
    reference = sent(employer)

    assert first_try == 0
    assert stored(site) == [reference]
    assert waiting(site) == 2


def test_20_identical_posts_at_once_make_one_enquiry(site):
    employer = Employer(site.url)
    employer.fill_in()
    together = Barrier(20)

    def press() -> tuple[int, str]:
        together.wait()
        return employer.send()

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: press(), range(20)))

    assert {status for status, _ in answers} == {303}
    # The same enquiry; its token holds the second in which it was signed.
    assert len({location.partition(":")[0] for _, location in answers}) == 1
    assert stored(site) == [employer.reference(answers[0][1])]
    assert waiting(site) == 2
