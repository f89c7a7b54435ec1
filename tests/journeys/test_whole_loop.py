"""
The whole loop, each in a browser of its own: an employer asks, the desk hands over, a partner takes
up and places, the employer tells the story and approves it, a second editor publishes it, and it
stands on the page of the offer.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import LONG_ENOUGH, fill_in, press, send
from tests.journeys.test_mailboxes import sign_in

pytestmark = pytest.mark.slow
EMPLOYER, INTAKE = "loop@example.com", "loop-intake@example.org"
ORGANISATION = "Loop Bakery"
TITLE = "Loop Bakery’s story"
PROVE = f"""
from django.utils import timezone
from offers.models import OfferLink
from outbox.models import Mailbox
Mailbox.objects.create(address="{INTAKE}", proven_at=timezone.now())
links = OfferLink.objects.filter(partner__slug="timewise", offer__slug="hire-flexibly")
print("links", links.update(contact_email="{INTAKE}"), sep="=")
"""
STORY = {
    "challenge": "Nobody applied for the early shift.",
    "what_they_did": "We asked for help and changed the hours.",
    "what_changed": "Two people from Islington work with us now.",
    "what_was_hard": "Planning the first month.",
    "quote": "We would do it again.",
    "quote_person": "Lou Okafor",
    "figure": "2",
    "label": "people who started",
    "period": "Autumn 2026",
    "giver_role": "Owner",
}


def mailed(site, address: str, subject: str, path: str) -> str:
    """Where the link of the mail with these words in its subject leads."""

    def found() -> list[str]:
        texts = [
            mail.get_body(("plain",)).get_content()
            for mail in site.mail.distinct().values()
            if mail["To"] == address and subject in mail["Subject"]
        ]
        return [match[0] for text in texts if (match := re.search(rf"http://\S+{path}\S+", text))]

    site.wait_for(found, f"a mail about ‘{subject}’ arrived at {address}")
    return found()[-1]


def button(page: Page, name: str):
    return page.locator("main").get_by_role("button", name=name, exact=True)


def link(page: Page, name: str):
    return page.locator("main").get_by_role("link", name=name, exact=True).first


def publish(page: Page) -> None:
    """In the editor of the CMS, where it is one of the further actions."""
    page.wait_for_load_state("networkidle")  # until its scripts have taken over the form
    action = page.locator("button[name=action-publish]")
    if not action.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle]").click()
    press(action)


def test_from_an_enquiry_to_a_story_on_the_page_of_the_offer(site, visit):
    done = site.run("manage.py", "shell", "--verbosity=0", "--command", PROVE)
    assert "links=1" in done.stdout, done.stdout + done.stderr
    employer, desk, partner = visit(width=390), visit(), visit(width=390)
    editor, reviewer = visit(), visit()

    # An employer asks.
    fill_in(employer, organisation=ORGANISATION, name="Lou Okafor", email=EMPLOYER)
    employer.get_by_label("10 to 49").check()
    employer.locator("#sector").select_option("hospitality-and-catering")
    employer.wait_for_timeout(LONG_ENOUGH)
    reference = send(employer)

    # The desk hands it to the partner that is suggested, or to another.
    sign_in(desk, f"/admin/enquiries/?q={reference}")
    press(desk.locator("#listing-results").get_by_role("link", name=reference))
    enquiry = desk.url
    press(link(desk, "Hand over"))
    timewise = desk.locator("option", has_text="Timewise").get_attribute("value")
    desk.get_by_label("To which partner?").select_option(timewise)
    press(button(desk, "Hand over"))

    # The partner takes it up by the link of its mail, and says what came of it.
    partner.goto(mailed(site, INTAKE, reference, "/handover/"))
    expect(partner.locator("main")).not_to_contain_text(ORGANISATION)
    press(button(partner, "We take them up"))
    expect(partner.locator("main")).to_contain_text(EMPLOYER)
    employer.goto(mailed(site, EMPLOYER, "Timewise can help you", "/track/"))
    expect(employer.locator("main")).to_contain_text("A partner has agreed to help you")
    press(link(partner, "Tell us what came of it"))
    partner.get_by_label("Placed").check()
    partner.get_by_label("How many people?").fill("2")
    press(button(partner, "Tell our team"))
    expect(partner.locator("main")).to_contain_text("It is finished")

    # The desk asks for their story, and the employer tells it.
    desk.goto(enquiry)
    expect(desk.locator("main")).to_contain_text("Placed: 2")
    press(link(desk, "Ask for their story"))
    desk.get_by_label("Who writes the case study?").select_option(label="Eddie Editor")
    press(button(desk, "Ask for their story"))
    employer.goto(mailed(site, EMPLOYER, "Tell us your story", "/story/"))
    for name, text in STORY.items():
        employer.locator(f"#{name}").fill(text)
    employer.get_by_label("Our words, and the name of our organisation").check()
    employer.get_by_label("Names of people").check()
    press(button(employer, "Send your story"))

    # The editor finishes the draft, and cannot publish it.
    sign_in(editor, mailed(site, "editor@example.org", "A story has come", "/admin/"), "editor")
    edit = editor.url
    editor.locator("#id_summary").fill("How a bakery filled its early shift.")
    editor.locator("#id_did-0-featured").check()  # first on the page of the offer
    pk = re.search(r"/pages/(\d+)/", edit)[1]
    publish(editor)
    expect(editor.locator("body")).to_contain_text("The employer has not approved it")

    # The employer approves exactly this draft.
    editor.goto(f"/admin/case-studies/{pk}/ask/")
    editor.get_by_label("Their email address").fill(EMPLOYER)
    editor.get_by_label("Their name").fill("Lou Okafor")
    press(editor.locator("main").locator("button[type=submit]"))
    employer.goto(mailed(site, EMPLOYER, "Is this story about", "/sign-off/"))
    expect(employer.locator("main")).to_contain_text("We would do it again.")
    employer.get_by_label("Full name").fill("Lou Okafor")
    employer.get_by_label("Your role").fill("Owner")
    employer.get_by_label(f"I may speak for {ORGANISATION}").check()
    press(button(employer, "Approve the story"))
    expect(employer.locator("main")).to_contain_text("You approved the story")

    # Its author still cannot publish it alone; a second editor does.
    editor.goto(edit)
    publish(editor)
    expect(editor.locator("body")).to_contain_text("Somebody other than the person who changed it")
    sign_in(reviewer, edit, "editor2")
    publish(reviewer)
    expect(reviewer.locator("body")).to_contain_text("has been published")

    # It is there for everybody, also on the page of what the employer did.
    public = visit(width=390)
    public.goto("/ways-to-get-involved/hire-flexibly/")
    press(public.locator("main").get_by_role("link", name=TITLE).first)
    expect(public.locator("main")).to_contain_text("We would do it again.")
    assert public.context.cookies() == []
