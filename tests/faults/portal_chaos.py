"""
Enquiries while the portal does all that a portal can do wrong and workers are killed.

What must come of it: the portal has each enquiry once, in the order in which they changed, and no
mail has waited for it.
"""

import random
import re
import threading
import time
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus

from portal.follower import Follower
from portal.simulator import DROP, HANG, Simulator
from tests.employer import Employer
from tests.faults.portal_on_site import Clock, connect
from tests.running_site import RunningSite

API = "/api/portal/v1"
EMPLOYERS_AT_ONCE = 20
WORKERS = 2
SLOW = 0.4  # seconds before the portal answers, so that a worker is often killed in between
A_KILL_EVERY = 3  # seconds, and a worker needs about two to begin
AN_ANSWER = 10  # seconds at most until the next attempt to wait for
QUICK, QUICKER = 300, 1_800  # seconds that pass in one: a day is over in 48 with the latter
A_DAY = 24 * 3_600
# Well about half the time; each of the others in every round.
FAULTS = (500, 503, 429, 301, 401, 404, 422, HANG, DROP)
WEATHER = (*[204] * 7, *FAULTS)
EVERY = 5  # every fifth enquiry somebody at the desk takes: its second event
TAKE = """
from django.utils import timezone
from accounts.models import User
from enquiries import services
from enquiries.models import Enquiry
desk = User.objects.get(email="desk@example.org")
for enquiry in Enquiry.objects.order_by("pk")[::{every}]:
    services.assign(enquiry=enquiry, to=desk, by=desk, now=timezone.now())
"""
ACTED = (204, DROP)
FAILED = "SELECT failures FROM portal_circuit"
LEFT = "SELECT count(*) FROM outbox_message WHERE state = 'waiting'"


