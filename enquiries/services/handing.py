"""
What a partner does with an interest that was handed to it, and what happens if it does nothing.

Whoever opens the link of the mail, or is a member of the partner, acts for it. Each function holds
the enquiry and looks at the handover as it is now: of two who act at the same moment one is told
that it has ended.
"""

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts.models import User
from core.one_by_one import each_by_itself
from outbox.models import wire_address
from partners.models import Partner

from .. import clock
from ..models import DeskSettings, Handover, Interest, TimelineEntry
from .escalation import is_at_work
from .mails import mails_with_link, tell_partner
from .moving import (
    WrongState,
    accept,
    back_to_desk,
    close,
    contact_of,
    decline,
    held,
    partners_day,
    put_down,
    told_at,
)
from .sending import hear
from .timeline import Anonymised, Refused, locked

End, Kind = Handover.End, TimelineEntry.Kind


class HandoverEnded(Refused):
    """The partner has the interest no more; `handover` says how it ended."""

    def __init__(self, handover: Handover):
        super().__init__(handover.ending)
        self.handover = handover


class NotAccepted(Refused):
    """The partner has not said yet that it takes the employer up."""


@transaction.atomic
def take_up(
    *, handover: Handover, member: User | None, desk: DeskSettings, now: datetime
) -> Handover:
    """
    The partner takes the employer up: each is told who the other is. Safe to repeat.

    :raises HandoverEnded: if it has ended.
    """
    handover = _open(handover)
    if handover.accepted_at is None:
        accept(interest=handover.interest, member=member, desk=desk, now=now)
        handover.refresh_from_db(fields=["accepted_at"])
    return handover


@transaction.atomic
def turn_down(
    *, handover: Handover, member: User | None, desk: DeskSettings, now: datetime, text: str
) -> Handover:
    """
    The partner cannot take the employer up, or not go on; `text` says why, for the desk. Once.

    :raises HandoverEnded: if it has ended in another way.
    """
    handover = _held(handover)
    if handover.end in (End.DECLINED, End.GIVEN_BACK):
        return handover
    _refuse_ended(handover)
    if handover.accepted_at is None:
        decline(interest=handover.interest, member=member, desk=desk, now=now, text=text)
    else:
        interest = held(handover.interest, Interest.WITH_A_PARTNER, "given back")
        put_down(interest, Kind.GIVEN_BACK, now, member=member, text=text)
        back_to_desk(interest, desk, now, end=End.GIVEN_BACK, returned_at=now)
    handover.refresh_from_db()
    return handover


@transaction.atomic
def report(
    *,
    handover: Handover,
    member: User | None,
    text: str,
    has_spoken: bool,
    now: datetime,
    key: uuid.UUID,
) -> Handover:
    """
    Keep what the partner tells the desk; with the same `key`, that of the form, once.

    With `has_spoken` a person has spoken or written to the employer: the promise is kept. When the
    desk asks what came of it is counted anew, but not past a promise that waits.

    :raises HandoverEnded: if it has ended.
    :raises NotAccepted: if the partner has not accepted.
    """
    handover = _accepted(handover)
    key = uuid.uuid5(handover.uuid, f"{key}:{text}:{has_spoken}")
    if TimelineEntry.objects.filter(key=key).exists():
        return handover
    interest = held(handover.interest, Interest.WITH_A_PARTNER, "reported on")
    words = f"Spoke to the employer. {text}".strip() if has_spoken else text
    put_down(interest, Kind.PROGRESS, now, member=member, text=words, key=key)
    enquiry = interest.enquiry
    enquiry.anonymise_on = clock.retention_ends(now)
    if has_spoken and enquiry.first_reply_at is None:
        enquiry.first_reply_at = now
    enquiry.save(update_fields=["anonymise_on", "first_reply_at"])
    interest.due_on = partners_day(interest, interest.state, now)
    interest.save(update_fields=["due_on"])
    return handover


@transaction.atomic
def record(
    *,
    handover: Handover,
    member: User | None,
    outcome: str,
    count: int | None,
    text: str,
    now: datetime,
) -> Handover:
    """
    The partner says what came of it: the interest is closed. The same again changes nothing.

    :raises HandoverEnded: if it has ended in another way.
    :raises NotAccepted: if the partner has not accepted.
    """
    handover = _held(handover)
    interest = handover.interest
    same = (interest.outcome, interest.outcome_count) == (outcome, count)
    if handover.end == End.CLOSED and same:
        return handover
    handover = _accepted(handover)
    enquiry = handover.interest.enquiry
    enquiry.anonymise_on = clock.retention_ends(now)
    enquiry.save(update_fields=["anonymise_on"])
    close(
        interest=interest,
        outcome=outcome,
        count=count,
        text=text,
        by=None,
        member=member,
        is_told_by_partner=True,
        now=now,
    )
    handover.refresh_from_db()
    return handover


@transaction.atomic
def refuse_partner(
    *,
    interest: Interest,
    text: str,
    desk: DeskSettings,
    now: datetime,
    seen: str = "",
    key: uuid.UUID | None = None,
) -> Interest:
    """
    The employer would rather not work with the partner that has accepted: the desk has it again,
    and hands it to that partner no more. `seen` is the slug of the one they mean;
    empty for whoever has it. With the same `key`, that of the form, once.

    :raises WrongState: unless that partner has accepted it.
    :raises TooManyAdditions: if the employer has added 40 times.
    """
    enquiry = locked(interest.enquiry)
    key = key and uuid.uuid5(enquiry.uuid, f"other partner:{key}")
    if key and enquiry.timeline.filter(key=key).exists():
        return interest
    interest = held(interest, (Interest.State.ACCEPTED,), "given to somebody else")
    partner = interest.partner
    if seen and partner.slug != seen:
        raise WrongState(f"‘{interest.topic}’ is with another partner now")
    line = f"{interest.topic}: somebody other than {partner.name}"
    words = f"{line}. {text}" if text else line
    about = {"kind": Kind.UNWANTED, "interest": interest, "partner": partner, "key": key}
    back_to_desk(interest, desk, now, end=End.UNWANTED, returned_at=now)
    hear(interest.enquiry, desk, now, text=words, changes=[words], **about)
    return interest


