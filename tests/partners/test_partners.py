"""The partnership: approved, active organisations, and nobody else, in every public place."""

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.urls import reverse

from offers.models import OfferLink
from partners.models import Partner


@pytest.fixture
def partner(home):
    return Partner.objects.get(slug="timewise")


def draft(partner):
    partner.unpublish()


def retired(partner):
    Partner.objects.filter(pk=partner.pk).update(is_active=False)


HIDE = [draft, retired]


@pytest.mark.parametrize("hide", HIDE)
def test_a_hidden_partner_is_in_no_list_and_has_no_page(client, partner, hide):
    assert partner in Partner.objects.published()
    assert client.get(partner.get_absolute_url()).status_code == 200

    hide(partner)

    assert partner not in Partner.objects.published()
    assert client.get(partner.get_absolute_url()).status_code == 404
    assert "Timewise" not in listed(client)


def listed(client):
    return [partner.name for partner in client.get(reverse("partners")).context["partners"]]


def test_the_partnership_stands_in_the_order_of_the_council(client, partner):
    assert listed(client)[0] != "Timewise"
    Partner.objects.filter(pk=partner.pk).update(order=0)

    assert listed(client)[0] == "Timewise"


def test_the_public_keeps_the_last_approved_words_while_a_change_waits(client, partner):
    partner.role = "Something new"
    partner.save_revision()

    assert b"Something new" not in client.get(partner.get_absolute_url()).content


@pytest.mark.parametrize("slug", ["nobody", "-", "timewise2"])
def test_a_partner_nobody_knows_is_not_found(client, home, slug):
    assert client.get(f"/partners/{slug}/").status_code == 404


@pytest.mark.parametrize("address", ["/partners/", "/partners/timewise/"])
def test_the_pages_only_read(client, home, address):
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405


@pytest.mark.parametrize(
    ("field", "limit"), [("name", 120), ("role", 80), ("public_phone", 40)], ids=str
)
def test_every_text_has_its_limit(partner, field, limit):
    setattr(partner, field, "x" * limit)
    partner.full_clean()

    setattr(partner, field, "x" * (limit + 1))
    with pytest.raises(ValidationError) as refused:
        partner.full_clean()
    assert list(refused.value.message_dict) == [field]


def test_a_partner_needs_a_name_in_the_words_of_the_content_model(partner):
    partner.name = ""

    with pytest.raises(ValidationError) as refused:
        partner.full_clean()

    assert refused.value.message_dict["name"] == ["Enter the organisation’s name"]


@pytest.mark.parametrize("website", ["javascript:alert(1)", "timewise.co.uk", "http://timewise.uk"])
def test_a_website_starts_with_https(partner, website):
    partner.website = website

    with pytest.raises(ValidationError) as refused:
        partner.full_clean()

    assert list(refused.value.message_dict) == ["website"]


def test_every_kind_of_the_content_model_can_be_chosen():
    assert Partner.Kind.values == [
        "council-team",
        "employer-network",
        "recruiter",
        "training-or-college",
        "charity",
        "employment-service",
        "accreditation",
    ]


def test_all_partners_are_given_in_one_query(partner, django_assert_num_queries):
    retired(partner)
    context = Context()

    with django_assert_num_queries(1):
        Template("{% load partners_tags %}{% all_partners as found %}").render(context)
        names = [each.name for each in context["found"]]

    assert names == list(Partner.objects.published().in_order().values_list("name", flat=True))
    assert "Timewise" not in names


def test_the_page_of_a_partner_shows_only_published_offers(client, partner):
    link = OfferLink.objects.published().filter(partner=partner).first()
    assert link.what_we_do in client.get(partner.get_absolute_url()).content.decode()

    link.offer.unpublish()

    assert link.what_we_do not in client.get(partner.get_absolute_url()).content.decode()


def test_the_list_asks_the_database_as_often_for_8_partners_as_for_3(
    client, home, django_assert_max_num_queries
):
    address = reverse("partners")
    client.get(address)
    with django_assert_max_num_queries(20) as many:
        client.get(address)
    Partner.objects.filter(pk__in=[each.pk for each in Partner.objects.all()[3:]]).update(
        is_active=False
    )
    client.get(address)
    with django_assert_max_num_queries(20) as few:
        client.get(address)

    assert len(many) == len(few)
