"""An enquiry comes in: stored with every mail it causes, in one transaction, once."""

import hashlib
import json
import uuid
from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Min

from offers.models import OfferPage, Sector

from .. import clock
from ..models import (
    NOT_SURE,
    NOT_SURE_LABEL,
    DeskSettings,
    Enquiry,
    Interest,
    PrivacyNotice,
    TimelineEntry,
)
from ..references import new_reference
from .mails import announce, tell_desk
from .timeline import locked, note

ADDITIONS_MAILED = 10  # of one enquiry; what comes after is on its timeline alone
ADDITIONS_KEPT = 40  # of one enquiry: more than people have to say; they can call
_REFERENCE_TRIES = 5
# What counts as something the employer added.
HEARD = (
    TimelineEntry.Kind.ADDED_TO,
    TimelineEntry.Kind.PHONE_CHANGED,
    TimelineEntry.Kind.EMAIL_CHANGED,
    TimelineEntry.Kind.UNWANTED,
)

Answers = dict[str, str | list[str]]


class AlreadySent(Exception):
    """This form was sent before, with other answers; `enquiry` is what it became."""

    def __init__(self, enquiry: Enquiry):
        super().__init__(enquiry.reference)
        self.enquiry = enquiry


class TooManyAdditions(Exception):
    """So much was added to one enquiry that a person would not have done it."""


def digest(answers: Answers) -> str:
    """A fingerprint of the answers of one form: 64 hexadecimal characters."""
    return hashlib.sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def send(
    *,
    key: uuid.UUID,
    answers: Answers,
    desk: DeskSettings,
    now: datetime,
    came_from: str = "",
    suspicion: str = "",
    **more: object,
) -> Enquiry:
    """
    Store an enquiry with its interests and every mail it causes; the same form only once.

    `answers` is the `cleaned_data` of a valid `EnquiryForm`. With a `suspicion` it is quarantined
    and mailed to nobody. `more` are further fields of it.

    :raises AlreadySent: if this form was sent before with other answers.
    """
    try:
        with transaction.atomic():
            enquiry = create(
                key=key,
                answers=answers,
                desk=desk,
                now=now,
                came_from=came_from,
                quarantined_at=now if suspicion else None,
                quarantine_reason=suspicion,
                **more,
            )
    except IntegrityError:
        enquiry = Enquiry.objects.filter(idempotency_key=key).first()
        if enquiry is None:
            raise
        if enquiry.digest != digest(answers):
            raise AlreadySent(enquiry) from None
        return enquiry
    add_interests(enquiry, chosen(answers["offers"]), now, due_on=enquiry.reply_due_on)
    received = note(enquiry, TimelineEntry.Kind.RECEIVED, now)
    if suspicion:
        note(enquiry, TimelineEntry.Kind.QUARANTINED, now, text=suspicion)
    else:
        announce(enquiry, desk, cause=received)
    return enquiry


@transaction.atomic
def add_to(
    *, enquiry: Enquiry, answers: Answers, changes: list[str], desk: DeskSettings, now: datetime
) -> Enquiry:
    """
    Keep what an employer changed after sending, and tell the desk; the same change only once.

    `changes` are lines of text for the desk, one for each changed answer. What was sent first
    stays as it was; newly ticked offers become interests. What is said to a duplicate goes to the
    enquiry it was joined with; that one is returned.

    :raises TooManyAdditions: if there are 40 already.
    """
    enquiry = locked(enquiry)
    if enquiry.digest == digest(answers):
        return enquiry
    enquiry.digest = digest(answers)
    enquiry.save(update_fields=["digest"])
    duplicate = enquiry if enquiry.merged_into_id else None
    enquiry = joined(enquiry)
    known = {interest.what for interest in enquiry.interests.all()}
    new = [offer for offer in chosen(answers["offers"]) if what(offer) not in known]
    add_interests(enquiry, new, now, due_on=clock.reply_due(now, desk))
    hear(enquiry, desk, now, text="\n".join(changes), changes=changes, other=duplicate)
    return enquiry


