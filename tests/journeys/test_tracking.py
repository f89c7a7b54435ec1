"""An employer comes back to their enquiry: on the narrowest screen, with and without JavaScript."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.hands import Keyboard, Pointer
from tests.journeys.steps import LONG_ENOUGH, fill_in, send
from tests.journeys.weight import first_visit

pytestmark = pytest.mark.slow

LIGHT = 60_000  # bytes of a first visit
WAYS = {
    "by keyboard": (Keyboard, {"width": 320}),
    "without JavaScript": (Pointer, {"width": 320, "java_script_enabled": False}),
}


@pytest.fixture(params=WAYS)
def hand(request, visit):
    kind, options = WAYS[request.param]
    hand = kind(visit(**options))
    yield hand
    assert hand.page.evaluate("document.documentElement.scrollWidth") <= options["width"]


def text_of(mail) -> str:
    return mail.get_body(("plain",)).get_content()


def link_in(site, address: str, subject: str) -> str:
    """Where the link of the mail with these words in its subject leads, once it has arrived."""

    def found():
        return [
            mail
            for mail in site.mail.distinct().values()
            if mail["To"] == address and subject in mail["Subject"]
        ]

    site.wait_for(found, f"a mail about ‘{subject}’ arrived at {address}")
    return re.search(r"http://\S+/track/\S+", text_of(found()[-1]))[0]


def tracked(page: Page, site, address: str) -> str:
    """Send an enquiry and open the link of the acknowledgement; returns where it led."""
    fill_in(page, email=address)
    page.wait_for_timeout(LONG_ENOUGH)
    send(page)
    link = link_in(site, address, "we have your enquiry")
    page.goto(link)
    return link


def test_an_employer_adds_to_an_enquiry_and_withdraws_it(hand, site):
    page = hand.page
    tracked(page, site, f"add{id(hand)}@example.com")
    expect(page.locator("main")).to_contain_text("We have it and will reply")

    hand.follow("Add something", within="main")
    hand.type_into("What would you like to add?", "We can take two people.")
    hand.press("Add this")
    expect(page.locator("main")).to_contain_text("We have what you added.")
    expect(page.locator("main")).to_contain_text("We can take two people.")

    hand.follow("Change phone number", within="main")
    hand.type_into("Phone number", "07700 900 982")
    hand.press("Change phone number")
    expect(page.locator("main")).to_contain_text("07700 900 982")

    hand.follow(re.compile("^Withdraw this"), within="main")
    hand.press("Withdraw")
    expect(page.locator("main")).to_contain_text("You do not want this any more")
    assert {one["name"] for one in page.context.cookies()} <= {"csrftoken"}


def test_an_employer_moves_an_enquiry_to_another_address_and_finds_it_again(hand, site):
    page = hand.page
    first, second = f"first{id(hand)}@example.com", f"second{id(hand)}@example.com"
    old = tracked(page, site, first)

    hand.follow("Change email address", within="main")
    hand.type_into("New email address", second)
    hand.press("Send the link")
    page.goto(link_in(site, second, "confirm your email address"))
    hand.press("Confirm this address")
    expect(page.locator("main")).to_contain_text("Your new email address is confirmed.")
    assert page.goto(old).status == 404

    page.goto("/track/")
    hand.type_into("Email address", second)
    hand.press("Email me my links")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look at your email")
    page.goto(link_in(site, second, "Your enquiries"))
    expect(page.locator("main")).to_contain_text(second)


def test_an_employer_takes_what_is_held_and_asks_for_its_removal(hand, site):
    page = hand.page
    address = f"rights{id(hand)}@example.com"
    tracked(page, site, address)

    hand.follow("Download what we hold about this enquiry", within="main")
    hand.press("Email me the link")
    page.goto(link_in(site, address, "download what we hold"))
    with page.expect_download() as loading:
        page.get_by_role("button", name="Download a JSON file").click()
    with open(loading.value.path(), encoding="utf-8") as file:
        assert json.load(file)["Email address"] == address
    page.wait_for_timeout(1_100)  # a second press within a second counts as a double click
    hand.press("Show it as a page")
    expect(page.locator("main")).to_contain_text(address)

    page.goto(link_in(site, address, "we have your enquiry"))
    hand.follow("Ask us to remove your details", within="main")
    hand.press("Email me the link")
    page.goto(link_in(site, address, "remove your details"))
    hand.press("Ask for removal")
    expect(page.locator("main")).to_contain_text("Our team has been told.")


def test_the_page_is_light(browser, visit, site):
    page: Page = visit()
    tracked(page, site, "light@example.com")

    seen = first_visit(browser, page.url)

    assert seen.total <= LIGHT
    assert seen.js == 0
    assert seen.cookies == []


def test_the_page_can_be_printed_without_what_is_for_the_screen(visit, site):
    page: Page = visit()
    tracked(page, site, "print@example.com")
    page.emulate_media(media="print")

    expect(page.locator("main dl.summary").first).to_be_visible()
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
