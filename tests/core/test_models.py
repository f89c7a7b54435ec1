"""What every page, picture and setting of the site has in common."""

from io import BytesIO

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.urls import URLPattern, URLResolver, get_resolver
from PIL import Image

from core.admin_forms import RESERVED_SLUGS
from core.checks import demonstration_text_is_gone
from core.models import SiteImage, SiteMessage
from enquiries.models import DeskSettings, PrivacyNotice
from home.models import AccessibilityStatementPage, CookiesPage, PlainPage
from offers.models import OfferPage
from partners.models import Partner

PROMISING = [
    PlainPage,
    CookiesPage,
    AccessibilityStatementPage,
    OfferPage,
    DeskSettings,
    Partner,
    PrivacyNotice,
]


@pytest.mark.parametrize("slug", sorted(slug for slug in RESERVED_SLUGS if "." not in slug))
def test_a_page_cannot_take_the_address_of_another_part_of_the_site(home, slug):
    form_class = PlainPage.get_edit_handler().get_form_class()
    data = {"title": "Hidden", "slug": slug, "body": '{"blocks": [], "entityMap": {}}'}

    top = form_class(data, instance=PlainPage(), parent_page=home)
    below = form_class(data, instance=PlainPage(), parent_page=home.get_children().first())

    assert top.errors["slug"] == ["This address is used by another part of the site"]
    assert "slug" not in below.errors


def test_every_first_segment_of_the_url_configuration_is_reserved():
    segments = set()
    for entry in get_resolver().url_patterns:
        here = str(entry.pattern)
        inner = entry.url_patterns if isinstance(entry, URLResolver) and not here else [entry]
        for each in inner:
            assert isinstance(each, URLPattern | URLResolver)
            segments.add(str(each.pattern).lstrip("^").split("/")[0])
    wagtails_own = {segment for segment in segments if "(" in segment or not segment}

    # The feed lies below a page: case studies, not pages at the top, leave its address free.
    assert segments - wagtails_own - {"_util", "case-studies"} <= RESERVED_SLUGS


def test_a_page_takes_no_post(client, home):
    page = PlainPage.objects.first()

    assert client.post(page.url).status_code == 405


def test_the_trail_of_a_page_leads_from_home_to_its_parent(home):
    offer = OfferPage.objects.first()

    assert [page.title for page in offer.trail()] == [home.title, "Ways to get involved"]
    assert home.trail() == []


@pytest.fixture
def picture(db):
    file = BytesIO()
    Image.new("RGB", (40, 30), "white").save(file, "PNG")
    file.seek(0)
    return SiteImage(title="IMG_2041.png", file=ImageFile(file, name="IMG_2041.png"))


def test_a_picture_that_nobody_described_has_no_alternative_text(picture):
    assert picture.default_alt_text == ""


def test_a_picture_is_described_by_its_description(picture):
    picture.description = "A baker takes bread out of the oven"

    assert picture.default_alt_text == "A baker takes bread out of the oven"


def test_a_picture_says_whose_it_is(picture):
    assert {"credit", "licence", "description"} <= set(SiteImage.admin_form_fields)
    picture.credit = "c" * 121
    picture.licence = "Open Government Licence v3.0"

    with pytest.raises(ValidationError, match="at most 120"):
        picture.full_clean()


def test_each_size_of_a_picture_is_made_once(picture, django_assert_num_queries):
    picture.save()
    made = picture.get_rendition("fill-20x10|format-webp")

    assert picture.get_rendition("fill-20x10|format-webp") == made
    assert picture.renditions.count() == 1
    assert (made.width, made.height) == (20, 10)


def test_the_message_of_the_site_has_a_limit(home):
    message = SiteMessage.objects.get_or_create(site=home.get_site())[0]
    message.text = "x" * 201

    with pytest.raises(ValidationError):
        message.full_clean()


# -- The deployment check -----------------------------------------------------------------


def test_the_check_names_every_promise_that_nobody_confirmed(home):
    errors = demonstration_text_is_gone(databases=["default"])
    unconfirmed = [thing for model in PROMISING for thing in model.objects.all()]

    assert len(errors) == len(unconfirmed)
    assert {error.id for error in errors} == {"core.E001"}
    assert any("‘Hire flexibly’ is demonstration text" in error.msg for error in errors)


def test_the_check_is_content_when_everything_is_confirmed(home):
    for model in PROMISING:
        model.objects.update(to_be_confirmed=False)

    assert demonstration_text_is_gone(databases=["default"]) == []


def test_the_check_asks_no_database_that_it_was_not_given(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert demonstration_text_is_gone(databases=None) == []


def test_the_check_belongs_to_a_deployment_with_a_database(home):
    def found(**kwargs):
        return {error.id for error in run_checks(**kwargs)} & {"core.E001"}

    assert found(include_deployment_checks=True, databases=["default"]) == {"core.E001"}
    assert found(include_deployment_checks=True) == set()
    assert found(databases=["default"]) == set()
