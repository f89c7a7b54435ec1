"""Asking an employer for their story, and what they wrote."""

import uuid
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.tokens import behind, make_token
from core.working_days import LONDON
from offers.choices import Size
from offers.models import OfferPage, Sector

from .case_study import CaseStudyPage

STORY_PURPOSE = "story"
STORY_LINK_HOLDS = timedelta(days=60)  # to the end of the last day
STORY_KEPT = timedelta(days=731)  # 24 months after it came: what was published stays on its page


class StoryRequestQuerySet(models.QuerySet):
    def reachable(self, now: datetime):
        """Those whose link opens a page: to fill in, or that says that it was sent."""
        return self.filter(expires_at__gt=now, withdrawn_at=None, anonymised_at=None)

    def waiting(self, now: datetime):
        """Those that the employer can still answer."""
        return self.reachable(now).filter(answered_at=None)

    def to_edit(self):
        """
        Those that became a draft which nobody has changed or sent to its employer yet.

        By the clock too: a revision forgets its author with the account.
        """
        return self.filter(
            case_study__first_published_at=None,
            case_study__latest_revision__isnull=False,
            case_study__latest_revision__user=None,
            case_study__latest_revision__created_at__lt=F("answered_at") + timedelta(minutes=1),
            case_study__sign_offs=None,
        )

    def to_forget(self, now: datetime):
        """Those that must name nobody any more: never answered, or answered long ago."""
        answered_long_ago = Q(answered_at__lte=now - STORY_KEPT)
        return self.filter(
            Q(answered_at=None, expires_at__lte=now) | answered_long_ago, anonymised_at=None
        )

    def newest_first(self):
        """The latest asked before the earlier ones."""
        return self.order_by("-asked_at", "-pk")

    def behind(self, token: str, now: datetime):
        """The reachable one whose link this is: one or none, whatever is wrong with it."""
        return behind(self.reachable(now), STORY_PURPOSE, token)


class StoryRequest(models.Model):
    """
    One employer who was asked for their story, and their answers once they sent them.

    `answers` is what `casestudies.story_forms.StoryForm` cleaned, text and lists of text by field,
    as it was sent: it is never changed, only removed.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    organisation = models.CharField(max_length=200, blank=True)
    person = models.CharField(max_length=200, blank=True)
    sent_to = models.EmailField(max_length=254, blank=True)
    sector = models.ForeignKey(
        Sector, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    size = models.CharField(max_length=10, blank=True, choices=Size.choices)
    offers = models.ManyToManyField(OfferPage, blank=True, related_name="+")
    note = models.TextField(blank=True)  # for editors; never shown to the employer
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    answered_at = models.DateTimeField(null=True)
    answer_key = models.UUIDField(null=True)  # of the form that was sent
    answers = models.JSONField(default=dict)
    case_study = models.ForeignKey(
        CaseStudyPage, null=True, on_delete=models.SET_NULL, related_name="story_requests"
    )
    withdrawn_at = models.DateTimeField(null=True)
    anonymised_at = models.DateTimeField(null=True)

    objects = StoryRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "story request"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(withdrawn_at=None),
                name="storyrequest_answered_or_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        """Nobody's name: it stays in Wagtail's log when the details are removed."""
        return f"Story request {self.pk}"

    @property
    def token(self) -> str:
        """What its address ends with."""
        return make_token(STORY_PURPOSE, self.uuid, self.version)

    @property
    def works_until(self) -> date:
        """The last day, in London, on which its link works."""
        return (self.expires_at - timedelta(microseconds=1)).astimezone(LONDON).date()

    def status(self, now: datetime) -> str:
        """In words, for lists."""
        if self.answered_at:
            return "Sent us their story"
        if self.withdrawn_at:
            return "Withdrawn"
        return "Waiting for their story" if self.expires_at > now else "Did not answer"