@transaction.atomic
def end_links(*, partner: Partner, desk: DeskSettings, now: datetime) -> int:
    """
    Somebody acts for the partner no more: links that were mailed to others than whoever is written
    to now open nothing, and that one gets new ones. Returns how many links that were.

    What nobody is left for is the desk's again.
    """
    found = Handover.objects.open().shown_to_partners().filter(partner=partner)
    # In one order, so that two who are removed at once cannot block each other.
    found = found.select_related("interest__enquiry").order_by("interest__enquiry", "pk")
    return sum(_end_link(one, desk, now) for one in found)


def remind_partners(*, desk: DeskSettings, now: datetime) -> int:
    """Mail each partner that has not answered, once; how many were. While the desk works."""
    if not is_at_work(desk, now):
        return 0
    found = Handover.objects.to_remind(clock.day(now)).order_by("pk")
    return each_by_itself(found, lambda one: _remind(one, desk, now), task="Reminding")


def return_unanswered(*, desk: DeskSettings, now: datetime) -> int:
    """Give the desk back what no partner answered in time, while it works; how many that were."""
    if not is_at_work(desk, now):
        return 0
    found = Handover.objects.silent(clock.day(now)).order_by("pk")
    return each_by_itself(found, lambda one: _return_silent(one, desk, now), task="Returning")


def return_from_retired(*, desk: DeskSettings, now: datetime) -> int:
    """Give the desk back what partners have that are not active any more; how many that were."""
    found = Handover.objects.open().filter(partner__is_active=False).order_by("pk")
    return each_by_itself(found, lambda one: _return_retired(one, desk, now), task="Returning")


def _remind(handover: Handover, desk: DeskSettings, now: datetime) -> bool:
    """False if somebody was quicker."""
    handover = _held(handover)
    if not handover.is_unanswered or handover.reminded_at:
        return False
    handover.reminded_at = now
    handover.save(update_fields=["reminded_at"])
    interest = held(handover.interest, Interest.WITH_A_PARTNER, "reminded of")
    if address := told_at(handover):
        message = tell_partner(handover, desk, to=address, purpose="handover_reminder")
        put_down(interest, Kind.REMINDED, now, message=message)
    return True


def _return_silent(handover: Handover, desk: DeskSettings, now: datetime) -> bool:
    """False if somebody was quicker."""
    handover = _held(handover)
    if not handover.is_unanswered:
        return False
    interest = held(handover.interest, (Interest.State.HANDED_OVER,), "returned")
    day = f"{handover.answer_by.day} {handover.answer_by:%B %Y}"
    put_down(interest, Kind.SILENT, now, text=f"{handover.partner} did not answer by {day}.")
    back_to_desk(interest, desk, now, end=End.SILENT, returned_at=now)
    return True


def _return_retired(handover: Handover, desk: DeskSettings, now: datetime) -> bool:
    """False if somebody was quicker."""
    handover = _held(handover)
    if not handover.is_open:
        return False
    interest = held(handover.interest, Interest.WITH_A_PARTNER, "returned")
    put_down(interest, Kind.RETIRED, now)
    back_to_desk(interest, desk, now, end=End.RETIRED, returned_at=now)
    return True


def _end_link(handover: Handover, desk: DeskSettings, now: datetime) -> bool:
    """False if the link went to nobody, or to where the partner is written to still."""
    try:
        handover = _held(handover)
    except Anonymised:  # meanwhile
        return False
    latest = mails_with_link(handover).exclude(recipient="").first()
    if latest is None or not handover.is_open:
        return False
    contact = contact_of(handover)
    if contact and wire_address(contact) == wire_address(latest.recipient):
        return False
    interest = held(handover.interest, Interest.WITH_A_PARTNER, "mailed anew")
    if not contact:
        put_down(
            interest,
            Kind.TAKEN_BACK,
            now,
            text=f"Nobody is left to write to at {interest.partner}.",
        )
        back_to_desk(interest, desk, now, end=End.TAKEN_BACK, returned_at=now)
    Handover.objects.filter(pk=handover.pk).update(link_version=F("link_version") + 1)
    if contact:
        handover.refresh_from_db(fields=["link_version"])
        message = tell_partner(handover, desk, to=contact, purpose="handover_new_link")
        put_down(interest, Kind.PARTNER_TOLD, now, message=message)
    return True


def _held(handover: Handover) -> Handover:
    """As it is now, with its enquiry locked. :raises Anonymised: if that names nobody any more."""
    locked(handover.interest.enquiry)
    return Handover.objects.with_all().get(pk=handover.pk)


def _open(handover: Handover) -> Handover:
    """As it is now, locked. :raises HandoverEnded: if it has ended."""
    handover = _held(handover)
    _refuse_ended(handover)
    return handover


def _accepted(handover: Handover) -> Handover:
    """As it is now, locked. :raises HandoverEnded: :raises NotAccepted: as they say."""
    handover = _open(handover)
    if handover.accepted_at is None:
        raise NotAccepted("Say first that you take them up")
    return handover


def _refuse_ended(handover: Handover) -> None:
    if not handover.is_open:
        raise HandoverEnded(handover)
