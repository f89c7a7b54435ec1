"""
How pages behave: patterns P1 to P15, each a test of its name.

`test_patterns.py` sees that none is missing. A test looks at all kinds of page in one window and
names those that fail.
"""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import STEPS, press
from tests.journeys.stops import stops
from tests.public_pages import PAGES, POST_FORMS

pytestmark = pytest.mark.slow

NIGHT, SUN = "rgb(30, 22, 70)", "rgb(255, 198, 46)"
NARROWEST = 320  # px: 1280 at 400% zoom
OFFERS = "/ways-to-get-involved/"
LISTING = "/case-studies/"


MEDIA = {"media": "screen", "forced_colors": "none", "reduced_motion": "no-preference"}


def on_each_page(opened: dict[str, Page], script: str, width: int = 1280, **media: str) -> dict:
    """What a script finds on each kind of page, where it finds anything."""
    found = {}
    for name, page in opened.items():
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(**{**MEDIA, **media})
        found[name] = page.evaluate(script)
    return {name: findings for name, findings in found.items() if findings}


def test_p01_each_page_has_language_its_own_title_one_h1_and_no_skipped_heading(opened, visit):
    titles = {name: check_headings(page, name) for name, page in opened.items()}
    page = visit()
    for name, walk in STEPS.items():
        walk(page)
        titles[name] = check_headings(page, name)

    assert sorted(titles.values()) == sorted(set(titles.values()))


def check_headings(page: Page, name: str) -> str:
    """See that language, title and headings are as they should be; the title."""
    title = page.title()
    levels = page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(e => +e.tagName[1])"
    )

    assert page.locator("html").get_attribute("lang") == "en-GB", name
    assert title.endswith(" – Islington Aspires"), name
    assert levels.count(1) == 1, (name, levels)
    # A summary of errors stands above the h1.
    after = levels[levels.index(1) :]
    jumps = [(one, two) for one, two in pairwise(after) if two > one + 1]
    assert jumps == [], (name, levels)
    return title


def test_p02_the_skip_link_is_first_shows_itself_and_moves_to_the_main_content(visit):
    page = visit()
    for name in ("home", "offer", "enquiry form", "not found"):
        page.goto(PAGES[name])
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to main content")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport(ratio=1)
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main", name


def test_p03_nothing_scrolls_sideways_at_320_px(opened, visit):
    widths = on_each_page(opened, "document.documentElement.scrollWidth", width=NARROWEST)
    page = visit(width=NARROWEST)
    for name, walk in STEPS.items():
        walk(page)
        widths[name] = page.evaluate("document.documentElement.scrollWidth")

    assert {name: width for name, width in widths.items() if width > NARROWEST} == {}


def test_p04_wide_text_spacing_clips_nothing(opened):
    clipped = on_each_page(
        opened,
        """() => {
          const style = new CSSStyleSheet()
          style.replaceSync(`* {line-height:1.5 !important; letter-spacing:.12em !important;
            word-spacing:.16em !important} p {margin-block-end:2em !important}`)
          document.adoptedStyleSheets = [style]
          if (getComputedStyle(document.body).letterSpacing === 'normal')
            return ['the spacing was not applied']
          const found = [...document.querySelectorAll('h1,h2,h3,p,a,button,label,legend,dd,dt,li')]
            .filter(e => e.checkVisibility() && !e.closest('.hide'))
            .filter(e => getComputedStyle(e).overflowX !== 'visible')
            .filter(e => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)
            .map(e => e.outerHTML.slice(0, 80))
          if (document.documentElement.scrollWidth > innerWidth) found.push('scrolls sideways')
          document.adoptedStyleSheets = []
          return found
        }""",
    )

    assert clipped == {}


@pytest.mark.parametrize("width", [1280, NARROWEST])
def test_p05_everything_to_press_is_at_least_24_px_each_way_and_controls_44_high(opened, width):
    small = on_each_page(
        opened,
        """() => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
          .filter(e => e.checkVisibility() && !e.closest('.skip, .trap') && e.tabIndex >= 0)
          .filter(e => !(e.matches(':is(p, li, dd, h2, h3, small) a')
            && getComputedStyle(e).display === 'inline'))  // within a sentence: exempt
          .filter(e => {
            const box = e.getBoundingClientRect()
            return box.width < 24 || box.height < 24
          }).map(e => e.outerHTML.slice(0, 90))""",
        width=width,
    )
    low = on_each_page(
        opened,
        """() => [...document.querySelectorAll(
            '.btn, main input, select, textarea, .choice')]
          .filter(e => e.checkVisibility() && !e.closest('.trap'))
          .filter(e => !e.matches('.choice input'))  // a row holds it, with its label
          .filter(e => e.getBoundingClientRect().height < 44)
          .map(e => e.outerHTML.slice(0, 90))""",
        width=width,
    )

    assert small == {}
    assert low == {}


