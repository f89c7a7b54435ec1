"""`published()` is the only door to public lists: it opens for nothing that is not public."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from casestudies.models import CaseStudyPage
from home.models import HomePage, PlainPage
from offers.models import OfferIndexPage, OfferPage
from tests.many import many_case_studies

MODELS = [HomePage, PlainPage, OfferIndexPage, OfferPage, CaseStudyPage]


def restrict(page, kind):
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=kind, password="open" if kind == "password" else ""
    )
    if kind == "groups":
        restriction.groups.set(Group.objects.filter(name="Editors"))


def as_wagtail_says(model):
    """The pages Wagtail's own, slower method gives."""
    return set(model.objects.filter(pk__in=Page.objects.live().public()))


def published(model):
    return set(model.objects.published())


@pytest.fixture
def offer(home):
    return OfferPage.objects.get(slug="hire-flexibly")


def test_a_live_page_that_needs_no_sign_in_is_published(offer):
    assert offer in published(OfferPage)


@pytest.mark.parametrize("above", [False, True])
def test_an_alias_whose_original_was_made_private_later_is_not_published(offer, home, above):
    alias = offer.create_alias(parent=home, update_slug="an-alias")
    assert alias.specific in published(OfferPage)

    restrict(offer.get_parent() if above else offer, "login")

    assert alias.specific not in published(OfferPage)


def test_a_draft_is_not_published(offer):
    offer.unpublish()

    assert offer not in published(OfferPage)


def test_a_live_page_with_a_later_draft_stays_published_as_it_was(offer):
    offer.title = "Hire in another way"
    offer.save_revision()

    assert OfferPage.objects.published().get(pk=offer.pk).title == "Hire flexibly"


def test_a_page_that_expired_is_not_published(offer):
    offer.expire_at = timezone.now() - timedelta(minutes=1)
    offer.expired = True
    offer.live = False
    offer.save()

    assert offer not in published(OfferPage)


def test_a_page_that_was_never_published_and_waits_for_its_day_is_not_published(offer):
    waiting = offer.copy(update_attrs={"slug": "wait"}, keep_live=False, copy_revisions=False)
    waiting.go_live_at = timezone.now() + timedelta(days=1)
    waiting.save_revision().publish()

    assert waiting.get_latest_revision().approved_go_live_at is not None
    assert waiting not in published(OfferPage)


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
@pytest.mark.parametrize(
    "above",
    [
        lambda offer: offer,
        lambda offer: offer.get_parent(),
        lambda offer: offer.get_parent().get_parent(),
    ],
    ids=["its own", "its parent’s", "its grandparent’s"],
)
def test_a_page_behind_a_restriction_is_not_published(offer, above, kind):
    restrict(above(offer), kind)

    assert offer not in published(OfferPage)


def test_a_restriction_hides_nothing_beside_it_or_above(offer):
    restrict(offer, "login")

    assert OfferPage.objects.published().count() == OfferPage.objects.live().count() - 1
    assert OfferIndexPage.objects.get() in published(OfferIndexPage)


def test_only_the_children_of_one_parent_are_given_with_child_of(offer):
    index = OfferIndexPage.objects.get()

    assert set(OfferPage.objects.child_of(index).published()) == published(OfferPage)
    assert not OfferPage.objects.child_of(offer).published().exists()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_published_agrees_with_wagtail_in_every_state_at_once(model, home):
    first, second, third, fourth = OfferPage.objects.order_by("path")[:4]
    study_index = CaseStudyPage.objects.first().get_parent()
    first.unpublish()
    restrict(second, "login")
    restrict(third, "password")
    restrict(fourth, "groups")
    fourth.unpublish()
    restrict(study_index, "groups")
    restrict(PlainPage.objects.first(), "login")

    assert published(model) == as_wagtail_says(model)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_published_agrees_with_wagtail_when_nothing_is_restricted(model, home):
    assert published(model) == as_wagtail_says(model) == set(model.objects.all())


def test_published_asks_the_database_once_however_much_is_restricted(
    offer, django_assert_num_queries
):
    for page in OfferPage.objects.all():
        restrict(page, "login")

    with django_assert_num_queries(1):
        assert list(OfferPage.objects.published()) == []


def test_the_restrictions_are_looked_up_and_not_sought_among_all_pages(home):
    """SQLite, with statistics, once read through all pages for each page: 50 ms each at 10,000."""
    many_case_studies(300)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    plan = CaseStudyPage.objects.published().explain()

    inner = plan.partition("CORRELATED")[2]  # as SQLite calls it; PostgreSQL plans otherwise
    assert "SCAN U1" not in inner
    assert "autoindex_wagtailcore_page" not in inner
