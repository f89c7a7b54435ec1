"""What the desk tells a partner about an employer that it was handed."""

import uuid
from datetime import datetime

from django.db import transaction

from accounts.models import User

from ..models import DeskSettings, Handover, Interest, TimelineEntry
from .mails import mails_with_link, tell_partner_words
from .moving import held, put_down
from .timeline import Refused


class ArrangedElsewhere(Refused):
    """The partner has the interest by the Business Portal, and no page of it here."""


@transaction.atomic
def brief(
    *, interest: Interest, text: str, by: User, desk: DeskSettings, now: datetime, key: uuid.UUID
) -> TimelineEntry:
    """
    Have the partner that has the interest read `text` beside who the employer is; with the same
    `key`, that of the form, once.

    It is mailed that there is something to read, and nothing of it, if it has a link: else the
    entry has no message.

    :raises WrongState: unless a partner has it.
    :raises ArrangedElsewhere: if it was not handed over on this site.
    """
    interest = held(interest, Interest.WITH_A_PARTNER, "written about")
    if known := TimelineEntry.objects.filter(key=key).first():
        return known
    handover = Handover.objects.open().with_all().filter(interest=interest).first()
    if handover is None:
        raise ArrangedElsewhere(
            "It was arranged in the Business Portal: write to the partner there"
        )
    # Where its link is already, and nowhere else: whoever leaves is known by those mails.
    latest = mails_with_link(handover).exclude(recipient="").filter(recipient_refused=False).first()
    message = None
    if latest is not None:
        message = tell_partner_words(handover, desk, to=latest.recipient, key=key)
    return put_down(
        interest, TimelineEntry.Kind.BRIEFED, now, by=by, text=text, message=message, key=key
    )
