"""
Moves messages from the outbox to where they belong. At least once, and never silently not.

One relay works one channel. It claims a few due messages in a short transaction, renews the
lease of each just before sending it, sends outside any transaction, and settles only what it
still holds. A worker that is killed at any of these points leaves a message that is due again
when its lease is over.
"""

import logging
import uuid
from typing import Protocol

from django.conf import settings
from django.db import transaction

from core.text import clean_text

from .models import Message

logger = logging.getLogger(__name__)

BATCH = 10  # messages claimed at once: all of them wait out the lease if the worker is killed


class Channel(Protocol):
    """A way out of the site, and what it does with a message that would not go."""

    name: str

    def send(self, message: Message) -> None:
        """Deliver; any exception means it was not delivered."""

    def settle_failure(self, message: Message, reason: str, error: Exception) -> bool:
        """Decide about a message that was not delivered; True if it is given up."""


def relay(channel: Channel) -> int:
    """Try a few of the channel's due messages; returns how many were tried, 0 if none is due."""
    messages = _claim(channel.name)
    for message in messages:
        _deliver(channel, message)
    return len(messages)


def _claim(channel: str) -> list[Message]:
    token = uuid.uuid4()
    with transaction.atomic():
        due = Message.objects.due().filter(channel=channel).lock_if_possible()
        ids = list(due.values_list("pk", flat=True)[:BATCH])
        if ids:
            Message.objects.filter(pk__in=ids).waiting().lease(
                token=token, length=settings.OUTBOX_LEASE
            )
    return list(Message.objects.held_by(token).order_by("pk")) if ids else []


def _deliver(channel: Channel, message: Message) -> None:
    """Send one message this worker has claimed, if the lease is still its own."""
    mine = Message.objects.filter(pk=message.pk).held_by(message.lease_token)
    if not mine.renew(length=settings.OUTBOX_LEASE):
        return
    try:
        channel.send(message)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the message must not be lost
        reason = clean_text(f"{type(error).__name__}: {error}")[:500]
        if channel.settle_failure(message, reason, error):
            logger.error("Message %s was given up: %s", message.uuid, type(error).__name__)
    else:
        if not mine.settle_sent():
            logger.warning("Message %s was sent, but its lease was lost meanwhile", message.uuid)
