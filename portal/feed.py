"""
Keeps `Change` in step with what is public.

Nothing listens to single edits: a page made private sends no signal at all, a parent that is
renamed only its own. What is public is looked at anew, and only what really changed is numbered.
"""

import hashlib
import json
from datetime import datetime
from uuid import UUID

from django.db import transaction

from . import events
from .models import Change, Counter
from .representations import Data, public_things


def reconcile(now: datetime) -> int:
    """
    Number what everybody may read and has changed since, and tell the portal that something has;
    returns how many things that were.

    Safe to repeat: what did not change keeps its number. What is gone leaves a row that says so.
    """
    if not _news():  # mostly; the counter is held only where there is something to number
        return 0
    with transaction.atomic():
        counter = Counter.hold()
        news = _news()  # anew: of two at once, the second sees what the first has numbered
        for change in news:
            change.number = counter.next()
            change.save()
        if news:
            events.tell_of_content(number=counter.number, now=now)
    return len(news)


def _news() -> list[Change]:
    """The rows with their new state, not saved, of all that differs from what is public."""
    public = dict(public_things())
    known = {(change.kind, change.uuid): change for change in Change.objects.content()}
    changed = [_changed(known.get(thing), *thing, data) for thing, data in public.items()]
    gone = [
        _gone(change)
        for thing, change in known.items()
        if thing not in public and not change.is_deleted
    ]
    return [change for change in [*changed, *gone] if change]


def digest(data: Data) -> str:
    """A fingerprint of a state: 64 hexadecimal characters."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def _changed(change: Change | None, kind: str, uuid: UUID, data: Data) -> Change | None:
    """The row with its new state, not saved; None if that is the one it has."""
    fingerprint = digest(data)
    if change and not change.is_deleted and change.digest == fingerprint:
        return None
    change = change or Change(feed=Change.Feed.CONTENT, kind=kind, uuid=uuid)
    change.is_deleted, change.digest, change.data = False, fingerprint, data
    return change


def _gone(change: Change) -> Change:
    change.is_deleted, change.digest, change.data = True, "", {}
    return change
