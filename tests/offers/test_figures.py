"""Impact facts on an offer's page: with period and source, without stale and deleted ones."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from impact.models import ImpactFact
from offers.models import OfferPage
from tests.offers.test_cms import draft_of, edit

DAY = timedelta(days=1)


@pytest.fixture
def offer(home):
    return OfferPage.objects.get(slug="mentor-a-young-person")


@pytest.fixture
def fact(offer):
    [block] = offer.figures
    return block.value


def show(offer, *facts):
    """Publish the offer with these figures."""
    offer.figures = [("fact", fact) for fact in facts]
    offer.save_revision().publish()
    return OfferPage.objects.get(pk=offer.pk)


def figures_on(client, offer):
    page = BeautifulSoup(client.get(offer.url).content, "html.parser")
    return [entry.get_text("|", strip=True) for entry in page.select(".stats > div")]


def test_the_mentoring_offer_shows_in_how_many_schools_it_is(client, offer):
    assert figures_on(client, offer) == ["schools and colleges in employer mentoring|8|2015"]
    assert "report to Council, 3 December 2015." in client.get(offer.url).content.decode()


def test_a_stale_figure_leaves_the_offer_by_itself(client, offer, fact):
    other = ImpactFact.objects.exclude(pk=fact.pk).in_order().first()
    offer = show(offer, fact, other)
    assert len(figures_on(client, offer)) == 2

    ImpactFact.objects.filter(pk=fact.pk).update(stale_after=timezone.localdate() - DAY)

    assert fact.label not in "".join(figures_on(client, offer))
    assert len(figures_on(client, offer)) == 1


def test_a_page_whose_only_figure_is_stale_shows_no_empty_list(client, offer, fact):
    ImpactFact.objects.update(stale_after=timezone.localdate() - DAY)

    page = client.get(offer.url).content.decode()

    assert 'class="stats"' not in page
    assert "Source:" not in page


def test_a_deleted_figure_leaves_the_page_working(client, offer, fact):
    fact.delete()

    response = client.get(offer.url)

    assert response.status_code == 200
    assert 'class="stats"' not in response.content.decode()
    assert client.get(reverse("search"), {"q": "mentor"}).status_code == 200


def test_an_editor_can_save_and_publish_a_page_whose_figure_was_deleted(
    client, person, offer, fact
):
    client.force_login(person("editor"))
    assert client.get(reverse("wagtailadmin_pages:edit", args=[offer.pk])).status_code == 200
    fact.delete()
    offer = OfferPage.objects.get(pk=offer.pk)

    assert client.get(reverse("wagtailadmin_pages:edit", args=[offer.pk])).status_code == 200
    response = edit(
        client,
        offer,
        title="Mentor somebody",
        **{"figures-0-value": "", "action-publish": "yes"},
    )

    assert response.status_code == 302
    assert OfferPage.objects.get(pk=offer.pk).title == "Mentor somebody"


def test_an_editor_chooses_the_figures(client, person, offer, fact):
    client.force_login(person("editor"))
    other = ImpactFact.objects.exclude(pk=fact.pk).in_order().first()

    response = edit(client, offer, **{"figures-0-value": str(other.pk)})

    assert response.status_code == 302
    assert [block.value for block in draft_of(offer).figures] == [other]


def test_an_offer_shows_three_figures_at_most(client, person, offer):
    client.force_login(person("editor"))
    facts = list(ImpactFact.objects.in_order()[:4])
    offer.figures = [("fact", fact) for fact in facts]

    response = edit(client, offer, **{"action-publish": "yes"})

    assert response.status_code == 200
    assert "maximum number of items is 3" in response.content.decode()


def test_three_figures_cost_as_many_queries_as_one(
    client, offer, fact, django_assert_max_num_queries
):
    def queries():
        client.get(offer.url)
        with django_assert_max_num_queries(14) as seen:
            client.get(offer.url)
        return len(seen)

    one = queries()
    offer = show(offer, *ImpactFact.objects.in_order()[:3])

    assert queries() == one
    assert len(figures_on(client, offer)) == 3


def test_different_sources_say_which_figure_is_theirs(client, offer):
    facts = {fact.figure: fact for fact in ImpactFact.objects.all()}
    ImpactFact.objects.filter(figure="70.5%").update(source_url="https://example.org/report")
    offer = show(offer, facts["1,023"], facts["70.5%"], facts["108"])

    page = BeautifulSoup(client.get(offer.url).content, "html.parser")

    assert [source.get_text() for source in page.select(".stats ~ .source")] == [
        "Source of 1,023, 108: Islington Employment Commission – One Year On, report to Council, "
        "3 December 2015.",
        "Source of 70.5%: Islington’s Cooperative Commitment: Working Better Together, 2014/15.",
    ]
    assert page.select_one(".stats ~ .source a")["href"] == "https://example.org/report"
