"""
Personal details leave: on the date that each thing carries, or at once on request.

What remains can be counted, by offer, sector, size, district, partner and outcome, and names
nobody. This is the only place that may blank the texts of a timeline.
"""

import logging
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from casestudies.services import erase_story
from core.models import Heartbeat
from outbox.models import Message, MessageQuerySet
from outbox.personal_data import ON_REQUEST

from .. import clock
from ..models import Enquiry, Handover, Interest, TimelineEntry, WebsiteMessage
from .mails import tell_partner_removed, told_desk_key
from .moving import close, contact_of, told_at, withdraw
from .timeline import Refused, note
from .website import received_key

HEARTBEAT = "retention_completed"
SILENT_AFTER = timedelta(hours=26)
A_RUN = 200  # a few seconds: the worker has other things to do by the clock

_PERSONAL = [
    *("organisation", "name", "role", "email", "pending_email", "phone", "message", "digest"),
    "portal_reference",
]

logger = logging.getLogger(__name__)


class MessagesWait(Refused):
    """A message is still to be delivered: what stands in it is needed until then."""


@dataclass(frozen=True)
class RetentionRun:
    """What one run did: numbers of enquiries and messages about the website."""

    removed: int = 0
    put_off: int = 0
    failed: int = 0
    is_complete: bool = True


@dataclass(frozen=True)
class RetentionState:
    """Whether personal details leave on time; `completed_at` is None if no run ever ended."""

    completed_at: datetime | None
    overdue: int
    is_silent: bool

    @property
    def is_well(self) -> bool:
        return not (self.is_silent or self.overdue)


@transaction.atomic
def anonymise(*, enquiry: Enquiry, now: datetime) -> Enquiry:
    """
    Remove who the enquiry came from and all that was written; what is open is closed first, with
    ‘no answer’. Safe to repeat.

    :raises MessagesWait: if one of its messages is not settled.
    """
    enquiry = _held(enquiry)
    if enquiry.is_anonymised:
        return enquiry
    _refuse_while_waiting(_messages(enquiry))
    for interest in _open_interests(enquiry):
        close(
            interest=interest,
            outcome=Interest.Outcome.NO_ANSWER,
            by=None,
            now=now,
            is_removed=True,
        )
    return _blank(enquiry, now)


@transaction.atomic
def erase(*, enquiry: Enquiry, now: datetime, by: User | None = None, why: str = "") -> Enquiry:
    """
    Remove at once, on request, who the enquiry and its duplicates came from and all that was
    written. What waits to be sent is not sent; what is open counts as withdrawn. Every partner that
    was ever given the details is told to remove them too. Safe to repeat.

    `why` stays on the timeline, so it names nobody. `by` is None on the command line.
    """
    who = {"now": now, "by": by, "why": why}
    for duplicate in enquiry.duplicates.order_by("pk"):  # before the other, as who adds to one
        erase(enquiry=duplicate, **who)
    enquiry = _held(enquiry)
    for duplicate in enquiry.duplicates.filter(anonymised_at=None):  # joined meanwhile
        erase(enquiry=duplicate, **who)
    if enquiry.is_anonymised:
        return enquiry
    _messages(enquiry).settle_unsent(reason=ON_REQUEST)
    for interest in enquiry.interests.exclude(story=None).select_related("story"):
        erase_story(story=interest.story, now=now)
    _tell_who_had_it(enquiry)
    for interest in _open_interests(enquiry):
        withdraw(interest=interest, now=now, by=by, is_removed=True)
    return _blank(enquiry, now, by=by, why=why)


@transaction.atomic
def forget_address(*, entry: TimelineEntry) -> None:
    """Remove an address from an entry of the timeline, and from its enquiry if it waits there."""
    enquiry = _held(entry.enquiry)
    if enquiry.pending_email == entry.text:
        enquiry.pending_email = ""
        enquiry.save(update_fields=["pending_email"])
    TimelineEntry.objects.filter(pk=entry.pk).update(text="")


@transaction.atomic
def anonymise_website_message(*, message: WebsiteMessage, now: datetime) -> WebsiteMessage:
    """
    Remove who wrote about the website, and what. Safe to repeat.

    :raises MessagesWait: if a mail about it is not settled.
    """
    message = WebsiteMessage.objects.select_for_update().get(pk=message.pk)
    if message.is_anonymised:
        return message
    _refuse_while_waiting(_mails_about(message))
    return _blank_website_message(message, now)


@transaction.atomic
def erase_website_message(*, message: WebsiteMessage, now: datetime) -> WebsiteMessage:
    """Remove at once who wrote about the website, and what; unsent mails stay unsent."""
    message = WebsiteMessage.objects.select_for_update().get(pk=message.pk)
    if message.is_anonymised:
        return message
    _mails_about(message).settle_unsent(reason=ON_REQUEST)
    return _blank_website_message(message, now)


def remove_overdue(now: datetime, *, at_most: int = A_RUN) -> RetentionRun:
    """
    Anonymise what is due today or before, each by itself; note when nothing was left to try.

    What has a message waiting is put off, what fails is logged and tried again: neither stops the
    others. After `at_most` the rest is left to the next run.
    """
    counts = dict.fromkeys(("removed", "put_off", "failed"), 0)
    for thing, remove in _due(now):
        if counts["removed"] >= at_most:
            return RetentionRun(**counts, is_complete=False)
        counts[_try(thing, remove)] += 1
    Heartbeat.objects.beat(HEARTBEAT, now=now)
    return RetentionRun(**counts)


