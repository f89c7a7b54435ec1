"""What a first visit costs: bytes over the wire, by kind, until the end of the page is reached."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Request

SCREEN = {"width": 1280, "height": 900}


@dataclass
class Visit:
    """Bytes of bodies as they came, compressed; hosts and cookies besides."""

    html: int = 0
    css: int = 0
    js: int = 0
    other: int = 0
    hosts: set[str] = field(default_factory=set)
    cookies: list[str] = field(default_factory=list)
    kept: int = 0  # entries in the browser's storage

    @property
    def total(self) -> int:
        return self.html + self.css + self.js + self.other


KINDS = {"document": "html", "stylesheet": "css", "script": "js"}


def first_visit(browser: Browser, address: str) -> Visit:
    """Open one page in a fresh browser and read it to its end."""
    visit, seen = Visit(), set()
    context = browser.new_context(viewport=SCREEN, locale="en-GB")
    page = context.new_page()

    def note(request: Request) -> None:  # a list's own method cannot listen
        seen.add(request)

    page.on("requestfinished", note)
    page.goto(address)
    height = page.evaluate("document.documentElement.scrollHeight")
    for _ in range(0, height, 800):
        page.mouse.wheel(0, 800)
        page.wait_for_timeout(50)
    page.wait_for_load_state("networkidle")
    for request in seen:
        kind = KINDS.get(request.resource_type, "other")
        setattr(visit, kind, getattr(visit, kind) + request.sizes()["responseBodySize"])
        visit.hosts.add(re.match(r"https?://[^/]+", request.url)[0])
    visit.cookies = [cookie["name"] for cookie in context.cookies()]
    visit.kept = page.evaluate("localStorage.length + sessionStorage.length")
    context.close()
    return visit
