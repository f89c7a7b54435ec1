"""
What an employer comes for, done without JavaScript, at 320 px and by the keyboard alone.

Every day by the keyboard on the narrowest screen, with and without JavaScript; with
JOURNEYS_FULL=1 also each by itself.
"""

import os
import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.hands import Keyboard, Pointer
from tests.journeys.steps import ANSWERS

pytestmark = pytest.mark.slow

WAYS = {
    "by keyboard at 320 px": (Keyboard, {"width": 320}),
    "without JavaScript too": (Keyboard, {"java_script_enabled": False, "width": 320}),
}
if os.environ.get("JOURNEYS_FULL") == "1":
    WAYS |= {
        "without JavaScript": (Pointer, {"java_script_enabled": False}),
        "at 320 px": (Pointer, {"width": 320}),
        "by keyboard": (Keyboard, {}),
    }


@pytest.fixture(params=WAYS)
def hand(request, visit):
    kind, options = WAYS[request.param]
    hand = kind(visit(**options))
    yield hand
    if options.get("width"):
        assert hand.page.evaluate("document.documentElement.scrollWidth") <= options["width"]


def expect_heading(page: Page, text: str | re.Pattern) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def answer(hand: Pointer) -> None:
    for label, text in ANSWERS.items():
        hand.type_into(label, text)


def check_and_send(hand: Pointer) -> None:
    hand.press("Continue")
    send(hand)


def send(hand: Pointer) -> None:
    expect_heading(hand.page, "Check your answers before sending your enquiry")
    hand.press("Send enquiry")
    expect_heading(hand.page, "Enquiry sent")


def test_from_the_front_page_through_an_offer_to_an_enquiry(hand):
    hand.page.goto("/")
    hand.follow("Mentor a young person", within="main")
    expect_heading(hand.page, "Mentor a young person")
    hand.follow("Ask about mentoring", within="main")
    expect(hand.page.get_by_label("Mentoring a young person")).to_be_checked()
    hand.type_into("Organisation name", "Canal Bakery")
    hand.press("Continue")
    expect(hand.page).to_have_title(re.compile("^Error: "))
    answer(hand)
    hand.tick("10 to 49")
    hand.choose("What does your organisation do?", "Retail")
    check_and_send(hand)


def test_from_the_finder_to_an_enquiry_about_what_was_ticked(hand):
    hand.page.goto("/")
    hand.follow("Find what suits you", within="main")
    hand.tick("Give something back")
    hand.tick("10 to 49")
    hand.tick("About 4 hours")
    hand.choose("What does your organisation do?", "Retail")
    hand.press("Show what suits us")
    expect(hand.page).to_have_title(re.compile(r"^\d+ ways to get involved suit you"))
    hand.tick("Ask about this: Mentor a young person")
    hand.tick("Ask about this: Visit a school")
    hand.press("Ask about the ones you ticked")
    expect(hand.page.locator("[name=offers]:checked")).to_have_count(2)
    answer(hand)
    check_and_send(hand)


def test_from_an_enquiry_form_that_is_not_for_one_to_where_one_belongs(hand):
    hand.page.goto("/enquire/")
    hand.follow("Not an employer in Islington?", within="main")
    hand.follow("Read about iWork", within="main")
    expect(hand.page).to_have_url(re.compile("/partners/iwork/$"))


def test_a_message_about_the_website(hand):
    hand.page.goto("/")
    hand.follow("Report a problem with this website", within="footer")
    hand.press("Send message")
    expect(hand.page).to_have_title(re.compile("^Error: "))
    hand.tick("My personal data")
    hand.type_into("Your message", "Which data do you hold about me?")
    hand.type_into("Full name", "Sam Okafor")
    hand.type_into("Email address", "sam@example.com")
    hand.press("Send message")
    expect_heading(hand.page, "Message sent")


def test_from_filtered_case_studies_through_one_to_its_offer(hand):
    hand.page.goto("/")
    hand.follow("Case studies", within="header")
    hand.unfold("Filter case studies")
    hand.tick("50 to 249 employees")
    hand.tick("Mentor a young person")
    hand.press("Show case studies")
    expect(hand.page).to_have_title(re.compile(r"^\d+ case stud\w+: "))
    hand.follow("Remove filter: 50 to 249 employees", within="main")
    expect(hand.page.get_by_role("link", name="Remove filter: ")).to_have_count(1)
    hand.follow("12 mentors, and better managers", within="main")
    expect_heading(hand.page, re.compile("^12 mentors"))
    hand.follow("Mentor a young person", within="main")
    expect_heading(hand.page, "Mentor a young person")


def test_to_the_next_page_of_the_case_studies(hand):
    hand.page.goto("/case-studies/")
    hand.follow("Next page", within="main")
    expect(hand.page).to_have_title(re.compile(r"\(page 2 of \d+\)"))


def test_from_a_search_to_an_offer(hand):
    hand.page.goto("/")
    hand.follow("Search", within="header")
    hand.type_into("Search this website", "apprentice")
    hand.press("Search")
    expect(hand.page).to_have_title(re.compile("for ‘apprentice’"))
    hand.follow("Take on an apprentice", within="main")
    expect_heading(hand.page, "Take on an apprentice")


@pytest.mark.parametrize("button", ["Add to IA-", "Send as a new enquiry"])
def test_the_same_form_again_is_added_or_sent_as_new(hand, button):
    hand.page.goto("/enquire/")
    hand.tick("I am not sure yet")
    answer(hand)
    send(hand.press_and_keep_page("Continue"))
    hand.page.wait_for_timeout(1000)  # sooner, it would be a double click
    hand.type_into("Anything else you want to tell us?", "We open in spring.")
    hand.press("Continue")
    expect_heading(hand.page, re.compile("You have already sent this enquiry as IA-"))
    hand.press(re.compile(button))
    if button == "Send as a new enquiry":
        hand.press("Send enquiry")
    expect_heading(hand.page, "Enquiry sent")
