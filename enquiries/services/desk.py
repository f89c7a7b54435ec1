"""What the desk does with an enquiry as a whole."""

import uuid
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from offers.models import OfferPage

from .. import clock
from ..models import NOT_SURE_LABEL, DeskSettings, Enquiry, Interest, TimelineEntry
from .mails import acknowledge as acknowledge_by_mail
from .mails import announce, topics, write_to_employer
from .moving import close, reopen, replied
from .owning import assign, taken
from .sending import Answers, add_interests, chosen, create, digest, what
from .timeline import (
    Refused,
    locked,
    note,
    read_by_the_desk,
    refuse_in_quarantine,
    refuse_unseen,
)

Kind, State = TimelineEntry.Kind, Interest.State
_KNOWN = (Kind.DESK_TOLD, Kind.NO_MAILBOX, Kind.LOGGED)  # to the desk, and not as spam


class NotAtTheDesk(Refused):
    """Quarantine and joining are for enquiries that no partner has and nobody closed."""


class AlreadyJoined(Refused):
    """The enquiry is a duplicate already, or the other one is."""


class MoreUndelivered(Refused):
    """A message could not be delivered that nobody has dealt with."""


class LastInterest(Refused):
    """An enquiry is about something: at least one interest stays."""


@transaction.atomic
def write_note(
    *, enquiry: Enquiry, text: str, by: User, now: datetime, key: uuid.UUID
) -> TimelineEntry:
    """Keep a note for colleagues; with the same `key`, that of the form, only once."""
    enquiry = locked(enquiry)
    if known := TimelineEntry.objects.filter(key=key).first():
        return known
    _was_read(enquiry)
    return note(enquiry, Kind.NOTED, now, actor=by, text=text, key=key)


@transaction.atomic
def speak(*, enquiry: Enquiry, text: str, by: User, now: datetime, key: uuid.UUID) -> TimelineEntry:
    """
    Note that somebody spoke to the employer, by phone or in person: that is a reply. With the
    same `key` only once.

    :raises Quarantined: if the enquiry is in quarantine.
    """
    enquiry = _taken(enquiry, by, now)
    if known := TimelineEntry.objects.filter(key=key).first():
        return known
    replied(enquiry, now)
    return note(enquiry, Kind.SPOKEN, now, actor=by, text=text, key=key)


@transaction.atomic
def reply(
    *, enquiry: Enquiry, text: str, by: User, desk: DeskSettings, now: datetime, key: uuid.UUID
) -> Enquiry:
    """
    Mail the employer; with the same `key`, that of the form, only once.

    :raises NoAddress: if there is no e-mail address.
    :raises Quarantined: if the enquiry is in quarantine.
    """
    return _write(enquiry, Kind.REPLIED, text=text, by=by, desk=desk, now=now, key=key)[0]


@transaction.atomic
def ask(
    *, enquiry: Enquiry, text: str, by: User, desk: DeskSettings, now: datetime, key: uuid.UUID
) -> Enquiry:
    """
    Mail the employer a question; with the same `key` only once.

    Until the answer comes nothing is due at the desk but to ask again.

    :raises NoAddress: if there is no e-mail address.
    :raises Quarantined: if the enquiry is in quarantine.
    """
    enquiry, is_new = _write(enquiry, Kind.ASKED, text=text, by=by, desk=desk, now=now, key=key)
    if is_new:
        enquiry.asked_at = now
        enquiry.save(update_fields=["asked_at"])
        enquiry.interests.at_the_desk().update(due_on=clock.chase_due(now))
    return enquiry


@transaction.atomic
def hear_answer(
    *, enquiry: Enquiry, text: str, by: User, desk: DeskSettings, now: datetime, key: uuid.UUID
) -> TimelineEntry:
    """
    Keep what the employer answered by e-mail or phone; with the same `key` only once.

    What is at the desk is due as after any word of theirs.

    :raises Quarantined: if the enquiry is in quarantine.
    """
    enquiry = _taken(enquiry, by, now)
    if known := TimelineEntry.objects.filter(key=key).first():
        return known
    enquiry.asked_at, enquiry.anonymise_on = None, clock.retention_ends(now)
    read_by_the_desk(enquiry)
    enquiry.save(update_fields=["asked_at", "anonymise_on", "employer_wrote_at"])
    due_on = clock.reply_due(now, desk)
    enquiry.interests.at_the_desk().filter(due_on__gt=due_on).update(due_on=due_on)
    return note(enquiry, Kind.ANSWERED, now, actor=by, text=text, key=key)


@transaction.atomic
def mark_read(*, enquiry: Enquiry, by: User, now: datetime) -> Enquiry:
    """Note that somebody has read what the employer added."""
    enquiry = locked(enquiry)
    if enquiry.employer_wrote_at is not None:
        _was_read(enquiry)
        note(enquiry, Kind.READ, now, actor=by)
    return enquiry


