"""A real Chromium, and one running copy of the site with its worker for all journeys."""

import os

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser import ARGUMENTS, executable
from tests.public_pages import PAGES
from tests.running_site import RunningSite

PATIENCE = 15_000  # milliseconds until a busy machine has done what it was asked
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def launch():
    """Start a Chromium: `launch(ignore_default_args=[…])`."""
    with sync_playwright() as playwright:
        options = {"executable_path": executable(), "headless": True, "args": ARGUMENTS}
        yield lambda **more: playwright.chromium.launch(**options, **more)


@pytest.fixture(scope="session")
def browser(launch):
    browser = launch()
    yield browser
    browser.close()


@pytest.fixture(scope="session", autouse=True)
def _allow_the_event_loop():
    """Playwright runs an event loop in this thread; Django must not take it for async code."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def site(sites):
    with sites.running("tests.faults.settings") as site:
        site.start_worker()
        yield site


@pytest.fixture
def visit(browser: Browser, site: RunningSite):
    """Open a window of its own: `visit(width=390, java_script_enabled=False)`."""
    contexts = []

    def open_window(width: int = 1280, **options) -> Page:
        contexts.append(new_context(browser, site, width, **options))
        return contexts[-1].new_page()

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def opened(browser: Browser, site: RunningSite):
    """Each kind of page, as one finds it, in a tab of one window: for looking, not for using."""
    context = new_context(browser, site)
    tabs = {name: context.new_page() for name in PAGES}
    for name, tab in tabs.items():
        tab.goto(PAGES[name])
    yield tabs
    context.close()


def new_context(
    browser: Browser, site: RunningSite, width: int = 1280, **options
) -> BrowserContext:
    context = browser.new_context(
        base_url=site.url,
        viewport={"width": width, "height": 900},
        locale="en-GB",
        timezone_id="Europe/London",
        **options,
    )
    context.set_default_timeout(PATIENCE)
    return context
