"""Setting up a second factor and signing in with it, in a browser, by app and by passkey."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests import totp
from tests.journeys.axe import TAGS, problems
from tests.journeys.conftest import new_context
from tests.journeys.steps import press
from tests.journeys.test_employer import PASSWORD
from tests.running_site import RunningSite

pytestmark = pytest.mark.slow

WIDTHS = [1280, 320]  # px
HEIGHT = 900


@pytest.fixture
def strict_site(sites):
    """A copy of the site that asks for second factors, as production does."""
    with sites.running("tests.journeys.settings") as site:
        site.start_worker()
        yield site


class Window:
    """One person's browser. What our pages say in its console, and what axe finds, is kept."""

    def __init__(self, page: Page, site: RunningSite):
        self.page = page
        self.site = site
        self.said = []
        self.found = {}
        page.on("console", lambda message: self.hear(message.text))
        page.on("pageerror", lambda error: self.hear(str(error)))

    def hear(self, text: str) -> None:
        """On our pages; Wagtail's own screens complain of time zones they do not know."""
        if "/accounts/" in self.page.url:
            self.said.append(text)

    def heading(self, text: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    def look(self, name: str) -> None:
        """Axe, and nothing wider than the screen, at both widths."""
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            wide = self.page.evaluate("document.documentElement.scrollWidth") > width
            if listed := problems(self.page) + (["too wide"] if wide else []):
                self.found[name, width] = listed
        self.page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})

    def press(self, name: str) -> None:
        press(self.page.locator("main").get_by_role("button", name=name, exact=True))

    def follow(self, name: str) -> None:
        press(self.page.locator("main").get_by_role("link", name=name, exact=True))

    def give_password(self, email: str, address: str = "/admin/") -> None:
        self.page.goto(address)
        self.page.get_by_label("Email address").fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.press("Sign in")

    def key(self) -> str:
        """The key as people read it, to type into an app."""
        return self.page.locator("main code").inner_text()

    def give_code(self, code: str, button: str) -> None:
        self.page.get_by_label("Code").fill(code)
        self.press(button)

    def sign_out(self) -> None:
        self.page.goto("/accounts/logout/")
        self.press("Sign out")


@pytest.fixture
def window(browser, strict_site):
    """`window(host)`: a passkey needs a host that has a name."""
    contexts = []

    def open_window(host: str = "127.0.0.1") -> Window:
        context = new_context(browser, strict_site)
        contexts.append(context)
        page = context.new_page()
        address = strict_site.url.replace("127.0.0.1", host)
        goto = page.goto
        page.goto = lambda path, **more: goto(address + path, **more)
        return Window(page, strict_site)

    yield open_window
    for context in contexts:
        context.close()


def test_from_a_password_to_the_page_that_was_wanted_and_in_again_by_code(window):
    admin = window()
    page = admin.page
    page.goto("/admin/reports/locked/")
    admin.look("sign in")
    admin.give_password("admin@example.org", "/admin/reports/locked/")
    admin.heading("Set up your second factor")
    expect(page.locator("main svg")).to_be_visible()
    admin.look("set up")

    admin.give_code("000000", "Continue")
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator("[data-errors]")).to_be_focused()
    admin.look("set up, with errors")

    key = admin.key()
    admin.give_code(totp.code_of(key), "Continue")
    admin.heading("Your recovery codes")
    codes = page.locator("main li code").all_inner_texts()
    assert len(set(codes)) == 10
    admin.look("recovery codes")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the codes").click()
    assert codes[0] in download.value.path().read_text()
    admin.follow("Continue to the CMS")
    expect(page).to_have_url(re.compile("/admin/reports/locked/$"))

    admin.sign_out()
    admin.give_password("admin@example.org")
    admin.heading("Enter your code")
    admin.look("code")
    admin.give_code("000000", "Sign in")
    expect(page).to_have_title(re.compile("^Error: "))
    admin.look("code, with errors")
    admin.give_code(codes[0], "Sign in")
    expect(page).to_have_url(re.compile("/admin/$"))

    page.goto("/admin/account/")
    page.get_by_role("tab", name="More actions").click()
    page.get_by_role("link", name="Second factor").click()
    admin.heading("Your second factor")
    expect(page.locator("main")).to_contain_text("9 codes left")
    admin.look("second factor")
    admin.follow("See your recovery codes")
    admin.heading("Confirm that it is you")
    admin.look("confirm")
    admin.give_code(codes[1], "Confirm")
    admin.heading("Your recovery codes")
    admin.follow("Make new codes")
    admin.look("make new codes")
    admin.press("Make new codes")
    assert codes[2] not in page.locator("main").inner_text()
    page.goto("/accounts/2fa/")
    admin.follow("Remove the app")
    admin.look("remove the app")
    admin.press("Remove the app")
    expect(page.locator("main")).to_contain_text("The app is removed.")
    admin.look("no second factor")
    page.goto("/admin/")
    admin.heading("Set up your second factor")

    assert admin.found == {}
    assert admin.said == []
    strict_site = admin.site
    strict_site.wait_for(
        lambda: any(
            "was added" in mail["Subject"] for mail in strict_site.mail.distinct().values()
        ),
        "the mail about the new second factor arrives",
    )


