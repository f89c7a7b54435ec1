"""A word that stands only in what is not public stands on no public page."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from casestudies.models import CaseStudyOffer, CaseStudyPage
from home.models import HomePage, PlainPage
from impact.models import ImpactFact
from offers.models import OfferLink, OfferPage
from partners.models import Partner
from tests.publishing import publish

WORD = "Zanzibarium"


@pytest.fixture
def crawl(client):
    """
    Where the word stands, asked for address by address.

    Every address of which there is one, and of those of which there are many a few: the offers
    and partners that are changed below, the newest case studies, whatever has the word's name.
    """

    def crawl():
        pages = [
            *Page.objects.filter(depth__in=(2, 3)).exclude(content_type__model="plainpage"),
            *PlainPage.objects.all()[:2],
            *OfferPage.objects.order_by("path")[:5],
            *CaseStudyPage.objects.newest_first()[:3],
            *Page.objects.filter(title__contains=WORD),
        ]
        addresses = [page.url for page in pages]
        partners = Partner.objects.filter(slug__in=["timewise", "big-alliance", "kx-recruit"])
        addresses += [f"/partners/{partner.slug}/" for partner in partners]
        addresses += ["/partners/", "/impact/", f"/search/?q={WORD}", "/case-studies/?page=2"]
        addresses += ["/enquire/", "/enquire/check/", "/accounts/login/", "/nowhere/"]
        answers = {address: client.get(address) for address in addresses}
        assert all(answer.status_code < 500 for answer in answers.values())
        return [
            address
            for address, answer in answers.items()
            if WORD in answer.content.decode().replace(f"‘{WORD}’", "").replace(f'"{WORD}"', "")
        ]

    return crawl


def named(thing, **fields):
    for name, value in fields.items():
        setattr(thing, name, value)
    publish(thing)
    return type(thing).objects.get(pk=thing.pk)


@pytest.fixture
def study(home):
    """A case study that is featured wherever one can be."""
    study = CaseStudyPage.objects.exclude(quotes="[]").newest_first().first()
    study = named(
        study, title=f"{WORD} hired 3", employer_name=WORD, summary=WORD, search_description=WORD
    )
    study.partners.set(Partner.objects.all())
    study.did.set(
        [CaseStudyOffer(offer=offer, featured=True) for offer in OfferPage.objects.all()[:3]]
    )
    publish(study)
    named(HomePage.objects.get(), featured_case_study=study)
    return CaseStudyPage.objects.get(pk=study.pk)


@pytest.fixture
def offer(home):
    offer = OfferPage.objects.get(slug="hire-flexibly")
    return named(offer, title=f"{WORD} offer", topic=WORD, summary=WORD, search_description=WORD)


@pytest.fixture
def partner(home):
    partner = Partner.objects.get(slug="timewise")
    return named(partner, name=WORD, role=WORD, about=f"<p>{WORD}</p>")


def unpublish(page):
    page.unpublish()


def make_private(page):
    page.view_restrictions.create(restriction_type="login")


def make_parent_private(page):
    page.get_parent().view_restrictions.create(restriction_type="login")


def expire(page):
    type(page).objects.filter(pk=page.pk).update(
        live=False, expired=True, expire_at=timezone.now() - timedelta(days=1)
    )


PAGE_STATES = [unpublish, make_private, make_parent_private, expire]


@pytest.mark.parametrize("hide", PAGE_STATES)
def test_a_hidden_case_study_leaks_nowhere(study, crawl, hide):
    hide(study)

    assert crawl() == []


@pytest.mark.parametrize("hide", PAGE_STATES)
def test_a_hidden_offer_leaks_nowhere(offer, crawl, hide):
    hide(offer)

    assert crawl() == []


def retire(partner):
    Partner.objects.filter(pk=partner.pk).update(is_active=False)


@pytest.mark.parametrize("hide", [unpublish, retire])
def test_a_hidden_partner_leaks_nowhere(partner, crawl, hide):
    hide(partner)

    assert crawl() == []


def test_an_unapproved_offer_link_leaks_nowhere(home, crawl):
    link = named(OfferLink.objects.first(), what_we_do=WORD)
    assert crawl()

    link.unpublish()

    assert crawl() == []


def test_a_stale_figure_leaks_nowhere(home, crawl):
    ImpactFact.objects.update(label=WORD)
    assert crawl()

    ImpactFact.objects.update(stale_after=timezone.localdate() - timedelta(days=1))

    assert crawl() == []


def test_words_of_drafts_leak_nowhere(home, crawl):
    for thing in [*Page.objects.filter(depth__gt=1).specific(), *Partner.objects.all()]:
        for field in ("title", "name", "summary", "role", "lede", "hero_lede", "topic"):
            if field in {own.name for own in thing._meta.get_fields()}:
                setattr(thing, field, WORD)
        thing.save_revision()

    assert crawl() == []


@pytest.mark.parametrize("kind", ["study", "offer", "partner"])
def test_the_word_would_be_seen_if_it_leaked(request, crawl, kind):
    """Guards the tests above: while everything is public the word stands on many pages."""
    request.getfixturevalue(kind)

    assert len(crawl()) >= 4
