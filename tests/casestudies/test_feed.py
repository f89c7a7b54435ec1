"""The Atom feed: what is public, at addresses that stay, in XML that can be read."""

import re
import xml.etree.ElementTree as ET
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from casestudies.models import CaseStudyIndexPage, CaseStudyPage
from core.admin_forms import ADDRESS_IS_TAKEN
from tests.publishing import publish

pytestmark = pytest.mark.django_db

PATH = "/case-studies/feed/"
ATOM = {"": "http://www.w3.org/2005/Atom"}


@pytest.fixture(autouse=True)
def _address(settings):
    settings.BASE_URL = "https://aspires.example.org"


@pytest.fixture
def study(home):
    return CaseStudyPage.objects.get(slug="fanlight-foods")


def feed(client) -> ET.Element:
    response = client.get(PATH)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def entries(client) -> list[ET.Element]:
    return feed(client).findall("entry", ATOM)


def told(entry: ET.Element, name: str) -> str:
    return entry.find(name, ATOM).text


def test_the_feed_names_itself_the_listing_and_who_made_it(client, home):
    root = feed(client)

    links = {link.get("rel"): link.get("href") for link in root.findall("link", ATOM)}
    assert links == {
        "self": "https://aspires.example.org/case-studies/feed/",
        "alternate": "https://aspires.example.org/case-studies/",
    }
    assert told(root, "id") == "https://aspires.example.org/case-studies/"
    assert told(root, "title") == "Case studies – Islington Aspires"
    assert told(root.find("author", ATOM), "name") == "Islington Aspires"


def test_an_entry_says_what_whose_where_and_when(client, study):
    entry = entries(client)[0]

    assert told(entry, "title") == study.title
    assert entry.find("link", ATOM).get("href") == f"https://aspires.example.org{study.url}"
    assert "Fanlight Foods (example)" in told(entry, "summary")
    assert datetime.fromisoformat(told(entry, "updated")) == study.last_published_at
    assert datetime.fromisoformat(told(entry, "published")) == study.first_published_at


def test_an_employer_that_the_summary_does_not_name_is_named(client, study):
    study.summary = "A company asked its cooks."
    publish(study)

    assert told(entries(client)[0], "summary") == (
        "Fanlight Foods (example). A company asked its cooks."
    )


def test_the_newest_20_are_in_it_the_latest_first(client, home):
    newest = CaseStudyPage.objects.published().newest_first()
    assert [told(entry, "title") for entry in entries(client)] == [s.title for s in newest][:20]


@pytest.mark.parametrize("state", ["draft", "private"])
def test_a_hidden_case_study_is_not_in_it(client, study, state):
    if state == "draft":
        study.unpublish()
    else:
        study.view_restrictions.create(restriction_type="login")

    assert study.title not in client.get(PATH).content.decode()


@pytest.mark.parametrize("state", ["draft", "private"])
def test_a_hidden_listing_has_no_feed(client, home, state):
    index = CaseStudyIndexPage.objects.get()
    if state == "draft":
        index.unpublish()
    else:
        index.view_restrictions.create(restriction_type="login")

    assert client.get(PATH).status_code == 404


def test_an_entry_keeps_its_id_when_the_page_changes_and_moves(client, study):
    before = told(entries(client)[0], "id")
    study.title, study.slug = "Another title", "another-address"
    study.last_published_at += timedelta(days=1)
    publish(study)

    entry = entries(client)[0]

    assert re.fullmatch("urn:uuid:[0-9a-f-]{36}", before)
    assert told(entry, "id") == before
    assert told(entry, "title") == "Another title"
    assert entry.find("link", ATOM).get("href").endswith("/another-address/")


@pytest.mark.parametrize(
    "text", ['A < B & C > "D" ]]>', "<b>bold</b>", "tab\x0bbed \x1f\ufffe end"]
)
def test_odd_text_stays_text(client, study, text):
    CaseStudyPage.objects.filter(pk=study.pk).update(title=text, summary=text, employer_name=text)

    entry = entries(client)[0]

    assert "\x0b" not in told(entry, "title")
    if text.isprintable():
        assert told(entry, "title") == text
        # What readers draw as HTML shows the signs and no markup.
        assert "<" not in told(entry, "summary")
        assert "&lt;" in told(entry, "summary")


def test_a_feed_without_entries_is_a_feed(client, home):
    for study in CaseStudyPage.objects.all():
        study.unpublish()

    assert entries(client) == []


def test_a_reader_that_has_it_is_told_so(client, home):
    first = client.get(PATH)

    assert client.get(PATH, headers={"if-none-match": first["ETag"]}).status_code == 304
    again = client.get(PATH, headers={"if-modified-since": first["Last-Modified"]})
    assert again.status_code == 304
    assert not again.content


def test_it_only_reads_and_sets_no_cookie(client, home):
    assert client.post(PATH).status_code == 405
    assert client.head(PATH).status_code == 200
    assert not client.get(PATH).cookies


def test_the_listing_leads_to_it(client, home):
    text = client.get("/case-studies/").content.decode()

    assert reverse("case_studies_feed") == PATH
    assert (
        f'<link rel="alternate" type="application/atom+xml" title="New case studies" href="{PATH}">'
        in text
    )
    assert f'<a href="{PATH}">' in text


def test_it_takes_two_queries(client, home, django_assert_max_num_queries):
    client.get(PATH)
    with django_assert_max_num_queries(2):
        client.get(PATH)


def errors(study, **typed) -> dict[str, list[str]]:
    """What the editor's form of a case study says to this."""
    form_class = CaseStudyPage.get_edit_handler().get_form_class()
    texts = ("challenge", "what_they_did", "what_changed", "what_was_hard", "advice")
    data = nested_form_data(
        {
            "did": inline_formset([]),
            "results": streamfield([]),
            "quotes": streamfield([]),
            **{name: rich_text("") for name in texts},
            **typed,
        }
    )
    return form_class(data, instance=study, parent_page=study.get_parent()).errors


@pytest.mark.parametrize(("slug", "is_taken"), [("feed", True), ("feeds", False)])
def test_no_case_study_may_take_its_address(study, slug, is_taken):
    assert (errors(study, slug=slug).get("slug") == [ADDRESS_IS_TAKEN]) is is_taken


@pytest.mark.parametrize(("tags", "is_refused"), [("Managers, !!!", True), ("Zoë, 王, 2nd", False)])
def test_a_topic_needs_letters_or_numbers_for_its_address(study, tags, is_refused):
    refused = ["Use letters or numbers in each topic"]

    assert (errors(study, tags=tags).get("tags") == refused) is is_refused
