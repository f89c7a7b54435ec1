import hashlib
import json
import uuid
from collections.abc import Sequence, Set
from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac

from accounts.models import User
from core.working_days import LONDON, promised_day
from offers.models import OfferPage, Sector
from outbox.services import queue_mail

from .forms import NOT_SURE, NOT_SURE_LABEL
from .models import RETENTION, DeskSettings, Enquiry, Interest, TimelineEntry
from .references import new_reference

ACKNOWLEDGEMENTS_A_DAY = 3  # to one address, so that nobody can have us flood a stranger
ADDITIONS_MAILED = 10  # of one enquiry; what comes after is on its timeline alone
_REFERENCE_TRIES = 5

Answers = dict[str, str | list[str]]


class AlreadySent(Exception):
    """This form was sent before, with other answers; `enquiry` is what it became."""

    def __init__(self, enquiry: Enquiry):
        super().__init__(enquiry.reference)
        self.enquiry = enquiry


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
) -> Enquiry:
    """
    Store an enquiry with its interests and every mail it causes; the same form only once.

    `answers` is the `cleaned_data` of a valid `EnquiryForm`. With a `suspicion` it is quarantined
    and mailed to nobody.

    :raises AlreadySent: if this form was sent before with other answers.
    """
    try:
        with transaction.atomic():
            enquiry = _create(
                key=key,
                answers=answers,
                desk=desk,
                now=now,
                came_from=came_from,
                suspicion=suspicion,
            )
    except IntegrityError:
        enquiry = Enquiry.objects.filter(idempotency_key=key).first()
        if enquiry is None:
            raise
        if enquiry.digest != digest(answers):
            raise AlreadySent(enquiry) from None
        return enquiry
    _add_interests(enquiry, answers["offers"], now)
    received = _note(enquiry, TimelineEntry.Kind.RECEIVED, now)
    if suspicion:
        _note(enquiry, TimelineEntry.Kind.QUARANTINED, now, text=suspicion)
    else:
        _announce(enquiry, desk, cause=received)
    return enquiry


@transaction.atomic
def add_to(
    *, enquiry: Enquiry, answers: Answers, changes: list[str], desk: DeskSettings, now: datetime
) -> Enquiry:
    """
    Keep what an employer changed after sending, and tell the desk; the same change only once.

    `changes` are lines of text for the desk, one for each changed answer. What was sent first
    stays as it was; newly ticked offers become interests.
    """
    enquiry = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if enquiry.digest == digest(answers):
        return enquiry
    enquiry.digest = digest(answers)
    enquiry.anonymise_on = (now + RETENTION).astimezone(LONDON).date()
    enquiry.save(update_fields=["digest", "anonymise_on"])
    known = set(enquiry.interests.values_list("offer", flat=True))
    if not enquiry.interests.filter(offer=None, topic=NOT_SURE_LABEL).exists():
        known.discard(None)  # of an offer that was deleted, not of ‘not sure’
    _add_interests(enquiry, answers["offers"], now, without=known)
    addition = _note(enquiry, TimelineEntry.Kind.ADDED_TO, now, text="\n".join(changes))
    mailed = enquiry.timeline.filter(message__purpose="enquiry_added_to").count()
    if not enquiry.is_quarantined and mailed < ADDITIONS_MAILED:
        _tell_desk(enquiry, desk, cause=addition, purpose="enquiry_added_to", changes=changes)
    return enquiry


@transaction.atomic
def release(*, enquiry: Enquiry, by: User, desk: DeskSettings, now: datetime) -> Enquiry:
    """Take an enquiry out of quarantine: the clock starts and its mails go out. Once."""
    enquiry = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if not enquiry.is_quarantined:
        return enquiry
    enquiry.quarantined_at = None
    enquiry.reply_due_on = promised_day(now, desk.hours, desk.reply_promise_days)
    enquiry.save(update_fields=["quarantined_at", "reply_due_on"])
    enquiry.interests.update(due_on=enquiry.reply_due_on)
    released = _note(enquiry, TimelineEntry.Kind.RELEASED, now, actor=by)
    _announce(enquiry, desk, cause=released)
    return enquiry


