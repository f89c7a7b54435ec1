import uuid

from django.db import models

from enquiries.models import Enquiry, Interest


class PortalUpdate(models.Model):
    """
    Something the portal told of an enquiry, under an id that it chose: the same id is the same.

    What it wrote in words is on the enquiry's timeline; here is what names nobody.
    """

    class Status(models.TextChoices):
        SENT = "sent", "Sent"  # the enquiry itself, under its own id
        RECEIVED = "received", "Received"
        WITH_PARTNER = "with_partner", "With a partner"
        IN_PROGRESS = "in_progress", "In progress"
        RESOLVED = "resolved", "Resolved"
        CLOSED = "closed", "Closed"
        WITHDRAWN = "withdrawn", "Withdrawn"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="portal_updates")
    interest = models.ForeignKey(
        Interest, null=True, on_delete=models.CASCADE, related_name="portal_updates"
    )
    status = models.CharField(max_length=12, choices=Status.choices)
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField()
    digest = models.CharField(max_length=64, help_text="Of all that was sent under this id.")
    is_applied = models.BooleanField(help_text="Not applied: older than what was known.")
    interest_state = models.CharField(max_length=12, blank=True, help_text="As it was answered.")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.status} {self.occurred_at:%Y-%m-%d %H:%M}"
