from django.conf import settings
from django.db import models

from core.tokens import make_token
from outbox.models import Message

from .received import Received, ReceivedQuerySet

WEBSITE_PURPOSE = "website-sent"


class WebsiteMessageQuerySet(ReceivedQuerySet):
    def to_handle(self):
        """What somebody still has to deal with, and can."""
        unhandled = self.not_quarantined().filter(handled_at__isnull=True)
        return unhandled.filter(anonymised_at__isnull=True)


class WebsiteMessage(Received):
    """What somebody tells us about the website itself, or about their personal data."""

    class Topic(models.TextChoices):
        ACCESSIBILITY = "accessibility", "An accessibility problem"
        FORMAT = "format", "Information in another format"
        DATA = "personal-data", "My personal data, or a complaint about it"
        SECURITY = "security", "A security problem"
        OTHER = "other", "Something else"

    # These cannot be dealt with unless we can answer.
    NEED_AN_ANSWER = frozenset({Topic.FORMAT, Topic.DATA})

    topic = models.CharField("about", max_length=20, choices=Topic.choices)
    page = models.CharField(max_length=300, blank=True)
    message = models.TextField()
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField("e-mail address", max_length=254, blank=True)

    acknowledgement = models.OneToOneField(
        Message, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    released_at = models.DateTimeField("released from quarantine", null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    due_on = models.DateField()

    objects = WebsiteMessageQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.get_topic_display()}, {self.created_at:%Y-%m-%d}"

    @property
    def token(self) -> str:
        """What stands in the address of the confirmation."""
        return make_token(WEBSITE_PURPOSE, self.uuid, 1)

    @property
    def status(self) -> str:
        """Where it stands, in words."""
        if self.is_anonymised:
            return "Details removed"
        if self.is_quarantined:
            return "Quarantined"
        return "Handled" if self.handled_at else "To handle"