def _create(
    *,
    key: uuid.UUID,
    answers: Answers,
    desk: DeskSettings,
    now: datetime,
    came_from: str,
    suspicion: str,
) -> Enquiry:
    fields = {name: value for name, value in answers.items() if name not in ("offers", "sector")}
    return Enquiry.objects.create(
        reference=_free_reference(),
        idempotency_key=key,
        digest=digest(answers),
        sector=Sector.objects.filter(slug=answers["sector"]).first(),
        came_from=came_from,
        privacy_notice=desk.privacy_notice_version,
        quarantined_at=now if suspicion else None,
        quarantine_reason=suspicion,
        created_at=now,
        reply_due_on=promised_day(now, desk.hours, desk.reply_promise_days),
        anonymise_on=(now + RETENTION).astimezone(LONDON).date(),
        **fields,
    )


def _free_reference() -> str:
    """A reference nobody has. Of three thousand million, so the second try is a formality."""
    for _ in range(_REFERENCE_TRIES):
        reference = new_reference()
        if not Enquiry.objects.filter(reference=reference).exists():
            return reference
    raise RuntimeError("No free reference was found")


def _add_interests(
    enquiry: Enquiry, slugs: list[str], now: datetime, without: Set[int | None] = frozenset()
) -> None:
    offers = OfferPage.objects.published().filter(slug__in=slugs).in_order()
    wanted = [(offer, offer.topic) for offer in offers]
    if NOT_SURE in slugs or not wanted:
        wanted.append((None, NOT_SURE_LABEL))
    Interest.objects.bulk_create(
        Interest(
            enquiry=enquiry, offer=offer, topic=topic, state_since=now, due_on=enquiry.reply_due_on
        )
        for offer, topic in wanted
        if (offer.pk if offer else None) not in without
    )


def _note(
    enquiry: Enquiry, kind: TimelineEntry.Kind, now: datetime, **fields: object
) -> TimelineEntry:
    return TimelineEntry.objects.create(enquiry=enquiry, kind=kind, at=now, **fields)


def _announce(enquiry: Enquiry, desk: DeskSettings, *, cause: TimelineEntry) -> None:
    _tell_desk(enquiry, desk, cause=cause, purpose="enquiry_received")
    _acknowledge(enquiry, desk, cause.at)


def _tell_desk(
    enquiry: Enquiry,
    desk: DeskSettings,
    *,
    cause: TimelineEntry,
    purpose: str,
    changes: Sequence[str] = (),
) -> None:
    """
    Mail the single point of contact about what happened; with no mailbox set, say so on the
    timeline.
    """
    if not desk.receives_at:
        _note(enquiry, TimelineEntry.Kind.NO_MAILBOX, cause.at)
        return
    message, _ = queue_mail(
        purpose=purpose,
        dedupe_key=f"{purpose}:{enquiry.uuid}:{cause.pk}",
        to=desk.receives_at,
        reply_to=enquiry.email,
        context={
            "enquiry": enquiry,
            "topics": [interest.topic for interest in enquiry.interests.order_by("pk")],
            "changes": changes,
            "cms_path": reverse("enquiries:inspect", args=[enquiry.pk]),
        },
    )
    _note(enquiry, TimelineEntry.Kind.DESK_TOLD, cause.at, message=message)


def _acknowledge(enquiry: Enquiry, desk: DeskSettings, now: datetime) -> None:
    """
    Mail the employer the reference and the reply date, at most 3 times a day to one address.

    Each of the day's three mails has a key of its own, so the limit also holds for enquiries
    that are sent at the same moment.
    """
    address = salted_hmac("enquiries.acknowledgement", enquiry.email.casefold()).hexdigest()
    for number in range(ACKNOWLEDGEMENTS_A_DAY):
        message, created = queue_mail(
            purpose="enquiry_acknowledgement",
            dedupe_key=f"acknowledgement:{address}:{now.astimezone(LONDON).date()}:{number}",
            to=enquiry.email,
            reply_to=desk.mailbox,
            context={
                "enquiry": enquiry,
                "desk": desk,
                "topics": [interest.topic for interest in enquiry.interests.order_by("pk")],
                "path": reverse("enquire_sent", args=[enquiry.token]),
            },
        )
        if created:
            _note(enquiry, TimelineEntry.Kind.EMPLOYER_TOLD, now, message=message)
            return
    _note(enquiry, TimelineEntry.Kind.ACKNOWLEDGEMENT_WITHHELD, now)
