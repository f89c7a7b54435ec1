"""
Brings what waits for the portal to it: in strict order, at least once, and never silently not.

Whose fault an answer is decides. An event that the portal will not have is set aside, once a ping
has shown that the portal itself is well; anything else means that the portal is away, and all
that waits keeps its place.
"""

import logging
import random
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic

from django.db import transaction
from django.db.models import F

from outbox.models import Message

from . import door, events, signing, watch
from .calls import Answer, call
from .models import LONGEST_WAIT, Circuit

logger = logging.getLogger(__name__)

PATH = "/webhooks/aspires"
SECONDS = 15  # for an answer
A_RUN = 30  # seconds: then the clock is looked at again
ITS_FAULT = frozenset([400, 405, 413, 415, 422])  # of the event
REFUSED_OFTEN = 3  # refusals of one event: then a ping tells whose fault it is
# Minutes to wait after the first, second … answer in a row that says that the portal is away.
WAITS = (1, 5, 15, 30, 60)


def deliver(now: datetime) -> int:
    """Send what waits, until the portal says no or half a minute is over; how many are settled."""
    portal = door.known()
    if not portal.is_connected or not Message.objects.for_portal().waiting().exists():
        return 0
    circuit = Circuit.claim(now=now)
    if circuit is None:
        return 0
    settled, begun = 0, monotonic()
    try:
        while monotonic() - begun < A_RUN and circuit.renew():
            message = Message.objects.for_portal().waiting().first()
            if message is None or not _deliver(message, portal, circuit, now):
                break
            settled += 1
    finally:
        circuit.release()
    return settled


def send(portal: door.Known, event: str, body: bytes, *, now: datetime) -> Answer:
    """One attempt to bring an event."""
    address = f"{portal.base_url.rstrip('/')}{PATH}"
    signed_with = signing.valid_secrets(
        portal.secret_version, previous_until=portal.previous_secret_until, now=now
    )
    headers = {
        "Content-Type": "application/cloudevents+json; charset=UTF-8",
        **signing.headers(body, id=event, at=now, signed_with=signed_with),
    }
    return call("POST", address, seconds=SECONDS, body=body, headers=headers)


def _deliver(message: Message, portal: door.Known, circuit: Circuit, now: datetime) -> bool:
    """Send the first event; whether the next may follow."""
    tried = Message.objects.filter(pk=message.pk).waiting()
    tried.update(attempts=F("attempts") + 1)  # before: it may be read while it is on its way
    answer = send(portal, str(message.uuid), message.body.encode(), now=now)
    if answer.is_taken:
        with transaction.atomic():
            tried.settle_sent()
            events.note_taken(message, now=now)
        circuit.succeed(now=now)
        return True
    tried.update(last_error=answer.error)
    if answer.status not in ITS_FAULT:
        _wait_for_portal(circuit, answer, now)
        return False
    refusals = circuit.refuse(message.uuid, error=answer.error)
    if refusals < REFUSED_OFTEN:
        circuit.retry_at = now + _jittered(timedelta(minutes=1))
        return False
    if refusals == REFUSED_OFTEN:
        event, body = events.ping(now)
        pinged = send(portal, str(event), body, now=now)
        if pinged.is_taken:
            return _deliver(message, portal, circuit, now)
        circuit.refusals -= 1  # it refuses everything: that is not this event's fault
        _wait_for_portal(circuit, pinged, now)
        return False
    tried.settle_dead(error=answer.error)
    logger.error("The portal refuses event %s: %s", message.uuid, answer.error)
    watch.tell_of_refusal(now)
    circuit.succeed(now=now)
    return True


def _wait_for_portal(circuit: Circuit, answer: Answer, now: datetime) -> None:
    minutes = WAITS[min(circuit.failures, len(WAITS) - 1)]
    wait = _wait(answer.retry_after, now) or _jittered(timedelta(minutes=minutes))
    circuit.fail(error=answer.error, now=now, wait=wait)
    if circuit.is_away:
        logger.error("The portal takes nothing: %s", answer.error)
        watch.tell_of_outage(circuit)


def _jittered(wait: timedelta) -> timedelta:
    return wait * random.uniform(1, 1.2)  # noqa: S311 - spreads load, guards nothing


def _wait(header: str, now: datetime) -> timedelta | None:
    """How long Retry-After asks for, at most a day; None if it says nothing sensible."""
    if not header:
        return None
    try:
        if header.isascii() and header.isdigit():
            wait = timedelta(seconds=min(int(header[:9]), LONGEST_WAIT.total_seconds()))
        else:
            at = parsedate_to_datetime(header)
            wait = (at if at.tzinfo else at.replace(tzinfo=UTC)) - now
    except (ValueError, TypeError, OverflowError):
        return None
    return min(wait, LONGEST_WAIT) if wait > timedelta(0) else None
