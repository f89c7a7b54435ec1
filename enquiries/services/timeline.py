"""What is written down of everything that happens to an enquiry."""

from datetime import datetime
from uuid import UUID

from django.utils.text import Truncator

from accounts.models import User

from ..models import Enquiry, TimelineEntry
from ..signals import happened

WORDS_TOLD = 300  # characters of what somebody said, in a sentence about it


class Refused(Exception):
    """What was asked cannot be done now. The text says why, in words for the desk."""


class Anonymised(Refused):
    """Nothing more is done with an enquiry of which the personal details were removed."""


class Quarantined(Refused):
    """Nothing is done before a person has released the enquiry."""


class NoAddress(Refused):
    """The employer gave no e-mail address."""


class SinceYouLooked(Refused):
    """Others did something after a screen was opened; `seen` is the entry up to which is told."""

    def __init__(self, news: list[TimelineEntry]):
        told = "; ".join(_told(entry) for entry in news)
        nothing = "Nothing was done yet. If it is still right, press again"
        super().__init__(f"Since you opened this: {told}. {nothing}")
        self.seen = news[-1].pk


def locked(enquiry: Enquiry) -> Enquiry:
    """
    The enquiry as it is now, held until the transaction ends: one change at a time.

    :raises Anonymised: if its personal details were removed.
    """
    enquiry = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if enquiry.is_anonymised:
        raise Anonymised("Its personal details were removed: nothing can be done with it any more")
    return enquiry


def refuse_in_quarantine(enquiry: Enquiry) -> None:
    """:raises Quarantined: if the enquiry is in quarantine."""
    if enquiry.is_quarantined:
        raise Quarantined("It is in quarantine: release it first")


def has_acted(*, enquiry: Enquiry, key: UUID, holds: bool = True) -> bool:
    """
    Whether the form of this key has acted on the enquiry; within a transaction, as `refuse_unseen`.
    """
    if holds:
        locked(enquiry)
    return enquiry.timeline.filter(key=key).exists()


def refuse_unseen(*, enquiry: Enquiry, seen: int, by: User, holds: bool = True) -> None:
    """
    For a screen that was drawn with the entry `seen` as the last; within a transaction.

    With `holds` the enquiry is locked, so that nothing comes between. Without it, what is about to
    hold several does that in its own order.

    :raises SinceYouLooked: if somebody but `by` did something after that.
    """
    if holds:
        locked(enquiry)
    if news := list(enquiry.timeline.news_for(by, seen)):
        raise SinceYouLooked(news)


def _told(entry: TimelineEntry) -> str:
    """One thing that happened, and what an employer or a partner said."""
    who = f", {entry.actor}" if entry.actor else ""
    words = f": ‘{Truncator(entry.text).chars(WORDS_TOLD)}’" if entry.text else ""
    return f"{entry.what}{who}{words}"


def note(
    enquiry: Enquiry, kind: TimelineEntry.Kind, now: datetime, **fields: object
) -> TimelineEntry:
    """Add an entry to the timeline, and announce it; `fields` are those of the entry."""
    entry = TimelineEntry.objects.create(enquiry=enquiry, kind=kind, at=now, **fields)
    happened.send_robust(sender=TimelineEntry, entry=entry)
    return entry


def read_by_the_desk(enquiry: Enquiry) -> None:
    """Whoever acts on an enquiry has read what the employer added. Saves nothing."""
    enquiry.employer_wrote_at = None
