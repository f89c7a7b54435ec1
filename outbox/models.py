import uuid
from datetime import timedelta

from django.db import connections, models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat, Now

BLANK = "blank:"  # how the key of a blank message begins


class MessageQuerySet(models.QuerySet):
    """
    What the relay does with waiting messages.

    The lease of a message is its next attempt time: a worker that dies leaves nothing to clean
    up, the message is simply due again. All times are the database's, so that a worker whose
    clock is wrong can neither steal a lease nor keep one.
    """

    def waiting(self):
        """Messages that are still to be delivered."""
        return self.filter(state=Message.State.WAITING)

    def dead(self):
        """Messages that the site has given up on, and of which somebody may still read why."""
        return self.filter(state=Message.State.DEAD).not_blank()

    def due(self):
        """Waiting messages whose time has come, the longest overdue first."""
        return self.waiting().filter(next_attempt_at__lte=Now()).order_by("next_attempt_at", "pk")

    def lock_if_possible(self):
        """
        Lock the rows, passing over those another worker holds.

        SQLite has no row locks; there the transaction itself is exclusive.
        """
        if connections[self.db].features.has_select_for_update_skip_locked:
            return self.select_for_update(skip_locked=True)
        return self

    def lease(self, *, token: uuid.UUID, length: timedelta) -> int:
        """Count an attempt and keep other workers away for `length`; how many rows were taken."""
        return self.update(
            lease_token=token, attempts=F("attempts") + 1, next_attempt_at=Now() + length
        )

    def held_by(self, token: uuid.UUID):
        """Waiting messages whose lease is still the one with this token."""
        return self.waiting().filter(lease_token=token)

    def renew(self, *, length: timedelta) -> int:
        """Make the lease last `length` from now."""
        return self.update(next_attempt_at=Now() + length)

    def settle_sent(self) -> int:
        """Note that the messages were delivered."""
        return self.update(
            state=Message.State.SENT, settled_at=Now(), lease_token=None, last_error=""
        )

    def settle_dead(self, *, error: str) -> int:
        """Give up: nothing more is tried until a person says so."""
        return self.update(
            state=Message.State.DEAD, settled_at=Now(), lease_token=None, last_error=error
        )

    def put_off(self, *, delay: timedelta, error: str) -> int:
        """Try again after `delay`."""
        return self.update(next_attempt_at=Now() + delay, lease_token=None, last_error=error)

    def not_blank(self):
        """Messages of which the site still knows what stood in them."""
        return self.exclude(dedupe_key__startswith=BLANK)

    def blank(self) -> int:
        """
        Forget who got the messages and what stood in them; how many were not blank yet.

        When and how they were settled stays. A key may be made of an address, so it goes too.
        """
        uuid_text = Cast("uuid", models.CharField(max_length=40))
        return self.not_blank().update(
            **dict.fromkeys(
                ["recipient", "reply_to", "subject", "body", "body_html", "last_error"], ""
            ),
            dedupe_key=Concat(Value(BLANK), uuid_text),
        )

    def settle_unsent(self, *, reason: str) -> int:
        """Send those that wait to nobody, and forget what stood in them: on request."""
        waiting = list(self.waiting().values_list("pk", flat=True))
        unsent = Message.objects.filter(pk__in=waiting).waiting()
        unsent.blank()
        return unsent.settle_dead(error=reason)

    def older_than(self, age: timedelta):
        """Messages that have existed for longer than `age`."""
        return self.filter(created_at__lt=Now() - age)


class Message(models.Model):
    """
    Something the site sends: written in the transaction that causes it, delivered afterwards.

    The row is also the record: what was sent to whom, how often it was tried, and what went wrong.
    """

    class Channel(models.TextChoices):
        MAIL = "mail", "E-mail"
        PORTAL = "portal", "Business Portal"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENT = "sent", "Sent"
        DEAD = "dead", "Given up"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    purpose = models.CharField(max_length=60, help_text="Code of what the message is for.")
    dedupe_key = models.CharField(max_length=200, unique=True)
    recipient = models.CharField(max_length=320)
    sender = models.CharField(max_length=320, blank=True)
    reply_to = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=998, blank=True)
    body = models.TextField(blank=True)
    body_html = models.TextField(blank=True)

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(db_default=Now())
    lease_token = models.UUIDField(null=True, editable=False)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=Now())
    settled_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["channel", "next_attempt_at"],
                name="message_due",
                condition=Q(state="waiting"),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", settled_at__isnull=True)
                | (~Q(state="waiting") & Q(settled_at__isnull=False)),
                name="message_settled_or_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.uuid}"

    @property
    def message_id(self) -> str:
        """The same on every attempt, so that a mailbox can tell a repeat."""
        return f"<{self.uuid}@islington-aspires>"
