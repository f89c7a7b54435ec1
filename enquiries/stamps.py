"""
The signed stamp in the enquiry form: which form it is, and when it was drawn.

The key makes sending safe to repeat. The time tells a person from a program; a form that looks
like a program's is quarantined, never refused.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.core import signing

_SALT = "enquiries.stamp"
QUICKEST = timedelta(seconds=3)  # nobody fills in the form faster
OLDEST = timedelta(hours=24)  # as long as a draft is kept


class BadStamp(ValueError):
    """The stamp is missing or was not made here."""


@dataclass(frozen=True)
class Stamp:
    """`key` names one enquiry to be; `drawn_at` is None if nobody knows when the form was drawn."""

    key: uuid.UUID
    drawn_at: datetime | None
    came_from: str = ""

    @classmethod
    def new(cls, *, drawn_at: datetime | None, came_from: str = "") -> "Stamp":
        """A stamp for a form that is being drawn."""
        return cls(uuid.uuid4(), drawn_at, came_from[:200])

    @classmethod
    def read(cls, text: str) -> "Stamp":
        """
        The stamp that was posted.

        :raises BadStamp: if it is not one of ours.
        """
        try:
            key, drawn_at, came_from = signing.loads(text, salt=_SALT)
            return cls(
                uuid.UUID(hex=key),
                datetime.fromisoformat(drawn_at) if drawn_at else None,
                came_from,
            )
        except (signing.BadSignature, ValueError, TypeError, AttributeError):
            raise BadStamp from None

    def __str__(self) -> str:
        drawn_at = self.drawn_at.isoformat() if self.drawn_at else ""
        return signing.dumps([self.key.hex, drawn_at, self.came_from], salt=_SALT)

    def for_another(self, digest: str) -> "Stamp":
        """A stamp of the same age for a further enquiry: the same one for the same answers."""
        return replace(self, key=uuid.uuid5(self.key, digest))

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
