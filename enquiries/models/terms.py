from collections.abc import Callable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from core.admin_forms import ModelForm
from core.working_days import is_working_day


class SchoolTermQuerySet(models.QuerySet):
    def in_order(self):
        """The earliest first."""
        return self.order_by("starts_on", "pk")

    def calendar(self) -> Callable[[date], bool]:
        """
        Whether schools work on a day: a function, from one query.

        On working days within a term. Before the first and after the last term that is entered
        nothing is known: there every working day counts.
        """
        terms = [(term.starts_on, term.ends_on) for term in self]
        first = min((starts for starts, _ in terms), default=date.max)
        last = max((ends for _, ends in terms), default=date.min)

        def is_school_day(day: date) -> bool:
            known = first <= day <= last
            in_term = any(starts <= day <= ends for starts, ends in terms)
            return is_working_day(day) and (in_term or not known)

        return is_school_day


class SchoolTerm(models.Model):
    """A time, from holiday to holiday, in which Islington's schools teach."""

    name = models.CharField(
        max_length=60,
        help_text="For example ‘Autumn 2026, first half’.",
        error_messages={"blank": "Enter a name for this part of the school year"},
    )
    starts_on = models.DateField(
        "first day", error_messages={"blank": "Enter the first day of teaching"}
    )
    ends_on = models.DateField(
        "last day", error_messages={"blank": "Enter the last day of teaching"}
    )

    base_form_class = ModelForm
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
    ]

    objects = SchoolTermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="schoolterm_ends_after_start",
                violation_error_message="The last day must be the first day or later",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if not (self.starts_on and self.ends_on):
            return
        others = SchoolTerm.objects.exclude(pk=self.pk)
        if other := others.filter(starts_on__lte=self.ends_on, ends_on__gte=self.starts_on).first():
            raise ValidationError(f"These days overlap with {other.name}")