def test_a_passkey_is_added_used_and_removed(window):
    editor = window("localhost")
    page = editor.page
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    editor.give_password("editor@example.org")
    editor.follow("use a passkey")
    editor.heading("Add a passkey")
    editor.look("add a passkey")
    page.get_by_label("Name").fill("My laptop")
    editor.press("Add the passkey")
    editor.heading("Your recovery codes")
    editor.follow("Continue to the CMS")
    expect(page).to_have_url(re.compile("/admin/$"))

    editor.sign_out()
    editor.give_password("editor@example.org", "/admin/images/")
    editor.heading("Enter your code")
    editor.look("code or passkey")
    editor.press("Use a passkey")
    expect(page).to_have_url(re.compile("/admin/images/$"))

    page.goto("/accounts/2fa/")
    expect(page.locator("main")).to_contain_text("My laptop, added on")
    editor.follow("Remove My laptop")
    editor.heading("Confirm that it is you")
    editor.follow("Use a passkey")
    editor.look("confirm by passkey")
    editor.press("Use a passkey")
    editor.heading("Remove a passkey")
    editor.look("remove a passkey")
    editor.press("Remove the passkey")
    expect(page.locator("main")).to_contain_text("The passkey is removed.")

    assert editor.found == {}
    assert editor.said == []


def test_a_passkey_that_the_device_refuses_is_told_in_words(window):
    desk = window("localhost")
    page = desk.page
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    desk.give_password("desk@example.org")
    page.goto("/accounts/2fa/webauthn/add/")
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject(Error()) }")

    page.locator("main").get_by_role("button", name="Add the passkey").click()

    expect(page.get_by_role("alert")).to_have_text(
        "The browser made no passkey. Try again, or set up an app"
    )
    desk.look("passkey refused")
    assert desk.found == {}


def test_where_passkeys_cannot_be_there_is_the_way_to_an_app(window):
    desk = window()
    desk.give_password("desk@example.org")

    desk.page.goto("/accounts/2fa/webauthn/add/")

    expect(desk.page.get_by_role("button", name="Add the passkey")).to_be_hidden()
    desk.look("no passkeys here")
    desk.follow("Set up an app")
    desk.heading("Set up your second factor")
    assert desk.found == {}


def test_an_administrator_removes_somebodys_factors_in_the_cms(window):
    editor, admin = window(), window()
    editor.give_password("editor2@example.org")
    editor.give_code(totp.code_of(editor.key()), "Continue")
    editor.heading("Your recovery codes")
    admin.give_password("admin@example.org", "/admin/users/")
    admin.give_code(totp.code_of(admin.key()), "Continue")
    admin.follow("Continue to the CMS")

    page = admin.page
    page.goto("/admin/users/?q=editor2")
    page.locator("table a", has_text=re.compile("editor2|Edith|Editor")).first.click()
    page.get_by_role("button", name="Actions", exact=False).first.click()
    page.get_by_role("link", name="Remove second factors").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Remove second factors")
    assert Axe().run(page, context="main", options={"runOnly": TAGS}).response["violations"] == []
    page.get_by_role("button", name="Remove second factors").click()
    expect(page.locator("body")).to_contain_text("has no second factor now")

    editor.page.goto("/admin/")
    editor.heading("Sign in")
