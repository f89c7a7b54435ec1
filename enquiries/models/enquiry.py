import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from core.tokens import make_token
from offers.choices import Size
from offers.models import OfferPage, Sector
from outbox.models import Message
from partners.models import Partner

from ..references import BadReference, read_reference
from .received import Received, ReceivedQuerySet

LINK_PURPOSE = "sent"
LINK_HOLDS = timedelta(days=730)  # 24 months
RETENTION = timedelta(days=730)  # 24 months after the last contact


class EnquiryQuerySet(ReceivedQuerySet):
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

    def waiting_for_the_desk(self):
        """Enquiries of which an interest is new: nobody has taken it yet."""
        return self.filter(
            Exists(Interest.objects.filter(enquiry=OuterRef("pk"), state=Interest.State.NEW))
        )


class Enquiry(Received):
    """What an employer sends: who they are, and one or more interests, under one reference."""

    class Source(models.TextChoices):
        SITE = "site", "Website"
        PHONE = "phone", "Phone"
        EVENT = "event", "Event"
        PORTAL = "portal", "Business Portal"

    reference = models.CharField(max_length=12, unique=True)
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
    link_version = models.PositiveSmallIntegerField(default=1, editable=False)
    reply_due_on = models.DateField()

    objects = EnquiryQuerySet.as_manager()

    class Meta(Received.Meta):
        verbose_name_plural = "enquiries"

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
