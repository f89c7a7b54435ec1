"""Asking an employer whether their story may be published as it is, and what they answered."""

import uuid
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from wagtail.models import Revision

from core.tokens import make_token
from core.working_days import LONDON

from .case_study import CaseStudyPage

SIGN_OFF_PURPOSE = "sign-off"
SIGN_OFF_LINK_HOLDS = timedelta(days=60)  # to the end of the last day


class SignOffQuerySet(models.QuerySet):
    def reachable(self, now: datetime):
        """Those whose link still opens a page."""
        return self.filter(expires_at__gt=now)

    def unanswered(self):
        """Those that nobody answered, and that no newer one took the place of."""
        return self.filter(answer="", withdrawn_at=None)

    def approved(self):
        """Those that the employer approved and that were not called off."""
        return self.filter(answer=SignOff.Answer.APPROVED, withdrawn_at=None)

    def commented(self):
        """Those that the employer wants to be changed, and that were not asked again since."""
        newer = SignOff.objects.filter(case_study=OuterRef("case_study"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(newer), answer=SignOff.Answer.COMMENT)

    def of_words(self, page: CaseStudyPage, digest: str):
        """Those of one case study about exactly these words."""
        return self.filter(case_study=page, digest=digest)

    def newest_first(self):
        """The latest asked before the earlier ones."""
        return self.order_by("-asked_at", "-pk")


class SignOff(models.Model):
    """
    One version of a story that an employer was asked to approve.

    `digest` is kept beside the revision: revisions may be cleared away, what was approved may not.
    """

    class Answer(models.TextChoices):
        APPROVED = "approved", "Approved"
        COMMENT = "comment", "Comments"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    case_study = models.ForeignKey(
        CaseStudyPage, on_delete=models.CASCADE, related_name="sign_offs"
    )
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    digest = models.CharField(max_length=64)
    sent_to = models.EmailField(max_length=254, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    answer = models.CharField(max_length=10, blank=True, choices=Answer.choices)
    comment = models.TextField(blank=True)
    person = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)  # a newer one took its place, or it was erased

    objects = SignOffQuerySet.as_manager()

    class Meta:
        verbose_name = "sign-off"
        default_permissions = ("add", "view")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="signoff_answered_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["case_study"],
                condition=Q(answer="", withdrawn_at=None),
                name="signoff_one_question_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        """Nobody's name: it stands in lists of what was changed."""
        return f"Sign-off of ‘{self.case_study.title}’"

    @property
    def token(self) -> str:
        """What its address ends with."""
        return make_token(SIGN_OFF_PURPOSE, self.uuid, self.version)

    @property
    def works_until(self) -> date:
        """The last day, in London, on which its link works."""
        return (self.expires_at - timedelta(microseconds=1)).astimezone(LONDON).date()

    @property
    def status(self) -> str:
        """In words, for lists."""
        if self.answer:
            return self.get_answer_display()
        return "Asked again" if self.withdrawn_at else "Waiting for an answer"


class ReviewQuerySet(models.QuerySet):
    def of_content(self, page: CaseStudyPage, digest: str):
        """The one that says somebody else looked at exactly this."""
        return self.filter(case_study=page, digest=digest)


class Review(models.Model):
    """That somebody other than who wrote it last published it, or approved that it is."""

    case_study = models.ForeignKey(CaseStudyPage, on_delete=models.CASCADE, related_name="reviews")
    digest = models.CharField(max_length=64)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    objects = ReviewQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["case_study", "digest"], name="review_once"),
            models.CheckConstraint(
                condition=Q(author=None) | Q(reviewer=None) | ~Q(author=F("reviewer")),
                name="review_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"Review of ‘{self.case_study.title}’"
