import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import cached_property
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PageManager,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.search import index

from core import structured_data as schema
from core.admin_forms import ModelForm
from core.blocks import ThingsBlock
from core.fields import ChoiceListField
from core.models import BasePage, PublicPageQuerySet, PublishedWhole
from core.tokens import make_token
from impact.blocks import fact_block
from partners.models import Partner

from .blocks import BenefitBlock, QuestionBlock
from .choices import Door, Goal, Size

FROM_WHEN = "Enter from which date there is room"

LONGEST_TITLE = 60  # characters
STILL_RIGHT_PURPOSE = "still-right"
STILL_RIGHT_HOLDS = timedelta(days=60)  # two of the monthly mails work at a time


class SectorQuerySet(models.QuerySet):
    def in_order(self):
        """As the editors sorted them."""
        return self.order_by("order", "name", "pk")


class Sector(models.Model):
    """A line of business."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True, help_text="Stands in addresses of filters.")
    order = models.PositiveSmallIntegerField(default=0, help_text="Low numbers come first.")

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("order")]

    objects = SectorQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class OfferIndexPage(BasePage):
    """All ways to get involved."""

    lede = models.CharField(max_length=200, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("lede")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["offers.OfferPage"]
    search_fields = [*BasePage.search_fields, index.SearchField("lede")]
    max_count = 1

    @property
    def card_text(self) -> str:
        return self.search_description or self.lede

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["offers"] = OfferPage.objects.child_of(self).published().in_order()
        return context


class OfferQuerySet(PublicPageQuerySet):
    def in_order(self):
        """As the editors sorted them in the page tree."""
        return self.order_by("path", "pk")

    def open(self):
        """Offers employers can ask about now."""
        return self.filter(is_open=True)


class OfferPage(BasePage):
    """One way for an employer to get involved."""

    reserved_slugs = frozenset(["not-sure"])  # stands for no offer in the enquiry form

    summary = models.CharField(
        max_length=160,
        error_messages={"blank": "Enter a summary"},
        help_text="Shown on cards and under the title. Plain text.",
    )
    topic = models.CharField(
        max_length=60,
        help_text="How the enquiry form names it: ‘Mentoring a young person’.",
    )
    door = models.CharField(
        "door colour",
        max_length=10,
        choices=Door.choices,
        error_messages={"blank": "Select a door colour"},
    )
    time_needed = models.CharField(
        max_length=40, error_messages={"blank": "Enter how much time it takes"}
    )
    duration = models.CharField("how long", max_length=40, blank=True)
    cost = models.CharField(
        max_length=60, error_messages={"blank": "Enter the cost to the employer, or ‘Free’"}
    )
    where = models.CharField(max_length=60, blank=True)
    good_for = models.CharField(max_length=80, blank=True)

    goals = ChoiceListField(options=Goal, help_text="What it helps with. None ticked: everything.")
    sizes = ChoiceListField(
        options=Size, help_text="Employers of which size it suits. None ticked: all."
    )
    sectors = ParentalManyToManyField(
        Sector, blank=True, related_name="+", help_text="None chosen: all sectors."
    )
    hours_per_month = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        error_messages={"invalid": "Enter the hours a month as a whole number"},
    )

    what_you_do = RichTextField(error_messages={"blank": "Enter what an employer does"})
    benefits = StreamField(
        ThingsBlock([("benefit", BenefitBlock())], things="benefits"),
        min_num=2,
        max_num=5,
        help_text="What their business gets.",
    )
    figures = StreamField(
        [("fact", fact_block())],
        blank=True,
        max_num=3,
        help_text="Impact facts that show what it achieved. A stale one leaves the page by itself.",
    )
    steps = StreamField(
        ThingsBlock(
            [
                (
                    "step",
                    blocks.CharBlock(
                        max_length=120,
                        description="What happens, in one sentence",
                        preview_template="block_previews/offer_step.html",
                        preview_value="You send us a short enquiry.",
                    ),
                )
            ],
            things="steps",
        ),
        min_num=3,
        max_num=6,
        help_text="What happens, from the enquiry on.",
    )
    questions = StreamField([("question", QuestionBlock())], blank=True)
    involves_under_18s = models.BooleanField("involves people under 18", default=False)
    safeguarding = RichTextField(blank=True, help_text="Needed if people under 18 take part.")
    action_label = models.CharField(
        max_length=40,
        error_messages={"blank": "Enter the words on the button"},
        help_text="The words on the button: ‘Ask about mentoring’.",
    )
    is_open = models.BooleanField(
        "open",
        default=True,
        help_text="Unticked: the page stays, but employers read the message below instead of "
        "the button, and the enquiry form leaves this offer out.",
    )
    closed_message = models.CharField(
        max_length=200,
        blank=True,
        help_text="What people see while this is closed. Needed then.",
    )
    checked_on = models.DateField(
        "date checked",
        null=True,  # while it is a draft
        error_messages={"blank": "Enter when somebody last checked this page"},
        help_text="When somebody last checked this page.",
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("topic"), FieldPanel("action_label"), FieldPanel("door")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("time_needed"), FieldPanel("duration")]),
                FieldRowPanel([FieldPanel("cost"), FieldPanel("where")]),
                FieldPanel("good_for"),
            ],
            "At a glance",
        ),
        FieldPanel("what_you_do"),
        FieldPanel("benefits"),
        FieldPanel("figures"),
        FieldPanel("steps"),
        FieldPanel("questions"),
        MultiFieldPanel(
            [FieldPanel("involves_under_18s"), FieldPanel("safeguarding")], "Young people"
        ),
        MultiFieldPanel(
            [
                FieldPanel("goals"),
                FieldPanel("sizes"),
                FieldPanel("sectors"),
                FieldPanel("hours_per_month"),
            ],
            "Who it suits",
        ),
        MultiFieldPanel(
            [FieldPanel("is_open"), FieldPanel("closed_message"), FieldPanel("checked_on")],
            "Open or closed",
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("what_you_do"),
        index.SearchField("benefits"),
        index.SearchField("steps"),
        index.SearchField("questions"),
        index.SearchField("safeguarding"),
        index.SearchField("topic"),
        index.SearchField("time_needed"),
        index.SearchField("cost"),
        index.SearchField("where"),
        index.SearchField("good_for"),
        index.RelatedFields("sectors", [index.SearchField("name")]),
    ]
    parent_page_types = ["offers.OfferIndexPage"]
    subpage_types = []

    objects = PageManager.from_queryset(OfferQuerySet)()

    def publish_problems(self, *, today: date) -> dict[str, str]:
        wrong = super().publish_problems(today=today)
        if len(self.title) > LONGEST_TITLE:
            wrong["title"] = f"Title must be {LONGEST_TITLE} characters or less"
        if self.checked_on and self.checked_on > today:
            wrong["checked_on"] = "Date checked must be today or in the past"
        if self.involves_under_18s and not self.safeguarding:
            wrong["safeguarding"] = "Enter the safeguarding arrangements"
        if not self.is_open and not self.closed_message:
            wrong["closed_message"] = "Enter what people see while this is closed"
        return wrong

    @property
    def card_text(self) -> str:
        return self.summary

    @property
    def sector_slugs(self) -> set[str]:
        """Of the sectors it suits; empty means all."""
        return {sector.slug for sector in self.sectors.all()}

    @cached_property
    def delivery(self) -> list["OfferLink"]:
        """The approved links of active partners to this offer, leads first. One query."""
        # By key: an offer that was never saved, as its preview shows it, has none and no links.
        links = OfferLink.objects.published().filter(offer__in=[self.pk])
        return list(links.select_related("partner").lead_first())

    def delivery_by_room(self, today: date) -> list["OfferLink"]:
        """The same: leads with room first, then support with room, then those without."""
        return sorted(
            self.delivery, key=lambda link: (not link.has_room(today), link.role != "lead")
        )

    def structured_data(self) -> list[dict]:
        """
        The offer as a service: where, for whom, and once the council has confirmed its text, who
        provides it on which terms. A machine would read past the mark of a demonstration text.
        """
        said = {
            "@type": "Service",
            "name": self.title,
            "description": self.description,
            "url": schema.full(self.get_url() or ""),
            "image": schema.picture(self.door),
            "serviceType": self.topic,
            "areaServed": schema.ISLINGTON,
            "audience": {"@type": "BusinessAudience", "audienceType": "Employers"},
            "broker": schema.publisher(),
        }
        return [said if self.to_be_confirmed else said | self._provider_and_terms()]

    def _provider_and_terms(self) -> dict:
        leads = [link.partner for link in self.delivery if link.role == OfferLink.Role.LEAD]
        stock = "InStock" if self.is_open else "OutOfStock"
        terms = {"@type": "Offer", "availability": f"https://schema.org/{stock}"}
        if self.cost.strip().lower() == "free":
            terms |= {"price": "0", "priceCurrency": "GBP"}
        providers = [partner.structured_data() for partner in leads] or [schema.publisher()]
        return {"provider": providers, "offers": terms}


class OfferLinkQuerySet(models.QuerySet):
    def published(self):
        """Approved links of active partners to live offers: the only door to public lists."""
        return self.filter(
            live=True,
            lapsed_at=None,
            partner__in=Partner.objects.published(),
            offer__in=OfferPage.objects.published(),
        )

    def approved(self):
        """Those of which the council has approved what stands in them."""
        return self.filter(live=True)

    def kept_up(self):
        """Those that partners confirm: published, or hidden because they did not in time."""
        published = OfferPage.objects.published()
        return self.approved().filter(partner__is_active=True, offer__in=published)

    def not_confirmed_since(self, moment: datetime):
        """Those that nobody has said to be right after that moment, or at it."""
        return self.filter(confirmed_at__lt=moment)

    def lead_first(self):
        """Those who lead before those who support, then in the partners' order."""
        return self.order_by("role", "partner__order", "pk")