def test_p06_the_focus_is_a_dark_line_and_a_bright_halo_on_every_ground(visit):
    page = visit()
    page.goto(OFFERS)
    doors = page.locator(".door h3 a").evaluate_all("all => all.map(e => e.pathname)")
    wrong, seen = [], 0
    for path in ["/", LISTING, "/search/?q=mentor", "/enquire/", *doors]:
        page.goto(path)
        for stop in stops(page):
            seen += 1
            line = (stop["outline"], stop["outlineWidth"], stop["outlineColor"])
            if line != ("solid", 3, NIGHT) or f"{SUN} 0px 0px 0px 8px" not in stop["shadow"]:
                wrong.append((path, stop["html"], line, stop["shadow"]))
    assert wrong == []
    assert seen > 300


def test_p07_forced_colours_keep_borders_and_words_and_hide_the_art(opened, visit):
    page = visit(forced_colors="active")
    assert (page.goto("/"), page.evaluate("matchMedia('(forced-colors: active)').matches"))[1]
    borderless = on_each_page(
        opened,
        """() => [...document.querySelectorAll(
            '.btn, .tag, .arch, .card, .feature, .page-top, .phase, .foot, input, select, '
            + 'textarea, .pager [aria-current]')]
          .filter(e => e.checkVisibility() && !e.closest('.trap') && !e.matches('[type=hidden]'))
          .filter(e => !e.matches('[type=checkbox], [type=radio]'))  // drawn by the browser
          .filter(e => ['none', 'hidden'].includes(getComputedStyle(e).borderBlockStartStyle))
          .map(e => e.outerHTML.slice(0, 80))""",
        forced_colors="active",
    )
    art = on_each_page(
        opened,
        """() => [...document.querySelectorAll('.fan, .terrace, .lintel')]
          .filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 80))""",
        forced_colors="active",
    )

    assert borderless == {}
    assert art == {}
    page.goto("/enquire/")
    for label in page.locator("main label:not(.trap label), main legend").all():
        expect(label).to_be_visible()
    page.locator("#email").focus()
    assert page.locator("#email").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def test_p08_nothing_moves_where_that_is_asked_for_and_no_page_ever_glides(opened):
    gliding = on_each_page(
        opened,
        """() => [...document.querySelectorAll('*')]
          .filter(e => getComputedStyle(e).scrollBehavior !== 'auto')
          .map(e => e.outerHTML.slice(0, 80))""",
    )
    moving = on_each_page(
        opened,
        """() => [...document.querySelectorAll('*')].filter(e =>
            ['', '::before', '::after'].some(part => {
              const style = getComputedStyle(e, part)
              return /[1-9]/.test(style.transitionDuration) || style.animationName !== 'none'
            })).map(e => e.outerHTML.slice(0, 80))""",
        reduced_motion="reduce",
    )

    assert gliding == {}
    assert moving == {}


def test_p09_the_page_is_light_whatever_the_device_asks_for(visit):
    colours = """() => [document.documentElement, document.body,
        ...document.querySelectorAll('h1, main a, main p, input')].slice(0, 40).map(e => {
          const {colorScheme, color, backgroundColor} = getComputedStyle(e)
          return [colorScheme, color, backgroundColor].join() })"""
    light, dark = visit(color_scheme="light"), visit(color_scheme="dark")
    for path in ("/", "/enquire/"):
        light.goto(path)
        dark.goto(path)
        assert light.evaluate(colours) == dark.evaluate(colours)
        assert dark.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_p10_in_print_there_is_the_text_without_navigation_art_or_buttons(opened):
    drawn = on_each_page(
        opened,
        """() => [...document.querySelectorAll('.skip, .nav, .trail, .terrace, .fan, .lintel, '
            + '.pager, .btn, .btns')].filter(e => e.checkVisibility())
          .map(e => e.outerHTML.slice(0, 80))""",
        media="print",
    )
    dark = on_each_page(
        opened,
        """() => [...document.querySelectorAll('main *, footer *')]
          .filter(e => e.checkVisibility() && e.textContent.trim() && !e.closest('.arch, svg'))
          .filter(e => {
            const parts = getComputedStyle(e).backgroundColor.match(/[\\d.]+/g).map(Number)
            return parts[3] !== 0 && Math.max(...parts.slice(0, 3)) < 150
          }).map(e => e.outerHTML.slice(0, 80))""",
        media="print",
    )

    assert drawn == {}
    assert dark == {}
    page = opened["offer"]
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    answers = page.locator("details > :not(summary)")
    assert answers.count() > 0
    for answer in answers.all():
        expect(answer).to_be_visible()


