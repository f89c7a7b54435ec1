from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Cast, LPad
from django.utils.functional import cached_property
from django.utils.text import capfirst
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PageManager, Revision
from wagtail.search import index

from core import structured_data as schema
from core.blocks import ThingsBlock
from core.models import BasePage, PublicPageQuerySet, Rendition, SiteImage
from offers.choices import Size
from offers.models import OfferPage, Sector
from partners.models import Partner
from search.services import having

from ..blocks import QuoteBlock, ResultBlock
from ..filters import LEGENDS, Filters, Option
from ..forms import WHAT_THEY_DID, CaseStudyPageForm
from .agreed import AgreedTo
from .connections import CaseStudyOffer, CaseStudyTag, TaggedCaseStudy

LONGEST_TITLE = 80  # characters
CARD_PICTURES = tuple(f"fill-{size}|format-webp" for size in ("384x256", "480x320", "768x512"))
PAGE_PICTURES = tuple(f"fill-{size}|format-webp" for size in ("800x450", "1600x900"))
REVIEW_AFTER = timedelta(days=730)  # 24 months


# What is told of each option of a filter; its place is text that sorts.
OPTION_COLUMNS = {
    "offer": {
        "value": F("offer__slug"),
        "label": F("offer__title"),
        "place": F("offer__path"),
    },
    "size": {
        "value": F("size"),
        "label": Case(
            *(When(size=size, then=Value(f"{text} employees")) for size, text in Size.choices)
        ),
        "place": Case(*(When(size=size, then=Value(str(n))) for n, size in enumerate(Size.values))),
    },
    "sector": {
        "value": F("sector__slug"),
        "label": F("sector__name"),
        "place": LPad(Cast("sector__order", models.CharField()), 5, Value("0")),
    },
    "tag": {
        "value": F("tag__slug"),
        "label": F("tag__name"),
        "place": F("tag__name"),
    },
}


def _scheduled(**content: object) -> QuerySet[Revision]:
    """For a query about case studies: the scheduled version of each that has this content."""
    return Revision.objects.page_revisions().filter(
        object_id=Cast(OuterRef("pk"), models.CharField()),
        approved_go_live_at__isnull=False,
        **{f"content__{name}": value for name, value in content.items()},
    )


