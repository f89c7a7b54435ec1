"""The whole demonstration site, followed link by link from the front page."""

from collections import defaultdict
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage

from tests.crawl import Answer, Crawl
from tests.public_pages import page_paths, partner_paths

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OURS = {"", urlsplit(settings.BASE_URL).netloc}
# Found by links, beside pages and partners.
VIEWS = {"/partners/", "/impact/", "/search/", "/enquire/"}


@pytest.fixture
def site(client) -> Crawl:
    def get(path: str) -> Answer:
        response = client.get(path)
        kind = response.headers.get("Content-Type", "")
        text = response.content.decode() if "html" in kind else ""
        return Answer(response.status_code, response.headers.get("Location", ""), text)

    return Crawl(get).run()


def exists(resource: str) -> bool:
    """Whether a picture, style or script is ours and there."""
    _, host, path, *_ = urlsplit(resource)
    if host not in OURS:
        return False
    if path.startswith(settings.STATIC_URL):
        return bool(finders.find(path.removeprefix(settings.STATIC_URL)))
    if path.startswith(settings.MEDIA_URL):
        return default_storage.exists(path.removeprefix(settings.MEDIA_URL))
    return path.startswith("/") or not path  # a form's address: its page is tested


@pytest.mark.parametrize("address", ["https://cdn.example/x.js", "//cdn.example/static/js/site.js"])
def test_what_another_host_would_send_does_not_count_as_there(address):
    assert not exists(address)


def test_every_link_works_every_page_is_linked_and_every_page_is_whole(site):
    assert site.broken == {}
    missing = {
        (here, f"{to}#{fragment}")
        for here, to, fragment in site.anchors
        if to in site.documents and fragment not in site.documents[to].ids
    }
    assert missing == set()
    reached = {urlsplit(path).path for path in site.answers}
    assert {*page_paths(), *partner_paths(), *VIEWS} - reached == set()

    titles = defaultdict(set)
    for path, page in site.documents.items():
        assert page.lang == "en-GB", path
        assert len(page.h1) == 1, path
        assert page.h1[0].strip(), path
        assert len(page.ids) == len(set(page.ids)), path
        assert [one for one in page.resources if not exists(one)] == [], path
        assert [one for one in (*page.resources, *page.links) if one.startswith("http:")] == []
        assert bool(page.canonical) != page.is_hidden, path
        for one in page.canonical:
            assert urlsplit(one).path == urlsplit(path).path, path
        for image in page.images:
            assert image.get("alt") is not None, (path, image)
            assert image.get("width"), (path, image)
            assert image.get("height"), (path, image)
        titles[page.title.strip()].add(page.canonical[0] if page.canonical else urlsplit(path).path)
    assert {title: found for title, found in titles.items() if len(found) > 1} == {}
    assert len(titles) > 45
