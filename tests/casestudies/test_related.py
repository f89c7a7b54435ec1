"""A case study leads to those that are most like it."""

import pytest
from django.utils import timezone

from casestudies.models import CaseStudyOffer, CaseStudyPage
from casestudies.templatetags.casestudies_tags import case_studies_like
from offers.models import OfferPage, Sector

pytestmark = pytest.mark.django_db


@pytest.fixture
def alike(home):
    """
    Make what the first 5 case studies share with a 6th explicit; the others share nothing.

    Gives the 6th, and the 5 by name.
    """
    offer, other_offer = OfferPage.objects.in_order()[:2]
    sector, other_sector = Sector.objects.in_order()[:2]
    kinds = {
        "size": (other_offer, other_sector, "1-9"),
        "sector": (other_offer, sector, "10-49"),
        "sector and size": (other_offer, sector, "1-9"),
        "offer": (offer, other_sector, "10-49"),
        "all": (offer, sector, "1-9"),
        "itself": (offer, sector, "1-9"),
    }
    studies = list(CaseStudyPage.objects.published().newest_first())
    names = [*kinds, *([None] * (len(studies) - len(kinds)))]
    for study, name in zip(studies, names, strict=True):
        did, its_sector, size = kinds.get(name, (other_offer, other_sector, "10-49"))
        CaseStudyPage.objects.filter(pk=study.pk).update(sector=its_sector, size=size)
        CaseStudyOffer.objects.filter(case_study=study).delete()
        CaseStudyOffer.objects.create(case_study=study, offer=did, sort_order=0)
    made = {
        name: CaseStudyPage.objects.get(pk=s.pk) for name, s in zip(kinds, studies, strict=False)
    }
    return made.pop("itself"), made


def test_a_shared_offer_counts_most_then_the_sector_then_the_size(alike):
    study, others = alike

    related = list(CaseStudyPage.objects.published().related_to(study))

    ranks = ["all", "offer", "sector and size", "sector", "size"]
    assert related[:5] == [others[name] for name in ranks]


def test_where_nothing_is_alike_the_newest_follow(alike):
    study, others = alike
    newest = CaseStudyPage.objects.published().newest_first()

    related = list(CaseStudyPage.objects.published().related_to(study))

    rest = [s for s in newest if s != study and s not in others.values()]
    assert related[5:] == rest
    assert study not in related


def test_every_further_shared_offer_shows_a_case_study_once(alike):
    study, others = alike
    for offer in OfferPage.objects.in_order()[:3]:
        CaseStudyOffer.objects.create(case_study=others["all"], offer=offer, sort_order=5)
    related = list(CaseStudyPage.objects.published().related_to(study))

    assert related.count(others["all"]) == 1


@pytest.mark.parametrize("state", ["draft", "private"])
def test_a_hidden_one_is_not_related(client, alike, state):
    study, others = alike
    assert others["all"] in case_studies_like(study)
    if state == "draft":
        others["all"].unpublish()
    else:
        others["all"].view_restrictions.create(restriction_type="login")

    assert others["all"] not in case_studies_like(study)
    assert others["all"].title not in client.get(study.url).content.decode()


def test_a_draft_without_offers_or_sector_has_related_ones_too(home):
    draft = CaseStudyPage(title="New", slug="new", employer_name="New", size="", sector=None)
    draft.first_published_at = timezone.now()

    assert len(case_studies_like(draft)) == 3


def test_the_page_shows_three_of_them(client, alike):
    study, others = alike
    text = client.get(study.url).content.decode()

    shown = [name for name, other in others.items() if f'href="{other.url}"' in text]
    assert set(shown) == {"all", "offer", "sector and size"}
