"""What the person at the desk does all day, each in at most three clicks from the list."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.journeys.axe import TAGS
from tests.journeys.test_mailboxes import sign_in

pytestmark = pytest.mark.slow
DESK = "/admin/enquiries/"
OURS = ".desk-screen"  # what our own templates draw
MAKE = """
import sys, uuid
from datetime import timedelta
from django.utils import timezone
from enquiries import services
from enquiries.models import DeskSettings
for name in {names!r}:
    answers = dict(
        offers=["hire-flexibly"], organisation=name, size="", sector="", postcode="", phone="",
        name="Sam Okafor", role="", email=name.replace(" ", ".") + "@example.com", message="",
    )
    enquiry = services.send(
        key=uuid.uuid4(), answers=answers, desk=DeskSettings.objects.get(),
        now=timezone.now() - timedelta(days=30 * (name == "Long waiting")),
        suspicion="Too quick" * (name == "To release"),
    )
    print(name, enquiry.reference, sep="=")
"""
NAMES = [
    *("Finders", "Keepers", "Long waiting", "Just come", "To assign", "To note", "To answer"),
    *("To fill in", "To hand on", "To close", "To release", "To export"),
]


@pytest.fixture(scope="module")
def received(site) -> dict[str, str]:
    """An enquiry of each organisation: its reference, by name."""
    code = MAKE.format(names=NAMES)
    done = site.run("manage.py", "shell", "--verbosity=0", "--command", code)
    return dict(line.split("=") for line in done.stdout.split("\n") if "=" in line)


class Desk:
    """The list of enquiries, open in a browser; counts the clicks from there."""

    def __init__(self, page: Page):
        self.page = page
        self.clicks = 0

    def open(self) -> None:
        self.page.goto(DESK)
        self.clicks = 0

    def click(self, what: Locator) -> None:
        """Follow a link or press a button; the screen it leads to has no fault axe can find."""
        self.clicks += 1
        with self.page.expect_navigation():
            what.click()
        self.page.wait_for_load_state()
        assert self.violations() == []

    def follow(self, name: str) -> None:
        self.click(self.page.locator("main").get_by_role("link", name=name, exact=True).first)

    def press(self, name: str) -> None:
        self.click(self.page.locator("main").get_by_role("button", name=name, exact=True))

    def violations(self) -> list:
        options = {"runOnly": {"type": "tag", "values": TAGS}}
        found = Axe().run(self.page, context={"include": [[OURS]]}, options=options).response
        return [
            (rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found["violations"]
        ]

    def says(self, words: str) -> None:
        expect(self.page.locator("body")).to_contain_text(words)


@pytest.fixture
def desk(visit):
    page = visit()
    sign_in(page, DESK)
    desk = Desk(page)
    yield desk
    assert desk.clicks <= 3


def test_find_one_by_its_email_address(desk, received):
    reference = received["Finders"]
    desk.open()

    with desk.page.expect_response(re.compile("results/")):
        desk.page.get_by_placeholder("Search").fill("finders@example.com")
    expect(desk.page.locator("#listing-results")).not_to_contain_text("Keepers")
    expect(desk.page).to_have_url(re.compile("q=finders"))  # as if it led there
    desk.follow(reference)
    desk.says("Finders")


def test_see_what_is_overdue(desk, received):
    reference = received["Long waiting"]
    fresh = received["Just come"]
    desk.open()

    desk.click(desk.page.get_by_role("link", name=re.compile("Overdue")))

    expect(desk.page.locator("#listing-results")).to_contain_text(reference)
    expect(desk.page.locator("#listing-results")).not_to_contain_text(fresh)


def test_assign_one(desk, received):
    reference = received["To assign"]
    desk.open()

    desk.follow(reference)
    desk.follow("Assign")
    desk.page.get_by_label("Who looks after it?").select_option(label="Dee Desk")
    desk.press("Assign")

    desk.says(f"{reference} is assigned.")


def test_write_a_note(desk, received):
    reference = received["To note"]
    desk.open()

    desk.follow(reference)
    desk.follow("Add a note")
    desk.page.get_by_label("Note").fill("They open in spring.")
    desk.press("Add a note")

    desk.says("They open in spring.")


def test_reply_from_a_template(desk, received, site):
    reference = received["To answer"]
    desk.open()

    desk.follow(reference)
    desk.follow("First answer")
    words = desk.page.get_by_label("What you write")
    expect(words).to_have_value(re.compile("Dear Sam Okafor"))
    words.fill(words.input_value().replace("[day and time]", "Monday at 10am"))
    desk.press("Reply")

    desk.says(f"Your reply to {reference} is on its way.")
    site.wait_for(
        lambda: [mail for mail in site.mail.about(reference) if "Monday" in str(mail)],
        "the reply arrived",
    )


def test_what_is_still_to_be_filled_in_is_not_sent(desk, received):
    reference = received["To fill in"]
    desk.open()

    desk.follow(reference)
    desk.follow("First answer")
    desk.press("Reply")

    desk.says("Fill in [day and time]")
    expect(desk.page.get_by_label("What you write")).to_have_value(re.compile("Dear Sam"))


def test_hand_one_on(desk, received):
    reference = received["To hand on"]
    desk.open()

    desk.follow(reference)
    desk.follow("Hand over")
    timewise = desk.page.locator("option", has_text="Timewise").get_attribute("value")
    desk.page.get_by_label("To which partner?").select_option(timewise)
    desk.press("Hand over")

    desk.says("Handed over to Timewise")


def test_close_one_as_placed(desk, received):
    reference = received["To close"]
    desk.open()

    desk.follow(reference)
    desk.follow("Close")
    desk.page.get_by_label("What came of it?").select_option(label="Placed")
    desk.page.get_by_label("How many people?").fill("2")
    desk.press("Close")

    desk.says("Placed: 2")


def test_release_one_from_quarantine(desk, received):
    reference = received["To release"]
    desk.open()

    desk.click(desk.page.get_by_role("link", name=re.compile("In quarantine")))
    desk.follow(reference)
    desk.press("Release from quarantine")

    desk.says(f"{reference} is out of quarantine.")


def test_log_a_call(desk):
    desk.open()

    desk.click(desk.page.get_by_role("link", name="Log an enquiry"))
    desk.page.get_by_label("Hiring flexibly").check()
    desk.page.get_by_label("Organisation name").fill("Callers")
    desk.page.get_by_label("Full name").fill("Kit Day")
    desk.page.get_by_label("Phone number").fill("020 7946 0999")
    desk.press("Log an enquiry")

    desk.says("The enquiry is stored as IA-")
    desk.says("Logged for the employer")


def test_export_this_month(desk, received):
    reference = received["To export"]
    desk.open()

    desk.follow("Received this month")
    desk.clicks += 1
    desk.page.get_by_role("button", name="Actions").first.click()
    desk.clicks += 1
    with desk.page.expect_download() as download:
        desk.page.get_by_role("link", name="Download CSV").click()

    assert reference in download.value.path().read_text()
