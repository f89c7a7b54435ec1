import logging
import re
import secrets
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.template.loader import render_to_string
from django.utils.crypto import constant_time_compare, salted_hmac
from wagtail.log_actions import log

from core.forms import EmailField
from core.text import clean_text

from .models import Mailbox, Message, wire_address
from .signals import recipient_refused

logger = logging.getLogger(__name__)

SENT_AGAIN = "outbox.send_again"  # action in Wagtail's audit log
_CODE = re.compile("[0-9]{6}")
_HOUR = timedelta(hours=1)
_AT_ONCE = timedelta(minutes=1)  # more than one request waits for another


class AlreadyDelivered(Exception):
    """The message was taken by the receiving server: there is nothing to try again."""


class UnmailableAddress(ValueError):
    """What was given as an address is none that a mail can be sent to."""


class TooManyCodes(Exception):
    """The address was sent as many codes as it gets in an hour; `again_at` is when the next may."""

    def __init__(self, again_at: datetime):
        super().__init__()
        self.again_at = again_at


class NoCode(Exception):
    """There is no code to compare with: none was sent, or it was used."""


class CodeExpired(Exception):
    """The code was sent too long ago."""


class TooManyTries(Exception):
    """The code was guessed at too often: not even the right one counts any more."""


class WrongCode(Exception):
    """That is not the code; `tries_left` may be 0."""

    def __init__(self, tries_left: int):
        super().__init__()
        self.tries_left = tries_left


def queue_mail(
    *,
    purpose: str,
    dedupe_key: str,
    to: str,
    context: Mapping[str, object],
    reply_to: str = "",
) -> tuple[Message, bool]:
    """
    Write one mail to the outbox from the templates in `templates/emails/<purpose>/`.

    Call it inside the transaction that causes the mail. With a `dedupe_key` that exists already
    nothing is written. Returns the message, and whether it is new.
    """
    folder = f"emails/{purpose}"
    values = {"base_url": settings.BASE_URL, **context}
    return Message.objects.get_or_create(
        dedupe_key=dedupe_key,
        defaults={
            "channel": Message.Channel.MAIL,
            "purpose": purpose,
            "recipient": to,
            "sender": settings.DEFAULT_FROM_EMAIL,
            "reply_to": reply_to,
            "subject": clean_text(render_to_string(f"{folder}/subject.txt", values)),
            "body": render_to_string(f"{folder}/body.txt", values).strip() + "\n",
            "body_html": render_to_string(f"{folder}/body.html", values),
        },
    )


def send_copy(*, message: Message, to: str) -> tuple[Message, bool]:
    """
    Write the same mail once more, for another recipient; once.

    Returns the message, and whether it is new.
    """
    frozen = ("channel", "purpose", "sender", "reply_to", "subject", "body", "body_html")
    return Message.objects.get_or_create(
        dedupe_key=f"copy:{message.uuid}",
        defaults={"recipient": to, **{name: getattr(message, name) for name in frozen}},
    )


@transaction.atomic
def send_again(*, message: Message, by: AbstractBaseUser) -> Message:
    """
    Have a message that was given up tried again, with a fresh 72 hours and the same Message-ID.

    One that waits already stays as it is. Who asked for it is in Wagtail's audit log.

    :raises AlreadyDelivered: if it was sent.
    """
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.state == Message.State.SENT:
        raise AlreadyDelivered
    if Message.objects.filter(pk=message.pk).open_again():
        log(message, SENT_AGAIN, user=by)
        message.refresh_from_db()
    return message


@transaction.atomic
def settle_refused(*, message: Message, reason: str, answer: str) -> bool:
    """
    Give up a message because the receiving server refused its recipient for good.

    `answer` is what the server said. Marks the mailbox of that address, if we know one, and
    announces it with the signal `recipient_refused`. False if the lease was lost meanwhile: then
    nothing happens, whoever holds the message will be told the same.
    """
    held = Message.objects.filter(pk=message.pk).held_by(message.lease_token)
    if not held.settle_dead(error=reason, recipient_refused=True):
        return False
    message.refresh_from_db()
    mark_bounced(
        address=message.recipient,
        why=f"The mail server refused it: {answer}",
        now=message.settled_at,
    )
    _announce_refusal(message)
    return True


def _announce_refusal(message: Message) -> None:
    """Tell the receivers; one that breaks the transaction loses its own writes and no others."""
    try:
        with transaction.atomic():
            recipient_refused.send_robust(sender=Message, message=message)
    except DatabaseError as error:
        logger.error(
            "A receiver of the refusal of message %s failed: %s", message.uuid, type(error).__name__
        )


# -- Mailboxes ----------------------------------------------------------------------------


