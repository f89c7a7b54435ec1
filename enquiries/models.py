import uuid
from datetime import datetime, time, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from core.tokens import make_token
from core.working_days import WorkingHours
from offers.choices import Size
from offers.models import OfferPage, Sector
from outbox.models import Message
from partners.models import Partner

from .references import BadReference, read_reference

LINK_PURPOSE = "sent"
LINK_HOLDS = timedelta(days=730)  # 24 months, as the content model says
RETENTION = timedelta(days=730)  # 24 months after the last contact


@register_setting(icon="mail")
class DeskSettings(BaseSiteSetting):
    """The single point of contact: who answers, when, and what is promised."""

    team_name = models.CharField(max_length=80, default="Employer engagement team")
    phone = models.CharField(max_length=40, blank=True, help_text="Shown on every page.")
    opens = models.TimeField(default=time(9), help_text="Monday to Friday, without bank holidays.")
    closes = models.TimeField(
        default=time(17), help_text="What comes in later counts as received the next working day."
    )
    mailbox = models.EmailField(
        blank=True, help_text="Shown to the public. Every new enquiry is sent here."
    )
    backup_mailbox = models.EmailField(
        blank=True, help_text="Enquiries go here while the mailbox above is empty."
    )
    reply_promise_days = models.PositiveSmallIntegerField(
        "reply promise",
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text="In working days. Each employer is told the date that follows from it.",
    )
    privacy_notice_version = models.CharField(
        max_length=20,
        default="2026-11",
        help_text="Stored with each enquiry. Change it when the privacy notice changes.",
    )
    to_be_confirmed = models.BooleanField(
        "demonstration details",
        default=False,
        help_text="Ticked: the contact details say so, and a deployment check fails.",
    )

    panels = [
        FieldPanel("team_name"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("phone"), FieldPanel("opens"), FieldPanel("closes")]),
                FieldRowPanel([FieldPanel("mailbox"), FieldPanel("backup_mailbox")]),
            ],
            "How to reach the team",
        ),
        FieldRowPanel([FieldPanel("reply_promise_days"), FieldPanel("privacy_notice_version")]),
        FieldPanel("to_be_confirmed"),
    ]

    class Meta:
        verbose_name = "enquiry desk"

    def __str__(self) -> str:
        return self.team_name

    @property
    def hours(self) -> WorkingHours:
        """The team's hours for the working-day clock."""
        return WorkingHours(self.opens, self.closes)

    @property
    def receives_at(self) -> str:
        """Where new enquiries are mailed; empty if no mailbox is set."""
        return self.mailbox or self.backup_mailbox


class EnquiryQuerySet(models.QuerySet):
    def matching(self, typed: str):
        """By reference in any spelling, or by part of it, organisation, person, e-mail or phone."""
        try:
            return self.filter(reference=read_reference(typed))
        except BadReference:
            return self.filter(
                Q(reference__icontains=typed)
                | Q(organisation__icontains=typed)
                | Q(name__icontains=typed)
                | Q(email__icontains=typed)
                | Q(phone__icontains=typed)
            )

    def quarantined(self):
        """Suspected spam: stored, shown to the desk, mailed to nobody."""
        return self.filter(quarantined_at__isnull=False)

    def not_quarantined(self):
        """Enquiries that are no suspected spam."""
        return self.filter(quarantined_at__isnull=True)

    def waiting_for_the_desk(self):
        """Enquiries of which an interest is new: nobody has taken it yet."""
        return self.filter(
            Exists(Interest.objects.filter(enquiry=OuterRef("pk"), state=Interest.State.NEW))
        )


