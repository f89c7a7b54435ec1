"""Cookies as a real browser keeps them: none while reading, two for an enquiry, one given back."""

import re

import pytest

from tests.journeys.steps import press

pytestmark = pytest.mark.slow

READING = ["/", "/ways-to-get-involved/", "/case-studies/", "/partners/", "/privacy/", "/cookies/"]


def test_a_fresh_browser_keeps_what_the_cookies_page_lists_and_when(visit):
    page = visit()

    def kept():
        return {cookie["name"]: cookie for cookie in page.context.cookies()}

    for path in READING:
        page.goto(path)
        assert kept() == {}
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
        assert page.get_by_role("dialog").count() == 0
    listed = page.locator("dl.summary dt").all_inner_texts()
    first, second = listed[:2]

    for path in ("/contact/website/", "/enquire/"):
        page.goto(path)
        assert set(kept()) == {first}
    page.get_by_label("Hiring flexibly").check()
    press(page.get_by_role("button", name="Continue"))
    assert set(kept()) == {first}  # with gaps: nothing is kept yet

    page.get_by_label("Organisation name").fill("Canal Bakery")
    page.get_by_label("Full name").fill("Sam Okafor")
    page.get_by_label("Email address").fill("cookies@example.com")
    page.wait_for_timeout(3_100)  # milliseconds: as long as a person takes
    press(page.get_by_role("button", name="Continue"))
    assert set(kept()) == {first, second}
    for cookie in kept().values():
        assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")

    press(page.get_by_role("button", name="Send enquiry"))
    page.wait_for_url(re.compile("/enquire/sent/"))
    assert set(kept()) == {first}