def test_p11_nothing_comes_from_elsewhere_and_nothing_stays_on_the_device(visit, site):
    page = visit()
    hosts, complaints = set(), []
    page.on("request", lambda request: hosts.add(re.match(r"https?://[^/]+", request.url)[0]))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text) if "404 (Not Found)" not in message.text else None
        ),
    )
    kept = {}
    for name, path in PAGES.items():
        page.goto(path)
        kept[name] = (
            [cookie["name"] for cookie in page.context.cookies()],
            page.evaluate("localStorage.length + sessionStorage.length"),
        )
        page.context.clear_cookies()

    allowed = {name: (["csrftoken"], 0) if name in POST_FORMS else ([], 0) for name in PAGES}
    assert {name: kept[name] for name in PAGES if kept[name] != allowed[name]} == {}
    assert hosts == {site.url}
    assert complaints == []  # of the content security policy too


def test_p12_filters_are_a_plain_form_whose_result_can_be_shared_and_undone(visit):
    page = visit()
    page.goto(f"{LISTING}?page=2&size=no-such-size")
    form = page.get_by_role("form", name="Filter case studies")
    results, remove = page.locator("h2#results"), page.get_by_role("link", name="Remove filter: ")
    everything = results.inner_text()

    assert (form.get_attribute("method"), remove.count()) == ("get", 0)
    form.get_by_label("50 to 249 employees").check()
    page.wait_for_timeout(300)
    expect(results).to_have_text(everything)  # nothing is sent before the button
    press(form.get_by_role("button", name="Show case studies").last)

    expect(page).to_have_url(re.compile(r"\?q=&size=50-249$"))  # the first page
    expect(results).to_have_text(re.compile(r"^\d+ case studies$"))
    assert page.title().startswith(f"{results.inner_text()}: 50 to 249 employees")
    expect(remove).to_have_text(re.compile("^Remove filter: 50 to 249 employees"))
    shared = visit()
    shared.goto(page.url)
    expect(shared.locator("h2#results")).to_have_text(results.inner_text())
    remove.click()
    expect(results).to_have_text(everything)

    page.goto(f"{LISTING}?q=xylophone&sector=retail")
    expect(results).to_have_text("0 case studies")
    expect(page.get_by_text("Nothing matches all of these filters")).to_be_visible()
    press(page.get_by_role("link", name="Clear all filters"))
    expect(results).to_have_text(everything)


def test_p13_pages_of_a_listing_say_where_one_is(visit):
    page = visit()
    pages = page.goto(LISTING) and int(re.search(r"page 1 of (\d+)", page.title())[1])
    pager = page.get_by_role("navigation", name="Pages of case studies")
    current = pager.locator("[aria-current=page]")
    canonical = page.locator("link[rel=canonical]")

    expect(current).to_have_text(re.compile("1$"))
    expect(pager.get_by_role("link", name="Previous")).to_have_count(0)
    expect(canonical).to_have_attribute("href", re.compile(f"{LISTING}$"))
    press(pager.get_by_role("link", name="Next"))
    expect(page).to_have_title(re.compile(rf"\(page 2 of {pages}\)"))
    expect(current).to_have_text(re.compile("2$"))
    expect(canonical).to_have_attribute("href", re.compile(rf"{LISTING}\?page=2$"))
    page.goto(f"{LISTING}?page={pages}")
    expect(pager.get_by_role("link", name="Next")).to_have_count(0)
    expect(pager.get_by_role("link", name="Previous")).to_have_count(1)
    for number in (0, pages + 1, "x"):
        assert page.goto(f"{LISTING}?page={number}").status == 404, number


def test_p14_a_card_is_one_link_that_covers_it(visit):
    page = visit()
    for path in ("/", OFFERS, LISTING):
        page.goto(path)
        uncovered = page.evaluate(
            """() => [...document.querySelectorAll('.door, .story')].filter(card => {
              card.scrollIntoView({block: 'center'})
              const links = card.querySelectorAll('a'), box = card.getBoundingClientRect()
              const places = [[12, 12], [box.width - 12, box.height - 12], [box.width / 2, 30]]
              return links.length !== 1 || !links[0].closest('h3') || places.some(([x, y]) =>
                document.elementFromPoint(box.left + x, box.top + y)?.closest('a') !== links[0])
            }).map(card => card.outerHTML.slice(0, 200))"""
        )
        assert page.locator(".door, .story").count() > 3
        assert uncovered == [], path


def test_p15_every_phone_number_can_be_called(opened):
    uncallable = on_each_page(
        opened,
        r"""() => {
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = []
          while (walker.nextNode()) {
            const number = walker.currentNode.data.match(/(\+44|\b0)[\d ]{9,13}\d\b/)
            if (number && !walker.currentNode.parentElement.closest('a[href^="tel:"]'))
              found.push(number[0])
          }
          return found
        }""",
    )
    bad = on_each_page(
        opened,
        r"""() => [...document.querySelectorAll('a[href^="tel:"]')].map(e => e.href)
          .filter(href => !/^tel:\+?\d{5,15}$/.test(href))""",
    )

    assert uncallable == {}
    assert bad == {}
    expect(opened["enquiry form"].locator("main a[href^='tel:']")).to_have_count(1)
