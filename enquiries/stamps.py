"""
The signed stamp in a public form: which form it is, and when it was drawn.

The key makes sending safe to repeat. The time tells a person from a program; a form that looks
like a program's is quarantined, never refused.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.core import signing

QUICKEST = timedelta(seconds=3)  # nobody fills in the form faster
OLDEST = timedelta(hours=24)  # as long as a draft is kept


class BadStamp(ValueError):
    """The stamp is missing or was not made here."""


@dataclass(frozen=True)
class Stamp:
    """
    Of the enquiry form. `key` names one enquiry to be; `drawn_at` is None if nobody knows when the
    form was drawn; `parent` is the key of the first enquiry, for a further one of the same form.
    """

    form: ClassVar[str] = "enquiry"  # the stamp of one form does not serve another

    key: uuid.UUID
    drawn_at: datetime | None
    came_from: str = ""
    parent: uuid.UUID | None = None

    @classmethod
    def new(cls, *, drawn_at: datetime | None, came_from: str = "") -> Self:
        """A stamp for a form that is being drawn."""
        return cls(uuid.uuid4(), drawn_at, came_from[:200])

    @classmethod
    def read(cls, text: str) -> Self:
        """
        The stamp that was posted.

        :raises BadStamp: if it is not one of ours, for this form.
        """
        try:
            key, drawn_at, came_from, parent = signing.loads(text, salt=cls._salt())
            return cls(
                uuid.UUID(hex=key),
                datetime.fromisoformat(drawn_at) if drawn_at else None,
                came_from,
                uuid.UUID(hex=parent) if parent else None,
            )
        except (signing.BadSignature, ValueError, TypeError, AttributeError):
            raise BadStamp from None

    def __str__(self) -> str:
        drawn_at = self.drawn_at.isoformat() if self.drawn_at else ""
        parent = self.parent.hex if self.parent else ""
        return signing.dumps([self.key.hex, drawn_at, self.came_from, parent], salt=self._salt())

    @classmethod
    def _salt(cls) -> str:
        return f"enquiries.stamp.{cls.form}"

    def for_another(self, digest: str) -> Self:
        """A stamp of the same age for a further enquiry: the same one for the same answers."""
        return replace(self, key=uuid.uuid5(self.key, digest), parent=self.parent or self.key)

    def suspicion(self, *, now: datetime, trap: str) -> str:
        """Why a form with this stamp may be a program's; empty if it looks like a person's."""
        if trap:
            return "The field that people cannot see was filled in"
        if self.drawn_at is None:
            return "The form was not ours"
        if now - self.drawn_at < QUICKEST:
            return "Filled in within 3 seconds"
        if now - self.drawn_at > OLDEST:
            return "The form was more than 24 hours old"
        return ""


class WebsiteStamp(Stamp):
    """Of the form for messages about the website."""

    form = "website"
