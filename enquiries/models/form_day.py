from datetime import date

from django.db import models
from django.db.models import F


class FormDayQuerySet(models.QuerySet):
    def add_one(self, day: date) -> None:
        """Count one more opening on a day."""
        if not self._add(day):
            self.get_or_create(day=day)
            self._add(day)

    def _add(self, day: date) -> int:
        return self.filter(day=day).update(opened=F("opened") + 1)


class FormDay(models.Model):
    """How often the form was opened on a day, in London: a number, and nothing about anybody."""

    day = models.DateField(primary_key=True)
    opened = models.PositiveIntegerField(default=0)

    objects = FormDayQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day}: {self.opened}"
