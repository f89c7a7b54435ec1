"""What the content checker tells editors about their words, in a real browser."""

from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from core.userbar import BANNED_WORDS, RULES, VAGUE_LINKS, PlainWordsChecker
from tests.journeys.steps import press
from tests.journeys.test_employer import PASSWORD

pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).resolve().parents[2] / "static/editor/content_checks.js"
CHECKER = PlainWordsChecker()
OURS = {rule.id for rule in RULES}
# What Wagtail's userbar does with a configuration, without the rest of the userbar.
RUN = """async ({ axe, script, spec, run }) => {
  if (!window.axe) (0, eval)(axe)
  const registered = {}
  window.wagtail = { userbar: { registerCheck: (id, check) => { registered[id] = check } } }
  ;(0, eval)(script)
  const known = id => id in registered
  window.axe.configure({
    rules: spec.rules.filter(rule => rule.any.every(known)),
    checks: spec.checks.filter(({ id }) => known(id))
      .map(check => ({ ...check, evaluate: registered[check.id] })),
  })
  const { violations } = await window.axe.run('main', { runOnly: run })
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => [id, html]))
}"""
LONG = "word " * 24 + "word."  # 25 words: the most


@pytest.fixture
def blank(browser):
    page = browser.new_page()
    yield page
    page.close()


def complaints(page: Page) -> list[list[str]]:
    """What the checker finds in the page that is open: [rule, element]."""
    return page.evaluate(
        RUN,
        {
            "axe": AXE_SCRIPT,
            "script": SCRIPT.read_text(),
            "spec": CHECKER.get_axe_spec(None),
            "run": [*OURS, "heading-order", "image-alt", "empty-heading"],
        },
    )


def found_in(blank: Page, main: str, head: str = "<title>A page</title>") -> set[str]:
    blank.set_content(f"<!doctype html><html lang=en><head>{head}</head><main>{main}</main></html>")
    return {rule for rule, _ in complaints(blank)}


BAD = {
    "long-sentence": [
        f"<p>more {LONG}</p>",
        f"<ul><li>Short.<br>more {LONG}</li></ul>",
        f"<p>Short. More <b>{LONG}</b></p>",
        f"<details><summary>Why?</summary><p>more {LONG}</p></details>",
        f"<h2>more {LONG}</h2>",
        f"<div>more {LONG}<p>Short.</p></div>",
    ],
    "banned-word": [
        "<p>Please call us.</p>",
        "<li>We leverage <b>what</b> we have</li>",
        "<p>In\n  order  to start</p>",
        "<h2>Tackling unemployment</h2>",
        "<table><tr><td>Utilise</td></tr></table>",
    ],
    "all-capitals": [
        "<p>READ THIS first</p>",
        "<h2>IMPORTANT</h2>",
        "<p>It is <b>STRICTLY</b> needed</p>",
        "<p>DON’T WAIT</p>",
    ],
    "vague-link": ['<a href="/">Click  here!</a>', '<a href="/">Read more →</a>'],
    "same-link-text": ['<p><a href="/a/">Our offers</a> <a href="/b/">our offers</a></p>'],
    "heading-order": ["<h1>One</h1><h3>Three</h3>", "<h1>One</h1><h2>Two</h2><h4>Four</h4>"],
    "image-alt": ['<img src="data:,">'],
    "empty-heading": ["<h2></h2>"],
}
GOOD = [
    f"<p>{LONG}</p>",
    f"<p>{LONG} {LONG}</p>",
    f"<p>{LONG[:-1]}?” {LONG}</p>",
    f"<ul><li>{LONG[:-1]}</li><li>{LONG[:-1]}</li></ul>",
    f"<p>{LONG[:-1]}<br>{LONG}</p>",
    f"<li>{LONG[:-1]}<ul><li>{LONG}</li></ul></li>",
    f"<div><b style='display: block'>{LONG[:-1]}</b> {LONG}</div>",
    "<p>She was pleased. The upshot was robustly argued, and coupons helped.</p>",
    "<p>The UK GDPR, the BIG Alliance, a DBS check and the EHRC at N1 2UD.</p>",
    "<p>A STEM visit. BBC news. It has 2 parts: A and B.</p>",
    '<p><a href="/x/">Read more about mentoring</a> <a href="/y/">Here is how</a></p>',
    '<p><a href="/a/">Offers</a> <a href="/a/#b">Offers</a> <a href="/c/">Case studies</a></p>',
    '<p><a href="/a/" aria-label="Change name">Change</a> <a href="/b/">Change</a></p>',
    "<h1>One</h1><h2>Two</h2><h3>Three</h3><h2>Two again</h2>",
    '<img src="data:," alt=""><img src="data:," alt="A baker at work">',
]


@pytest.mark.parametrize(
    ("rule", "html"), [(rule, html) for rule, examples in BAD.items() for html in examples]
)
def test_the_checker_finds_what_is_wrong_and_nothing_else(blank, rule, html):
    assert found_in(blank, html) == {rule}


@pytest.mark.parametrize("html", GOOD)
def test_the_checker_leaves_good_text_alone(blank, html):
    assert found_in(blank, html) == set()


def test_every_word_and_link_text_of_the_lists_is_found(blank):
    words = [word.replace("*", "ing") for word in BANNED_WORDS]
    said = [f"<p>So ({word}).</p>" for word in words]
    linked = [f'<p><a href="/">{text}</a></p>' for text in VAGUE_LINKS]
    blank.set_content(f"<!doctype html><main>{''.join(said + linked)}</main>")

    found = complaints(blank)

    assert [html for rule, html in found if rule == "banned-word"] == said
    assert len([html for rule, html in found if rule == "vague-link"]) == len(linked)


