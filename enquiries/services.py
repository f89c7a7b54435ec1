import hashlib
import json
import uuid
from collections.abc import Sequence, Set
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac

from accounts.models import User
from core.text import on_the_wire
from core.working_days import LONDON, promised_day
from offers.models import OfferPage, Sector
from outbox.models import Message
from outbox.services import queue_mail

from .forms import NOT_SURE, NOT_SURE_LABEL
from .models import (
    RETENTION,
    DeskSettings,
    Enquiry,
    Interest,
    PrivacyNotice,
    TimelineEntry,
    WebsiteMessage,
)
from .references import new_reference

ACKNOWLEDGEMENTS_A_DAY = 3  # to one address, so that nobody can have us flood a stranger
# To acknowledge it, says the Data Protection Act 2018, section 164A; we also promise word by then.
COMPLAINT_ANSWER = timedelta(days=30)
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
    enquiry.anonymise_on = _day(now + RETENTION)
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
        privacy_notice=_notice_in_force(now),
        quarantined_at=now if suspicion else None,
        quarantine_reason=suspicion,
        created_at=now,
        reply_due_on=promised_day(now, desk.hours, desk.reply_promise_days),
        anonymise_on=_day(now + RETENTION),
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
    """Mail the employer the reference and the reply date."""
    message = _mail_back(
        purpose="enquiry_acknowledgement",
        to=enquiry.email,
        desk=desk,
        now=now,
        context={
            "enquiry": enquiry,
            "desk": desk,
            "topics": [interest.topic for interest in enquiry.interests.order_by("pk")],
            "path": reverse("enquire_sent", args=[enquiry.token]),
        },
    )
    told, withheld = TimelineEntry.Kind.EMPLOYER_TOLD, TimelineEntry.Kind.ACKNOWLEDGEMENT_WITHHELD
    _note(enquiry, told if message else withheld, now, message=message)


def _mail_back(
    *, purpose: str, to: str, desk: DeskSettings, now: datetime, context: dict[str, object]
) -> Message | None:
    """
    Mail somebody who wrote to us, at most 3 times a day to one address; None after that.

    Each of the day's three mails has a key of its own, so the limit also holds for what is sent
    at the same moment.
    """
    address = salted_hmac("enquiries.acknowledgement", _mailbox(to)).hexdigest()
    for number in range(ACKNOWLEDGEMENTS_A_DAY):
        message, created = queue_mail(
            purpose=purpose,
            dedupe_key=f"acknowledgement:{address}:{_day(now)}:{number}",
            to=to,
            reply_to=desk.mailbox,
            context=context,
        )
        if created:
            return message
    return None


def _mailbox(address: str) -> str:
    """Where a mail arrives: most providers put "sam+anything@" into the mailbox of "sam@"."""
    name, _, domain = on_the_wire(address).rpartition("@")
    return f"{name.partition('+')[0]}@{domain}"


def _day(moment: datetime) -> date:
    """The day it is in London."""
    return moment.astimezone(LONDON).date()


def _notice_in_force(now: datetime) -> PrivacyNotice | None:
    return PrivacyNotice.objects.in_force(_day(now)).first()


# -- Messages about the website ------------------------------------------------------------


@transaction.atomic
def send_website_message(
    *,
    key: uuid.UUID,
    answers: dict[str, str],
    desk: DeskSettings,
    now: datetime,
    suspicion: str = "",
) -> WebsiteMessage:
    """
    Store a message about the website with every mail it causes; the same key only once.

    `answers` is the `cleaned_data` of a valid `WebsiteMessageForm`. With a `suspicion` it is
    quarantined and mailed to nobody.
    """
    message, is_new = WebsiteMessage.objects.get_or_create(
        idempotency_key=key,
        defaults={
            **answers,
            "privacy_notice": _notice_in_force(now),
            "quarantined_at": now if suspicion else None,
            "quarantine_reason": suspicion,
            "created_at": now,
            "due_on": _website_due(answers["topic"], desk, received=now, now=now),
            "anonymise_on": _day(now + RETENTION),
        },
    )
    if is_new and not suspicion:
        _announce_website_message(message, desk, now)
    return message


@transaction.atomic
def release_website_message(
    *, message: WebsiteMessage, by: User, desk: DeskSettings, now: datetime
) -> WebsiteMessage:
    """Take a message out of quarantine and note who did, and when: its mails go out. Once."""
    message = WebsiteMessage.objects.select_for_update().get(pk=message.pk)
    if message.is_quarantined:
        message.quarantined_at = None
        message.released_at, message.released_by = now, by
        message.due_on = _website_due(message.topic, desk, received=message.created_at, now=now)
        message.save(update_fields=["quarantined_at", "released_at", "released_by", "due_on"])
        _announce_website_message(message, desk, now)
    return message


@transaction.atomic
def handle_website_message(*, message: WebsiteMessage, by: User, now: datetime) -> WebsiteMessage:
    """Note who dealt with a message, and when; the first to say so stays."""
    message = WebsiteMessage.objects.select_for_update().get(pk=message.pk)
    if message.handled_at is None:
        message.handled_at, message.handled_by = now, by
        message.save(update_fields=["handled_at", "handled_by"])
    return message


def _website_due(topic: str, desk: DeskSettings, *, received: datetime, now: datetime) -> date:
    """The law's 30 days count from receipt; our own promise counts from when a person sees it."""
    if topic == WebsiteMessage.Topic.DATA:
        return _day(received + COMPLAINT_ANSWER)
    return promised_day(now, desk.hours, desk.reply_promise_days)


def _announce_website_message(message: WebsiteMessage, desk: DeskSettings, now: datetime) -> None:
    """At once mail the person whose message is about their data; then the team."""
    if message.topic == WebsiteMessage.Topic.DATA:
        message.acknowledgement = _mail_back(
            purpose="website_data_acknowledgement",
            to=message.email,
            desk=desk,
            now=now,
            context={
                "message": message,
                "desk": desk,
                "path": reverse("website_sent", args=[message.token]),
            },
        )
        message.save(update_fields=["acknowledgement"])
    if desk.receives_at:
        queue_mail(
            purpose="website_message_received",
            dedupe_key=f"website_message_received:{message.uuid}",
            to=desk.receives_at,
            reply_to=message.email,
            context={
                "message": message,
                "cms_path": reverse("website_messages:inspect", args=[message.pk]),
            },
        )