class CaseStudyQuerySet(PublicPageQuerySet):
    def newest_first(self):
        """The latest published before the older ones."""
        return self.order_by("-first_published_at", "-pk")

    def starting_with(self, pk: int | None):
        """The one with that primary key, if it is among them, then the newest."""
        chosen_first = Case(When(pk=pk, then=0), default=1)
        return self.order_by(chosen_first, "-first_published_at", "-pk")

    def did_one_of(self, offers: list[str]):
        """Those of employers who took up one of the offers with these slugs."""
        did_it = CaseStudyOffer.objects.filter(offer__slug__in=offers)
        return self.filter(pk__in=did_it.values("case_study"))

    def in_sectors(self, sectors: list[str]):
        """Those of employers in one of the sectors with these slugs."""
        return self.filter(sector__slug__in=sectors)

    def of_sizes(self, sizes: list[str]):
        """Those of employers of one of these sizes."""
        return self.filter(size__in=sizes)

    def tagged(self, tags: list[str]):
        """Those with one of the tags with these slugs."""
        tagged = TaggedCaseStudy.objects.filter(tag__slug__in=tags)
        return self.filter(pk__in=tagged.values("content_object"))

    def with_words(self, text: str):
        """Those that have each word anywhere in their text, as the search finds it."""
        return having(self, text) if text else self

    def matching(self, filters: Filters, *, but: str = ""):
        """Those that match every filter; the one called `but` is left open."""
        narrow = {
            "offer": CaseStudyQuerySet.did_one_of,
            "sector": CaseStudyQuerySet.in_sectors,
            "size": CaseStudyQuerySet.of_sizes,
            "tag": CaseStudyQuerySet.tagged,
        }
        found = self.with_words(filters.words)
        for name, narrowed_by in narrow.items():
            if name != but and (values := filters.of(name)):
                found = narrowed_by(found, values)
        return found

    def options(self, filters: Filters) -> list[Option]:
        """
        What these case studies can be filtered by, in the order of the page. One query.

        Each option counts those that have it and match the other filters: what choosing it alone
        in its filter would show. Options that would show nothing are left out.
        """
        having = {name: self.matching(filters, but=name) for name in OPTION_COLUMNS}
        having["offer"] = CaseStudyOffer.objects.published().filter(case_study__in=having["offer"])
        having["size"] = having["size"].exclude(size="")
        having["tag"] = TaggedCaseStudy.objects.filter(content_object__in=having["tag"])
        counted = {"offer": "case_study", "size": "pk", "sector": "pk", "tag": "content_object"}
        first, *others = (
            rows.order_by()
            .values(name=Value(name), **OPTION_COLUMNS[name])
            .annotate(count=Count(counted[name], distinct=True))
            for name, rows in having.items()
        )
        rows = sorted(
            first.union(*others, all=True), key=lambda row: (row.pop("place"), row["value"])
        )
        return [
            Option(**{**row, "label": capfirst(row["label"])})
            for name in LEGENDS
            for row in rows
            if row["name"] == name
        ]

    def about(self, offer: OfferPage):
        """Those of employers who did this, featured ones first."""
        if offer.pk is None:  # a new offer, as its preview shows it
            return self.none()
        did_it = CaseStudyOffer.objects.filter(case_study=OuterRef("pk"), offer=offer)
        featured_first = Exists(did_it.filter(featured=True)).desc()
        return self.filter(Exists(did_it)).order_by(featured_first, "-first_published_at", "pk")

    def due_for_review(self, day: date):
        """Those on the site that somebody must check by this day, the most urgent first."""
        return self.live().filter(review_on__lte=day, alias_of=None).order_by("review_on", "pk")

    def featuring_a_councillor(self):
        """
        Those in which a councillor speaks or is shown: as published, as scheduled or in the
        latest draft.
        """
        in_draft = Q(latest_revision__content__features_councillor=True)
        scheduled = Exists(_scheduled(features_councillor=True))
        return self.filter(Q(features_councillor=True) | in_draft | scheduled)

    def showing(self, image: SiteImage, now: datetime):
        """
        Those that show a picture or showed it on the site, those that are scheduled to, and those
        of which an employer can still answer with it before them, or approved it.
        """
        shown = Q(image=image, first_published_at__isnull=False)
        scheduled = Exists(_scheduled(image=image.pk))
        with_employer = self.filter(
            Q(sign_offs__answer="approved")
            | Q(sign_offs__answer="", sign_offs__expires_at__gt=now),
            sign_offs__revision__content__image=image.pk,
            sign_offs__withdrawn_at=None,
        )
        return self.filter(shown | scheduled | Q(pk__in=with_employer.values("pk")))

    def related_to(self, study: "CaseStudyPage"):
        """
        The others, the most alike first.

        Those who took up one of its offers come before those of its sector, then those of its
        size; among equals the newest is first, so the newest follow where nothing is alike.
        """
        alike = [Case(When(sector=study.sector_id, then=0), default=1)]
        if study.size:
            alike.append(Case(When(size=study.size, then=0), default=1))
        if study.offers:
            shares = CaseStudyOffer.objects.filter(
                case_study=OuterRef("pk"), offer__in=study.offers
            )
            alike.insert(0, Exists(shares).desc())
        return self.exclude(pk=study.pk).order_by(*alike, "-first_published_at", "-pk")

    def for_cards(self):
        """With all that a card shows: sector, offers, picture."""
        renditions = Rendition.objects.filter(filter_spec__in=CARD_PICTURES)
        return self._with_offers().prefetch_related(
            Prefetch("image__renditions", renditions, to_attr="prefetched_renditions"),
        )

    def for_its_page(self):
        """With all that its own page shows of other models."""
        partners = Partner.objects.published().in_order()
        return self._with_offers().prefetch_related(
            Prefetch("partners", partners, to_attr="partners_published"),
        )

    def _with_offers(self):
        did = CaseStudyOffer.objects.published().in_order()
        return self.select_related("sector", "image").prefetch_related(
            Prefetch("did", did, to_attr="did_published")
        )


class Basis(models.TextChoices):
    """What a case study rests on; it decides what publishing needs."""

    APPROVAL = "employer-approval", "The employer approved it"
    PUBLISHED = "published-source", "A published source says so"


