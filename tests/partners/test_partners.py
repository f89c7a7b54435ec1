"""The partnership: approved, active organisations, and nobody else, in every public place."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.urls import reverse

from casestudies.models import CaseStudyPage
from core.models import SiteImage
from offers.models import OfferLink, OfferPage
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


def test_a_partner_needs_a_name_in_plain_words(partner):
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


def test_every_kind_can_be_chosen():
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


# -- The directory and the pages -----------------------------------------------------------


def cards(client):
    """What the directory says of each partner, by name."""
    page = BeautifulSoup(client.get(reverse("partners")).content, "html.parser")
    return {card.h2.get_text(): card for card in page.select("main .grid > li")}


def roles(card):
    return {
        group.dt.get_text(): [link.get_text() for link in group.select("a")]
        for group in card.select("dl > div")
    }


def test_the_directory_says_what_kind_each_partner_is_and_what_it_runs(client, home):
    card = cards(client)["BIG Alliance"]

    assert "Employer network" in card.get_text()
    assert "Mentoring and staff volunteering" in card.get_text()
    assert roles(card) == {"Runs": ["Mentor a young person", "Volunteer as a team"]}
    assert roles(cards(client)["City and Islington College"]) == {
        "Supports": ["Mentor a young person"]
    }
    assert card.select_one("dd a")["href"] == "/ways-to-get-involved/mentor-a-young-person/"
    assert card.select_one(".arch[aria-hidden=true]").get_text() == "BA"


def no_link(link):
    link.unpublish()


def no_offer(link):
    link.offer.unpublish()


def private_offer(link):
    link.offer.view_restrictions.create(restriction_type="login")


@pytest.mark.parametrize("hide", [no_link, no_offer, private_offer])
def test_the_directory_shows_only_approved_links_to_public_offers(client, partner, hide):
    [link] = OfferLink.objects.filter(partner=partner)
    assert roles(cards(client)["Timewise"]) == {"Runs": ["Hire flexibly"]}

    hide(link)

    assert roles(cards(client)["Timewise"]) == {}
    assert link.what_we_do not in main_of(client, partner)


def main_of(client, partner):
    response = client.get(partner.get_absolute_url())
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main.get_text(" ", strip=True)


def test_the_directory_without_partners_says_so(client, home):
    Partner.objects.update(is_active=False)

    response = client.get(reverse("partners"))

    assert response.status_code == 200
    assert "There are no partners to show now." in response.content.decode()


@pytest.fixture
def bare(home):
    """A partner of which nothing is known but what must be."""
    return Partner.objects.create(
        name="nobody yet", slug="nobody-yet", kind="charity", role="Advice about money"
    )


def test_a_partner_of_which_little_is_known_has_a_whole_page(client, bare):
    text = main_of(client, bare)

    assert "nobody yet runs none of the ways to get involved" in text
    assert "Send an enquiry" in text
    assert "What it does" not in text
    assert "Website" not in text
    assert "Employers they worked with" not in text
    assert roles(cards(client)["nobody yet"]) == {}


def test_a_partner_with_an_offer_that_is_closed_does_not_promise_room(client, partner):
    assert "Has room now" in main_of(client, partner)

    OfferPage.objects.filter(slug="hire-flexibly").update(is_open=False)

    assert "Has room now" not in main_of(client, partner)
    assert "Runs it. Not open now." in main_of(client, partner)


def test_the_phone_of_a_partner_is_a_link_to_call_it(client, partner):
    Partner.objects.filter(pk=partner.pk).update(public_phone="020 7946 0123")

    page = client.get(partner.get_absolute_url()).content.decode()

    assert '<a href="tel:+442079460123">020 7946 0123</a>' in page


@pytest.mark.parametrize(
    "words", [{}, {"name": "N" * 120, "role": "R" * 80}], ids=["as it is", "at its limits"]
)
def test_the_description_has_a_length_that_search_engines_show(client, partner, words):
    Partner.objects.filter(pk=partner.pk).update(**words)

    page = BeautifulSoup(client.get(partner.get_absolute_url()).content, "html.parser")

    assert 50 <= len(page.find("meta", {"name": "description"})["content"]) <= 155


def test_a_logo_stands_in_the_place_of_the_initials(client, partner):
    Partner.objects.filter(pk=partner.pk).update(logo=SiteImage.objects.order_by("pk").first())

    for place in (
        cards(client)["Timewise"],
        BeautifulSoup(client.get(partner.get_absolute_url()).content, "html.parser").aside,
    ):
        logo = place.select_one(".who img")
        assert logo["alt"] == ""
        assert int(logo["height"]) <= 120
        assert not place.select_one(".arch")


def test_employers_beyond_the_first_three_are_named_with_links(client, partner):
    studies = list(CaseStudyPage.objects.published().newest_first())
    draft, private, *public = studies
    for study in studies:
        study.partners.set([partner])
        study.save()
    draft.unpublish()
    private.view_restrictions.create(restriction_type="login")

    page = BeautifulSoup(client.get(partner.get_absolute_url()).content, "html.parser")

    assert [story.h3.get_text() for story in page.select(".story")] == [
        study.title for study in public[:3]
    ]
    others = page.select("section .partners a")
    assert [(link.get_text(), link["href"]) for link in others] == [
        (study.employer, study.url) for study in public[3:]
    ]
    assert len(others) > 5


@pytest.mark.parametrize("address", ["/partners/", "/partners/timewise/"])
def test_30_partners_with_logos_and_offers_cost_no_more_queries_than_3(
    client, partner, address, django_assert_max_num_queries
):
    def queries():
        client.get(address)
        with django_assert_max_num_queries(9) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    pictures = list(SiteImage.objects.order_by("pk"))
    offers = list(OfferPage.objects.in_order())
    Partner.objects.update(logo=pictures[0])
    Partner.objects.filter(pk__in=Partner.objects.exclude(pk=partner.pk).values("pk")[2:]).update(
        is_active=False
    )
    few = queries()

    Partner.objects.update(is_active=True)
    for number in range(27):
        other = Partner.objects.create(
            name=f"Partner {number}",
            slug=f"partner-{number}",
            kind=Partner.Kind.values[number % 7],
            role="Mentoring",
            logo=pictures[number % len(pictures)],
        )
        for offer in offers:
            OfferLink.objects.create(partner=other, offer=offer, what_we_do="Much")
    for offer in offers:
        OfferLink.objects.get_or_create(
            partner=partner, offer=offer, defaults={"what_we_do": "Much"}
        )

    assert queries() == few
    assert len(cards(client)) >= 30


# -- In the CMS -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"q": "timew"}, {"Timewise"}),
        ({"q": "flexible hiring"}, {"Timewise"}),
        ({"kind": "recruiter"}, {"KX Recruit"}),
        ({"is_active": "false"}, {"Timewise"}),
        ({"live": "false"}, {"Jobcentre Plus"}),
    ],
    ids=str,
)
def test_editors_find_partners_by_words_and_kind(client, person, partner, filters, names):
    retired(partner)
    draft(Partner.objects.get(slug="jobcentre-plus"))
    client.force_login(person("editor"))

    response = client.get(reverse("wagtailsnippets_partners_partner:list"), filters)

    assert {each.name for each in response.context["object_list"]} == names


def test_editors_find_who_delivers_what(client, person, partner):
    client.force_login(person("editor"))
    address = reverse("wagtailsnippets_offers_offerlink:list")
    kx = Partner.objects.get(slug="kx-recruit")

    for filters in ({"q": "recruit locally"}, {"q": "KX Recruit"}, {"partner": kx.pk}):
        found = client.get(address, filters).context["object_list"]
        assert "KX Recruit – Recruit locally" in [str(link) for link in found], filters
        assert len(found) < OfferLink.objects.count()
    assert b"Has room from" in client.get(address).content


def test_a_partner_with_gaps_is_approved_by_nobody(client, person, home):
    partner = Partner.objects.get(slug="timewise")
    partner.role = ""
    partner.save_revision(clean=False)
    partner.get_workflow().start(partner, person("editor"))
    state = partner.current_workflow_task_state
    client.force_login(person("editor2"))
    screen = "wagtailsnippets_partners_partner"

    response = client.post(
        reverse(f"{screen}:workflow_action", args=[partner.pk, "approve", state.pk]),
        {"comment": ""},
    )

    assert response["Location"] == reverse(f"{screen}:edit", args=[partner.pk])
    assert Partner.objects.get(pk=partner.pk).role


def test_a_partner_that_an_interest_names_is_not_deleted_alone_or_with_others(
    client, person, make_enquiry, partner
):
    make_enquiry().interests.update(partner=partner)
    other = Partner.objects.exclude(pk=partner.pk).first()
    client.force_login(person("editor"))
    bulk = reverse("wagtail_bulk_action", args=["partners", "partner", "delete"])

    for address in (
        reverse("wagtailsnippets_partners_partner:delete", args=[partner.pk]),
        f"{bulk}?id={partner.pk}&id={other.pk}",
    ):
        response = client.post(address)
        assert response.status_code == 302
        said = list(get_messages(response.wsgi_request))[-1]
        assert f"Enquiries name {partner.name}" in str(said)
    assert Partner.objects.filter(pk__in=[partner.pk, other.pk]).count() == 2


def test_a_partner_that_was_once_handed_somebody_is_not_deleted(
    client, person, make_enquiry, partner
):
    """The interest is with somebody else by now; the history names it."""
    enquiry = make_enquiry()
    enquiry.timeline.update(partner=partner)
    client.force_login(person("editor"))

    address = reverse("wagtailsnippets_partners_partner:delete", args=[partner.pk])
    response = client.post(address)

    assert response.status_code == 302
    assert f"Enquiries name {partner.name}" in str(list(get_messages(response.wsgi_request))[-1])


def test_a_partner_that_retired_cannot_stay_active(partner):
    partner.retired_on = date(2020, 1, 1)

    with pytest.raises(ValidationError, match="Untick Active too"):
        partner.full_clean()

    partner.is_active = False
    partner.full_clean()
