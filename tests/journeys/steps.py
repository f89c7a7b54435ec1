"""Pages that only a POST leads to, and the way to them."""

import re

from playwright.sync_api import Locator, Page, expect

REFERENCE = re.compile(r"IA-[2-9A-Z]{4}-[2-9A-Z]{4}")
LONG_ENOUGH = 3_100  # milliseconds after which a filled-in form looks like a person's
ANSWERS = {
    "Organisation name": "Canal Bakery",
    "Full name": "Sam Okafor",
    "Email address": "sam@example.com",
}


def fill_in(page: Page, *, path: str = "/enquire/", **answers: str) -> None:
    """The enquiry form with what it must have; `answers` are further texts by field name."""
    page.goto(path)
    page.get_by_label("Hiring flexibly").check()
    for label, text in ANSWERS.items():
        page.get_by_label(label).fill(text)
    for field, text in answers.items():
        page.locator(f"#{field}").fill(text)


def press(button: Locator) -> None:
    """Press a button, or follow a link, and wait for the page it leads to, style and script too."""
    with button.page.expect_navigation():
        button.click()


def go_on(page: Page) -> None:
    press(page.get_by_role("button", name="Continue"))


def send(page: Page) -> str:
    """Check and send what was filled in: the reference."""
    go_on(page)
    press(page.get_by_role("button", name="Send enquiry"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Enquiry sent")
    return REFERENCE.search(page.locator("main").inner_text())[0]


def form_with_errors(page: Page) -> None:
    page.goto("/enquire/")
    page.get_by_label("Email address").fill("nonsense")
    page.get_by_label("Phone number").fill("nonsense")
    page.get_by_label("Postcode").fill("nonsense")
    go_on(page)
    expect(page).to_have_title(re.compile("^Error: "))


def check_page(page: Page) -> None:
    fill_in(page)
    go_on(page)
    expect(page.get_by_role("button", name="Send enquiry")).to_be_visible()


def sent_page(page: Page) -> None:
    fill_in(page)
    send(page)


def tracking_page(page: Page) -> None:
    sent_page(page)
    press(page.get_by_role("link", name="See where it stands"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Your enquiry IA-"))


def adding_with_errors(page: Page) -> None:
    tracking_page(page)
    press(page.get_by_role("link", name="Add something"))
    press(page.get_by_role("button", name="Add this"))
    expect(page).to_have_title(re.compile("^Error: "))


def withdrawing(page: Page) -> None:
    tracking_page(page)
    press(page.get_by_role("link", name=re.compile("^Withdraw this")))
    expect(page.get_by_role("button", name="Withdraw")).to_be_visible()


def sent_before(page: Page) -> None:
    sent_page(page)
    page.go_back()
    page.go_back()
    page.get_by_label("Anything else").fill("More")
    go_on(page)
    expect(page.get_by_role("button", name="Send as a new enquiry")).to_be_visible()


def send_again(page: Page) -> None:
    fill_in(page)
    page.context.clear_cookies()
    go_on(page)
    expect(page.get_by_role("button", name="Send again")).to_be_visible()


def message_with_errors(page: Page) -> None:
    page.goto("/contact/website/")
    press(page.get_by_role("button", name="Send message"))
    expect(page).to_have_title(re.compile("^Error: "))


def message_sent(page: Page) -> None:
    page.goto("/contact/website/?topic=personal-data")
    page.get_by_label("Your message").fill("Which data do you hold about me?")
    page.get_by_label("Email address").fill("sam@example.com")
    press(page.get_by_role("button", name="Send message"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Message sent")


def sign_in_with_errors(page: Page) -> None:
    page.goto("/accounts/login/")
    press(page.locator("main").get_by_role("button"))
    expect(page).to_have_title(re.compile("^Error: "))


STEPS = {
    "form with errors": form_with_errors,
    "check page": check_page,
    "sent page": sent_page,
    "tracking page": tracking_page,
    "adding with errors": adding_with_errors,
    "withdrawing": withdrawing,
    "sent before": sent_before,
    "send again": send_again,
    "message with errors": message_with_errors,
    "message sent": message_sent,
    "sign in with errors": sign_in_with_errors,
}
