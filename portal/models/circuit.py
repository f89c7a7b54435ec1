"""How delivery to the portal goes: apart from the settings, so that no editor's change is lost."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

PAUSES_AFTER = timedelta(days=5)
LONGEST_WAIT = timedelta(hours=24)  # however long the portal asks for
WARNS_AT = 3  # failures in a row
LEASE = timedelta(seconds=60)  # longer than one attempt may take


class Circuit(models.Model):
    """One portal, one queue, one circuit: while it is open only the first event is tried."""

    ONLY = 1  # its primary key

    failures = models.PositiveIntegerField(default=0, help_text="In a row.")
    failing_since = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(null=True, help_text="Before that nothing is tried.")
    paused_at = models.DateTimeField(null=True, help_text="Since when nothing is tried at all.")
    refused = models.UUIDField(null=True, help_text="The event that the portal last refused.")
    refusals = models.PositiveSmallIntegerField(default=0, help_text="Of that event.")
    last_error = models.CharField(max_length=200, blank=True)
    last_success_at = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        permissions = [("operate_circuit", "Can look after the connection to the Business Portal")]

    def __str__(self) -> str:
        return "Paused" if self.paused_at else f"{self.failures} failures in a row"

    @property
    def is_away(self) -> bool:
        """Whether the portal has taken nothing for so long that somebody should know."""
        return self.paused_at is not None or self.failures >= WARNS_AT

    @classmethod
    def begin_anew(cls) -> None:
        """
        Forget that the portal was away; an attempt that is on its way learns nothing any more. How
        often it refused the first event stays: that brings a decision nearer.
        """
        cls.objects.update(
            failures=0,
            failing_since=None,
            retry_at=None,
            paused_at=None,
            lease_token=None,
            lease_until=None,
        )

    @classmethod
    def claim(cls, *, now: datetime) -> "Circuit | None":
        """
        The circuit, kept from other workers for a while; None if one has it or nothing is due.

        The lease runs on the database's clock, and lapses by itself.
        """
        circuit, _ = cls.objects.get_or_create(pk=cls.ONLY)
        free = Q(lease_until=None) | Q(lease_until__lte=Now())
        due = Q(retry_at=None) | Q(retry_at__lte=now)
        due |= Q(retry_at__gt=now + LONGEST_WAIT)  # from a clock that was wrong
        token = uuid.uuid4()
        mine = cls.objects.filter(free, due, pk=cls.ONLY, paused_at=None)
        if not mine.update(lease_token=token, lease_until=Now() + LEASE):
            return None
        circuit.refresh_from_db()
        return circuit

    def renew(self) -> bool:
        """Keep it longer; False if the lease was lost."""
        held = type(self).objects.filter(pk=self.pk, lease_token=self.lease_token)
        return bool(held.update(lease_until=Now() + LEASE))

    def release(self) -> None:
        """Let others have it, with what was learnt; nothing if the lease was lost."""
        self.lease_until = None
        learnt = (
            *("failures", "failing_since", "retry_at", "paused_at", "refused", "refusals"),
            *("last_error", "last_success_at", "lease_until"),
        )
        held = type(self).objects.filter(pk=self.pk, lease_token=self.lease_token)
        held.update(**{name: getattr(self, name) for name in learnt})

    def succeed(self, *, now: datetime) -> None:
        """The portal took something: it is there."""
        self.failures, self.failing_since, self.retry_at = 0, None, None
        self.refused, self.refusals, self.last_error = None, 0, ""
        self.last_success_at = now

    def fail(self, *, error: str, now: datetime, wait: timedelta) -> None:
        """
        The portal is away, or answered as if it were: wait, and pause after five days. Two
        failures with days between them, in which nobody tried, are no five days of silence.
        """
        self.failures += 1
        self.failing_since = self.failing_since or now
        self.retry_at, self.last_error = now + wait, error[:200]
        if self.failures >= WARNS_AT and now - self.failing_since >= PAUSES_AFTER:
            self.paused_at = now

    def refuse(self, event: uuid.UUID, *, error: str) -> int:
        """The portal will not have this event; how often it has said so."""
        self.refusals = self.refusals + 1 if self.refused == event else 1
        self.refused, self.last_error = event, error[:200]
        return self.refusals
