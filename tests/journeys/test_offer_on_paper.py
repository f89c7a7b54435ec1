"""An offer printed: one sheet of A4, readable, with the way back to the page."""

import re

import pytest
from playwright.sync_api import Page, expect

from home.demo.offers import OFFERS

pytestmark = pytest.mark.slow

MARGIN = "10mm"  # what browsers leave by themselves
INSIDE = 718  # CSS pixels across A4 between the margins
SMALLEST = 9  # CSS pixels: 7 points


def sheets(page: Page) -> int:
    pdf = page.pdf(format="A4", margin=dict.fromkeys(["top", "bottom", "left", "right"], MARGIN))
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@pytest.mark.parametrize("slug", [offer["slug"] for offer in OFFERS])
def test_every_offer_of_the_demonstration_fits_on_one_sheet(visit, slug):
    page: Page = visit()

    page.goto(f"/ways-to-get-involved/{slug}/")

    assert sheets(page) == 1


def test_the_sheets_are_counted(visit):
    page: Page = visit()

    page.goto("/accessibility-statement/")

    assert sheets(page) > 1


def test_paper_has_the_code_the_address_and_the_answers_and_the_screen_has_no_code(visit):
    page: Page = visit(width=INSIDE)
    page.goto("/ways-to-get-involved/mentor-a-young-person/")
    code = page.locator(".qr")
    expect(code).to_be_hidden()

    page.emulate_media(media="print")

    expect(code.locator("svg")).to_be_visible()
    expect(code).to_contain_text("/ways-to-get-involved/mentor-a-young-person/")
    box = code.locator("svg").bounding_box()
    assert box["width"] == pytest.approx(box["height"], abs=1)
    assert box["width"] > 80  # 21 mm
    inside = page.evaluate(
        """() => [...document.querySelectorAll(".qr, .qr *")].every(part =>
            part.getBoundingClientRect().bottom
            <= document.querySelector(".page-top").getBoundingClientRect().bottom)"""
    )
    assert inside  # what sticks out is cut off
    expect(page.get_by_text("One is enough.")).to_be_visible()
    expect(page.locator(".nav")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= INSIDE
    small = page.evaluate(
        """() => [...document.querySelectorAll("main *")].filter(element =>
            element.checkVisibility() && [...element.childNodes].some(node =>
                node.nodeType === 3 && node.textContent.trim())
        ).map(element => parseFloat(getComputedStyle(element).fontSize))"""
    )
    assert min(small) >= SMALLEST
