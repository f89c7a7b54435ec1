"""The desk and a partner, each in a browser of its own, about one interest."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_mailboxes import sign_in

pytestmark = pytest.mark.slow
ROUNDS = 6
MAKE = """
import uuid
from django.utils import timezone
from accounts.models import User
from enquiries import services
from enquiries.models import DeskSettings, Handover
from partners.models import Partner
desk, now = DeskSettings.objects.get(), timezone.now()
by, to = User.objects.get(email="desk@example.org"), Partner.objects.get(slug="timewise")
for number in range({rounds}):
    answers = dict(
        offers=["hire-flexibly"], organisation=f"Racer {{number}}", size="", sector="", postcode="",
        phone="", name="Sam Okafor", role="", email=f"racer{{number}}@example.com", message="",
    )
    enquiry = services.send(key=uuid.uuid4(), answers=answers, desk=desk, now=now)
    interest = enquiry.interests.get()
    services.hand_over(interest=interest, to=to, by=by, desk=desk, now=now)
    print("made", interest.pk, enquiry.pk, Handover.objects.get(interest=interest).token, sep="=")
"""
PRESS = "name => setTimeout(() => document.querySelector(name).click(), 50)"


def handed_over(site) -> list[list[str]]:
    """(interest, enquiry, token of the partner's link) of each round."""
    code = MAKE.format(rounds=ROUNDS)
    done = site.run("manage.py", "shell", "--verbosity=0", "--command", code)
    assert not done.returncode, done.stderr
    made = [line.split("=")[1:] for line in done.stdout.split("\n") if line.startswith("made")]
    assert len(made) == ROUNDS, done.stdout
    return made


def what_became(site, enquiry: str) -> tuple[str, list[str]]:
    """The state of its one interest, and what of taking up and back its timeline tells."""
    where = f"WHERE enquiry_id = {enquiry}"
    [(state,)] = site.database.rows(f"SELECT state FROM enquiries_interest {where}")
    told = site.database.rows(f"SELECT kind FROM enquiries_timelineentry {where} ORDER BY id")
    return state, [kind for (kind,) in told if kind in ("accepted", "taken_back")]


@pytest.fixture
def desk(visit) -> Page:
    page = visit()
    sign_in(page, "/admin/enquiries/")
    return page


def test_accepting_at_the_moment_of_taking_back_has_one_winner(site, desk, visit):
    partner = visit(width=390)
    winners = []
    for interest, enquiry, token in handed_over(site):
        desk.goto(f"/admin/enquiries/interest/take-back/{interest}/")
        partner.goto(f"/handover/{token}/")
        # Each browser is told to press, and only then is either waited for.
        first, second = (desk, partner) if len(winners) % 2 else (partner, desk)
        buttons = {desk: ".desk-screen form button[type=submit]", partner: "[value=accept]"}
        for page in (first, second):
            page.evaluate(PRESS, buttons[page])
        expect(partner.locator("h1")).not_to_have_text("Can you help this employer?")
        expect(desk.locator("body")).to_contain_text(
            re.compile("the desk has it again|Since you opened this: Accepted by")
        )

        state, kinds = what_became(site, enquiry)
        if state == "accepted":
            assert kinds == ["accepted"]
            expect(partner.locator("main")).to_contain_text("We have told them")
            expect(desk.locator("body")).to_contain_text("Since you opened this: Accepted by")
        else:
            assert state == "with_desk"
            assert kinds == ["taken_back"]
            expect(partner.locator("main")).to_contain_text("Our team took it back")
            expect(desk.locator("body")).to_contain_text("the desk has it again")
        winners.append(state)
    assert len(winners) == ROUNDS
