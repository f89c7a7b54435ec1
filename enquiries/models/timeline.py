from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from outbox.models import Message
from partners.models import Partner

from .enquiry import Enquiry
from .handover import Handover
from .interest import Interest


class TimelineIsAppendOnly(RuntimeError):
    """A timeline entry was to be changed; what happened has happened."""


class TimelineEntryQuerySet(models.QuerySet):
    def newest(self) -> int:
        """The key of the last entry; 0 without one."""
        return self.order_by("-pk").values_list("pk", flat=True).first() or 0

    def news_for(self, by: User, seen: int):
        """
        What others did after the entry `seen`, the oldest first: employers, partners, colleagues,
        the portal. Not that something was mailed.
        """
        later = self.filter(pk__gt=seen, kind__in=TimelineEntry.NEWS).exclude(actor=by)
        related = ("interest", "actor", "owner", "partner", "other")
        return later.select_related(*related).order_by("pk")

    def undelivered(self):
        """Those whose message was given up and nobody has dealt with it."""
        unseen = Q(enquiry__undelivered_seen_at=None) | Q(
            message__settled_at__gt=F("enquiry__undelivered_seen_at")
        )
        return self.filter(unseen, enquiry__anonymised_at=None, message__state="dead")

    def said_during(self, handover: Handover):
        """What the desk wrote for the partner and the partner told the desk, the oldest first."""
        between = (TimelineEntry.Kind.BRIEFED, TimelineEntry.Kind.PROGRESS)
        said = self.filter(interest=handover.interest_id, partner=handover.partner_id)
        said = said.filter(kind__in=between, at__gte=handover.handed_at)
        return said.exclude(text="").order_by("at", "pk")


