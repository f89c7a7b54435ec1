"""Messages about the website: stored, answered in time, noted as handled."""

import uuid
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse

from accounts.models import User
from outbox.models import Message
from outbox.services import queue_mail

from .. import clock
from ..models import DeskSettings, PrivacyNotice, WebsiteMessage
from .mails import mail_back

RECEIVED = "website_message_received"  # the mail to the team
# To acknowledge it, says the Data Protection Act 2018, section 164A; we also promise word by then.
COMPLAINT_ANSWER = timedelta(days=30)


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
            "privacy_notice": PrivacyNotice.objects.in_force(clock.day(now)).first(),
            "quarantined_at": now if suspicion else None,
            "quarantine_reason": suspicion,
            "created_at": now,
            "due_on": _website_due(answers["topic"], desk, received=now, now=now),
            "anonymise_on": clock.retention_ends(now),
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
    if message.is_quarantined and not message.is_anonymised:
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


@transaction.atomic
def turn_website_message_to_backup(*, refused: Message, desk: DeskSettings) -> Message | None:
    """
    Mail the team, at the mailbox that is left, what another one refused, once; None if there is no
    mailbox, or if the message names nobody any more.
    """
    uuid_text = refused.dedupe_key.split(":")[1]
    named = WebsiteMessage.objects.select_for_update().filter(anonymised_at=None)
    message = named.filter(uuid=uuid_text).first()
    if message is None:
        return None
    return _mail_desk(message, desk, key=f"{received_key(message)}:{refused.pk}")


def received_key(message: WebsiteMessage) -> str:
    """How the keys begin of the mails that tell the team of it."""
    return f"{RECEIVED}:{message.uuid}"


def _website_due(topic: str, desk: DeskSettings, *, received: datetime, now: datetime) -> date:
    """The law's 30 days count from receipt; our own promise counts from when a person sees it."""
    if topic == WebsiteMessage.Topic.DATA:
        return clock.day(received + COMPLAINT_ANSWER)
    return clock.reply_due(now, desk)


def _announce_website_message(message: WebsiteMessage, desk: DeskSettings, now: datetime) -> None:
    """At once mail the person whose message is about their data; then the team."""
    if message.topic == WebsiteMessage.Topic.DATA:
        message.acknowledgement = mail_back(
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
    _mail_desk(message, desk, key=received_key(message))


def _mail_desk(message: WebsiteMessage, desk: DeskSettings, *, key: str) -> Message | None:
    """Mail the team about it, once with the same key; None if there is no mailbox."""
    to = desk.receives_at
    if not to:
        return None
    mail, _ = queue_mail(
        purpose=RECEIVED,
        dedupe_key=key,
        to=to,
        reply_to=message.email,
        context={
            "message": message,
            "cms_path": reverse("website_messages:inspect", args=[message.pk]),
        },
    )
    return mail
