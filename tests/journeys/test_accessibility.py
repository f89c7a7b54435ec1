"""
Axe on every kind of page. Every day each is seen in one setting of the matrix, and the ones with
most in them in more; AXE_FULL=1 looks at each in every width, with normal and forced colours.
"""

import os

import pytest

from tests.journeys.axe import MATRIX, problems_in
from tests.journeys.steps import STEPS
from tests.public_pages import PAGES

pytestmark = pytest.mark.slow

FULL = os.environ.get("AXE_FULL") == "1"
WAYS = {**PAGES, **STEPS}
RICHEST = {"home", "offer", "case study", "form with errors", "tracking page"}


def settings_for(name: str) -> list[tuple[int, str]]:
    if FULL or name in RICHEST:
        return MATRIX
    return [MATRIX[list(WAYS).index(name) % len(MATRIX)]]


@pytest.mark.parametrize("name", WAYS)
def test_axe_finds_nothing_and_leaves_nothing_undecided(visit, name):
    page = visit()
    if name in PAGES:
        page.goto(PAGES[name])
    else:
        STEPS[name](page)

    assert problems_in(page, settings_for(name)) == {}


def test_axe_would_see_a_fault(visit):
    page = visit()
    page.goto("/")
    page.evaluate("document.querySelector('main h1').style.color = '#fc6'")

    assert "color-contrast" in str(problems_in(page, MATRIX[:1]))