class TimelineEntry(models.Model):
    """
    Something that happened to an enquiry. Added, never changed.

    Its text alone is blanked, by retention, when the enquiry may name nobody any more.
    """

    class Kind(models.TextChoices):
        RECEIVED = "received", "Received"
        LOGGED = "logged", "Logged for the employer"
        QUARANTINED = "quarantined", "Put in quarantine"
        RELEASED = "released", "Released from quarantine"
        ADDED_TO = "added_to", "The employer added something"
        OFFERS_CHANGED = "offers_changed", "Offers changed"
        MERGED = "merged", "Joined with the enquiry of which it is a duplicate"
        MERGED_IN = "merged_in", "A duplicate was joined with this enquiry"
        ANONYMISED = "anonymised", "Personal details removed"

        TAKEN = "taken", "Given to"
        NOTED = "noted", "Note"
        SPOKEN = "spoken", "Spoke to the employer"
        ASKED = "asked", "Asked the employer"
        REPLIED = "replied", "Replied to the employer"
        ANSWERED = "answered", "The employer answered"
        READ = "read", "Read what the employer added"
        SETTLED_BY_HAND = "settled_by_hand", "Dealt with what could not be delivered"

        HANDED_OVER = "handed_over", "Handed over to"
        BRIEFED = "briefed", "Written for"
        ACCEPTED = "accepted", "Accepted by"
        DECLINED = "declined", "Declined by"
        REMINDED = "reminded", "Reminded the partner"
        SILENT = "silent", "Came back without an answer from"
        PROGRESS = "progress", "Told by"
        GIVEN_BACK = "given_back", "Given back by"
        UNWANTED = "unwanted", "The employer would rather not work with"
        RETIRED = "retired", "Came back from a partner that is not active any more:"
        TAKEN_BACK = "taken_back", "Taken back from"
        CLOSED = "closed", "Closed"
        WITHDRAWN = "withdrawn", "Withdrawn"
        REOPENED = "reopened", "Reopened"
        STORY_ASKED = "story_asked", "Asked the employer for their story"

        PHONE_CHANGED = "phone_changed", "The employer changed the phone number"
        EMAIL_CHANGE_ASKED = "email_change_asked", "The employer entered another email address"
        EMAIL_CHANGED = "email_changed", "The employer confirmed another email address. It was"
        OLD_ADDRESS_TOLD = "old_address_told", "Told the earlier email address"
        LINKS_SENT = "links_sent", "Sent the employer the links to their enquiries"
        DOWNLOAD_LINK = "download_link", "Sent the employer a link to download what is held"
        DOWNLOADED = "downloaded", "The employer downloaded what is held"
        ERASURE_LINK = "erasure_link", "Sent the employer a link to ask for erasure"
        ERASURE_ASKED = "erasure_asked", "The employer asked for their details to be removed"

        PORTAL_TOLD = "portal_told", "The Business Portal says"
        PORTAL_READ = "portal_read", "Read by the Business Portal"

        DESK_TOLD = "desk_told", "Sent to the desk"
        BACKUP_TOLD = "backup_told", "Refused, so sent to the backup"
        ESCALATED = "escalated", "Reminded the desk that it is overdue"
        PARTNER_TOLD = "partner_told", "Sent to the partner"
        PARTNER_TOLD_END = "partner_told_end", "Told the partner that it is over"
        INTRODUCED = "introduced", "Told the employer who helps:"
        EMPLOYER_TOLD = "employer_told", "Acknowledged to the employer"
        NO_MAILBOX = "no_mailbox", "Not mailed: no mailbox is proven"
        ACKNOWLEDGEMENT_WITHHELD = (
            "acknowledgement_withheld",
            "Not acknowledged: too many mails to this address in a day",
        )

    # What somebody did, beside those entries that say what was mailed, read or settled.
    NEWS = (
        *(Kind.QUARANTINED, Kind.RELEASED, Kind.ADDED_TO, Kind.OFFERS_CHANGED, Kind.MERGED),
        *(Kind.MERGED_IN, Kind.TAKEN, Kind.NOTED, Kind.SPOKEN, Kind.ASKED, Kind.REPLIED),
        Kind.ANSWERED,
        *(Kind.HANDED_OVER, Kind.BRIEFED, Kind.ACCEPTED, Kind.DECLINED, Kind.SILENT),
        *(Kind.PROGRESS, Kind.GIVEN_BACK, Kind.UNWANTED, Kind.RETIRED, Kind.TAKEN_BACK),
        *(Kind.CLOSED, Kind.WITHDRAWN, Kind.REOPENED, Kind.STORY_ASKED, Kind.PHONE_CHANGED),
        *(Kind.EMAIL_CHANGED, Kind.ERASURE_ASKED, Kind.PORTAL_TOLD),
    )

    key = models.UUIDField(
        null=True, unique=True, editable=False, help_text="Of the form that wrote it: once."
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
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who it was given to.",
    )
    partner = models.ForeignKey(
        Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=12, choices=Interest.Outcome.choices, blank=True)
    outcome_count = models.PositiveIntegerField(null=True, blank=True)
    other = models.ForeignKey(
        Enquiry,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The other enquiry, where two were joined.",
    )
    message = models.OneToOneField(
        Message, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    objects = TimelineEntryQuerySet.as_manager()

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

    @property
    def is_briefing(self) -> bool:
        """Whether the desk wrote it for the partner."""
        return self.kind == self.Kind.BRIEFED

    @property
    def what(self) -> str:
        """What happened, in words: "Accepted by BIG Alliance (Mentoring a young person)"."""
        is_nobodys = self.kind == self.Kind.TAKEN and self.owner is None
        about = "nobody" if is_nobodys else self.about
        topic = f"({self.interest.topic})" if self.interest else ""
        return " ".join(part for part in (self.get_kind_display(), about, topic) if part)

    @property
    def about(self) -> str:
        """Whom or what it names: the person, the partner, the outcome or the other enquiry."""
        outcome = self.get_outcome_display()
        if self.outcome_count is not None:
            outcome = f"{outcome}: {self.outcome_count}"
        named = (self.owner, self.partner, outcome, self.other)
        return ", ".join(str(name) for name in named if name)