@transaction.atomic
def settle_undelivered(
    *, enquiry: Enquiry, by: User, now: datetime, number: int | None = None
) -> Enquiry:
    """
    Note that somebody has dealt with what could not be delivered: `number` messages, if given.

    :raises MoreUndelivered: if there are more by now.
    """
    enquiry = locked(enquiry)
    undelivered = enquiry.timeline.undelivered().count()
    if not undelivered:
        return enquiry
    if number is not None and undelivered > number:
        raise MoreUndelivered("Another message could not be delivered since: look at the timeline")
    enquiry.undelivered_seen_at = now
    enquiry.save(update_fields=["undelivered_seen_at"])
    note(enquiry, Kind.SETTLED_BY_HAND, now, actor=by)
    return enquiry


@transaction.atomic
def quarantine(*, enquiry: Enquiry, reason: str, by: User, now: datetime) -> Enquiry:
    """
    Put an enquiry that looks like spam aside: nothing more is done until somebody releases it.

    :raises AlreadyJoined: if it is a duplicate.
    :raises NotAtTheDesk: if a partner has one of its interests, or one is closed.
    """
    enquiry = locked(enquiry)
    if enquiry.is_quarantined:
        return enquiry
    if enquiry.merged_into_id:
        raise AlreadyJoined("It was joined with another enquiry: mark that one as spam")
    _all_at_the_desk(enquiry)
    enquiry.quarantined_at, enquiry.quarantine_reason = now, reason
    enquiry.save(update_fields=["quarantined_at", "quarantine_reason"])
    note(enquiry, Kind.QUARANTINED, now, actor=by, text=reason)
    return enquiry


@transaction.atomic
def release(*, enquiry: Enquiry, by: User, desk: DeskSettings, now: datetime) -> Enquiry:
    """
    Take an enquiry out of quarantine. If it has been there since it came, the clock starts and its
    mails go out; else what was mailed or promised before stays.
    """
    enquiry = locked(enquiry)
    if not enquiry.is_quarantined:
        return enquiry
    was_received = enquiry.timeline.filter(kind__in=_KNOWN).exists()
    enquiry.quarantined_at = None
    if not was_received:
        enquiry.reply_due_on = clock.reply_due(now, desk)
        enquiry.interests.open().update(due_on=enquiry.reply_due_on)
    enquiry.save(update_fields=["quarantined_at", "reply_due_on"])
    released = note(enquiry, Kind.RELEASED, now, actor=by)
    if not was_received:
        announce(enquiry, desk, cause=released)
    return enquiry


@transaction.atomic
def merge(
    *,
    enquiry: Enquiry,
    into: Enquiry,
    by: User,
    now: datetime,
    seen: int | None = None,
    key: uuid.UUID | None = None,
) -> Enquiry:
    """
    Join a duplicate with the enquiry it repeats; returns the latter.

    `seen` is the last entry of the duplicate's timeline that whoever does so has seen; `key` is
    that of the form.

    :raises SinceYouLooked: if others did something with the duplicate after that.

    Interests the other does not have move there; those it has are closed here.

    :raises AlreadyJoined: if either is a duplicate already, or both are the same.
    :raises NotAtTheDesk: if something has been done about the duplicate.
    :raises Quarantined: if either is in quarantine.
    """
    if Enquiry.objects.filter(pk__in=(enquiry.pk, into.pk)).exclude(merged_into=None).exists():
        raise AlreadyJoined("One of the two is a duplicate already")
    # In one order, so that two joins cannot block each other; who adds to a duplicate or erases
    # holds that one first, which is why one is refused before anything is held.
    first, second = sorted((enquiry, into), key=lambda one: one.pk)
    held = {one.pk: one for one in (locked(first), locked(second))}
    enquiry, into = held[enquiry.pk], held[into.pk]
    if seen is not None:
        refuse_unseen(enquiry=enquiry, seen=seen, by=by)
    if enquiry == into or enquiry.merged_into_id or into.merged_into_id:
        raise AlreadyJoined("One of the two is a duplicate already")
    refuse_in_quarantine(enquiry)
    refuse_in_quarantine(into)
    _all_at_the_desk(enquiry)
    there = {interest.what for interest in into.interests.all()}
    for interest in enquiry.interests.in_order():
        if interest.what in there:
            close(interest=interest, outcome=Interest.Outcome.REPLACED, by=by, now=now)
            continue
        interest.enquiry = into
        if into.owner is not None and interest.state == State.NEW:
            interest.state, interest.state_since = State.WITH_DESK, now
        interest.save(update_fields=["enquiry", "state", "state_since"])
    wrote = [one.employer_wrote_at for one in (into, enquiry) if one.employer_wrote_at]
    into.employer_wrote_at = max(wrote, default=None)  # what nobody has read waits there
    enquiry.merged_into, enquiry.employer_wrote_at, enquiry.asked_at = into, None, None
    enquiry.save(update_fields=["merged_into", "employer_wrote_at", "asked_at"])
    into.anonymise_on = max(into.anonymise_on, enquiry.anonymise_on)
    replies = [one.first_reply_at for one in (into, enquiry) if one.first_reply_at]
    was_silent = into.first_reply_at is None
    into.first_reply_at = min(replies, default=None)
    if not replies:  # the promise that was given first
        into.reply_due_on = min(into.reply_due_on, enquiry.reply_due_on)
    into.save(update_fields=["anonymise_on", "first_reply_at", "reply_due_on", "employer_wrote_at"])
    note(enquiry, Kind.MERGED, now, actor=by, other=into, key=key)
    note(into, Kind.MERGED_IN, now, actor=by, other=enquiry)
    if into.owner is None and enquiry.owner is not None:
        assign(enquiry=into, to=enquiry.owner, by=by, now=now)
    if was_silent and replies:  # who was answered there was answered here: the next look is due
        into.interests.at_the_desk().update(due_on=clock.look_again_due(max(replies)))
    return into