@pytest.mark.parametrize(("length", "found"), [(60, set()), (61, {"long-title"})])
def test_a_title_has_a_length_without_the_name_of_the_site(blank, length, found):
    head = f"<title>{'x' * length} – Islington Aspires</title>"

    assert found_in(blank, "<h1>One</h1>", head) == found


@pytest.mark.parametrize(("length", "found"), [(160, set()), (161, {"long-description"})])
def test_a_description_has_a_length(blank, length, found):
    head = f'<title>x</title><meta name="description" content="{"x" * length}">'

    assert found_in(blank, "<h1>One</h1>", head) == found


def test_a_description_says_more_than_the_title(blank):
    head = '<title>One</title><meta name="description" content="One">'

    assert found_in(blank, "<h1>One</h1>", head) == {"no-description"}


def test_every_rule_has_an_example_that_breaks_it():
    assert set(BAD) >= OURS - {"long-title", "long-description", "no-description"}


def public_paths(site) -> list[str]:
    """Every published page and partner of the running site."""
    pages = site.database.rows("SELECT url_path FROM wagtailcore_page WHERE live AND depth > 1")
    partners = site.database.rows("SELECT slug FROM partners_partner WHERE live")
    paths = [url_path.split("/", 2)[2] for (url_path,) in pages]
    return [f"/{path}" for path in paths] + [f"/partners/{slug}/" for (slug,) in partners]


def test_the_demonstration_content_breaks_no_rule(visit, site):
    page = visit()
    wrong = {}
    for path in [*public_paths(site), "/partners/", "/impact/"]:
        page.goto(path)
        if found := complaints(page):
            wrong[path] = found

    assert wrong == {}


def sign_in(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Email").fill("editor@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    press(page.get_by_role("button", name="Sign in"))


MAKE_A_BAD_PAGE = """
from home.models import HomePage, PlainPage
home = HomePage.objects.get()
page = PlainPage(title="Bad words", slug="bad-words",
    body="<h3>Skips</h3><p>PLEASE READ THIS</p>"
    "<p>" + "word " * 26 + ".</p><p><a href='/'>Click here</a></p>")
home.add_child(instance=page)
page.save_revision().publish()
print(page.pk)
"""


@pytest.fixture(scope="module")
def bad_page(site) -> str:
    """The primary key of a published page that breaks rules; its address is /bad-words/."""
    made = site.run("manage.py", "shell", "-v0", "-c", MAKE_A_BAD_PAGE)
    yield made.stdout.split()[-1]
    site.run(
        "manage.py",
        "shell",
        "-c",
        "from wagtail.models import Page; Page.objects.get(slug='bad-words').delete()",
    )


PROBLEMS = [
    "Words in capital letters",
    "Word that we do not use",
    "Incorrect heading hierarchy",
    "Sentence with more than 25 words",
    "Link text that does not say where it leads",
    "No description for search engines",
]


def test_a_signed_in_editor_reads_on_the_page_what_is_wrong_with_its_words(visit, bad_page):
    page = visit()
    sign_in(page, "/accounts/login/?next=/bad-words/")

    page.get_by_role("button", name="View Wagtail quick actions").click()
    page.get_by_role("menuitem", name="Checks").click()

    names = page.locator("[data-content-checker-row] [data-content-checker-name]")
    expect(names).to_have_count(len(PROBLEMS))
    assert set(names.all_inner_texts()) == set(PROBLEMS)


def test_the_checker_keeps_the_strict_policy_of_public_pages(visit, site):
    page = visit()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    sign_in(page, "/accounts/login/?next=/about/")

    page.get_by_role("button", name="View Wagtail quick actions").click()
    page.get_by_role("menuitem", name="Checks").click()

    expect(page.get_by_role("dialog", name="Warnings")).to_contain_text("0")
    assert said == []


def test_visitors_get_nothing_of_the_checker(visit, site):
    page = visit()
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto("/about/")

    assert page.locator("wagtail-userbar").count() == 0
    assert not [url for url in fetched if "editor/" in url or "wagtailadmin" in url]


# Wagtail notices edits from 2 seconds after the editor opened. It begins twice, some 100 ms apart,
# and takes what was entered between the two for old: so the text is typed, as people do.
TYPING = 150  # milliseconds a key
MARK_WHEN_WATCHING = """addEventListener("w-unsaved:watch-edits", () => {
  document.documentElement.dataset.watching = ""
})"""


def test_the_editor_shows_the_same_beside_the_form_while_it_is_typed(visit, bad_page):
    page = visit(width=1600)
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.add_init_script(MARK_WHEN_WATCHING)
    sign_in(page, f"/admin/pages/{bad_page}/edit/")

    page.get_by_role("button", name="Toggle checks").click()
    names = page.locator("[data-checks-panel] [data-content-checker-name]")
    expect(names).to_have_count(len(PROBLEMS))
    expect(page.locator("html[data-watching]")).to_be_attached()
    lede = page.get_by_role("textbox", name="Lede")
    lede.press_sequentially("What we do", delay=TYPING)
    expect(names).to_have_count(len(PROBLEMS) - 1)
    lede.clear()
    lede.press_sequentially("IMPORTANT", delay=TYPING)
    expect(names).to_have_count(len(PROBLEMS))

    assert names.all_inner_texts().count("Words in capital letters") == 2
    assert [text for text in said if "Content Security Policy" in text] == []
