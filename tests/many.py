"""
Many published case studies in a few seconds: for figures that must not grow with their number.

They are rows as publishing would leave them, without revisions. Each is made from its number
alone, so two runs make the same.
"""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.search.backends import get_search_backend

from casestudies.models import (
    CaseStudyIndexPage,
    CaseStudyOffer,
    CaseStudyPage,
    CaseStudyTag,
    TaggedCaseStudy,
)
from core.models import SiteImage
from offers.choices import Size
from offers.models import OfferPage, Sector

EVERYWHERE = "neighbourhood"  # a word that is in every one of them
TRADES = ["bakery", "studio", "workshop", "kitchen", "office", "nursery", "garage"]
PLACES = ["Angel", "Archway", "Barnsbury", "Canonbury", "Finsbury Park", "Highbury", "Holloway"]
AT_ONCE = 500  # rows of one statement


@transaction.atomic
def many_case_studies(count: int, *, searchable: bool = False) -> list[CaseStudyPage]:
    """
    Add so many published case studies below the index, the first the newest, all a year old.

    Sectors, sizes, offers (1 to 3), tags (0 to 2) and pictures (some have none) vary. With
    `searchable` they are in the search index too. Call it once in a test.
    """
    index = CaseStudyIndexPage.objects.get()
    sectors = list(Sector.objects.in_order())
    pictures = [None, *SiteImage.objects.order_by("pk")]
    shared = {
        "content_type": ContentType.objects.get_for_model(CaseStudyPage),
        "locale": Locale.get_default(),
        "is_example": True,
        "image_is_decorative": True,
        "basis": "employer-approval",
        "review_on": timezone.localdate() + timedelta(days=365),
    }
    studies = [
        CaseStudyPage(
            sector=sectors[number % len(sectors)],
            size=Size.values[number // 3 % len(Size.values)],
            image=pictures[number % len(pictures)],
            **_words(number),
            **_dates(number),
            **shared,
        )
        for number in range(count)
    ]
    _insert(index, studies)
    _connect(studies)
    if searchable:
        for start in range(0, count, AT_ONCE):
            get_search_backend().add_bulk(CaseStudyPage, studies[start : start + AT_ONCE])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a database does by itself when so much was added
    return studies


def _words(number: int) -> dict:
    trade, place = TRADES[number % len(TRADES)], PLACES[number // len(TRADES) % len(PLACES)]
    title = f"How a {trade} in {place} hired {number % 9 + 1} people ({number})"
    return {
        "title": title,
        "draft_title": title,
        "slug": f"many-{number}",
        "employer_name": f"{place} {trade.title()} {number}",
        "district": f"N{number % 8 + 1}",
        "summary": f"A {trade} that hires in its {EVERYWHERE}. It is number{number} of many.",
        "results": [
            ("result", {"figure": str(number % 9 + 1), "label": "people hired", "period": "2025"})
        ],
        "challenge": f"<p>The {trade} had vacancies that nobody in the {EVERYWHERE} saw.</p>",
        "what_they_did": f"<p>It met people from {place} and gave them a trial day.</p>" * 5,
        "what_changed": f"<p>{number % 9 + 1} people were hired, and most of them stay.</p>" * 5,
        "what_was_hard": "<p>The first rota did not work.</p>",
        "quotes": [("quote", {"text": "They stay.", "person": "Manager", "role": ""})],
    }


def _dates(number: int) -> dict:
    at = timezone.now() - timedelta(days=365, minutes=number)
    names = ("first_published_at", "last_published_at", "latest_revision_created_at")
    return dict.fromkeys(names, at)


def _insert(index: CaseStudyIndexPage, studies: list[CaseStudyPage]) -> None:
    """Two tables make a page, and Django's own `bulk_create` fills only one."""
    last = index.get_last_child()
    first_step = CaseStudyPage._str2int(last.path[-Page.steplen :]) + 1 if last else 1
    for step, study in enumerate(studies, start=first_step):
        study.path = CaseStudyPage._get_path(index.path, index.depth + 1, step)
        study.depth = index.depth + 1
        study.url_path = f"{index.url_path}{study.slug}/"
    names = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    pages = [Page(**{name: getattr(study, name) for name in names}) for study in studies]
    for study, page in zip(studies, Page.objects.bulk_create(pages, AT_ONCE), strict=True):
        study.pk = study.id = page.pk
    own = CaseStudyPage._meta.local_concrete_fields
    CaseStudyPage.objects.all()._batched_insert(studies, own, AT_ONCE)
    index.numchild += len(studies)
    index.save(update_fields=["numchild"], clean=False)


def _connect(studies: list[CaseStudyPage]) -> None:
    offers = list(OfferPage.objects.published().in_order())
    tags = list(CaseStudyTag.objects.order_by("pk"))
    did, tagged = [], []
    for number, study in enumerate(studies):
        for place in range(number % 3 + 1):
            offer = offers[(number + 2 * place) % len(offers)]
            did.append(CaseStudyOffer(case_study=study, offer=offer, sort_order=place))
        for place in range(number // 2 % 3):
            tag = tags[(number + 5 * place) % len(tags)]
            tagged.append(TaggedCaseStudy(content_object=study, tag=tag))
    CaseStudyOffer.objects.bulk_create(did, AT_ONCE)
    TaggedCaseStudy.objects.bulk_create(tagged, AT_ONCE)