@transaction.atomic
def send_code(*, address: str, now: datetime) -> Mailbox:
    """
    Mail a new code to an address, which proves that somebody reads it; an older code ends.

    The mailbox is made if it is not known yet. If it was proven it stays so.

    :raises UnmailableAddress: if no mail can be sent there.
    :raises TooManyCodes: if it got `MAILBOX_CODES_AN_HOUR` already.
    """
    mailbox = _mailbox_for(address)
    _count_code(mailbox, now)
    code = f"{secrets.randbelow(1_000_000):06}"
    mailbox.code_hash = _hash(code, salt=secrets.token_hex(16))
    mailbox.code_expires_at = now + settings.MAILBOX_CODE_HOLDS
    mailbox.code_tries = 0
    mailbox.save()
    queue_mail(
        purpose="mailbox_code",
        dedupe_key=f"mailbox_code:{uuid.uuid4()}",
        to=mailbox.address,
        context={
            "code": code,
            "sent_at": now,
            "expires_at": mailbox.code_expires_at,
            "tries": settings.MAILBOX_CODE_TRIES,
        },
    )
    return mailbox


def prove(*, address: str, code: str, now: datetime) -> Mailbox:
    """
    Note that somebody reads the mailbox, if the code is the one that was mailed there.

    A bounce from before is forgotten. To be called outside any transaction: a wrong try stays
    counted, whatever the caller does about it.

    :raises NoCode: if no code is out.
    :raises CodeExpired: if it was sent too long ago.
    :raises TooManyTries: if it was guessed at too often.
    :raises WrongCode: if it is another one.
    """
    with transaction.atomic(durable=True):
        mailbox = _mailbox_with_code(address, now)
        is_right = _is_right(code, mailbox.code_hash)
        if is_right:
            mailbox.proven_at = now
            mailbox.code_hash, mailbox.code_expires_at, mailbox.code_tries = "", None, 0
            mailbox.bounced_at, mailbox.bounced_why = None, ""
        else:
            mailbox.code_tries += 1
        mailbox.save()
    if not is_right:
        raise WrongCode(settings.MAILBOX_CODE_TRIES - mailbox.code_tries)
    return mailbox


@transaction.atomic
def mark_bounced(*, address: str, why: str, now: datetime) -> bool:
    """
    Note that mail to a mailbox does not arrive: it is not used until it is proven again.

    `why` is a few words; what is longer is cut off. False if no mailbox has this address: none
    is made for strangers.
    """
    mailbox = Mailbox.objects.for_address(address)
    return bool(mailbox.update(bounced_at=now, bounced_why=clean_text(why)[:200]))


def usable_addresses(addresses: Iterable[str]) -> set[str]:
    """Those of the addresses that are proven and have not bounced since."""
    wanted = {address: wire_address(address) for address in addresses}
    mailboxes = Mailbox.objects.usable().filter(wire_address__in=wanted.values())
    usable = set(mailboxes.values_list("wire_address", flat=True))
    return {address for address, wire in wanted.items() if wire in usable}


def first_usable(addresses: Iterable[str]) -> str:
    """The first of the addresses that is proven and has not bounced since; empty if none is."""
    addresses = list(addresses)
    usable = usable_addresses(addresses)
    return next((address for address in addresses if address in usable), "")


def _mailbox_for(address: str) -> Mailbox:
    """The mailbox, made if needed, locked until the transaction ends."""
    try:
        address = EmailField(name="Email address").clean(address)
    except ValidationError:
        raise UnmailableAddress from None
    if not (wire := wire_address(address)):
        raise UnmailableAddress
    Mailbox.objects.get_or_create(wire_address=wire, defaults={"address": address})
    return Mailbox.objects.select_for_update().get(wire_address=wire)


def _count_code(mailbox: Mailbox, now: datetime) -> None:
    """
    Count one more code. The hour begins with its first; a clock set back begins a new one, but not
    a moment that was taken before another's, of several that came at once.
    """
    since = mailbox.codes_since
    if since is None or not since - _AT_ONCE <= now < since + _HOUR:
        mailbox.codes_since, mailbox.codes_sent = now, 0
    if mailbox.codes_sent >= settings.MAILBOX_CODES_AN_HOUR:
        raise TooManyCodes(again_at=mailbox.codes_since + _HOUR)
    mailbox.codes_sent += 1


def _mailbox_with_code(address: str, now: datetime) -> Mailbox:
    """The mailbox, if its code may be tried, locked so that no guess goes uncounted."""
    mailbox = Mailbox.objects.for_address(address).select_for_update().first()
    if mailbox is None or not mailbox.code_hash:
        raise NoCode
    if now >= mailbox.code_expires_at:
        raise CodeExpired
    if mailbox.code_tries >= settings.MAILBOX_CODE_TRIES:
        raise TooManyTries
    return mailbox


def _hash(code: str, *, salt: str) -> str:
    """
    Salt and keyed hash of a code. The key is the site's secret: a million codes are soon tried,
    so who has the database alone must not be able to.
    """
    digest = salted_hmac(f"outbox.mailbox_code:{salt}", code, algorithm="sha256").hexdigest()
    return f"{salt}${digest}"


def _is_right(code: str, code_hash: str) -> bool:
    if not _CODE.fullmatch(code):
        return False
    return constant_time_compare(_hash(code, salt=code_hash.partition("$")[0]), code_hash)
