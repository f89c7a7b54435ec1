import re
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import TruncDate
from django.db.models.lookups import LessThanOrEqual

from core.text import plain_words
from core.tokens import make_token
from core.working_days import LONDON, begin_and_end
from offers.choices import Size
from offers.models import Sector

from ..references import BadReference, read_reference
from .received import Received, ReceivedQuerySet

LINK_PURPOSE = "sent"
TRACK_PURPOSE = "track"
EMAIL_PURPOSE = "track-email-page"
LINK_HOLDS = timedelta(days=730)  # 24 months
RETENTION = timedelta(days=730)  # 24 months after the last contact
# A person replied by the day that was promised.
KEPT = LessThanOrEqual(TruncDate("first_reply_at", tzinfo=LONDON), F("reply_due_on"))
# Addresses there say nothing about where somebody works.
SHARED_DOMAINS = frozenset(
    [
        *("aol.com", "btinternet.com", "gmail.com", "googlemail.com", "hotmail.co.uk"),
        *("hotmail.com", "icloud.com", "live.co.uk", "live.com", "me.com", "msn.com"),
        *("outlook.com", "proton.me", "protonmail.com", "sky.com", "yahoo.co.uk", "yahoo.com"),
    ]
)
LONGEST_TYPED = 254  # characters: nothing that is searched is longer
SHORTEST_PHONE, LONGEST_PHONE = 6, 20  # digits of a search for one
_PHONE = re.compile(r"[\d\s+().\-–/]+")
_NOT_DIGITS = re.compile(r"[^0-9]")
_PREFIX = re.compile(r"^(0044|44|0)0?")  # the same number at home and from abroad
_LEGAL_FORMS = frozenset(
    ["and", "cic", "co", "company", "inc", "limited", "llp", "ltd", "plc", "the", "uk"]
)


def organisation_key(name: str) -> str:
    """The words of an organisation's name that tell it from others: "canal bakery"."""
    return " ".join(word for word in plain_words(name) if word not in _LEGAL_FORMS)[:200]


def _phone_pattern(typed: str) -> str:
    """What finds a phone number however it is spaced; empty unless it looks like one."""
    digits = _PREFIX.sub("", _NOT_DIGITS.sub("", typed))
    is_number = _PHONE.fullmatch(typed.strip()) and SHORTEST_PHONE <= len(digits) <= LONGEST_PHONE
    return "[^0-9]*".join(digits) if is_number else ""


def mail_domain(email: str) -> str:
    """What stands behind the @, in small letters; those may be longer than the large ones."""
    return email.rpartition("@")[2].lower()[:254]


