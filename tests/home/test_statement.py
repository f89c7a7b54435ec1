"""The accessibility statement: what the law sets word by word, and the dates of its reviews."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from home import statement
from home.models import AccessibilityStatementPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(home):
    return AccessibilityStatementPage.objects.get()


def test_the_statement_of_the_demonstration_lacks_nothing(page, today):
    assert statement.missing(page.body) == []
    assert page.publish_problems(today=today) == {}


@pytest.mark.parametrize("heading", statement.HEADINGS)
def test_a_statement_without_a_legal_heading_is_not_published(page, heading, today):
    page.body = page.body.replace(heading, "Something else")

    assert f"the heading ‘{heading}’" in page.publish_problems(today=today)["body"]


@pytest.mark.parametrize(
    ("words", "instead", "missing"),
    [
        ("applies to", "is about", "This accessibility statement applies to"),
        ("is committed to making", "may make", "the commitment to accessibility"),
        ("partially compliant", "quite compliant", "how far the website complies"),
        ("2.2 AA", "2.1 AA", "how far the website complies"),
        ("is responsible for enforcing", "enforces", "Equality and Human Rights Commission"),
        ("not happy with", "unhappy about", "Equality Advisory and Support Service"),
        ("/contact/website/", "/elsewhere/", "a link to the form at /contact/website/"),
    ],
)
def test_a_statement_with_changed_legal_words_is_not_published(
    page, words, instead, missing, today
):
    assert words in page.body
    page.body = page.body.replace(words, instead)

    assert missing in page.publish_problems(today=today)["body"]


@pytest.mark.parametrize("degree", ["fully", "partially", "not"])
def test_each_degree_of_compliance_may_be_stated(page, degree, today):
    page.body = page.body.replace("partially compliant", f"{degree} compliant")

    assert page.publish_problems(today=today) == {}


def test_the_editor_may_store_apostrophes_and_links_in_its_own_way(page):
    page.body = page.body.replace("’", "&#x27;").replace("<h2>", '<h2 data-block-key="a1b2c">')

    assert statement.missing(page.body) == []


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"title": "Accessibility"}, "title", "must begin with ‘Accessibility statement for’"),
        ({"reviewed_on": timedelta(days=1)}, "reviewed_on", "today or in the past"),
        ({"reviewed_on": timedelta(days=-1)}, "reviewed_on", "before it was prepared"),
    ],
)
def test_title_and_dates_must_make_sense(page, changes, field, words, today):
    page.prepared_on = page.reviewed_on = today
    for name, value in changes.items():
        setattr(page, name, today + value if name == "reviewed_on" else value)

    assert words in page.publish_problems(today=today)[field]


def test_the_page_prints_its_dates_under_the_last_legal_heading(client, page):
    AccessibilityStatementPage.objects.update(prepared_on="2026-11-02", reviewed_on="2027-03-01")

    text = BeautifulSoup(client.get(page.url).content, "html.parser").main.get_text(" ", strip=True)

    assert (
        "Preparation of this accessibility statement This statement was prepared on "
        "2 November 2026. It was last reviewed on 1 March 2027." in text
    )


def test_the_editor_says_what_is_missing(client, person, page, today):
    from wagtail.test.utils.form_data import nested_form_data, rich_text

    client.force_login(person("editor"))
    data = nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "body": rich_text("<p>We like accessibility.</p>", features=["bold"]),
            "preparation": rich_text("<p>Tested.</p>", features=["bold"]),
            "prepared_on": str(today),
            "reviewed_on": str(today),
            "comments": {
                "TOTAL_FORMS": 0,
                "INITIAL_FORMS": 0,
                "MIN_NUM_FORMS": 0,
                "MAX_NUM_FORMS": "",
            },
            "action-publish": "1",
        }
    )

    response = client.post(f"/admin/pages/{page.pk}/edit/", data)

    assert "Add what the law asks for" in response.content.decode()