class OfferLink(
    PublishedWhole,
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    models.Model,
):
    """One partner delivers one offer: as lead or in support, with room now or later."""

    class Role(models.TextChoices):
        LEAD = "lead", "Runs it"
        SUPPORT = "support", "Supports it"

    class Room(models.TextChoices):
        NOW = "now", "Has room now"
        FROM = "from", "Has room from a date"
        FULL = "full", "Has no room"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="offer_links")
    offer = models.ForeignKey(OfferPage, on_delete=models.CASCADE, related_name="offer_links")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.LEAD)
    what_we_do = models.CharField(
        max_length=200, help_text="What this partner does, in a sentence."
    )
    room = models.CharField(max_length=10, choices=Room.choices, default=Room.NOW)
    from_on = models.DateField("from", null=True, blank=True)
    contact_email = models.EmailField(
        "contact for enquiries",
        blank=True,
        help_text="Where the partner is told of employers for this offer. Not shown to the public.",
    )
    confirmed_at = models.DateTimeField(
        default=timezone.now,
        editable=False,
        help_text="When the partner, or whoever published it, last said that it is right.",
    )
    lapsed_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="Since when it is hidden because nobody confirmed it.",
    )

    _revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
        related_query_name="offer_link",
    )
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
        related_query_name="offer_link",
    )

    base_form_class = ModelForm
    panels = [
        FieldRowPanel([FieldPanel("partner"), FieldPanel("offer")]),
        FieldRowPanel([FieldPanel("role"), FieldPanel("room"), FieldPanel("from_on")]),
        FieldPanel("what_we_do"),
        FieldPanel("contact_email"),
    ]

    objects = OfferLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "offer"],
                name="offerlink_unique",
                violation_error_message="This partner is linked to this offer already",
            ),
            models.CheckConstraint(
                condition=~models.Q(room="from") | models.Q(from_on__isnull=False),
                name="offerlink_room_from_has_a_date",
                violation_error_message=FROM_WHEN,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner} – {self.offer}"

    def clean(self) -> None:
        super().clean()
        if self.room == self.Room.FROM and not self.from_on:
            raise ValidationError({"from_on": FROM_WHEN})

    def publish(self, revision, *args, **kwargs):
        """Wagtail's own; what a member said meanwhile about room stands in the revision by then."""
        with transaction.atomic():
            OfferLink.objects.select_for_update().get(pk=self.pk)
            revision.refresh_from_db(fields=["content"])
            super().publish(revision, *args, **kwargs)

    def with_content_json(self, content):
        """A revision knows what was written, not what was confirmed since."""
        link = super().with_content_json(content)
        link.confirmed_at, link.lapsed_at = self.confirmed_at, self.lapsed_at
        return link

    def is_stale(self, now: datetime) -> bool:
        """Whether it was not confirmed for so long that the council should know."""
        return self.confirmed_at < now - settings.OFFER_LINKS_MARKED_AFTER

    def serve_preview(self, request, mode_name):
        """The page of the offer with this link as it was typed, approved or not."""
        others = [link for link in self.offer.delivery if link.pk != self.pk]
        self.offer.delivery = sorted([self, *others], key=lambda link: link.role)  # leads first
        return self.offer.serve_preview(request, self.offer.default_preview_mode)

    def has_room(self, on: date) -> bool:
        """Whether there is room on that day; a date that has come means room now."""
        return self.room == self.Room.NOW or (self.room == self.Room.FROM and self.from_on <= on)

    def room_text(self, on: date) -> str:
        """Whether there is room on that day, in words; a date that has come means room now."""
        if self.room == self.Room.FROM:
            if self.has_room(on):
                return self.Room.NOW.label
            return f"Has room from {self.from_on:%B %Y}"
        return self.get_room_display()


class FreshnessCheck(models.Model):
    """A partner was asked whether what it offers is still right: what the mail's link opens."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    link_version = models.PositiveSmallIntegerField(default=1, editable=False)

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["partner", "asked_at"], name="freshness_asked")]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def token(self) -> str:
        """What stands in the link of the mail."""
        return make_token(STILL_RIGHT_PURPOSE, self.uuid, self.link_version)

    def link_holds(self, now: datetime) -> bool:
        """Whether the link still opens."""
        return now < self.asked_at + STILL_RIGHT_HOLDS


def room_in_words(links: Iterable[OfferLink], *, today: date) -> tuple[str, str] | None:
    """
    Whether any of those who deliver an offer has room, as a label and words; None if nobody does.

    A date that has come means room now.
    """
    links = list(links)
    from_on = [link.from_on for link in links if link.room == OfferLink.Room.FROM]
    if any(link.room == OfferLink.Room.NOW for link in links) or any(
        day <= today for day in from_on
    ):
        return "Room", "There is room now"
    if from_on:
        return "Next intake", f"{min(from_on):%B %Y}"
    return ("Room", "Full at the moment. You can still ask.") if links else None
