"""A lead invites a colleague, who joins and proposes a change: in a browser, without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import MATRIX, problems_in
from tests.journeys.test_employer import PASSWORD

pytestmark = pytest.mark.slow
OWN = "/partner/big-alliance/"
PAGES = [
    *("", "profile/", "profile/edit/", "offers/", "offers/add/", "members/", "members/invite/"),
    "interests/",
]
NARROW = 320
TOKEN = """
from partners.models import Invitation
print("token", Invitation.objects.get(email="{email}").token, sep="=")
"""


def sign_in(page: Page) -> None:
    page.goto("/partner/")
    page.get_by_label("Email address").fill("partner@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**{OWN}")


def token_for(site, email: str) -> str:
    done = site.run("manage.py", "shell", "--verbosity=0", "--command", TOKEN.format(email=email))
    return next(line[6:] for line in done.stdout.split("\n") if line.startswith("token="))


@pytest.fixture
def lead(visit) -> Page:
    page = visit()
    sign_in(page)
    return page


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_is_cut_off(lead, path):
    lead.goto(f"{OWN}{path}")

    assert problems_in(lead, [MATRIX[PAGES.index(path) % len(MATRIX)]]) == {}
    lead.set_viewport_size({"width": NARROW, "height": 900})
    assert lead.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_somebody_is_invited_joins_and_proposes_a_change(visit, site):
    lead, colleague = visit(java_script_enabled=False), visit(java_script_enabled=False, width=390)
    sign_in(lead)
    lead.goto(f"{OWN}members/")
    lead.get_by_role("link", name="Invite somebody").click()
    lead.get_by_label("Email address").fill("kim@example.com")
    lead.get_by_label("Propose changes").check()
    lead.get_by_role("button", name="Send invitation").click()
    expect(lead.get_by_text("We have sent the invitation.")).to_be_visible()

    colleague.goto(f"/accounts/invitation/{token_for(site, 'kim@example.com')}/")
    expect(colleague.get_by_role("heading", level=1)).to_have_text("BIG Alliance invites you")
    colleague.get_by_label("Full name").fill("Kim Adeyemi")
    colleague.get_by_label("Password").fill("canal boats go slowly")
    colleague.get_by_role("button", name="Accept and sign in").click()
    colleague.get_by_role("link", name="What we offer").first.click()
    colleague.get_by_role("link", name="Change ‘Volunteer as a team’").click()
    colleague.get_by_label("What do you do for employers").fill("Finds days out for whole teams.")
    colleague.get_by_role("button", name="Send to the council").click()

    expect(colleague.get_by_text("Waiting for the council.")).to_be_visible()
    expect(colleague.get_by_text("Finds days out for whole teams.")).to_be_visible()
