"""What is written down of everything that happens to an enquiry."""

from datetime import datetime

from ..models import Enquiry, TimelineEntry
from ..signals import happened


class Refused(Exception):
    """What was asked cannot be done now. The text says why, in words for the desk."""


class Anonymised(Refused):
    """Nothing more is done with an enquiry of which the personal details were removed."""


class Quarantined(Refused):
    """Nothing is done before a person has released the enquiry."""


class NoAddress(Refused):
    """The employer gave no e-mail address."""


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
