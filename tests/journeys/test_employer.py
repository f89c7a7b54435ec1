"""An employer's enquiry arrives: by mail at both ends, at the desk, and nowhere else."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import LONG_ENOUGH, fill_in, press, send

pytestmark = pytest.mark.slow

PASSWORD = "open-a-door-2015"


def text_of(mail) -> str:
    return mail.get_body(("plain",)).get_content()


def test_from_an_offer_to_the_desk(visit, site):
    page: Page = visit(width=390)
    address = "sam.to.desk@example.com"
    path = "/enquire/?offer=mentor-a-young-person"
    fill_in(page, path=path, email=address, message="We open in spring.")
    page.wait_for_timeout(LONG_ENOUGH)
    reference = send(page)
    assert not {"sessionid", "__Host-sessionid"} & {one["name"] for one in page.context.cookies()}

    # Two mails, received by a real mail server.
    site.wait_for(lambda: len(site.mail.about(reference)) == 2, "both mails arrived")
    to_desk, to_employer = sorted(
        site.mail.about(reference), key=lambda mail: mail["To"] == address
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
    press(desk.get_by_role("button", name="Sign in"))
    expect(desk.locator("main")).to_contain_text("We open in spring.")
    expect(desk.locator("main")).to_contain_text("Sent to aspires@example.org")
    desk.goto(f"/admin/enquiries/?q={reference.lower().replace('-', '')}")
    expect(desk.get_by_role("link", name=reference)).to_be_visible()


def test_an_editor_sees_no_enquiry(visit, site):
    page: Page = visit()
    fill_in(page, email="secret@example.com")
    reference = send(page)
    editor: Page = visit()
    editor.goto("/admin/")
    editor.get_by_label("Email").fill("editor@example.org")
    editor.get_by_label("Password").fill(PASSWORD)
    press(editor.get_by_role("button", name="Sign in"))

    expect(editor.get_by_role("link", name="Enquiries")).to_have_count(0)
    expect(editor.locator("main")).not_to_contain_text("Enquiry desk")
    editor.goto(f"/admin/enquiries/?q={reference}")
    expect(editor.locator("body")).not_to_contain_text("secret@example.com")
