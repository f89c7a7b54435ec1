"""
Hostile text in every field of what the desk sees, and every screen of the desk in a browser.

Every day each screen meets one of the texts, and each text meets a screen. With HOSTILE_FULL=1
every screen meets every text.
"""

import json
import os

import pytest
from django.urls import get_resolver, reverse

from tests.hostile_desk import TEXTS
from tests.journeys.conftest import new_context
from tests.journeys.test_mailboxes import sign_in

pytestmark = pytest.mark.slow
FULL = os.environ.get("HOSTILE_FULL") == "1"
NAMESPACES = {
    "enquiries": "enquiries",
    "website_messages": "website_messages",
    "mail": "mail",
    "mailboxes": "mailboxes",
    "wagtailsnippets_enquiries_replytemplate": "template",
}
ABOUT_HANDED = ("accepted", "declined", "take-back", "withdrawn", "close")
# A file, and what is pressed without a screen of its own.
NO_SCREENS = (
    "enquiries:held",
    "website_messages:handle",
    "website_messages:release",
    "mail:send_again",
    "mailboxes:mark_bounced",
)


def screens() -> list[tuple[str, str]]:
    """(name, which thing it is about) of every address that answers GET with a screen."""
    found = []
    for namespace, thing in NAMESPACES.items():
        _, resolver = get_resolver().namespace_dict[namespace]
        for name, patterns in resolver.reverse_dict.lists():
            if not isinstance(name, str) or f"{namespace}:{name}" in NO_SCREENS:
                continue
            about = thing if patterns[0][0][0][1] else ""
            if "/interest/" in patterns[0][0][0][0]:
                about = "handed" if name in ABOUT_HANDED else "closed"
            found.append((f"{namespace}:{name}", about))
    return found


@pytest.fixture(scope="module")
def own_site(sites):
    """A copy of the site for these tests alone, and the things in it, by text."""
    with sites.running("tests.faults.settings") as site:
        done = site.run("-m", "tests.hostile_desk")
        assert done.returncode == 0, done.stderr
        yield site, json.loads(done.stdout)


class Watcher:
    """Opens addresses as the desk, and notes what should not have happened."""

    def __init__(self, page):
        self.page = page
        self.dialogs = []
        self.met = 0  # screens on which one of the texts could be read
        page.on("dialog", self._dismiss)

    def _dismiss(self, dialog) -> None:
        if dialog.type == "beforeunload":  # the browser's own, about what was not saved
            dialog.accept()
            return
        self.dialogs.append((self.page.url, dialog.message))
        dialog.dismiss()

    def open(self, address: str) -> None:
        answer = self.page.goto(address)
        assert (answer.status, "/login/" in self.page.url) == (200, False), address
        self.met += "alert(1)" in self.page.locator("body").inner_text()
        self.look(address)

    def press(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(".desk-screen form button").last.click()
        self.look(name)

    def look(self, address: str) -> None:
        unescaped = self.page.locator(".evil, [href^='javascript:']").count()
        assert (unescaped, self.dialogs) == (0, []), address


@pytest.fixture
def watch(browser, own_site):
    context = new_context(browser, own_site[0])
    page = context.new_page()
    sign_in(page, "/admin/")
    yield Watcher(page)
    context.close()


def addresses(things: list[dict]) -> list[str]:
    """Which screen meets which text today."""
    found = []
    for place, (name, about) in enumerate(screens()):
        if not about:
            found.append(reverse(name))
            continue
        today = range(len(TEXTS)) if FULL else [place % len(TEXTS)]
        found += [reverse(name, args=[things[number][about]]) for number in today]
    for number, thing in enumerate(things):
        if FULL or number % 15 == 0:
            reply = reverse("enquiries:reply", args=[thing["enquiries"]])
            found.append(f"{reply}?template={thing['template']}")
            for action in ("assign", "close", "quarantine", "export"):
                bulk = reverse("wagtail_bulk_action", args=["enquiries", "enquiry", action])
                found.append(f"{bulk}?id={thing['enquiries']}")
            found += [
                f"/track/{thing['token']}/{page}" for page in ("", "add/", "phone/", "email/")
            ]
    return found


def test_no_screen_of_the_desk_runs_what_somebody_wrote(own_site, watch):
    _, things = own_site
    everywhere = [
        "/admin/",
        "/admin/enquiries/?p=2",
        "/admin/reports/site-history/",
        "/",
        "/enquire/",
    ]
    for address in [*everywhere, *addresses(things)]:
        watch.open(address)
    assert watch.met > len(TEXTS)


@pytest.mark.parametrize("number", range(0, len(TEXTS), 1 if FULL else 10))
def test_what_is_said_after_an_action_is_text_too(own_site, watch, number):
    _, things = own_site
    about, text = things[number], TEXTS[number]
    actions = [("note", "text"), ("merge", "reference"), ("quarantine", "reason"), ("assign", "")]
    for name, field in actions:
        watch.open(reverse(f"enquiries:{name}", args=[about["enquiries"]]))
        if field:
            watch.page.locator(f".desk-screen [name={field}]").fill(text)
        watch.press(name)
    for name, thing in (("accepted", "handed"), ("close", "handed"), ("reopen", "closed")):
        watch.open(reverse(f"enquiries:{name}", args=[about[thing]]))
        watch.press(name)