@transaction.atomic
def change_offers(
    *, enquiry: Enquiry, offers: list[OfferPage | None], by: User, desk: DeskSettings, now: datetime
) -> Enquiry:
    """
    Have the enquiry be about these offers; None is ‘not sure yet’.

    Of what is at the desk, the rest is closed; what was closed before is taken up again. What a
    partner has stays, and what was about an offer that is deleted: nobody could choose it.

    :raises LastInterest: if nothing would be left.
    :raises AlreadyJoined: if it is a duplicate.
    :raises Quarantined: if it is in quarantine.
    """
    enquiry = locked(enquiry)
    refuse_in_quarantine(enquiry)
    if enquiry.merged_into_id:
        raise AlreadyJoined("It was joined with another enquiry: change that one")
    interests = list(enquiry.interests.select_related("offer").in_order())
    wanted = {what(offer) for offer in offers}
    if not wanted and not any(interest.is_with_a_partner for interest in interests):
        raise LastInterest("Select at least one")
    before = topics(enquiry)
    for interest in interests:
        if interest.what in wanted and not interest.is_open:
            reopen(interest=interest, by=by, desk=desk, now=now)
        elif interest.what not in wanted and interest.is_at_the_desk and not _is_gone(interest):
            close(interest=interest, outcome=Interest.Outcome.REPLACED, by=by, now=now)
    known = {interest.what for interest in interests}
    new = [offer for offer in offers if what(offer) not in known]
    add_interests(enquiry, new, now, due_on=clock.reply_due(now, desk))
    if new:
        note(enquiry, Kind.OFFERS_CHANGED, now, actor=by, text=f"Before: {', '.join(before)}")
    return enquiry


@transaction.atomic
def log(
    *,
    key: uuid.UUID,
    answers: Answers,
    source: Enquiry.Source,
    by: User,
    desk: DeskSettings,
    now: datetime,
    acknowledge: bool,
) -> Enquiry:
    """
    Store what an employer said on the phone or at an event; the same `key` only once.

    `answers` is the `cleaned_data` of a valid `LoggedEnquiryForm`. It belongs to whoever logs it.
    With `acknowledge` the employer is mailed the reference.
    """
    key = uuid.uuid5(key, digest(answers))  # with other answers the same form is another enquiry
    try:
        with transaction.atomic():
            enquiry = create(key=key, answers=answers, desk=desk, now=now, source=source, owner=by)
    except IntegrityError:
        return Enquiry.objects.get(idempotency_key=key)
    add_interests(enquiry, chosen(answers["offers"]), now, due_on=enquiry.reply_due_on)
    note(enquiry, Kind.LOGGED, now, actor=by)
    if acknowledge:
        acknowledge_by_mail(enquiry, desk, now)
    return enquiry


def _write(
    enquiry: Enquiry,
    kind: Kind,
    *,
    text: str,
    by: User,
    desk: DeskSettings,
    now: datetime,
    key: uuid.UUID,
) -> tuple[Enquiry, bool]:
    """
    Mail words of a person to the employer and keep them on the timeline; a key only once.

    Returns the enquiry, and whether this was the first time.
    """
    enquiry = _taken(enquiry, by, now)
    asks = kind == Kind.ASKED
    message = write_to_employer(enquiry, desk, text=text, key=key.hex, asks=asks)
    is_new = not enquiry.timeline.filter(message=message).exists()
    if is_new:
        note(enquiry, kind, now, actor=by, text=text, message=message, key=key)
        replied(enquiry, now)
    return enquiry, is_new


def _taken(enquiry: Enquiry, by: User, now: datetime) -> Enquiry:
    """The enquiry, locked; whoever writes to an employer takes what nobody has taken."""
    enquiry = locked(enquiry)
    refuse_in_quarantine(enquiry)
    if enquiry.merged_into_id:
        raise AlreadyJoined("It was joined with another enquiry: write from that one")
    return taken(enquiry, by, now)


def _is_gone(interest: Interest) -> bool:
    """Whether it is about an offer that is deleted."""
    return interest.offer_id is None and interest.topic != NOT_SURE_LABEL


def _was_read(enquiry: Enquiry) -> None:
    read_by_the_desk(enquiry)
    enquiry.save(update_fields=["employer_wrote_at"])


def _all_at_the_desk(enquiry: Enquiry) -> None:
    """:raises NotAtTheDesk: if a partner has an interest, or one is closed."""
    if enquiry.interests.exclude(state__in=Interest.AT_THE_DESK).exists():
        raise NotAtTheDesk("Something has been done about it already: close it instead")
