from datetime import datetime, timedelta

from django.db import IntegrityError, models, transaction

A_DAY = timedelta(days=1)


class HeartbeatQuerySet(models.QuerySet):
    def beat(self, name: str, *, now: datetime) -> None:
        """Note that something is alive at `now`."""
        self.update_or_create(name=name, defaults={"at": now})

    def claim(self, name: str, *, now: datetime, every: timedelta) -> bool:
        """Take the next turn of a task that is due every `every`; False if it is not due yet."""
        # A turn that lies days ahead was noted by a clock that was wrong.
        is_due = models.Q(at__lte=now - every) | models.Q(at__gt=now + A_DAY + every)
        if self.filter(is_due, name=name).update(at=now):
            return True
        if self.filter(name=name).exists():
            return False
        try:
            with transaction.atomic():
                self.create(name=name, at=now)
        except IntegrityError:  # another worker was quicker
            return False
        return True


class Heartbeat(models.Model):
    """When the worker, or one of its tasks, was last known to be alive."""

    name = models.CharField(max_length=80, unique=True)
    at = models.DateTimeField()

    objects = HeartbeatQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M:%S}"
