import uuid
from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q

from casestudies.models import StoryRequest
from offers.models import OfferPage
from partners.models import Partner

from .enquiry import Enquiry

NOT_SURE = "not-sure"  # in place of an offer's slug
NOT_SURE_LABEL = "I am not sure yet"


class InterestQuerySet(models.QuerySet):
    def open(self):
        """Interests in which something is still to be done."""
        return self.filter(state__in=Interest.OPEN)

    def at_the_desk(self):
        """Interests that wait for the team: nobody else has them."""
        return self.filter(state__in=Interest.AT_THE_DESK)

    def with_a_partner(self):
        """Interests that a partner has, or is asked to take."""
        return self.filter(state__in=Interest.WITH_A_PARTNER)

    def arranged_elsewhere(self):
        """Those that a partner has by the Business Portal: nothing was handed over here."""
        from .handover import Handover  # it builds on this module

        here = Handover.objects.open().filter(interest=OuterRef("pk"))
        return self.with_a_partner().exclude(Exists(here))

    def overdue(self, today: date):
        """Open interests whose day has passed."""
        return self.open().filter(due_on__lt=today)

    def counted(self):
        """Interests that figures are about: not those that were changed to something else."""
        return self.exclude(outcome=Interest.Outcome.REPLACED)

    def still_wanted(self):
        """Those the employer neither withdrew nor changed to something else."""
        return self.counted().exclude(state=Interest.State.WITHDRAWN)

    def in_order(self):
        """As they were asked for."""
        return self.order_by("pk")


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

    class Outcome(models.TextChoices):
        """What came of an interest."""

        PLACED = "placed", "Placed"
        MATCHED = "matched", "Matched"
        ADVISED = "advised", "Advised"
        NOT_SUITABLE = "not_suitable", "Not suitable"
        NO_ANSWER = "no_answer", "No answer"
        ALREADY = "already", "Already doing it"
        OTHER = "other", "Other"
        REPLACED = "replaced", "Changed to something else"

    # What people choose from: the last one the site itself records.
    CHOSEN = Outcome.choices[:-1]
    # After these there is something to tell.
    WITH_A_STORY = (Outcome.PLACED, Outcome.MATCHED, Outcome.ADVISED, Outcome.ALREADY)
    # Of these it is counted how many people they were.
    OF_PEOPLE = (Outcome.PLACED, Outcome.MATCHED)
    AT_THE_DESK = (State.NEW, State.WITH_DESK)
    WITH_A_PARTNER = (State.HANDED_OVER, State.ACCEPTED)
    OPEN = (*AT_THE_DESK, *WITH_A_PARTNER)

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
    due_on = models.DateField(
        null=True, blank=True, help_text="By when something happens; empty once nothing will."
    )
    returned_at = models.DateTimeField(
        null=True, blank=True, help_text="When a partner last said no; until it moves on."
    )
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    story = models.OneToOneField(
        StoryRequest,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="interest",
        help_text="What the employer was asked for when it had gone well.",
    )
    outcome_count = models.PositiveIntegerField(
        "how many people", null=True, blank=True, help_text="For example of those placed."
    )

    objects = InterestQuerySet.as_manager()

    class Meta:
        default_permissions = ("view", "change")
        indexes = [
            models.Index(
                fields=["due_on"],
                name="interest_due",
                condition=Q(due_on__isnull=False),
            ),
            models.Index(fields=["state", "enquiry"], name="interest_state"),
            models.Index(
                fields=["returned_at"],
                name="interest_returned",
                condition=Q(returned_at__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "offer"], name="interest_one_an_offer"),
            models.CheckConstraint(
                condition=Q(state__in=["new", "with_desk", "handed_over", "accepted"])
                & Q(due_on__isnull=False)
                | Q(state__in=["closed", "withdrawn"]) & Q(due_on__isnull=True),
                name="interest_due_while_open",
            ),
            models.CheckConstraint(
                condition=Q(state="closed") & ~Q(outcome="") | ~Q(state="closed") & Q(outcome=""),
                name="interest_closed_with_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["handed_over", "accepted"]) | Q(partner__isnull=False),
                name="interest_with_a_partner",
            ),
            models.CheckConstraint(
                condition=Q(outcome_count__isnull=True) | Q(state="closed"),
                name="interest_counted_when_closed",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def what(self) -> int | str:
        """What it is about, to tell it from others: the offer, or else the topic."""
        return self.offer_id or self.topic

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def may_have_a_story(self) -> bool:
        """Whether the employer can be asked to tell how it went, and was not yet."""
        return self.outcome in self.WITH_A_STORY and self.story_id is None

    @property
    def is_at_the_desk(self) -> bool:
        return self.state in self.AT_THE_DESK

    @property
    def is_handed_over(self) -> bool:
        return self.state == self.State.HANDED_OVER

    @property
    def is_accepted(self) -> bool:
        return self.state == self.State.ACCEPTED

    @property
    def is_with_a_partner(self) -> bool:
        return self.state in self.WITH_A_PARTNER
