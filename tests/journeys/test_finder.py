"""An employer who does not know what suits them: from four questions to a ticked enquiry form."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import press

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("javascript", [False, True], ids=["without JavaScript", "with JavaScript"])
@pytest.mark.parametrize("width", [1280, 320])
def test_from_the_questions_to_the_enquiry_form(visit, javascript, width):
    page: Page = visit(width=width, java_script_enabled=javascript)

    page.goto("/")
    press(page.get_by_role("link", name="Find what suits you"))
    expect(page.get_by_role("heading", level=1)).to_have_text("What suits us?")
    page.get_by_label("Give something back").check()
    page.get_by_label("10 to 49").check()
    page.get_by_label("About 4 hours").check()
    page.get_by_label("What does your organisation do?").select_option("Retail")
    press(page.get_by_role("button", name="Show what suits us"))

    # What fits, with reasons; the answers stand in the form and in the address.
    expect(page).to_have_title(re.compile(r"^\d+ ways to get involved suit you"))
    expect(page).to_have_url(
        re.compile(r"/what-suits-us/\?goal=give-back&size=10-49&hours=4&sector=retail$")
    )
    expect(page.get_by_label("Give something back")).to_be_checked()
    mentoring = page.locator(".found > li").filter(
        has=page.get_by_role("heading", name="Mentor a young person")
    )
    expect(mentoring).to_contain_text("Fits the time you have")
    expect(mentoring.locator("dd a")).to_have_attribute("href", re.compile("/case-studies/."))
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    # Somebody else opens the same address and sees the same.
    colleague: Page = visit()
    colleague.goto(page.url)
    headings = ".found > li h3"
    assert colleague.locator(headings).all_inner_texts() == page.locator(headings).all_inner_texts()

    # What is ticked arrives in the form.
    page.get_by_label("Ask about this: Mentor a young person").check()
    page.get_by_label("Ask about this: Visit a school").check()
    press(page.get_by_role("button", name="Ask about the ones you ticked"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask about getting involved")
    ticked = page.locator("[name=offers]:checked")
    assert [box.get_attribute("value") for box in ticked.all()] == [
        "mentor-a-young-person",
        "visit-a-school",
    ]


def test_where_nothing_fits_there_is_a_way_on(visit):
    page: Page = visit(width=320)

    page.goto("/what-suits-us/?goal=contracts&hours=1")
    expect(page.get_by_role("heading", level=2).first).to_have_text("Nothing fits all your answers")
    page.get_by_role("link", name="Change your answers").first.click()
    page.get_by_label("About 4 hours").check()
    press(page.get_by_role("button", name="Show what suits us"))

    expect(page.get_by_role("heading", level=2).first).to_have_text(
        re.compile(r"^\d+ ways to get involved suit you")
    )


def test_with_nothing_ticked_the_enquiry_form_is_empty(visit):
    page: Page = visit()

    page.goto("/what-suits-us/?goal=hire")
    press(page.get_by_role("button", name="Ask about the ones you ticked"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Ask about getting involved")
    expect(page.locator("[name=offers]:checked")).to_have_count(0)


def test_somebody_who_looks_for_work_finds_the_next_step_on_the_enquiry_form(visit):
    page: Page = visit(width=320, java_script_enabled=False)

    page.goto("/enquire/")
    page.get_by_role("link", name="Not an employer in Islington?").click()
    expect(page.get_by_role("heading", name="If this is not for you")).to_be_in_viewport()
    press(page.get_by_role("link", name="Read about iWork"))

    expect(page).to_have_url(re.compile("/partners/iwork/$"))
