"""Enquiries while the mail server is away and the worker is killed again and again."""

import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests.employer import Employer
from tests.proof.places import Figure, database_server, running_site
from tests.running_site import RunningSite

ENQUIRIES = 400
KILLS = 10
EMPLOYERS_AT_ONCE = 20


def chaos(on: str) -> Callable[[], Figure]:
    def run() -> Figure:
        with database_server(on) as url, running_site(url) as site:
            return ordeal(site)

    return run


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
    mails = {
        key: mail
        for key, mail in site.mail.distinct().items()
        if "IA-" in mail["Subject"]  # not the desk's morning mail
    }
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
