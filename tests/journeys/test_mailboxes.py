"""The desk proves a mailbox, and has a message tried again that did not arrive."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.axe import TAGS
from tests.journeys.steps import press
from tests.journeys.test_employer import PASSWORD, text_of

pytestmark = pytest.mark.slow
OURS = ".nice-padding"  # the part of the screen that our templates draw


def sign_in(page: Page, path: str, who: str = "desk") -> None:
    page.goto(path)
    page.get_by_label("Email").fill(f"{who}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    press(page.get_by_role("button", name="Sign in"))


def violations(page: Page) -> list:
    options = {"runOnly": {"type": "tag", "values": TAGS}}
    found = Axe().run(page, context={"include": [[OURS]]}, options=options).response
    return [
        (rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found["violations"]
    ]


def code_mailed_to(site, address: str) -> str:
    def codes() -> list[str]:
        return [
            re.search(r"Your code: (\d{6})", text_of(mail))[1]
            for mail in site.mail.received
            if mail["To"] == address
        ]

    site.wait_for(codes, "the code arrived")
    return codes()[-1]


def test_the_desk_proves_a_mailbox_and_marks_it_as_bounced(visit, site):
    address = "partner.contact@example.com"
    page: Page = visit()
    sign_in(page, "/admin/mailboxes/")
    press(page.get_by_role("link", name="Prove a mailbox"))
    assert violations(page) == []

    page.get_by_label("Email address").fill("partner.contact")
    press(page.get_by_role("button", name="Send a code"))
    expect(page.get_by_label("Email address")).to_have_accessible_description(
        re.compile("like name@example.com")
    )
    assert violations(page) == []
    page.get_by_label("Email address").fill(address)
    press(page.get_by_role("button", name="Send a code"))
    expect(page.locator("main")).to_contain_text(f"A code is on its way to {address}")
    assert violations(page) == []

    code = code_mailed_to(site, address)
    page.get_by_label("Code").fill(f"{(int(code) + 1) % 1_000_000:06}")
    press(page.get_by_role("button", name="Prove the mailbox"))
    expect(page.get_by_label("Code")).to_have_accessible_description(re.compile("4 tries left"))
    assert violations(page) == []
    page.get_by_label("Code").fill(code)
    press(page.get_by_role("button", name="Prove the mailbox"))
    expect(page.locator("main")).to_contain_text(f"{address} is proven and will be used")
    assert violations(page) == []

    press(page.get_by_role("button", name="Mark as bounced"))
    expect(page.locator(".help-critical")).to_contain_text("does not arrive")
    assert violations(page) == []


def test_the_desk_has_a_message_tried_again_that_was_refused(visit, site):
    address = "late@example.com"
    site.mail.refuses[address] = "550 5.1.1 No such user"
    page: Page = visit()
    sign_in(page, "/admin/mailboxes/send-code/")
    page.get_by_label("Email address").fill(address)
    press(page.get_by_role("button", name="Send a code"))
    state = f"SELECT state FROM outbox_message WHERE recipient = '{address}'"
    site.wait_for(lambda: site.database.rows(state) == [("dead",)], "the message is given up")
    del site.mail.refuses[address]

    page.goto("/admin/mail/?state=dead")
    press(page.get_by_role("link", name="Mailbox code"))
    expect(page.locator("main")).to_contain_text("takes no mail for this address")
    assert violations(page) == []
    press(page.get_by_role("button", name="Try again"))
    expect(page.locator("main")).to_contain_text("The message will be tried again in a moment")

    site.wait_for(lambda: site.database.rows(state) == [("sent",)], "the message is delivered")
    assert code_mailed_to(site, address)