def retention_state(now: datetime) -> RetentionState:
    """Whether a run has ended in the last 26 hours, and how much should have left by yesterday."""
    completed_at = Heartbeat.objects.filter(name=HEARTBEAT).values_list("at", flat=True).first()
    yesterday = clock.day(now) - timedelta(days=1)
    kinds = (Enquiry, WebsiteMessage)
    return RetentionState(
        completed_at=completed_at,
        overdue=sum(kind.objects.to_anonymise(yesterday).count() for kind in kinds),
        is_silent=completed_at is None or now - completed_at > SILENT_AFTER,
    )


def _due(now: datetime) -> Iterable[tuple[Enquiry | WebsiteMessage, Callable[[], object]]]:
    """What is due, with what removes it: ids first, so that no query stays open meanwhile."""
    today = clock.day(now)
    for pk in list(Enquiry.objects.to_anonymise(today).values_list("pk", flat=True)):
        enquiry = Enquiry(pk=pk)
        yield enquiry, lambda enquiry=enquiry: anonymise(enquiry=enquiry, now=now)
    for pk in list(WebsiteMessage.objects.to_anonymise(today).values_list("pk", flat=True)):
        message = WebsiteMessage(pk=pk)
        yield message, lambda message=message: anonymise_website_message(message=message, now=now)


def _try(thing: Enquiry | WebsiteMessage, remove: Callable[[], object]) -> str:
    """Remove it; "removed", "put_off" or "failed"."""
    try:
        remove()
    except MessagesWait:
        return "put_off"
    except Exception as error:  # noqa: BLE001 - one that fails must not keep the others
        # Without the words of the error: a database puts the row into them.
        kind, name = thing._meta.verbose_name, type(error).__name__
        logger.error("Retention of %s %s failed: %s", kind, thing.pk, name)
        return "failed"
    return "removed"


def _held(enquiry: Enquiry) -> Enquiry:
    """As it is now, locked; also if it is anonymised."""
    return Enquiry.objects.select_for_update().get(pk=enquiry.pk)


def _messages(enquiry: Enquiry) -> MessageQuerySet:
    """Every message it caused, and those about what was said by its link elsewhere."""
    own = Message.objects.filter(pk__in=enquiry.timeline.exclude(message=None).values("message"))
    elsewhere = TimelineEntry.objects.filter(other=enquiry).select_related("enquiry")
    keys = [told_desk_key("enquiry_added_to", entry) for entry in elsewhere]
    of_others = Message.objects.filter(dedupe_key__in=keys)
    copies = [f"copy:{uuid}" for uuid in of_others.values_list("uuid", flat=True)]
    return own | of_others | Message.objects.filter(dedupe_key__in=copies)


def _mails_about(message: WebsiteMessage) -> MessageQuerySet:
    """The mails to the desk, and the one to the person who wrote."""
    to_desk = Message.objects.filter(dedupe_key__startswith=received_key(message))
    return to_desk | Message.objects.filter(pk=message.acknowledgement_id)


def _refuse_while_waiting(messages: MessageQuerySet) -> None:
    """:raises MessagesWait: if one of them is still to be delivered."""
    if messages.waiting().exists():
        raise MessagesWait("A message is still on its way")


def _open_interests(enquiry: Enquiry) -> list[Interest]:
    """What is still to be done; in quarantine that is nothing, and nothing is counted."""
    return [] if enquiry.is_quarantined else list(enquiry.interests.open().in_order())


def _tell_who_had_it(enquiry: Enquiry) -> None:
    """
    Tell partners that had the details and are done. Those that still have them are told by the end.

    On no timeline, as that one: what stands there is about to be removed.
    """
    had = Handover.objects.filter(interest__enquiry=enquiry, ended_at__isnull=False)
    for handover in had.exclude(accepted_at=None).with_all().order_by("pk"):
        if address := contact_of(handover) or told_at(handover):
            tell_partner_removed(handover, to=address)


def _blank(enquiry: Enquiry, now: datetime, *, by: User | None = None, why: str = "") -> Enquiry:
    """Leave what can be counted; the form and the link it came by lead to nothing any more."""
    _messages(enquiry).blank()
    said = enquiry.timeline.all() | TimelineEntry.objects.filter(other=enquiry)
    said.exclude(text="").update(text="")  # past save(), which refuses any change
    for field in _PERSONAL:
        setattr(enquiry, field, "")
    enquiry.interests.update(story=None)  # it names them, and leaves on a day of its own
    enquiry.postcode = enquiry.postcode.partition(" ")[0]
    enquiry.came_from = enquiry.came_from.partition("?")[0]
    enquiry.quarantine_reason = ""
    enquiry.idempotency_key = uuid.uuid4()
    enquiry.link_version += 1
    enquiry.asked_at = enquiry.employer_wrote_at = None
    enquiry.anonymised_at = now
    enquiry.save()
    note(enquiry, TimelineEntry.Kind.ANONYMISED, now, actor=by, text=why)
    return enquiry


def _blank_website_message(message: WebsiteMessage, now: datetime) -> WebsiteMessage:
    """Leave what can be counted: the topic and the days."""
    _mails_about(message).blank()
    for field in ("page", "message", "name", "email", "quarantine_reason"):
        setattr(message, field, "")
    message.idempotency_key = uuid.uuid4()
    message.anonymised_at = now
    message.save()
    return message
