import uuid
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Count, F, Q, Sum

from core.tokens import make_token
from partners.models import Partner

from .interest import Interest

HANDOVER_PURPOSE = "handover"
# The link of the mail shows who the employer is, so it ends with the work, or after this.
HANDOVER_HOLDS = timedelta(days=730)  # 24 months, as the employer's own link


class HandoverQuerySet(models.QuerySet):
    def open(self):
        """Those in which the partner still has the interest, or is asked to take it."""
        return self.filter(ended_at=None)

    def unanswered(self):
        """Open ones that the partner has neither accepted nor declined."""
        return self.open().filter(accepted_at=None)

    def to_remind(self, today: date):
        """Unanswered ones whose partner is reminded today or was to be before, and was not yet."""
        return self.unanswered().filter(
            remind_on__lte=today, answer_by__gte=today, reminded_at=None
        )

    def silent(self, today: date):
        """Unanswered ones whose day has passed."""
        return self.unanswered().filter(answer_by__lt=today)

    def shown_to_partners(self):
        """Those of enquiries that still name somebody."""
        return self.filter(interest__enquiry__anonymised_at=None)

    def with_all(self):
        """With all that a page about one shows."""
        return self.select_related(
            "partner", "interest__partner", "interest__offer", "interest__enquiry__sector"
        )

    def figures(self) -> dict[str, int]:
        """How many there are, and what came of them; see the tag `handed_to`. One query."""
        waits = Q(ended_at=None)
        good = Q(end=Handover.End.CLOSED, interest__outcome__in=Interest.OF_PEOPLE)
        kept = Q(interest__partner=F("partner"), accepted_at__isnull=False)
        return self.aggregate(
            waiting=Count("pk", filter=waits & Q(accepted_at=None)),
            with_us=Count("pk", filter=waits & Q(accepted_at__isnull=False)),
            handed=Count("pk"),
            taken_up=Count("pk", filter=Q(accepted_at__isnull=False)),
            declined=Count("pk", filter=Q(end=Handover.End.DECLINED)),
            silent=Count("pk", filter=Q(end=Handover.End.SILENT)),
            placed=Count("pk", filter=good & kept),
            people=Sum("interest__outcome_count", filter=good & kept, default=0),
        )


class Handover(models.Model):
    """
    One passing of an interest to a partner, from the question to its end.

    It is what the link in the partner's mail opens, and what its members see.
    """

    class End(models.TextChoices):
        """How it ended, as the partner is told."""

        DECLINED = "declined", "You said that you cannot take it"
        GIVEN_BACK = "given_back", "You gave it back"
        SILENT = "silent", "There was no answer in time, so our team has it again"
        TAKEN_BACK = "taken_back", "Our team took it back"
        UNWANTED = "unwanted", "The employer would rather work with somebody else"
        WITHDRAWN = "withdrawn", "The employer does not want it any more"
        CLOSED = "closed", "It is finished"
        RETIRED = "retired", "Your organisation is not an active partner any more"

    # Those after which the interest is the desk's again.
    BACK_TO_DESK = (
        *(End.DECLINED, End.GIVEN_BACK, End.SILENT, End.TAKEN_BACK),
        *(End.UNWANTED, End.RETIRED),
    )

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    interest = models.ForeignKey(Interest, on_delete=models.CASCADE, related_name="handovers")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="handovers")
    handed_at = models.DateTimeField()
    remind_on = models.DateField(help_text="When the partner is reminded, if it has not answered.")
    answer_by = models.DateField(help_text="The last day for an answer; then it goes back.")
    reminded_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=12, choices=End.choices, blank=True)
    link_version = models.PositiveSmallIntegerField(default=1, editable=False)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["answer_by"],
                name="handover_unanswered",
                condition=Q(ended_at__isnull=True, accepted_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["interest"],
                condition=Q(ended_at__isnull=True),
                name="handover_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end="") | Q(ended_at__isnull=False) & ~Q(end=""),
                name="handover_ended_somehow",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def token(self) -> str:
        """What stands in the partner's link."""
        return make_token(HANDOVER_PURPOSE, self.uuid, self.link_version)

    def link_holds(self, now: datetime) -> bool:
        """Whether the partner's link still opens."""
        return now < self.handed_at + HANDOVER_HOLDS

    @property
    def ending(self) -> str:
        """How it ended, in words for the partner; empty while it has not."""
        if self.end == self.End.CLOSED and self.accepted_at is None:
            return "Our team has settled it"
        return self.get_end_display()

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def is_unanswered(self) -> bool:
        return self.is_open and self.accepted_at is None

    @property
    def is_accepted(self) -> bool:
        """Whether the partner has the employer now: only then is it told who that is."""
        return self.is_open and self.accepted_at is not None
