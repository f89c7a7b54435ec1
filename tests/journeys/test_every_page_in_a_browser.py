"""Every kind of page as a browser sees it: accessibility, reflow, weight, cookies, other hosts."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.employer import Employer

pytestmark = pytest.mark.slow

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HOME_BYTES = 60_000  # over the wire, pictures included
PAGES = {
    "home": "/",
    "offers": "/ways-to-get-involved/",
    "offer": "/ways-to-get-involved/mentor-a-young-person/",
    "offer without a partner": "/ways-to-get-involved/pay-the-london-living-wage/",
    "case studies": "/case-studies/",
    "case studies, last page": "/case-studies/?page=2",
    "case study": "/case-studies/fanlight-foods/",
    "case study from a source": "/case-studies/kings-cross-jobs/",
    "partners": "/partners/",
    "partner": "/partners/big-alliance/",
    "impact": "/impact/",
    "search": "/search/",
    "search results": "/search/?q=mentor",
    "nothing found": "/search/?q=xylophone",
    "plain page": "/privacy/",
    "accessibility statement": "/accessibility-statement/",
    "enquiry form": "/enquire/?offer=hire-flexibly",
    "nothing to check": "/enquire/check/",
    "sign in": "/accounts/login/",
    "forgotten password": "/accounts/password/reset/",
    "not found": "/no-such-page/",
}
# Pages that only a POST leads to.
STEPS = ["form with errors", "check page", "sent page", "sent before", "send again"]


@pytest.fixture(scope="module")
def sent_url(site) -> str:
    employer = Employer(site.url)
    employer.fill_in(email="axe@example.com")
    return employer.send()[1]


def fill_in(page: Page, email: str) -> None:
    page.goto("/enquire/")
    page.get_by_label("Hiring flexibly").check()
    page.get_by_label("Organisation name").fill("Canal Bakery")
    page.get_by_label("Full name").fill("Sam Okafor")
    page.get_by_label("Email address").fill(email)


def walk_to(page: Page, step: str, width: int, sent_url: str) -> None:
    """Open a page that only a POST leads to."""
    if step == "sent page":
        page.goto(sent_url)
        return
    fill_in(page, "nonsense" if step == "form with errors" else f"{width}@example.com")
    if step == "send again":
        page.context.clear_cookies()
    page.get_by_role("button", name="Continue").click()
    if step == "sent before":
        page.get_by_role("button", name="Send enquiry").click()
        page.go_back()
        page.go_back()
        page.get_by_label("Anything else").fill("More")
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("button", name="Send as a new enquiry")).to_be_visible()


def problems(page: Page) -> dict[str, list]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": AXE_TAGS}}).response
    return {
        kind: [(rule["id"], rule["nodes"][0]["target"]) for rule in found[kind]]
        for kind in ("violations", "incomplete")
    }


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", [*PAGES, *STEPS])
def test_axe_finds_nothing_and_leaves_nothing_undecided(visit, sent_url, name, width):
    page = visit(width=width)
    if name in PAGES:
        page.goto(PAGES[name])
    else:
        walk_to(page, name, width, sent_url)

    assert problems(page) == {"violations": [], "incomplete": []}


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways_at_320_px(visit, name):
    page = visit(width=320)

    page.goto(PAGES[name])

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_first_visit_to_the_front_page_is_light(visit, site):
    page = visit()
    sizes, hosts = {}, set()

    def note(response) -> None:
        sizes[response.url] = response.request.sizes()["responseBodySize"]
        hosts.add(re.match(r"https?://[^/]+", response.url)[0])

    page.on("requestfinished", lambda request: note(request.response()))
    page.goto("/")
    for _ in range(20):  # down to the end, so that every picture is fetched
        page.mouse.wheel(0, 800)
        page.wait_for_timeout(50)
    page.wait_for_load_state("networkidle")

    assert sum(sizes.values()) <= HOME_BYTES, sizes
    assert any("/media/" in url for url in sizes)
    assert hosts == {site.url}
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_content_pages_leave_nothing_on_the_device_and_call_nobody(visit, site):
    page = visit()
    hosts = set()
    page.on("request", lambda request: hosts.add(re.match(r"https?://[^/]+", request.url)[0]))

    for name in PAGES.keys() - {"enquiry form", "sign in", "forgotten password"}:
        page.goto(PAGES[name])

    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert hosts == {site.url}


def test_no_page_breaks_its_own_content_security_policy(visit):
    page = visit()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    for name in PAGES.keys() - {"not found"}:
        page.goto(PAGES[name])

    assert complaints == []


def test_the_skip_link_is_first_and_moves_to_the_main_content(visit):
    page = visit()
    page.goto("/")

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("name", ["home", "enquiry form", "case study"])
def test_every_stop_of_the_keyboard_shows_where_it_is(visit, name):
    page = visit()
    page.goto(PAGES[name])
    stops = 0
    for _ in range(80):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
              const e = document.activeElement
              if (!e || e === document.body) return null
              const style = getComputedStyle(e.closest('.door, .story') ?? e)
              const box = e.getBoundingClientRect()
              return {
                html: e.outerHTML.slice(0, 80),
                outline: style.outlineStyle,
                width: parseFloat(style.outlineWidth),
                inView: box.top < innerHeight && box.bottom > 0,
              }
            }"""
        )
        if stop is None:
            break
        stops += 1
        assert stop["outline"] == "solid", stop
        assert stop["width"] >= 2, stop
        assert stop["inView"], stop
    assert stops > 10


def test_the_form_leaves_checking_to_the_site_and_helps_to_fill_in(visit):
    page = visit()
    page.goto("/enquire/")

    assert page.locator("main form[method=post][novalidate]").count() == 1
    found = "[required],[maxlength],[pattern],[placeholder],input[type=number]"
    assert page.locator(f"main :is({found})").count() == 0
    wanted = {
        "organisation": "organization",
        "postcode": "postal-code",
        "name": "name",
        "role": "organization-title",
        "email": "email",
        "phone": "tel",
    }
    assert {
        field: page.locator(f"#{field}").get_attribute("autocomplete") for field in wanted
    } == wanted


def test_the_character_count_tells_and_never_cuts_off(visit):
    page = visit()
    page.goto("/enquire/")
    box, count = page.get_by_label("Anything else"), page.locator("#message-count")

    expect(count).to_have_text("You have 1,000 characters remaining")
    box.fill("x" * 999)
    expect(count).to_have_text("You have 1 character remaining")
    box.fill("👋" * 1002)
    expect(count).to_have_text("You have 2 characters too many")
    expect(page.locator("[aria-live=polite]")).to_have_text("You have 2 characters too many")


def test_not_sure_unticks_the_rest_with_javascript_and_is_refused_beside_it_without(visit):
    page = visit()
    page.goto("/enquire/")
    page.get_by_label("Hiring flexibly").check()
    page.get_by_label("I am not sure yet").check()
    expect(page.get_by_label("Hiring flexibly")).not_to_be_checked()

    plain = visit(java_script_enabled=False)
    fill_in(plain, "sam@example.com")
    plain.get_by_label("I am not sure yet").check()
    plain.get_by_role("button", name="Continue").click()
    expect(plain.locator("[data-errors] a").first).to_have_text(
        "Select what you would like to talk about, or select ‘I am not sure yet’"
    )
