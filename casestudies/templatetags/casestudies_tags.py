from django import template

from casestudies.models import CaseStudyPage, CaseStudyQuerySet
from offers.models import OfferPage
from partners.models import Partner, PartnerQuerySet

register = template.Library()


@register.simple_tag
def case_studies_about(offer: OfferPage, limit: int = 3) -> CaseStudyQuerySet:
    """Case studies of employers who took up the offer, featured first. Three queries."""
    return CaseStudyPage.objects.published().about(offer).for_cards()[:limit]


@register.simple_tag
def case_studies_with(partner: Partner, limit: int = 3) -> CaseStudyQuerySet:
    """Case studies of employers who worked with the partner. Three queries."""
    return (
        CaseStudyPage.objects.published()
        .filter(partners=partner)
        .newest_first()
        .for_cards()[:limit]
    )


@register.simple_tag
def latest_case_studies(
    limit: int = 3, without: CaseStudyPage | None = None, first: int | None = None
) -> CaseStudyQuerySet:
    """The newest case studies, the one with primary key `first` before them. Three queries."""
    studies = CaseStudyPage.objects.published().starting_with(first).for_cards()
    if without is not None:
        studies = studies.exclude(pk=without.pk)
    return studies[:limit]


@register.simple_tag
def partners_of(study: CaseStudyPage) -> PartnerQuerySet:
    """The published partners that a case study names, of a draft too. Two queries."""
    named = [partner.pk for partner in study.partners.all()]
    return Partner.objects.published().filter(pk__in=named).in_order()