class Enquiry(models.Model):
    """What an employer sends: who they are, and one or more interests, under one reference."""

    class Source(models.TextChoices):
        SITE = "site", "Website"
        PHONE = "phone", "Phone"
        EVENT = "event", "Event"
        PORTAL = "portal", "Business Portal"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=12, unique=True)
    idempotency_key = models.UUIDField(unique=True, editable=False)
    digest = models.CharField(
        max_length=64, editable=False, help_text="Of the answers, to tell a repeat from a change."
    )

    organisation = models.CharField(max_length=200)
    size = models.CharField("people employed", max_length=10, choices=Size.choices, blank=True)
    sector = models.ForeignKey(
        Sector, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    postcode = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=200)
    role = models.CharField("job title", max_length=120, blank=True)
    email = models.CharField("e-mail address", max_length=254)
    phone = models.CharField(max_length=40, blank=True)
    message = models.TextField(blank=True)

    source = models.CharField(max_length=10, choices=Source.choices, default=Source.SITE)
    came_from = models.CharField(max_length=200, blank=True)
    privacy_notice = models.CharField(max_length=20)
    quarantined_at = models.DateTimeField(null=True, blank=True)
    quarantine_reason = models.CharField(max_length=200, blank=True)
    link_version = models.PositiveSmallIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(db_index=True)
    reply_due_on = models.DateField()
    anonymise_on = models.DateField()

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "enquiries"
        # Enquiries come in by the form and leave by retention: nobody adds or deletes one by hand.
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        return self.reference

    @property
    def token(self) -> str:
        """What stands in the employer's link."""
        return make_token(LINK_PURPOSE, self.uuid, self.link_version)

    def link_holds(self, now: datetime) -> bool:
        """Whether the employer's link still opens."""
        return now < self.created_at + LINK_HOLDS

    @property
    def is_quarantined(self) -> bool:
        return self.quarantined_at is not None

    @property
    def status(self) -> str:
        """Where the enquiry stands, in words: derived from its interests."""
        if self.is_quarantined:
            return "Quarantined"
        states = {interest.state for interest in self.interests.all()}
        least_advanced = next((state for state in Interest.State if state in states), None)
        return least_advanced.label if least_advanced else "Empty"


class Interest(models.Model):
    """The enquiry's interest in one offer, or in none yet; with its own state and outcome."""

    class State(models.TextChoices):
        """In the order in which an interest moves on."""

        NEW = "new", "New"
        WITH_DESK = "with_desk", "With the desk"
        HANDED_OVER = "handed_over", "Handed over"
        ACCEPTED = "accepted", "Accepted"
        CLOSED = "closed", "Closed"
        WITHDRAWN = "withdrawn", "Withdrawn"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="interests")
    offer = models.ForeignKey(
        OfferPage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # What was asked about, as the form named it then: it outlives the page.
    topic = models.CharField(max_length=60)
    partner = models.ForeignKey(
        Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="interests"
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.NEW)
    state_since = models.DateTimeField()
    due_on = models.DateField()

    class Meta:
        default_permissions = ("view", "change")
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "offer"], name="interest_one_an_offer"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class TimelineIsAppendOnly(RuntimeError):
    """A timeline entry was to be changed; what happened has happened."""


class TimelineEntry(models.Model):
    """Something that happened to an enquiry. Added, never changed."""

    class Kind(models.TextChoices):
        RECEIVED = "received", "Received"
        QUARANTINED = "quarantined", "Put in quarantine"
        RELEASED = "released", "Released from quarantine"
        ADDED_TO = "added_to", "The employer added something"
        DESK_TOLD = "desk_told", "Sent to the desk"
        EMPLOYER_TOLD = "employer_told", "Acknowledged to the employer"
        NO_MAILBOX = "no_mailbox", "Not mailed: no mailbox is set"
        ACKNOWLEDGEMENT_WITHHELD = (
            "acknowledgement_withheld",
            "Not acknowledged: too many mails to this address in a day",
        )

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="timeline")
    interest = models.ForeignKey(
        Interest, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=40, choices=Kind.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Empty: the employer, or the site itself.",
    )
    message = models.OneToOneField(
        Message, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args, **kwargs) -> None:
        """
        Add the entry.

        :raises TimelineIsAppendOnly: if it exists already.
        """
        if self.pk:
            raise TimelineIsAppendOnly
        super().save(*args, **kwargs)
