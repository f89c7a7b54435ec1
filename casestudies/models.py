from datetime import date, timedelta

from django.conf import settings
from django.core.paginator import InvalidPage, Paginator
from django.db import models
from django.db.models import Case, Exists, OuterRef, Prefetch, When
from django.http import Http404
from django.utils.functional import cached_property
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import ItemBase, TagBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from core.blocks import ThingsBlock
from core.models import BasePage, PublicPageQuerySet, Rendition, SiteImage
from offers.choices import Size
from offers.models import OfferPage, Sector
from partners.models import Partner

from .blocks import QuoteBlock, ResultBlock
from .forms import CaseStudyPageForm

LONGEST_TITLE = 80  # characters
CARD_PICTURES = tuple(f"fill-{size}|format-webp" for size in ("384x256", "480x320", "768x512"))
PAGE_PICTURES = tuple(f"fill-{size}|format-webp" for size in ("800x450", "1600x900"))
REVIEW_AFTER = timedelta(days=730)  # 24 months, as the content model says


class CaseStudyTag(TagBase):
    """A word that connects case studies; its own list, apart from pictures and documents."""

    free_tagging = True


class CaseStudyIndexPage(BasePage):
    """All case studies, a few to a page."""

    PER_PAGE = 9

    lede = models.CharField(max_length=200, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("lede")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["casestudies.CaseStudyPage"]
    max_count = 1
    page_type_label = "Case studies"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        studies = CaseStudyPage.objects.child_of(self).published().newest_first().for_cards()
        context["results"] = page_of(studies, request.GET.get("page"), self.PER_PAGE)
        return context


def page_of(items, number: str | None, per_page: int):
    """
    One page of a listing.

    :raises Http404: if the number is not that of a page.
    """
    try:
        return Paginator(items, per_page).page(number or 1)
    except InvalidPage:
        raise Http404 from None


class CaseStudyQuerySet(PublicPageQuerySet):
    def newest_first(self):
        """The latest published before the older ones."""
        return self.order_by("-first_published_at", "-pk")

    def starting_with(self, pk: int | None):
        """The one with that primary key, if it is among them, then the newest."""
        chosen_first = Case(When(pk=pk, then=0), default=1)
        return self.order_by(chosen_first, "-first_published_at", "-pk")

    def about(self, offer: OfferPage):
        """Those of employers who did this, featured ones first."""
        did_it = CaseStudyOffer.objects.filter(case_study=OuterRef("pk"), offer=offer)
        featured_first = Exists(did_it.filter(featured=True)).desc()
        return self.filter(Exists(did_it)).order_by(featured_first, "-first_published_at", "pk")

    def for_cards(self):
        """With all that a card shows: sector, offers, picture."""
        renditions = Rendition.objects.filter(filter_spec__in=CARD_PICTURES)
        return self.select_related("sector", "image").prefetch_related(
            Prefetch("did", CaseStudyOffer.objects.published().in_order(), to_attr="did_published"),
            Prefetch("image__renditions", renditions, to_attr="prefetched_renditions"),
        )


class Basis(models.TextChoices):
    """What a case study rests on; it decides what publishing needs."""

    APPROVAL = "employer-approval", "The employer approved it"
    PUBLISHED = "published-source", "A published source says so"


class CaseStudyPage(BasePage):
    """What an employer did, what changed, and what was hard."""

    employer_name = models.CharField(
        max_length=120, error_messages={"blank": "Enter the employer’s name"}
    )
    employer_website = models.URLField(blank=True)
    is_example = models.BooleanField(
        "example",
        default=False,
        help_text="Ticked: ‘(example)’ is printed after the name on every page.",
    )
    # Null while it is a draft; needed to publish.
    sector = models.ForeignKey(
        Sector,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        error_messages={"blank": "Select the employer’s sector"},
    )
    size = models.CharField("people employed", max_length=10, choices=Size.choices)
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
        index.SearchField("employer_name"),
        index.SearchField("summary"),
        index.SearchField("challenge"),
        index.SearchField("what_they_did"),
        index.SearchField("what_changed"),
    ]
    base_form_class = CaseStudyPageForm
    parent_page_types = ["casestudies.CaseStudyIndexPage"]
    subpage_types = []
    page_type_label = "Case study"

    objects = PageManager.from_queryset(CaseStudyQuerySet)()

    def publish_problems(self, *, today: date) -> dict[str, str]:
        wrong = super().publish_problems(today=today)
        if len(self.title) > LONGEST_TITLE:
            wrong["title"] = f"Title must be {LONGEST_TITLE} characters or less"
        if self.image and not self.image_alt and not self.image_is_decorative:
            wrong["image_alt"] = "Enter what the picture shows, or tick that it only decorates"
        if self.basis == Basis.APPROVAL and not self.what_was_hard:
            wrong["what_was_hard"] = "Enter what was hard. Readers trust case studies that say so"
        if self.basis == Basis.APPROVAL and not self.quotes:
            wrong["quotes"] = "Add at least 1 quote from the employer"
        if self.basis == Basis.PUBLISHED and not (self.source_title and self.source_on):
            wrong["source_title"] = "Enter the published source and its date"
        return wrong

    @property
    def card_text(self) -> str:
        return self.summary

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

    @property
    def door(self) -> str:
        """The door colour of the first thing the employer did."""
        offers = self.offers
        return offers[0].door if offers else "indigo"


class CaseStudyOfferQuerySet(models.QuerySet):
    def published(self):
        """Only offers the public may see."""
        return self.filter(offer__in=OfferPage.objects.published()).select_related("offer")

    def in_order(self):
        """As the editors sorted them."""
        return self.order_by("sort_order", "pk")


class CaseStudyOffer(Orderable):
    """An offer that the employer of a case study took up."""

    case_study = ParentalKey(CaseStudyPage, on_delete=models.CASCADE, related_name="did")
    offer = models.ForeignKey(
        OfferPage,
        on_delete=models.CASCADE,
        related_name="+",
        error_messages={"blank": "Select what they did", "null": "Select what they did"},
    )
    featured = models.BooleanField(default=False, help_text="Show it first on the offer’s page.")

    panels = [FieldPanel("offer"), FieldPanel("featured")]

    objects = CaseStudyOfferQuerySet.as_manager()


class TaggedCaseStudy(ItemBase):
    """A tag on a case study."""

    tag = models.ForeignKey(CaseStudyTag, on_delete=models.CASCADE, related_name="tagged")
    content_object = ParentalKey(
        CaseStudyPage, on_delete=models.CASCADE, related_name="tagged_items"
    )