class EnquiryQuerySet(ReceivedQuerySet):
    def matching(self, typed: str):
        """By reference in any spelling, or by part of it, organisation, person, e-mail or phone."""
        try:
            return self.filter(reference=read_reference(typed))
        except BadReference:
            if len(typed) > LONGEST_TYPED:
                return self.none()
            number = _phone_pattern(typed)
            return self.filter(
                Q(reference__icontains=typed)
                | Q(organisation__icontains=typed)
                | Q(name__icontains=typed)
                | Q(email__icontains=typed)
                | (Q(phone__regex=number) if number else Q(phone__icontains=typed))
            )

    def with_interest(self, **filters):
        """Enquiries of which an interest fits; each once."""
        from .interest import Interest  # it builds on this module

        return self.filter(Exists(Interest.objects.filter(enquiry=OuterRef("pk"), **filters)))

    def new(self):
        """Enquiries that nobody has, and of which something waits for the desk."""
        from .interest import Interest  # it builds on this module

        nobodys = self.not_quarantined().filter(owner=None)
        return nobodys.with_interest(state__in=Interest.AT_THE_DESK)

    def due(self, today: date):
        """Enquiries in which something is due today."""
        return self.not_quarantined().with_interest(due_on=today)

    def overdue(self, today: date):
        """Enquiries in which something was due before today."""
        return self.not_quarantined().with_interest(due_on__lt=today)

    def returned(self):
        """Enquiries of which an interest came back from a partner."""
        return self.not_quarantined().with_interest(returned_at__isnull=False)

    def answered(self):
        """Enquiries to which the employer has added something that nobody has read."""
        return self.not_quarantined().filter(employer_wrote_at__isnull=False)

    def undelivered(self):
        """Enquiries of which a message was given up and nobody has dealt with it."""
        from .timeline import TimelineEntry  # it builds on this module

        dead = TimelineEntry.objects.undelivered().filter(enquiry=OuterRef("pk"))
        return self.filter(Exists(dead))

    def erasure_asked(self):
        """Enquiries whose employer wants their details removed, and they are still there."""
        return self.filter(erasure_asked_at__isnull=False, anonymised_at=None)

    def counted(self):
        """Those that figures are about: no suspected spam, and each employer's wish once."""
        return self.not_quarantined().filter(merged_into=None)

    def received(self, first: date, last: date):
        """Those that came in on these days in London, or between them."""
        begins, ends = begin_and_end(first, last)
        return self.filter(created_at__gte=begins, created_at__lt=ends)

    def judged(self, today: date):
        """Those of which it is known whether a person replied by the day that was promised."""
        from .interest import Interest  # it builds on this module

        since = Interest.objects.counted().alias(since=TruncDate("state_since", tzinfo=LONDON))
        wanted = since.filter(enquiry=OuterRef("pk")).exclude(
            state="withdrawn", since__lte=OuterRef("reply_due_on")
        )
        missed = Q(reply_due_on__lt=today) & Exists(wanted)
        return self.filter(Q(first_reply_at__isnull=False) | missed)

    def promises_kept(self) -> tuple[int, int]:
        """To how many a person replied by the promised day, and how many there are."""
        return tuple(self.aggregate(kept=Count("pk", filter=KEPT), all=Count("pk")).values())

    def tracked(self, now: datetime):
        """Enquiries whose tracking page still opens."""
        return self.filter(created_at__gt=now - LINK_HOLDS, anonymised_at=None)

    def of_address(self, email: str):
        """Enquiries of one e-mail address, in any case. The domain's index finds them."""
        return self.filter(mail_domain=mail_domain(email), email__iexact=email)

    def of_the_same_organisation(self, enquiry: "Enquiry"):
        """Others that seem to come from the same employer: by organisation or e-mail domain."""
        alike = Q(organisation_key=enquiry.organisation_key) & ~Q(organisation_key="")
        if enquiry.mail_domain and enquiry.mail_domain not in SHARED_DOMAINS:
            alike |= Q(mail_domain=enquiry.mail_domain)
        return self.filter(alike).exclude(pk=enquiry.pk)

    def of_the_same_employer(self, enquiry: "Enquiry"):
        """Others that seem to be, and those of the same e-mail address, whatever its domain."""
        same = self.of_address(enquiry.email).exclude(email="").exclude(pk=enquiry.pk)
        return self.of_the_same_organisation(enquiry) | same

    def shared(self):
        """
        Those that the Business Portal may know of: it is named in the privacy notice they were sent
        under, or they came from it.
        """
        told = Q(privacy_notice__names_portal=True) | Q(source=Enquiry.Source.PORTAL)
        return self.counted().filter(told, anonymised_at=None)

    def for_export(self):
        """With what a row of a spreadsheet shows."""
        related = self.select_related("owner", "sector")
        return related.prefetch_related("interests__partner")

    def newest_first(self):
        """The latest before the older ones."""
        return self.order_by("-created_at", "-pk")


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
    portal_reference = models.CharField(
        max_length=100, blank=True, help_text="What the Business Portal calls it."
    )
    link_version = models.PositiveSmallIntegerField(default=1, editable=False)
    reply_due_on = models.DateField()
    first_reply_at = models.DateTimeField(
        null=True, blank=True, help_text="When a person first wrote or spoke to the employer."
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who at the desk looks after it.",
    )
    asked_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when an answer of the employer is awaited."
    )
    employer_wrote_at = models.DateTimeField(
        null=True, blank=True, help_text="When the employer added what nobody has read yet."
    )
    undelivered_seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates"
    )
    pending_email = models.CharField(
        max_length=254, blank=True, editable=False, help_text="Until its owner confirms it."
    )
    erasure_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    organisation_key = models.CharField(max_length=200, blank=True, editable=False)
    mail_domain = models.CharField(max_length=254, blank=True, editable=False)

    objects = EnquiryQuerySet.as_manager()

    class Meta(Received.Meta):
        verbose_name_plural = "enquiries"
        permissions = [
            ("portal_read", "Can read enquiries as the Business Portal"),
            ("portal_write", "Can send and update enquiries as the Business Portal"),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="enquiry_newest"),
            models.Index(fields=["organisation_key"], name="enquiry_organisation"),
            models.Index(fields=["mail_domain"], name="enquiry_mail_domain"),
            models.Index(fields=["reply_due_on"], name="enquiry_reply_due"),
            models.Index(
                fields=["anonymise_on"],
                name="enquiry_anonymise",
                condition=Q(anonymised_at__isnull=True),
            ),
            models.Index(
                fields=["quarantined_at"],
                name="enquiry_quarantined",
                condition=Q(quarantined_at__isnull=False),
            ),
            models.Index(
                fields=["employer_wrote_at"],
                name="enquiry_answered",
                condition=Q(employer_wrote_at__isnull=False),
            ),
            models.Index(
                fields=["erasure_asked_at"],
                name="enquiry_erasure_asked",
                condition=Q(erasure_asked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def save(self, *args, **kwargs) -> None:
        self.fill_in_what_is_searched()
        super().save(*args, **kwargs)

    def fill_in_what_is_searched(self) -> None:
        """Bring the columns up to date that follow from others."""
        self.organisation_key = organisation_key(self.organisation)
        self.mail_domain = mail_domain(self.email)

    @property
    def token(self) -> str:
        """What stands in the employer's link."""
        return make_token(LINK_PURPOSE, self.uuid, self.link_version)

    @property
    def track_token(self) -> str:
        """What stands in the address of the tracking page."""
        return make_token(TRACK_PURPOSE, self.uuid, self.link_version)

    @property
    def email_token(self) -> str:
        """What stands in the address that confirms another e-mail address, and opens nothing."""
        return make_token(EMAIL_PURPOSE, self.uuid, self.link_version)

    def link_holds(self, now: datetime) -> bool:
        """Whether the employer's link still opens."""
        return now < self.created_at + LINK_HOLDS

    @property
    def was_spoken_to(self) -> bool:
        """Whether a person logged it who spoke to the employer: no reply is due to that."""
        return self.source in (self.Source.PHONE, self.Source.EVENT)

    @property
    def owes_reply(self) -> bool:
        """Whether a day was promised by which a person replies, and none has."""
        return self.first_reply_at is None and not self.was_spoken_to

    @property
    def district(self) -> str:
        """The first half of the postcode: "N1"."""
        return self.postcode.partition(" ")[0]

    @property
    def status(self) -> str:
        """Where the enquiry stands, in words: derived from its interests."""
        if self.is_quarantined:
            return "Quarantined"
        if self.merged_into_id:
            return "Duplicate"
        interests = self.interests.all()
        states = {interest.state: interest.get_state_display() for interest in interests}
        order = [state for state, _ in interests.model.State.choices]
        return next((states[state] for state in order if state in states), "Empty")

    @property
    def due_on(self) -> date | None:
        """The first day on which something is due; None if nothing is."""
        return min((i.due_on for i in self.interests.all() if i.due_on), default=None)
