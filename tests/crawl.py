"""
Follows every link of the site from the front page, and remembers what each page says.

`get` opens a path of this site: Django's test client or a running copy, it does not matter.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

MOST_PAGES = 2_000  # more than this is a trap for crawlers
RESOURCES = {"img": "src", "script": "src", "source": "src", "iframe": "src"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


@dataclass(frozen=True)
class Answer:
    """What a path gave; `location` is set for a redirect, `text` for HTML."""

    status: int
    location: str = ""
    text: str = ""


class Document(HTMLParser):
    """What a page links to and holds."""

    def __init__(self, text: str):
        super().__init__()
        self.links: list[str] = []  # addresses as written
        self.resources: list[str] = []
        self.ids: list[str] = []
        self.images: list[dict[str, str | None]] = []
        self.lang = ""
        self.canonical: list[str] = []
        self.is_hidden = False  # from search engines
        self.title = ""
        self.h1: list[str] = []
        self._within: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        attrs = dict(attributes)
        if tag not in VOID:
            self._within.append(tag)
        if attrs.get("id"):
            self.ids.append(attrs["id"])
        if tag == "html":
            self.lang = attrs.get("lang") or ""
        if tag in {"a", "area"} and attrs.get("href") is not None:
            self.links.append(attrs["href"])
        if tag == "form":
            self.resources.append(attrs.get("action") or "")
        if tag == "meta" and attrs.get("name") == "robots":
            self.is_hidden = "noindex" in (attrs.get("content") or "")
        if tag == "link":
            self._link(attrs.get("rel") or "", attrs.get("href") or "")
        if tag == "img":
            self.images.append(attrs)
        if tag in RESOURCES and attrs.get(RESOURCES[tag]):
            self.resources.append(attrs[RESOURCES[tag]])
        if attrs.get("srcset"):
            parts = attrs["srcset"].split(",")
            self.resources += [part.split()[0] for part in parts]
        if tag == "h1":
            self.h1.append("")

    def handle_endtag(self, tag: str) -> None:
        while self._within and self._within.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "svg" in self._within:
            return
        if "title" in self._within:
            self.title += data
        if "h1" in self._within:
            self.h1[-1] += data

    def _link(self, rel: str, href: str) -> None:
        if rel == "canonical":
            self.canonical.append(href)
        elif rel == "alternate":
            self.links.append(href)
        else:
            self.resources.append(href)


@dataclass
class Crawl:
    """The site as links lead through it. Addresses are paths with their query, no fragment."""

    get: Callable[[str], Answer]
    start: str = "/"
    host: str = "testserver"
    answers: dict[str, Answer] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    led_from: dict[str, str] = field(default_factory=dict)
    anchors: set[tuple[str, str, str]] = field(default_factory=set)  # from, to, id

    def run(self) -> "Crawl":
        waiting = [self.start]
        while waiting:
            path = waiting.pop()
            if path in self.answers:
                continue
            if len(self.answers) > MOST_PAGES:
                raise AssertionError(f"The site has no end: {path} from {self.led_from[path]}")
            answer = self.answers[path] = self.get(path)
            found = [answer.location] if answer.location else []
            if answer.text:
                document = self.documents[path] = Document(answer.text)
                found = document.links
            for link in found:
                to, fragment = self._own(path, link)
                if to is None:
                    continue
                if fragment:
                    self.anchors.add((path, to, fragment))
                self.led_from.setdefault(to, path)
                waiting.append(to)
        return self

    def _own(self, path: str, link: str) -> tuple[str | None, str]:
        """(path and query, fragment) of a link within the site; (None, "") for any other."""
        address, fragment = urldefrag(urljoin(f"http://{self.host}{path}", link))
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or parts.netloc != self.host:
            return None, ""
        return parts.path + (f"?{parts.query}" if parts.query else ""), fragment

    @property
    def broken(self) -> dict[str, tuple[int, str]]:
        """Addresses that do not answer 200 or lead on: (status, the page with the link)."""
        return {
            path: (answer.status, self.led_from.get(path, ""))
            for path, answer in self.answers.items()
            if answer.status != 200 and not answer.location
        }
