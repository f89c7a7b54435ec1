"""A real Chromium, and one running copy of the site with its worker for all journeys."""

import os

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import ARGUMENTS, executable
from tests.running_site import RunningSite


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(), headless=True, args=ARGUMENTS
        )
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

    def open_window(width: int = 1280, **options):
        context = browser.new_context(
            base_url=site.url,
            viewport={"width": width, "height": 900},
            locale="en-GB",
            timezone_id="Europe/London",
            **options,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()
