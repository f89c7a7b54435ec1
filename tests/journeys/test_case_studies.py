"""An employer narrows the case studies down, shares what they see, and finds the way back."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import press

pytestmark = pytest.mark.slow

PATH = "/case-studies/"


def heading(page):
    return page.locator("#results")


def test_filters_on_a_narrow_screen_by_keyboard_without_javascript(visit):
    page = visit(width=320, java_script_enabled=False)
    page.goto(PATH)
    size = page.get_by_label("50 to 249 employees")
    expect(size).to_be_hidden()

    page.get_by_text("Filter case studies").focus()
    page.keyboard.press("Enter")
    size.focus()
    page.keyboard.press("Space")
    page.get_by_label("Words").focus()
    page.keyboard.type("school")
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{PATH}?q=school&size=50-249")
    expect(heading(page)).to_have_text(re.compile(r"^\d case studies$"))
    expect(page).to_have_title(
        re.compile(r"^\d case studies: 50 to 249 employees, “school” – Islington Aspires$")
    )
    expect(page.get_by_role("link", name="Remove filter: 50 to 249 employees")).to_be_visible()


def test_filters_stand_open_beside_the_results(visit):
    page = visit(width=1280)
    page.goto(PATH)

    expect(page.get_by_text("Filter case studies")).to_be_hidden()
    form = page.get_by_role("form", name="Filter case studies")
    form.get_by_label("Hire flexibly").check()
    button = form.get_by_role("button", name="Show case studies").first
    expect(button).to_be_in_viewport(ratio=1)  # without a way past forty choices
    press(button)

    count = form.get_by_label("Hire flexibly")
    expect(count).to_be_checked()
    expect(page.get_by_role("listitem").filter(has_text="Remove filter")).to_have_count(1)


def test_the_keyboard_reaches_the_filters_that_stand_open(visit):
    page = visit(width=1280)
    page.goto(PATH)
    page.get_by_label("Words").focus()

    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show case studies").first).to_be_focused()
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.name") == "offer"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_filter_is_removed_and_all_are_cleared(visit):
    page = visit(width=1280)
    page.goto(f"{PATH}?size=50-249&sector=retail")
    expect(heading(page)).to_have_text("0 case studies")
    expect(page.get_by_text("Nothing matches all of these filters.")).to_be_visible()

    press(page.get_by_role("link", name="Remove filter: Retail"))
    expect(page).to_have_url(f"{PATH}?size=50-249")
    press(page.get_by_role("link", name="Clear all filters"))

    expect(page).to_have_url(PATH)
    expect(page.get_by_role("link", name="Clear all filters")).to_have_count(0)


def test_a_topic_leads_from_a_case_study_to_the_others(visit):
    page = visit(width=1280)
    page.goto(f"{PATH}fanlight-foods/")

    press(page.get_by_role("link", name="Managers"))

    expect(page.get_by_role("link", name="Remove filter: Managers")).to_be_visible()
    expect(page.get_by_role("link", name="12 mentors, and better managers")).to_be_visible()