@dataclass
class Seen:
    """What came of it."""

    references: list[str]  # as employers read them
    stored: set[str] = field(default_factory=set)
    mirrored: list[str] = field(default_factory=list)  # references, as the portal has them
    created: Counter = field(default_factory=Counter)  # events about each new enquiry acted on
    updated: Counter = field(default_factory=Counter)  # the same, about each that changed
    numbers: list[int] = field(default_factory=list)  # change numbers, as the portal got them
    not_readable: list[str] = field(default_factory=list)  # when the portal heard of them
    answers: Counter = field(default_factory=Counter)  # of the portal, to events
    unmailed: set[str] = field(default_factory=set)  # employers
    heard: threading.Event = field(default_factory=threading.Event)  # an attempt is on its way
    kills: int = 0
    repeats: int = 0  # attempts to bring what the portal had acted on

    @property
    def is_good(self) -> bool:
        """Each stored, mirrored and announced once, in order, readable, and mailed."""
        once = set(self.created.values()) == set(self.updated.values()) == {1}
        new, changed = len(self.references), -(-len(self.references) // EVERY)
        once = once and (len(self.created), len(self.updated)) == (new, changed)
        whole = sorted(self.references) == sorted(self.stored) == sorted(self.mirrored)
        in_order = self.numbers == sorted(set(self.numbers))
        return once and whole and in_order and not (self.not_readable or self.unmailed)

    def __str__(self) -> str:
        heard = ", ".join(f"{answer} × {count}" for answer, count in self.answers.most_common())
        twice = sum(count != 1 for count in [*self.created.values(), *self.updated.values()])
        in_order = "in order" if self.numbers == sorted(set(self.numbers)) else "NOT in order"
        return (
            f"{len(self.references)} sent, {len(self.stored)} stored, {len(self.mirrored)} "
            f"mirrored, {len(self.updated)} changed, {twice} announced more than once, {in_order}; "
            f"{len(self.not_readable)} not readable when announced, {len(self.unmailed)} employers "
            f"without mail; {self.kills} kills, {self.repeats} events brought again, "
            f"portal answered {heard}"
        )


def mails_while_it_hangs(site: RunningSite, portal: Simulator, employers: int) -> tuple[int, int]:
    """
    The portal takes a first event and never answers; meanwhile employers send. How many mails
    were delivered before that attempt was over, of how many.
    """
    people = [Employer(site.url) for _ in range(employers + 1)]
    with ThreadPoolExecutor(EMPLOYERS_AT_ONCE) as pool:
        list(pool.map(_fill_in, people, range(employers + 1)))
        portal.answers_else = HANG
        site.start_worker()
        first = people.pop()
        assert first.send()[0] == HTTPStatus.SEE_OTHER
        site.wait_for(lambda: len(portal.attempts) == 1, "the portal hangs")
        assert {status for status, _ in pool.map(Employer.send, people)} == {303}
    wanted = 2 * (employers + 1)
    mails: set = set()
    while len(mails) < wanted and site.database.rows(FAILED) == [(0,)]:
        time.sleep(0.1)
        mails = _mails(site)
    site.kill_worker()
    portal.answers_else = HTTPStatus.NO_CONTENT
    return len(mails), wanted


def chaos(site: RunningSite, portal: Simulator, *, enquiries: int, kills: int) -> Seen:
    """Three quarters of the enquiries in bad weather, the rest on a day without the portal."""
    token = connect(site, portal)
    follower = Follower(f"{site.url}{API}", token)
    seen = Seen(references=[])
    portal.on_event = lambda event, answer: _hear(event, answer, token, seen)
    portal.slow = SLOW
    chance = random.Random(enquiries)
    for _ in range(-(-enquiries // len(WEATHER))):
        portal.answers.extend(chance.sample(WEATHER, k=len(WEATHER)))
    in_weather = enquiries * 3 // 4
    clock = Clock(site.folder)
    for _ in range(WORKERS):
        clock.start_worker(site)
    with clock.running(), ThreadPoolExecutor(EMPLOYERS_AT_ONCE) as pool:
        clock.pace = QUICK
        killing = threading.Thread(target=_kill, args=(site, clock, kills, seen))
        killing.start()
        seen.references += pool.map(lambda number: _enquire(site, number), range(in_weather))
        killing.join()
        portal.is_away = True
        clock.pace, began = QUICKER, clock.ahead
        rest = range(in_weather, enquiries)
        seen.references += pool.map(lambda number: _enquire(site, number), rest)
        taken = site.run("manage.py", "shell", "-v0", "-c", TAKE.format(every=EVERY))
        assert taken.returncode == 0, taken.stderr
        site.wait_for(lambda: clock.ahead - began >= A_DAY, "a day has passed", 120)
        portal.is_away = False
        site.wait_for(lambda: site.database.rows(LEFT) == [(0,)], "all is delivered", 600)
    follower.catch_up()
    _look(site, portal, follower, seen)
    return seen


def _kill(site: RunningSite, clock: Clock, kills: int, seen: Seen) -> None:
    """
    Kill one of the workers at a time, while one of them waits for an answer: what it was about is
    left to the other and the next.
    """
    while seen.kills < kills:
        time.sleep(A_KILL_EVERY)
        seen.heard.clear()
        seen.heard.wait(AN_ANSWER)
        site.kill_worker()
        seen.kills += 1
        clock.start_worker(site)


def _hear(event: dict, answer: int | str, token: str, seen: Seen) -> None:
    """Whatever the portal answers: it can read at once what it is told of."""
    seen.answers[answer] += 1
    seen.heard.set()
    if event["data"].get("kind") != "enquiry":
        return
    headers = {"Authorization": f"Bearer {token}"}
    request = urllib.request.Request(event["data"]["href"], headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30):
            pass
    except OSError as error:
        seen.not_readable.append(f"{event['data']['href']}: {error}")


def _look(site: RunningSite, portal: Simulator, follower: Follower, seen: Seen) -> None:
    events = [event for event in portal.events.values() if event["data"].get("kind") == "enquiry"]
    rows = site.database.rows("SELECT reference FROM enquiries_enquiry")
    seen.stored = {reference for (reference,) in rows}
    seen.mirrored = [enquiry["reference"] for enquiry in follower.enquiries.values()]
    for name, counter in (("created", seen.created), ("updated", seen.updated)):
        counter.update(
            event["subject"] for event in events if event["type"].endswith(f"enquiry.{name}")
        )
    acted = sum(count for answer, count in seen.answers.items() if answer in ACTED)
    seen.repeats = acted - len(portal.events)
    seen.numbers = [event["data"]["change_number"] for event in events]
    mailed = {reference for reference, to in _mails(site) if to.startswith("employer")}
    seen.unmailed = seen.stored - mailed


def _mails(site: RunningSite) -> set[tuple[str, str]]:
    """(reference, recipient) of the mails about an enquiry."""
    found = site.mail.distinct().values()
    return {
        (reference, mail["To"])
        for mail in found
        for reference in re.findall(r"IA-\w{4}-\w{4}", mail["Subject"])
    }


def _fill_in(employer: Employer, number: int) -> None:
    employer.fill_in(email=f"employer{number}@example.com", message=f"Number {number}")


def _enquire(site: RunningSite, number: int) -> str:
    """Its reference; empty if it could not be sent."""
    employer = Employer(site.url)
    _fill_in(employer, number)
    for _ in range(5):
        status, location = employer.send()
        if status == HTTPStatus.SEE_OTHER:
            return employer.reference(location)
        time.sleep(1)
    return ""
