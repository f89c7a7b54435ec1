"""Who at the desk looks after an enquiry."""

from datetime import datetime

from django.db import transaction

from accounts.models import User

from ..models import Enquiry, Interest, TimelineEntry
from .timeline import locked, note

State = Interest.State


@transaction.atomic
def assign(*, enquiry: Enquiry, to: User | None, by: User, now: datetime) -> Enquiry:
    """Give the enquiry to a person at the desk; new interests are with the desk from then on."""
    enquiry = locked(enquiry)
    new = enquiry.interests.filter(state=State.NEW)
    if enquiry.owner == to and not new.exists():
        return enquiry
    enquiry.owner = to
    enquiry.save(update_fields=["owner"])
    note(enquiry, TimelineEntry.Kind.TAKEN, now, actor=by, owner=to)
    if to is not None:
        new.update(state=State.WITH_DESK, state_since=now)
    return enquiry


def taken(enquiry: Enquiry, by: User, now: datetime) -> Enquiry:
    """The enquiry, which must be locked: whoever acts on it takes what nobody has taken."""
    return assign(enquiry=enquiry, to=by, by=by, now=now) if enquiry.owner is None else enquiry
