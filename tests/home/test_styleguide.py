"""The living style guide shows every component there is, and only to those who work on the site."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
# Not components of the public site: frames, mails, screens of the CMS, the signing in.
ELSEWHERE = {"account", "allauth", "emails", "mfa", "wagtailcore"}
FRAMES = {"base.html", "error.html"}


def components() -> set[str]:
    """Every template that is part of a page and no page by itself."""
    found = {path.relative_to(TEMPLATES) for path in TEMPLATES.rglob("*.html")}
    return {
        str(path)
        for path in found
        if path.parts[0] not in ELSEWHERE | FRAMES
        and not path.parts[0].endswith("_admin")
        and "{% extends " not in (TEMPLATES / path).read_text()
    }


@pytest.fixture
def guide(client, home, settings):
    settings.DEBUG = True
    return client.get("/styleguide/")


def test_the_guide_draws_every_component(guide):
    drawn = {template.name for template in guide.templates}

    assert components() - drawn == set()
    assert "offers/card.html" in components()


def test_search_engines_leave_the_guide_out(guide):
    page = BeautifulSoup(guide.content, "html.parser")

    assert page.select("meta[name=robots][content=noindex]")


def test_the_guide_is_not_there_in_real_use(client, home):
    assert client.get("/styleguide/").status_code == 404


def test_the_guide_has_no_id_twice_and_no_gap(guide):
    page = BeautifulSoup(guide.content, "html.parser")
    ids = [element["id"] for element in page.select("[id]")]

    assert len(ids) == len(set(ids))
    assert "None" not in page.main.get_text()
    assert not page.select('[href="None"], [href=""]')
    assert all(link.get_text(strip=True) for link in page.main.select("a"))
