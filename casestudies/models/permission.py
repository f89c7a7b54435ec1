"""What employers and people agreed to: that their words, their logo, a picture may be shown."""

import uuid
from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from core.models import SiteImage

from ..permission_forms import PermissionForm
from .case_study import CaseStudyPage

HOLDS_FOR_MONTHS = 24  # as stories change: usually when a story is checked again
A_DATE = "Enter a date, like 2027-03-31"
SELECT_WHAT = "Select what may be shown: the words, the logo or a picture"
BY_SIGN_OFF = "By the sign-off page on {day}"


class PermissionQuerySet(models.QuerySet):
    def in_force(self, today: date):
        """Given, not over and not withdrawn."""
        return self.filter(given_on__lte=today, until__gte=today, withdrawn_on=None)

    def withdrawn(self):
        """Taken back before their time was over."""
        return self.filter(withdrawn_on__isnull=False, is_replaced=False)

    def replaced(self):
        """Those in whose place the employer gave a later one."""
        return self.filter(is_replaced=True)

    def for_words(self):
        """Those that say the words may be shown."""
        return self.filter(covers_words=True)

    def for_picture(self, image: SiteImage):
        """Those that say this picture may be shown."""
        return self.filter(picture=image)

    def for_story(self, page: CaseStudyPage):
        """Those of one case study."""
        return self.filter(case_study=page)

    def for_story_or_any(self, page: CaseStudyPage):
        """Those of one case study, and those that were given for none in particular."""
        return self.filter(Q(case_study=page) | Q(case_study=None))

    def given_by_employer(self):
        """Those that came with a story or a sign-off."""
        return self.exclude(sign_off=None, story_request=None)

    def entered_by_editor(self):
        """The others, for which an editor keeps the evidence."""
        return self.filter(sign_off=None, story_request=None)

    def lapsing(self, today: date, within: timedelta):
        """In force, and over after at most so many days."""
        return self.in_force(today).filter(until__lte=today + within)

    def not_renewed(self):
        """
        Those that cover something which no other one goes on with, from the day after at the
        latest: one of the same story, or for a picture also one of no story in particular.
        """
        longer = Permission.objects.filter(
            withdrawn_on=None,
            until__gt=OuterRef("until"),
            given_on__lte=OuterRef("until") + timedelta(days=1),
        )
        theirs = longer.filter(case_study=OuterRef("case_study"))
        of_any = longer.filter(Q(case_study=OuterRef("case_study")) | Q(case_study=None))
        words = Q(covers_words=False) | Exists(theirs.for_words())
        logo = Q(covers_logo=False) | Exists(theirs.filter(covers_logo=True))
        picture = Q(picture=None) | Exists(of_any.filter(picture=OuterRef("picture")))
        return self.exclude(words & logo & picture)

    def lapsed(self, today: date):
        """Over, and not withdrawn."""
        return self.filter(until__lt=today, withdrawn_on=None)

    def first_to_end(self):
        """What ends next comes first."""
        return self.order_by("until", "pk")


class Permission(models.Model):
    """
    One thing that somebody agreed to, and where the evidence of it is.

    It is kept when it is over: it says by what right something was shown.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case_study = models.ForeignKey(
        CaseStudyPage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="permissions",
        help_text="Empty: it was given before the page was made.",
    )
    organisation = models.CharField(
        max_length=120, error_messages={"blank": "Enter the organisation"}
    )
    person = models.CharField(
        "who gave it", max_length=200, error_messages={"blank": "Enter who gave the permission"}
    )
    role = models.CharField(max_length=120, blank=True)
    covers_words = models.BooleanField("the words may be shown", default=False)
    covers_logo = models.BooleanField("the logo may be shown", default=False)
    picture = models.ForeignKey(
        SiteImage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="permissions",
        help_text="The one picture that may be shown, with everybody in it.",
    )
    given_on = models.DateField(
        error_messages={"blank": "Enter when it was given", "invalid": A_DATE}
    )
    until = models.DateField(
        "holds until",
        error_messages={"blank": "Enter until when it holds", "invalid": A_DATE},
        help_text="The last day. A page that needs it leaves the site after it.",
    )
    evidence = models.CharField(
        max_length=300,
        error_messages={"blank": "Enter where the evidence is kept"},
        help_text="Where it can be read, for example the file of an email.",
    )
    sign_off = models.ForeignKey(
        "casestudies.SignOff",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="permissions",
    )
    # With which it was given; it leads to whoever gave it, whatever becomes of page and name.
    story_request = models.ForeignKey(
        "casestudies.StoryRequest",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="permissions",
    )
    withdrawn_on = models.DateField(null=True, blank=True, editable=False)
    withdrawn_why = models.CharField(max_length=300, blank=True, editable=False)
    # It ended on that day because the employer gave a later one: nobody took it back.
    is_replaced = models.BooleanField(default=False, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(editable=False)
    # While it is in force the name is evidence; then it goes.
    erase_asked_at = models.DateTimeField(null=True, blank=True, editable=False)

    base_form_class = PermissionForm
    panels = [
        FieldPanel("case_study"),
        FieldPanel("organisation"),
        FieldRowPanel([FieldPanel("person"), FieldPanel("role")]),
        MultiFieldPanel(
            [FieldPanel("covers_words"), FieldPanel("covers_logo"), FieldPanel("picture")],
            "What may be shown",
        ),
        FieldRowPanel([FieldPanel("given_on"), FieldPanel("until")]),
        FieldPanel("evidence"),
    ]

    objects = PermissionQuerySet.as_manager()

    class Meta:
        verbose_name = "permission"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("given_on")),
                name="permission_ends_after_it_was_given",
                violation_error_message="It cannot end before the day it was given",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("given_on")),
                name="permission_withdrawn_after_it_was_given",
            ),
            models.CheckConstraint(
                condition=Q(is_replaced=False) | Q(withdrawn_on__isnull=False),
                name="permission_replaced_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["until"], name="permission_until")]

    def __str__(self) -> str:
        """Nobody's name: it stands in lists of what was changed."""
        return f"{self.organisation}: {self.covers}"

    def clean(self) -> None:
        if not (self.covers_words or self.covers_logo or self.picture_id):
            raise ValidationError({"covers_words": SELECT_WHAT})

    @property
    def covers(self) -> str:
        """What may be shown: "words, logo"."""
        parts = {
            "words": self.covers_words,
            "logo": self.covers_logo,
            "picture": self.picture_id is not None,
        }
        return ", ".join(name for name, is_covered in parts.items() if is_covered) or "nothing now"

    def is_in_force(self, today: date) -> bool:
        return self.given_on <= today <= self.until and self.withdrawn_on is None

    def is_over(self, today: date) -> bool:
        """Whether it holds no more; one that begins later is not over."""
        return self.until < today or self.withdrawn_on is not None

    def status(self, today: date) -> str:
        """In words, for lists."""
        if self.is_replaced:
            return "Replaced by a later one"
        if self.withdrawn_on:
            return "Withdrawn"
        if self.until < today:
            return "Over"
        return "In force" if self.given_on <= today else "Not yet"