def hear(
    enquiry: Enquiry,
    desk: DeskSettings,
    now: datetime,
    *,
    text: str,
    changes: list[str],
    kind: TimelineEntry.Kind = TimelineEntry.Kind.ADDED_TO,
    other: Enquiry | None = None,
    **fields: object,
) -> TimelineEntry:
    """
    The employer has said something more: keep it, tell the desk, and set when it is answered.

    `other` is the duplicate by whose link it was said, kept as long as what was said. `fields` are
    further ones of the timeline entry. The enquiries must be locked.

    :raises TooManyAdditions: if there are 40 already.
    """
    if enquiry.timeline.filter(kind__in=HEARD).count() >= ADDITIONS_KEPT:
        raise TooManyAdditions
    if other is not None:
        other.anonymise_on = clock.retention_ends(now)
        other.save(update_fields=["anonymise_on"])
    addition = note(enquiry, kind, now, text=text, other=other, **fields)
    answer_soon(enquiry, desk, cause=addition, changes=changes)
    return addition


def answer_soon(
    enquiry: Enquiry, desk: DeskSettings, *, cause: TimelineEntry, changes: list[str]
) -> None:
    """What the employer has just said is answered like an enquiry: tell the desk, set the day."""
    enquiry.anonymise_on = clock.retention_ends(cause.at)
    enquiry.employer_wrote_at, enquiry.asked_at = cause.at, None
    enquiry.save(update_fields=["anonymise_on", "employer_wrote_at", "asked_at"])
    answer_by = clock.reply_due(cause.at, desk)
    enquiry.interests.at_the_desk().filter(due_on__gt=answer_by).update(due_on=answer_by)
    mailed = enquiry.timeline.filter(message__purpose="enquiry_added_to").count()
    if not enquiry.is_quarantined and mailed < ADDITIONS_MAILED:
        at_the_desk = enquiry.interests.at_the_desk()
        tell_desk(
            enquiry,
            desk,
            cause=cause,
            purpose="enquiry_added_to",
            changes=changes,
            act_by=at_the_desk.aggregate(day=Min("due_on"))["day"],
        )


def joined(enquiry: Enquiry) -> Enquiry:
    """Where a duplicate's employer is heard: the enquiry it was joined with, locked; or itself."""
    while enquiry.merged_into_id:
        enquiry = locked(enquiry.merged_into)
    return enquiry


def create(
    *, key: uuid.UUID, answers: Answers, desk: DeskSettings, now: datetime, **more: object
) -> Enquiry:
    """
    Store the answers as an enquiry; `more` are further fields of it.

    :raises IntegrityError: if there is one with that key.
    """
    fields = {name: value for name, value in answers.items() if name not in ("offers", "sector")}
    return Enquiry.objects.create(
        reference=_free_reference(),
        idempotency_key=key,
        digest=digest(answers),
        sector=Sector.objects.filter(slug=answers["sector"]).first(),
        privacy_notice=PrivacyNotice.objects.in_force(clock.day(now)).first(),
        created_at=now,
        reply_due_on=clock.reply_due(now, desk),
        anonymise_on=clock.retention_ends(now),
        **fields,
        **more,
    )


def chosen(slugs: list[str]) -> list[OfferPage | None]:
    """The offers of these slugs, in their order; None is ‘not sure yet’."""
    offers = list(OfferPage.objects.published().filter(slug__in=slugs).in_order())
    return [*offers, None] if NOT_SURE in slugs or not offers else offers


def what(offer: OfferPage | None) -> int | str:
    """What an interest in an offer is about, as `Interest.what`; None is ‘not sure yet’."""
    return offer.pk if offer else NOT_SURE_LABEL


def add_interests(
    enquiry: Enquiry, offers: Iterable[OfferPage | None], now: datetime, *, due_on: date
) -> None:
    """One interest for each offer; it is new unless somebody has taken the enquiry already."""
    state = Interest.State.NEW if enquiry.owner is None else Interest.State.WITH_DESK
    Interest.objects.bulk_create(
        Interest(
            enquiry=enquiry,
            offer=offer,
            topic=offer.topic if offer else NOT_SURE_LABEL,
            state=state,
            state_since=now,
            due_on=due_on,
        )
        for offer in offers
    )


def _free_reference() -> str:
    """A reference nobody has. Of three thousand million, so the second try is a formality."""
    for _ in range(_REFERENCE_TRIES):
        reference = new_reference()
        if not Enquiry.objects.filter(reference=reference).exists():
            return reference
    raise RuntimeError("No free reference was found")
