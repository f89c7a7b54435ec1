import uuid
from datetime import date

from django.db import models

from .privacy import PrivacyNotice


class ReceivedQuerySet(models.QuerySet):
    def quarantined(self):
        """Suspected spam: stored, shown to the desk, mailed to nobody, until it is blanked."""
        return self.filter(quarantined_at__isnull=False, anonymised_at__isnull=True)

    def not_quarantined(self):
        """What is no suspected spam."""
        return self.filter(quarantined_at__isnull=True)

    def to_anonymise(self, today: date):
        """What is kept no longer than until today, the oldest first."""
        kept = self.filter(anonymised_at__isnull=True)
        return kept.filter(anonymise_on__lte=today).order_by("anonymise_on", "pk")


class Received(models.Model):
    """What somebody sent by a form: once, under a privacy notice, perhaps in quarantine."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    idempotency_key = models.UUIDField(unique=True, editable=False)
    # Empty only if it came while no notice was in force.
    privacy_notice = models.ForeignKey(
        PrivacyNotice, null=True, blank=True, on_delete=models.PROTECT
    )
    quarantined_at = models.DateTimeField(null=True, blank=True)
    quarantine_reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    anonymise_on = models.DateField()
    anonymised_at = models.DateTimeField(
        "details removed", null=True, blank=True, help_text="Since then nobody is named in it."
    )

    class Meta:
        abstract = True
        # They come in by a form and leave by retention: nobody adds or deletes one by hand.
        default_permissions = ("view", "change")

    @property
    def is_quarantined(self) -> bool:
        return self.quarantined_at is not None

    @property
    def is_anonymised(self) -> bool:
        return self.anonymised_at is not None
