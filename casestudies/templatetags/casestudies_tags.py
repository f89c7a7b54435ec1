from django import template
from django.db.models import Case, When, Window
from django.db.models.functions import RowNumber

from casestudies.models import CaseStudyOffer, CaseStudyPage, CaseStudyQuerySet
from offers.finder import Answers, Match
from offers.models import OfferPage
from partners.models import Partner

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
        .filter(partners__in=[partner.pk])
        .newest_first()
        .for_cards()[:limit]
    )


@register.simple_tag
def latest_case_studies(limit: int = 3, first: int | None = None) -> CaseStudyQuerySet:
    """The newest case studies, the one with primary key `first` before them. Three queries."""
    return CaseStudyPage.objects.published().starting_with(first).for_cards()[:limit]


@register.simple_tag
def with_case_studies(
    matches: list[Match], answers: Answers
) -> list[tuple[Match, CaseStudyPage | None]]:
    """
    Each match of the finder with one case study of an employer who took up that offer, or None.

    Best is one of the same sector, then of the same size, then a featured one, then the newest.
    One query.
    """
    rivals = Window(
        RowNumber(),
        partition_by="offer",
        order_by=[
            _first(case_study__sector__slug=answers.sector),
            _first(case_study__size=answers.size),
            "-featured",
            "-case_study__first_published_at",
            "pk",
        ],
    )
    best = (
        CaseStudyOffer.objects.filter(
            offer__in=[match.offer.pk for match in matches],
            case_study__in=CaseStudyPage.objects.published(),
        )
        .annotate(place=rivals)
        .filter(place=1)
        .select_related("case_study__sector")
    )
    studies = {took_up.offer_id: took_up.case_study for took_up in best}
    return [(match, studies.get(match.offer.pk)) for match in matches]


def _first(**condition: object) -> Case:
    """Sorts rows that meet the condition before the rest."""
    return Case(When(**condition, then=0), default=1)


@register.simple_tag
def case_studies_like(study: CaseStudyPage, limit: int = 3) -> CaseStudyQuerySet:
    """Case studies that share an offer, the sector or the size, then the newest. Three queries."""
    return CaseStudyPage.objects.published().related_to(study).for_cards()[:limit]
