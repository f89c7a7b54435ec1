"""
The duties of a public body's website, each as a test named by its number.

What needs many cases has a file of its own: tests/home/test_statement.py, test_cookies.py,
test_security_txt.py and test_checks.py, tests/enquiries/test_website.py and test_privacy.py,
tests/core/test_pre_election.py and test_uploads.py.
"""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.blocks import ListBlock, RichTextBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text.feature_registry import FeatureRegistry

from enquiries.forms import EnquiryForm, WebsiteMessageForm
from impact.models import ImpactFact
from offers.models import OfferPage
from tests.public_pages import PAGES, all_paths
from tests.wording import APPS

DOCS = Path(__file__).resolve().parents[1] / "docs"
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
FORMS = ["/enquire/", "/contact/website/"]
pytestmark = pytest.mark.django_db


def read(client, path):
    return BeautifulSoup(client.get(path).content, "html.parser")


def words_of(tag):
    return tag.get_text(" ", strip=True)


@pytest.fixture
def pages(client):
    """One page of each kind, as the browser sees it."""
    return {path: read(client, path) for path in PAGES.values()}


# -- 1 Accessibility law ---------------------------------------------------------------------


def test_1_the_accessibility_statement_is_linked_at_the_same_place_of_every_footer(client, pages):
    places = set()
    for page in pages.values():
        links = [link["href"] for link in page.select("footer ul a")]
        places.add(links.index("/accessibility-statement/"))

    response = client.get("/accessibility-statement/")
    assert len(places) == 1
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/html")


def test_1_the_accessibility_statement_has_the_model_headings_in_order(client):
    page = read(client, "/accessibility-statement/")
    headings = [(tag.name, words_of(tag)) for tag in page.main.select("h1, h2, h3")]

    wanted = [
        ("h1", "Accessibility statement for Islington Aspires"),
        ("h2", "Feedback and contact information"),
        ("h2", "Enforcement procedure"),
        ("h2", "Technical information about this website’s accessibility"),
        ("h2", "Compliance status"),
        ("h2", "Non-accessible content"),
        ("h3", "Non-compliance with the accessibility regulations"),
        ("h3", "Disproportionate burden"),
        ("h3", "Content that’s not within the scope of the accessibility regulations"),
        ("h2", "Preparation of this accessibility statement"),
    ]
    assert [heading for heading in headings if heading in wanted] == wanted


def test_1_the_accessibility_statement_has_its_fixed_sentences_and_dates(client):
    text = words_of(read(client, "/accessibility-statement/").main)

    assert "This accessibility statement applies to" in text
    assert re.search(
        r"This website is (fully|partially|not) compliant with the Web Content Accessibility "
        r"Guidelines version 2\.2 AA standard",
        text,
    )
    assert "Equality and Human Rights Commission (EHRC) is responsible for enforcing" in text
    assert "Equality Advisory and Support Service (EASS)" in text
    assert re.search(
        r"This statement was prepared on \d+ \w+ \d{4}\. It was last reviewed on \d+ \w+ \d{4}\.",
        text,
    )


def test_1_the_accessibility_statement_links_to_a_form_that_works(client):
    page = read(client, "/accessibility-statement/")
    [link] = page.main.select("a[href*='/contact/website/']")

    form = read(client, link["href"])

    assert form.select_one("[name=topic][checked]")["value"] == "accessibility"
    assert form.select_one("[name=topic][value=format]")


def test_1_another_format_is_offered_where_people_contact_us(client):
    text = words_of(read(client, "/contact/website/").main)

    assert "large print, easy read, audio or braille" in text


def test_1_there_is_a_note_on_equality():
    text = (DOCS / "equality.md").read_text()

    for words in ("section 149", "disability", "age", "sex", "race", "religion or belief"):
        assert words in text


def test_1_no_text_of_the_site_can_link_to_a_pdf(settings):
    """HTML first: an editor cannot put a document into rich text."""
    default = settings.WAGTAILADMIN_RICH_TEXT_EDITORS["default"]["OPTIONS"]["features"]
    texts = [
        *(field for field in model_fields() if isinstance(field, RichTextField)),
        *(block for block in blocks_of_fields() if isinstance(block, RichTextBlock)),
    ]

    assert "document-link" in FeatureRegistry().get_default_features()
    assert len(texts) > 10
    assert [text for text in texts if "document-link" in (text.features or default)] == []


def model_fields():
    """Every field of the project's models, those that pages inherit included."""
    for model in apps.get_models():
        if model._meta.app_label in APPS:
            yield from model._meta.get_fields()


def blocks_of_fields():
    """Every block of every stream field, however deep."""

    def walk(block):
        yield block
        for child in getattr(block, "child_blocks", {}).values():
            yield from walk(child)
        if isinstance(block, ListBlock):
            yield from walk(block.child_block)

    for field in model_fields():
        if isinstance(field, StreamField):
            yield from walk(field.stream_block)


# -- 2 Personal data -------------------------------------------------------------------------


