"""An employer reads, expresses interest and gets a reference; the desk finds the enquiry."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow

PASSWORD = "open-a-door-2015"
REFERENCE = re.compile(r"IA-[2-9A-Z]{4}-[2-9A-Z]{4}")


def text_of(mail) -> str:
    return mail.get_body(("plain",)).get_content()


def mails_about(site, reference: str) -> list:
    return [mail for mail in site.mail.distinct().values() if reference in mail["Subject"]]


@pytest.mark.parametrize("javascript", [False, True], ids=["without JavaScript", "with JavaScript"])
@pytest.mark.parametrize("width", [1280, 390])
def test_from_the_front_page_to_the_desk(visit, site, javascript, width):
    page: Page = visit(width=width, java_script_enabled=javascript)
    address = f"sam.{javascript}.{width}@example.com".lower()

    # Home, an offer, the door.
    page.goto("/")
    page.get_by_role("link", name="Mentor a young person").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mentor a young person")
    page.get_by_role("link", name="Ask about mentoring").first.click()
    expect(page).to_have_url(re.compile(r"/enquire/\?offer=mentor-a-young-person$"))
    expect(page.get_by_label("Mentoring a young person")).to_be_checked()

    # The form, with mistakes: a summary that has the focus, and every answer kept.
    page.get_by_label("Postcode").fill("n1 2")
    page.get_by_label("Full name").fill("Sam Okafor")
    page.get_by_label("Email address").fill("sam@example")
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_title(re.compile("^Error: "))
    summary = page.locator("[data-errors]")
    expect(summary.get_by_role("link")).to_have_text(
        [
            "Enter your organisation name",
            "Enter a full UK postcode",
            "Enter an email address in the correct format, like name@example.com",
        ]
    )
    if javascript:
        expect(summary).to_be_focused()
        summary.get_by_role("link").first.click()
        expect(page.get_by_label("Organisation name")).to_be_focused()
    expect(page.get_by_label("Mentoring a young person")).to_be_checked()
    expect(page.get_by_label("Email address")).to_have_value("sam@example")
    expect(page.get_by_label("Postcode")).to_have_value("n1 2")

    page.get_by_label("Organisation name").fill("Canal Bakery")
    page.get_by_label("10 to 49").check()
    page.get_by_label("Postcode").fill("n12ud")
    page.get_by_label("Email address").fill(address)
    page.get_by_label("Anything else you want to tell us?").fill("We open in spring.")
    page.wait_for_timeout(3_100)  # nobody fills it in faster than the form believes
    page.get_by_role("button", name="Continue").click()

    # Check, change, send.
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Check your answers before sending your enquiry"
    )
    expect(page.locator("main").get_by_text("N1 2UD")).to_be_visible()
    page.get_by_role("link", name="Change full name").click()
    expect(page.get_by_label("Full name")).to_have_value("Sam Okafor")
    page.get_by_label("Full name").fill("Sam A Okafor")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Sam A Okafor")).to_be_visible()
    page.get_by_role("button", name="Send enquiry").click()

    # The reference; back and reload send nothing again.
    expect(page.get_by_role("heading", level=1)).to_have_text("Enquiry sent")
    reference = REFERENCE.search(page.locator("main").inner_text())[0]
    sent_url = page.url
    assert page.context.cookies() == [] or "sessionid" not in {
        cookie["name"] for cookie in page.context.cookies()
    }
    page.reload()
    expect(page.get_by_text(reference)).to_be_visible()
    page.go_back()
    expect(page.locator("main")).to_contain_text("has been sent")
    page.goto(sent_url)
    assert address not in page.content()
    rows = site.database.rows(f"SELECT reference FROM enquiries_enquiry WHERE email = '{address}'")
    assert rows == [(reference,)]

    # Two mails, received by a real mail server.
    site.wait_for(lambda: len(mails_about(site, reference)) == 2, "both mails arrived")
    to_desk, to_employer = sorted(
        mails_about(site, reference), key=lambda mail: mail["To"] == address
    )
    assert to_desk["To"] == "aspires@example.org"
    assert to_desk["Reply-To"] == address
    assert "Canal Bakery" in text_of(to_desk)
    assert to_employer["To"] == address
    assert "Mentoring a young person" in text_of(to_employer)
    assert "spring" not in text_of(to_employer)
    assert "Okafor" not in text_of(to_employer)

    # The single point of contact finds it by its reference, typed carelessly.
    desk: Page = visit()
    link = re.search(r"http://\S+/admin/\S+", text_of(to_desk))[0]
    desk.goto(link)
    desk.get_by_label("Email").fill("desk@example.org")
    desk.get_by_label("Password").fill(PASSWORD)
    desk.get_by_role("button", name="Sign in").click()
    expect(desk.locator("main")).to_contain_text("We open in spring.")
    expect(desk.locator("main")).to_contain_text("Sent to aspires@example.org")
    desk.goto("/admin/enquiries/")
    desk.goto(f"/admin/enquiries/?q={reference.lower().replace('-', '')}")
    expect(desk.get_by_role("link", name=reference)).to_be_visible()


def fill_in(page: Page, address: str, message: str = "") -> None:
    page.goto("/enquire/")
    page.get_by_label("Hiring flexibly").check()
    page.get_by_label("Organisation name").fill("Canal Bakery")
    page.get_by_label("Full name").fill("Sam Okafor")
    page.get_by_label("Email address").fill(address)
    page.get_by_label("Anything else you want to tell us?").fill(message)
    page.wait_for_timeout(3_100)


def send(page: Page) -> str:
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Send enquiry").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Enquiry sent")
    return REFERENCE.search(page.locator("main").inner_text())[0]


@pytest.mark.parametrize(("button", "enquiries"), [("Add to IA-", 1), ("Send as a new enquiry", 2)])
def test_the_same_form_sent_again_with_changed_text(visit, site, button, enquiries):
    page: Page = visit()
    address = f"again{enquiries}@example.com"
    fill_in(page, address, "First thought")
    reference = send(page)

    # Two steps back to the form, as it was left.
    page.go_back()
    page.go_back()
    expect(page.get_by_label("Organisation name")).to_have_value("Canal Bakery")
    page.get_by_label("Anything else you want to tell us?").fill("Second thought")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("main")).to_contain_text(reference)
    expect(page.locator("main")).to_contain_text("Second thought")
    page.get_by_role("button", name=button).click()
    if enquiries == 2:
        page.get_by_role("button", name="Send enquiry").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Enquiry sent")

    count = f"SELECT count(*) FROM enquiries_enquiry WHERE email = '{address}'"
    assert site.database.rows(count) == [(enquiries,)]
    kept = "SELECT message FROM enquiries_enquiry UNION SELECT text FROM enquiries_timelineentry"
    assert any("Second thought" in row[0] for row in site.database.rows(kept))


def test_a_double_click_sends_once(visit, site):
    page: Page = visit()
    fill_in(page, "double@example.com")
    page.get_by_role("button", name="Continue").click()

    page.get_by_role("button", name="Send enquiry").dblclick()

    expect(page.get_by_role("heading", level=1)).to_have_text("Enquiry sent")
    count = "SELECT count(*) FROM enquiries_enquiry WHERE email = 'double@example.com'"
    assert site.database.rows(count) == [(1,)]


def test_a_form_whose_security_token_is_gone_keeps_the_answers(visit, site):
    page: Page = visit()
    fill_in(page, "late@example.com", "A long story")
    page.context.clear_cookies()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("button", name="Send again")).to_be_visible()

    page.get_by_role("button", name="Send again").click()

    expect(page.get_by_text("A long story")).to_be_visible()
    page.get_by_role("button", name="Send enquiry").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Enquiry sent")


def test_an_editor_sees_no_enquiry(visit, site):
    page: Page = visit()
    fill_in(page, "secret@example.com")
    reference = send(page)
    editor: Page = visit()
    editor.goto("/admin/")
    editor.get_by_label("Email").fill("editor@example.org")
    editor.get_by_label("Password").fill(PASSWORD)
    editor.get_by_role("button", name="Sign in").click()

    expect(editor.get_by_role("link", name="Enquiries")).to_have_count(0)
    expect(editor.locator("main")).not_to_contain_text("Enquiry desk")
    editor.goto(f"/admin/enquiries/?q={reference}")
    expect(editor.locator("body")).not_to_contain_text("secret@example.com")
