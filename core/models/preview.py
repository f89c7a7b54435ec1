import uuid
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from wagtail.models import Page

from ..tokens import behind, make_token
from ..working_days import LONDON

PREVIEW_PURPOSE = "preview"
PREVIEW_WORKS = timedelta(days=14)  # to the end of the last day: long enough to be read and passed
PREVIEW_KEPT = timedelta(days=30)  # after it ended: editors still see that there was one


class PreviewLinkQuerySet(models.QuerySet):
    def open(self, now: datetime):
        """Those that still lead to their page."""
        return self.filter(withdrawn_at=None, expires_at__gt=now)

    def long_over(self, now: datetime):
        """Those that ended, by themselves or by hand, so long ago that nobody asks for them."""
        begun = now - PREVIEW_KEPT
        return self.filter(models.Q(expires_at__lt=begun) | models.Q(withdrawn_at__lt=begun))

    def newest_first(self):
        return self.order_by("-created_at", "-pk")

    def behind(self, token: str, now: datetime):
        """The open link whose token this is: one or none, whatever is wrong with it."""
        return behind(self.open(now), PREVIEW_PURPOSE, token)


class PreviewLink(models.Model):
    """An address at which somebody without an account reads the latest draft of one page."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="preview_links")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        default_permissions = ()  # who may edit the page may share it
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="previewlink_expires_later",
            ),
        ]

    def __str__(self) -> str:
        return f"Preview link {self.pk}"

    @property
    def token(self) -> str:
        """What stands in its address."""
        return make_token(PREVIEW_PURPOSE, self.uuid, self.version)

    @property
    def works_until(self) -> date:
        """The last day, in London, on which it works."""
        return (self.expires_at - timedelta(microseconds=1)).astimezone(LONDON).date()
