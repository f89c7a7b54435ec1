"""What axe finds on the page that is open."""

from itertools import product

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = [1280, 390, 320]  # px
COLOURS = ["none", "active"]  # forced colours
MATRIX = list(product(WIDTHS, COLOURS))
HEIGHT = 900
# With forced colours Chromium reports this property as the style sheet has it, not as it is drawn,
# and axe goes by it. Nothing on the site sets it, so the text has the colour of `color`.
DRAWN_COLOUR = """() => {
  const read = CSSStyleDeclaration.prototype.getPropertyValue
  CSSStyleDeclaration.prototype.getPropertyValue = function (name) {
    return read.call(this, name === '-webkit-text-fill-color' ? 'color' : name)
  }
}"""


def problems(page: Page) -> list[tuple[str, str, list]]:
    """(violations or incomplete, rule, where), empty if there is nothing to say or to decide."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
    return [
        (kind, rule["id"], [node["target"] for node in rule["nodes"]][:3])
        for kind in ("violations", "incomplete")
        for rule in found[kind]
    ]


def problems_in(page: Page, settings: list[tuple[int, str]]) -> dict[tuple[int, str], list]:
    """The problems in each setting, (width, forced colours), where there are any."""
    found = {}
    page.evaluate(DRAWN_COLOUR)
    for width, colours in settings:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(forced_colors=colours)
        found[width, colours] = problems(page)
    return {setting: listed for setting, listed in found.items() if listed}
