"""Staff sign in at the council's identity provider, in a browser, without a script."""

import pytest
from playwright.sync_api import expect

from tests.accounts import issuer as stub
from tests.accounts.issuer import Issuer
from tests.journeys.axe import problems
from tests.journeys.conftest import new_context
from tests.journeys.steps import press

pytestmark = pytest.mark.slow

WIDTHS = [1280, 390, 320]  # px
HEIGHT = 900


@pytest.fixture
def issuer():
    issuer = Issuer()
    issuer.claims = {"roles": ["editors"]}
    yield issuer
    issuer.stop()


@pytest.fixture
def joined_site(sites, issuer):
    """A copy of the site with an identity provider, on another port and so of another origin."""
    with sites.running() as site:
        site.kill_web()
        site.start_web(
            OIDC_ISSUER=issuer.url,
            OIDC_CLIENT_ID=stub.CLIENT,
            OIDC_CLIENT_SECRET=stub.SECRET,
        )
        yield site


def looks_right(page):
    """Nothing is wider than the screen; axe finds nothing, where scripts may run."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert problems(page) == []


def test_from_the_button_to_the_page_that_was_wanted_and_out_again(browser, joined_site, issuer):
    context = new_context(browser, joined_site, java_script_enabled=False)
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))

    page.goto("/accounts/login/?next=/accounts/2fa/")
    press(page.get_by_role("button", name="Sign in with Islington Council"))

    page.wait_for_url("**/accounts/2fa/")
    assert issuer.asked.count("/authorize") == 1
    assert said == []
    page.goto("/accounts/logout/")
    press(page.locator("main").get_by_role("button", name="Sign out"))
    page.goto("/admin/")
    expect(page.get_by_role("button", name="Sign in with Islington Council")).to_be_visible()
    context.close()


def test_the_pages_look_right_whoever_is_refused(browser, joined_site, issuer):
    context = new_context(browser, joined_site)
    page = context.new_page()
    page.goto("/accounts/login/")
    looks_right(page)
    issuer.claims = {"roles": []}
    press(page.get_by_role("button", name="Sign in with Islington Council"))
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Your account does not open this website"
    )
    looks_right(page)
    press(page.locator("main").get_by_role("link", name="Sign in"))
    issuer.claims = {"roles": ["editors"], "email": "editor@example.org", "sub": "subject-2"}
    press(page.get_by_role("button", name="Sign in with Islington Council"))
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "There is already an account with your email address"
    )
    looks_right(page)
    context.close()
