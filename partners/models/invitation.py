import uuid
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.tokens import make_token
from core.working_days import LONDON

from .partner import Partner

INVITATION_PURPOSE = "invitation"


class InvitationQuerySet(models.QuerySet):
    def unanswered(self):
        """Neither accepted nor withdrawn, expired or not."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def open(self, now: datetime):
        """Those whose link opens something."""
        return self.unanswered().filter(expires_at__gt=now, partner__is_active=True)

    def sent_since(self, moment: datetime):
        """Those mailed after it: an invitation sent again is one more."""
        return self.filter(created_at__gt=moment)

    def ended_before(self, moment: datetime):
        """Of which nothing has come, or all that could, since then."""
        return self.filter(
            Q(accepted_at__lt=moment) | Q(withdrawn_at__lt=moment) | Q(expires_at__lt=moment)
        )

    def newest_first(self):
        return self.order_by("-created_at", "-pk")


class Invitation(models.Model):
    """One mail that invites an address to act for a partner. Sent again, it is another one."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField("email address", help_text="In small letters, as accounts have it.")
    is_lead = models.BooleanField(
        "lead", default=False, help_text="Invites and removes members of this partner."
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="invitation_created")]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="invitation_one_unanswered",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                name="invitation_accepted_or_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation {self.pk}"

    @property
    def token(self) -> str:
        """What stands in the address of its link."""
        return make_token(INVITATION_PURPOSE, self.uuid, self.version)

    @property
    def works_until(self) -> date:
        """The last day, in London, on which its link works."""
        return (self.expires_at - timedelta(microseconds=1)).astimezone(LONDON).date()

    def has_expired(self, now: datetime) -> bool:
        return self.expires_at <= now
