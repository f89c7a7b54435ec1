"""Where the Tab key stops on a page, and how each stop shows itself."""

from playwright.sync_api import Page

MOST_STOPS = 150
# A card shows the focus of its one link around itself.
STOP = """() => {
  const e = document.activeElement
  if (!e || e === document.body) return null
  const style = getComputedStyle(e.closest('.door, .story') ?? e)
  const box = e.getBoundingClientRect()
  return {
    html: e.outerHTML.slice(0, 90),
    outline: style.outlineStyle,
    outlineWidth: parseFloat(style.outlineWidth),
    outlineColor: style.outlineColor,
    shadow: style.boxShadow,
    inView: box.top < innerHeight && box.bottom > 0 && box.left < innerWidth && box.right > 0,
    top: Math.round(box.top + scrollY),
    place: [...document.querySelectorAll('*')].indexOf(e),
    inForm: Boolean(e.closest('form')),
  }
}"""


def stops(page: Page) -> list[dict]:
    """Every stop from the top of the page to its end, in order."""
    seen = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or (seen and stop["place"] == seen[0]["place"]):
            break
        seen.append(stop)
    return seen
