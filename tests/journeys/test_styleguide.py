"""The style guide in a browser: every component at once, on a wide and on a narrow screen."""

import pytest

from tests.journeys.axe import problems

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_every_component_is_accessible_fits_and_keeps_the_policy(visit, width):
    page = visit(width=width)
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto("/styleguide/")

    assert problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert said == []
