import uuid
from datetime import timedelta

from django.db import connections, models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat, Now

from core.text import clean_text, on_the_wire

BLANK = "blank:"  # how the key of a blank message begins
LONGEST_ADDRESS = 320  # characters, on the wire: a name of 64, "@" and a domain of 255


def wire_address(address: str) -> str:
    """An address as a mail to it is sent, in small letters; empty if none can be sent there."""
    try:
        wire = on_the_wire(clean_text(address))
    except UnicodeError:
        return ""
    return wire if len(wire) <= LONGEST_ADDRESS else ""


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

    def mails(self):
        """What goes out as mail."""
        return self.filter(channel=Message.Channel.MAIL)

    def for_portal(self):
        """What the Business Portal is told, in the order in which it happened."""
        return self.filter(channel=Message.Channel.PORTAL).order_by("pk")

    def refused(self):
        """Messages given up because the receiving server refused the recipient for good."""
        return self.dead().filter(recipient_refused=True)

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

    def settle_dead(self, *, error: str, recipient_refused: bool = False) -> int:
        """Give up: nothing more is tried until a person says so."""
        return self.update(
            state=Message.State.DEAD,
            settled_at=Now(),
            lease_token=None,
            last_error=error,
            recipient_refused=recipient_refused,
        )

    def open_again(self) -> int:
        """Have messages that were given up tried as if they were new; what went wrong stays."""
        return self.dead().update(
            state=Message.State.WAITING,
            settled_at=None,
            attempts=0,
            next_attempt_at=Now(),
            give_up_from=Now(),
            recipient_refused=False,
        )

    def put_off(self, *, delay: timedelta, error: str) -> int:
        """Try again after `delay`."""
        return self.update(next_attempt_at=Now() + delay, lease_token=None, last_error=error)

    def tried_for_longer_than(self, age: timedelta):
        """Messages that were written, or tried again by a person, more than `age` ago."""
        return self.filter(give_up_from__lt=Now() - age)

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
    give_up_from = models.DateTimeField(
        db_default=Now(), help_text="From when the time counts after which it is given up."
    )
    settled_at = models.DateTimeField(null=True)
    recipient_refused = models.BooleanField(default=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["channel", "next_attempt_at"],
                name="message_due",
                condition=Q(state="waiting"),
            ),
            models.Index(fields=["settled_at"], name="message_dead", condition=Q(state="dead")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", settled_at__isnull=True)
                | (~Q(state="waiting") & Q(settled_at__isnull=False)),
                name="message_settled_or_waiting",
            ),
            models.CheckConstraint(
                condition=Q(recipient_refused=False) | Q(state="dead"),
                name="message_refused_is_dead",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.uuid}"

    @property
    def about(self) -> str:
        """What it is for, in words: "Enquiry received"."""
        return self.purpose.replace("_", " ").capitalize()

    @property
    def message_id(self) -> str:
        """The same on every attempt, so that a mailbox can tell a repeat."""
        return f"<{self.uuid}@islington-aspires>"


class MailboxQuerySet(models.QuerySet):
    def proven(self):
        """Mailboxes whose reader typed in the code that was mailed there."""
        return self.filter(proven_at__isnull=False)

    def usable(self):
        """Proven mailboxes that have refused nothing since."""
        return self.proven().filter(bounced_at__isnull=True)

    def for_address(self, address: str):
        """The mailbox with this address, in any spelling that arrives there; one or none."""
        return self.filter(wire_address=wire_address(address))


class Mailbox(models.Model):
    """
    An address that mail about enquiries may go to once a code proved that somebody reads it.

    Whoever learns the code in time proves the mailbox, so only a salted hash of it is kept.
    """

    address = models.EmailField("email address", help_text="As it was typed.")
    wire_address = models.CharField(max_length=LONGEST_ADDRESS, unique=True, editable=False)
    proven_at = models.DateTimeField(null=True)
    code_hash = models.CharField(max_length=120, blank=True)
    code_expires_at = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0, help_text="Wrong ones.")
    codes_since = models.DateTimeField(null=True, help_text="When the hour of its codes began.")
    codes_sent = models.PositiveSmallIntegerField(default=0, help_text="In that hour.")
    bounced_at = models.DateTimeField(null=True)
    bounced_why = models.CharField(max_length=200, blank=True)

    objects = MailboxQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "mailboxes"
        constraints = [
            models.CheckConstraint(condition=~Q(wire_address=""), name="mailbox_can_be_mailed"),
            models.CheckConstraint(
                condition=Q(code_hash="", code_expires_at__isnull=True)
                | (~Q(code_hash="") & Q(code_expires_at__isnull=False)),
                name="mailbox_code_expires",
            ),
        ]

    def __str__(self) -> str:
        return f"Mailbox {self.pk}"

    def save(self, *args, **kwargs) -> None:
        self.wire_address = wire_address(self.address)
        super().save(*args, **kwargs)

    @property
    def is_usable(self) -> bool:
        return self.proven_at is not None and self.bounced_at is None

    @property
    def status(self) -> str:
        """One of "Bounced", "Proven", "Code sent", "Not proven"."""
        if self.bounced_at:
            return "Bounced"
        if self.proven_at:
            return "Proven"
        return "Code sent" if self.code_hash else "Not proven"