class CaseStudyPage(AgreedTo, BasePage):
    """What an employer did, what changed, and what was hard."""

    reserved_slugs = frozenset(["feed"])

    employer_name = models.CharField(
        max_length=120, error_messages={"blank": "Enter the employer’s name"}
    )
    employer_website = models.URLField(blank=True)
    is_example = models.BooleanField(
        "example",
        default=False,
        help_text="Ticked: ‘(example)’ is printed after the name on every page.",
    )
    # Null while it is a draft; needed to publish. A revision whose sector was deleted could not
    # be opened any more if it were protected.
    sector = models.ForeignKey(
        Sector,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        error_messages={"blank": "Select the employer’s sector"},
    )
    size = models.CharField(
        "people employed",
        max_length=10,
        blank=True,
        choices=Size.choices,
        help_text="Needed if the employer approved the story.",
    )
    district = models.CharField(max_length=20, blank=True, help_text="For example ‘N1C’.")
    partners = ParentalManyToManyField(Partner, blank=True, related_name="case_studies")
    tags = ClusterTaggableManager(through="casestudies.TaggedCaseStudy", blank=True)

    summary = models.CharField(
        max_length=220,
        error_messages={"blank": "Enter a summary"},
        help_text="Shown under the title and on cards.",
    )
    results = StreamField(
        ThingsBlock([("result", ResultBlock())], things="result with a figure"),
        min_num=1,
        max_num=3,
        help_text="One to three figures.",
    )
    challenge = RichTextField(error_messages={"blank": "Enter what the problem was"})
    what_they_did = RichTextField(error_messages={"blank": "Enter what the employer did"})
    what_changed = RichTextField(error_messages={"blank": "Enter what changed"})
    what_was_hard = RichTextField(
        blank=True,
        help_text="Needed if the employer approved the story. Readers trust honesty.",
    )
    advice = RichTextField(
        "advice to other employers",
        blank=True,
    )
    quotes = StreamField([("quote", QuoteBlock())], blank=True, max_num=3)
    time_given = models.CharField(max_length=60, blank=True)
    started_on = models.DateField(
        "started", null=True, blank=True, help_text="Any day of the month; the day is not shown."
    )

    image = models.ForeignKey(
        SiteImage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    image_alt = models.CharField(
        "what the picture shows",
        max_length=140,
        blank=True,
        help_text="For people who cannot see it.",
    )
    image_is_decorative = models.BooleanField("the picture only decorates", default=False)

    basis = models.CharField(
        max_length=20,
        choices=Basis.choices,
        error_messages={"blank": "Select what the story rests on"},
    )
    source_title = models.CharField("source", max_length=200, blank=True)
    source_on = models.DateField("date of the source", null=True, blank=True)
    source_url = models.URLField("address of the source", blank=True)
    review_on = models.DateField(
        null=True,  # while it is a draft
        error_messages={"blank": "Enter when somebody must check that it still holds"},
        help_text="When somebody must check that it still holds: usually in 24 months.",
    )
    story_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who is asked to check it.",
    )
    features_councillor = models.BooleanField(
        "a councillor speaks or is shown",
        default=False,
        help_text="Ticked: held back in the weeks before an election.",
    )
    staff_notes = models.TextField(blank=True, help_text="Never shown to the public.")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("employer_name"),
                FieldRowPanel([FieldPanel("sector"), FieldPanel("size"), FieldPanel("district")]),
                FieldRowPanel([FieldPanel("employer_website"), FieldPanel("is_example")]),
            ],
            "The employer",
        ),
        InlinePanel("did", label="Offer", heading="What they did", max_num=3),
        FieldPanel("results"),
        FieldPanel("challenge"),
        FieldPanel("what_they_did"),
        FieldPanel("what_changed"),
        FieldPanel("what_was_hard"),
        FieldPanel("advice"),
        FieldPanel("quotes"),
        FieldRowPanel([FieldPanel("time_given"), FieldPanel("started_on")]),
        FieldPanel("partners"),
        FieldPanel("tags"),
        MultiFieldPanel(
            [
                FieldPanel("image"),
                FieldPanel("image_alt"),
                FieldPanel("image_is_decorative"),
            ],
            "Picture",
        ),
        MultiFieldPanel(
            [
                FieldPanel("basis"),
                FieldPanel("source_title"),
                FieldRowPanel([FieldPanel("source_on"), FieldPanel("source_url")]),
            ],
            "What it rests on",
        ),
        FieldRowPanel([FieldPanel("review_on"), FieldPanel("story_owner")]),
        FieldPanel("features_councillor"),
        FieldPanel("staff_notes"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("challenge"),
        index.SearchField("what_they_did"),
        index.SearchField("what_changed"),
        index.SearchField("what_was_hard"),
        index.SearchField("advice"),
        index.SearchField("quotes"),
        index.SearchField("results"),
        index.SearchField("employer_name"),
        index.SearchField("district"),
        index.RelatedFields("sector", [index.SearchField("name")]),
        index.RelatedFields("tags", [index.SearchField("name")]),
    ]
    base_form_class = CaseStudyPageForm
    parent_page_types = ["casestudies.CaseStudyIndexPage"]
    subpage_types = []
    sharing_kind = "article"

    objects = PageManager.from_queryset(CaseStudyQuerySet)()

    @property
    def features_a_councillor(self) -> bool:
        return self.features_councillor

    def publish_problems(self, *, today: date) -> dict[str, str]:
        wrong = super().publish_problems(today=today)
        if len(self.title) > LONGEST_TITLE:
            wrong["title"] = f"Title must be {LONGEST_TITLE} characters or less"
        if self.image and not self.image_alt and not self.image_is_decorative:
            wrong["image_alt"] = "Enter what the picture shows, or tick that it only decorates"
        if self.basis == Basis.APPROVAL and not self.size:
            wrong["size"] = "Select how many people the employer employs"
        if self.basis == Basis.APPROVAL and not self.what_was_hard:
            wrong["what_was_hard"] = "Enter what was hard. Readers trust case studies that say so"
        if self.basis == Basis.APPROVAL and not self.quotes:
            wrong["quotes"] = "Add at least 1 quote from the employer"
        if self.basis == Basis.PUBLISHED and not (self.source_title and self.source_on):
            wrong["source_title"] = "Enter the published source and its date"
        if self.basis == Basis.PUBLISHED and not all(
            result.value.get("source") for result in self.results
        ):
            wrong["results"] = "Enter the source of each figure"
        return wrong

    def missing_rows(self) -> list[str]:
        return [] if self.did.all() else [WHAT_THEY_DID]

    @property
    def card_text(self) -> str:
        return self.summary

    def structured_data(self) -> list[dict]:
        """The story as an article, about the employer and what it did."""
        moments = {
            "datePublished": self.first_published_at,
            "dateModified": self.last_published_at,
        }
        offers = [
            {"@type": "Service", "name": offer.title, "url": schema.full(offer.get_url() or "")}
            for offer in self.offers
        ]
        return [
            {
                "@type": "Article",
                "headline": self.title,
                "description": self.description,
                "url": schema.full(self.get_url() or ""),
                "image": schema.picture(self.door),
                "inLanguage": "en-GB",
                **{name: moment.isoformat() for name, moment in moments.items() if moment},
                "about": [{"@type": "Organization", "name": self.employer}, *offers],
                "author": schema.publisher(),
                "publisher": schema.publisher(),
            }
        ]

    @property
    def employer(self) -> str:
        """The employer's name as it must be printed everywhere."""
        return f"{self.employer_name} (example)" if self.is_example else self.employer_name

    @cached_property
    def offers(self) -> list[OfferPage]:
        """What the employer did, in the editors' order; published offers only."""
        if hasattr(self, "did_published"):
            return [link.offer for link in self.did_published]
        ids = [link.offer_id for link in self.did.all()]
        offers = OfferPage.objects.published().in_bulk(ids)
        return [offers[pk] for pk in ids if pk in offers]

    @cached_property
    def partners_named(self) -> list[Partner]:
        """Whom the employer worked with, in the editors' order; published partners only."""
        if hasattr(self, "partners_published"):
            return self.partners_published
        ids = [partner.pk for partner in self.partners.all()]
        return list(Partner.objects.published().filter(pk__in=ids).in_order())

    @cached_property
    def topics(self) -> list[CaseStudyTag]:
        """Its tags, by name; of a draft too."""
        return sorted(self.tags.all(), key=lambda tag: tag.name)

    @property
    def door(self) -> str:
        """The door colour of the first thing the employer did."""
        offers = self.offers
        return offers[0].door if offers else "indigo"