@pytest.mark.parametrize("path", FORMS)
def test_2_the_short_notice_stands_above_the_button_and_leads_to_the_full_one(client, path):
    form = read(client, path).select_one(f"form[action='{path}']")
    notice = form.find("h2", string="How we use your details")

    button = notice.find_next("button")
    link = notice.find_next("a")
    assert button["type"] == "submit"
    assert button.find_next("button") is None or button.find_next("button") not in form
    assert "24 months" in words_of(notice.parent)
    assert client.get(link["href"]).status_code == 200
    assert link["href"] == "/privacy/"


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Who we are", "Islington Council"),
        ("How to contact the Data Protection Officer", "Data Protection Officer"),
        ("What we collect", "name and email address"),
        ("Why we use it", "answer your enquiry"),
        ("Our lawful basis", "general power of competence"),
        ("Who we share it with", "partner"),
        ("How long we keep it", "24 months"),
        ("Your rights", "object to how we use it"),
        ("How to complain", "Information Commissioner’s Office"),
        ("Whether you have to give us your details", "No law or contract obliges you"),
        ("Automated decisions", "no automated decisions"),
    ],
)
def test_2_the_full_notice_has_each_item_under_its_heading(client, heading, words):
    main = read(client, "/privacy/").main
    found = main.find("h2", string=heading)
    text = []
    for tag in found.find_next_siblings():
        if tag.name == "h2":
            break
        text.append(words_of(tag))

    assert words in " ".join(text)


@pytest.mark.parametrize("path", FORMS)
def test_2_no_form_asks_for_consent_to_processing(client, path):
    text = words_of(read(client, path).main).lower()

    assert "consent" not in text
    assert "i agree" not in text


def test_2_required_answers_are_exactly_these():
    def required(form):
        return {name for name, field in form.base_fields.items() if field.required}

    assert required(EnquiryForm) == {"offers", "organisation", "name", "email"}
    assert required(WebsiteMessageForm) == {"topic", "message"}


def test_2_nothing_is_asked_that_is_not_needed():
    asked = {*EnquiryForm.base_fields, *WebsiteMessageForm.base_fields}

    assert asked == {
        *("offers", "organisation", "size", "sector", "postcode"),
        *("name", "role", "email", "phone", "message"),
        *("topic", "page"),
    }


def test_2_a_complaint_about_data_has_a_topic_of_its_own(client):
    link = read(client, "/privacy/").select_one("a[href*='topic=personal-data']")

    page = read(client, link["href"])

    assert page.select_one("[name=topic][checked]")["value"] == "personal-data"


# -- 3 Cookies -------------------------------------------------------------------------------


def test_3_the_cookies_page_is_linked_from_every_footer(client, pages):
    for page in pages.values():
        assert page.select_one("footer a[href='/cookies/']")
    assert client.get("/cookies/").status_code == 200


# -- 4 Content, publicity, licence -----------------------------------------------------------


def test_4_every_footer_has_the_open_government_licence_with_its_exception(pages):
    for page in pages.values():
        assert page.select_one(f"footer a[href='{LICENCE}']")
        assert "except where we say otherwise" in words_of(page.footer)


@pytest.mark.parametrize("field", ["period", "source_title"])
def test_4_a_figure_without_period_or_source_fails(field):
    fact = ImpactFact.objects.first()
    setattr(fact, field, "")

    with pytest.raises(ValidationError) as refused:
        fact.full_clean()

    assert field in refused.value.message_dict


def test_4_an_offer_that_involves_children_needs_its_safeguarding_note():
    offer = OfferPage.objects.filter(involves_under_18s=True).first()
    offer.safeguarding = ""

    assert "safeguarding" in offer.publish_problems(today=offer.checked_on)


# -- 5 Service Standard and Technology Code of Practice --------------------------------------


def test_5_each_point_of_both_standards_has_a_line():
    text = (DOCS / "standards.md").read_text()

    assert [int(n) for n in re.findall(r"^\| S(\d+) ", text, re.MULTILINE)] == list(range(1, 15))
    assert [int(n) for n in re.findall(r"^\| T(\d+) ", text, re.MULTILINE)] == list(range(1, 14))


@pytest.mark.parametrize("path", FORMS)
def test_5_phone_and_email_stand_beside_every_form(client, path):
    page = read(client, path)

    assert page.select_one("main a[href^='tel:']")
    assert page.select_one("main a[href^='mailto:']")


# -- 6 Security ------------------------------------------------------------------------------


def test_6_the_vulnerability_policy_says_what_a_reporter_needs(client, pages):
    main = read(client, "/vulnerability-disclosure/").main
    text = words_of(main)

    for words in (
        *("What this policy covers", "How to report", "What to include"),
        *("within 5 working days", "within 10 working days"),
        *("good faith", "will not take legal action", "do not pay for reports"),
    ):
        assert words in text
    assert main.select_one(f"a[href='{reverse('website_contact')}?topic=security']")
    for page in pages.values():
        assert page.select_one("footer a[href='/vulnerability-disclosure/']")


def test_6_the_security_txt_names_the_policy(client):
    assert (
        "/vulnerability-disclosure/\n" in client.get("/.well-known/security.txt").content.decode()
    )


# -- Patterns that the duties lean on ---------------------------------------------------------


def test_p15_phone_numbers_are_links_on_every_page(client):
    number = re.compile(r"0\d{2,4} \d{3,4} \d{3,4}")
    bare = []
    for path in all_paths():
        page = read(client, path)
        for tag in page.select("a[href^='tel:'], script, .msg"):
            tag.decompose()
        bare += [(path, found) for found in number.findall(words_of(page.body))]

    assert bare == []
