"""What the portal may read, as it is now: one row for each thing, numbered in order of change."""

import uuid

from django.db import connection, models
from django.db.models import F


class Counter(models.Model):
    """
    The number of the latest change. One row, locked until the change is committed.

    A sequence or a clock would number changes before they are seen: who reads meanwhile passes
    over those that come to light late.
    """

    ONLY = 1  # its primary key

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def hold(cls) -> "Counter":
        """The row, locked until the transaction ends. The caller must hold no other lock."""
        cls.objects.get_or_create(pk=cls.ONLY)
        return cls.objects.select_for_update().get(pk=cls.ONLY)

    @classmethod
    def hold_if_free(cls) -> "Counter | None":
        """
        The same for whoever holds other locks: None if somebody else has it, so that no two wait
        for each other and no visitor for the worker.
        """
        cls.objects.get_or_create(pk=cls.ONLY)
        can_skip = connection.features.has_select_for_update_skip_locked  # SQLite has no row locks
        return cls.objects.select_for_update(skip_locked=can_skip).filter(pk=cls.ONLY).first()

    def next(self) -> int:
        """One more. The counter must be held."""
        self.number += 1
        type(self).objects.filter(pk=self.pk).update(number=self.number)
        return self.number


class ChangeQuerySet(models.QuerySet):
    def content(self):
        """Of what everybody may read."""
        return self.filter(feed=Change.Feed.CONTENT)

    def enquiries(self):
        """Of what the portal alone may know of."""
        return self.filter(feed=Change.Feed.ENQUIRIES, kind=Change.Kind.ENQUIRY)  # for its index

    def after(self, number: int):
        """What changed later than that, in the order of change."""
        return self.filter(number__gt=number).order_by("number")

    def there(self):
        """What can be read now."""
        return self.filter(is_deleted=False)


class Change(models.Model):
    """The latest state of one thing, and the number of its latest change."""

    class Feed(models.TextChoices):
        CONTENT = "content", "Content"
        ENQUIRIES = "enquiries", "Enquiries"

    class Kind(models.TextChoices):
        OFFER = "offer", "Offer"
        CASE_STUDY = "case-study", "Case study"
        PARTNER = "partner", "Partner"
        ENQUIRY = "enquiry", "Enquiry"

    feed = models.CharField(max_length=10, choices=Feed.choices)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    uuid = models.UUIDField(default=uuid.uuid4)
    number = models.PositiveBigIntegerField(unique=True)
    is_deleted = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, help_text="Of the state, to tell a real change.")
    data = models.JSONField(default=dict)
    taken_at = models.DateTimeField(
        null=True, help_text="When the portal first took word of it; of enquiries alone."
    )

    objects = ChangeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "uuid"], name="change_one_of_each_thing"),
        ]
        indexes = [models.Index(F("feed"), F("number"), name="change_of_feed")]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"
