"""The mail channel: into the outbox by Django's mail functions, out of it by SMTP or to files."""

import random
import re
import uuid
from collections.abc import Iterable
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from core.text import clean_text

from . import services
from .models import Message

# The status after the code (RFC 3463) says whose fault it is: that of the address, the mailbox,
# the way there, or not said. Others are about us, the mail or the server, and may be put right.
_STATUS = re.compile(r"5\.(\d{1,3})\.\d{1,3}\b")
_ABOUT_THE_RECIPIENT = {"0", "1", "2", "4"}


class UnsupportedMail(ValueError):
    """The mail holds something the outbox cannot keep, such as an attachment."""


class NobodyToSendTo(OSError):
    """The mail has no recipient that the mail server was asked to take."""


class OutboxBackend(BaseEmailBackend):
    """
    Django's mail backend of the site: every mail becomes a message row, one for each recipient.

    Nothing is sent here, so a dead mail server can neither slow down nor break a page.
    """

    def send_messages(self, email_messages: Iterable[EmailMessage]) -> int:
        """
        Write the mails to the outbox; returns how many.

        :raises UnsupportedMail: for anything but text, with or without HTML beside it.
        """
        rows = [row for mail in email_messages for row in _rows(mail)]
        Message.objects.bulk_create(rows)
        return len(rows)


def _rows(mail: EmailMessage) -> list[Message]:
    """One unsaved row for each recipient of one mail."""
    alternatives = getattr(mail, "alternatives", [])
    html_only = mail.content_subtype != "plain"
    other = [part for part in alternatives if part.mimetype != "text/html"] or alternatives[1:]
    if html_only or mail.attachments or other:
        raise UnsupportedMail(mail.subject)
    rows = []
    for recipient in mail.recipients():
        key = uuid.uuid4()
        rows.append(
            Message(
                uuid=key,
                channel=Message.Channel.MAIL,
                purpose="site",
                dedupe_key=f"mail:{key}",
                recipient=recipient,
                sender=mail.from_email,
                reply_to=", ".join(mail.reply_to),
                subject=clean_text(mail.subject),
                body=mail.body,
                body_html=alternatives[0].content if alternatives else "",
            )
        )
    return rows


def wait_before_retry(attempts: int) -> timedelta:
    """
    How long to wait after `attempts` failures: doubling, from a minute to four hours.

    With up to a fifth of jitter, so that a mail server which comes back is not stormed.
    """
    doubled = settings.OUTBOX_MAIL_FIRST_WAIT * 2 ** min(attempts - 1, 10)
    wait = min(doubled, settings.OUTBOX_MAIL_LONGEST_WAIT)
    return wait * random.uniform(1, 1.2)  # noqa: S311 - spreads load, guards nothing


def refusal(error: Exception) -> str:
    """
    What a mail server said that will never take a mail for the recipient: "550 No such user".

    Empty if trying again can help: the server was not reached, asked for patience (4xx), or
    refused us or the mail and not the recipient.
    """
    if not isinstance(error, SMTPRecipientsRefused):
        return ""
    answers = [_answer(code, words) for code, words in error.recipients.values()]
    return answers[0] if answers and all(answers) else ""


def _answer(code: int, words: bytes | str) -> str:
    """The answer about one recipient as text; empty if it is not a refusal for good."""
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    if not 500 <= code <= 599:  # noqa: PLR2004 - a refusal for good, says RFC 5321
        return ""
    if status := _STATUS.match(text):
        is_the_recipients = status[1] in _ABOUT_THE_RECIPIENT
    else:
        is_the_recipients = code // 10 == 55  # noqa: PLR2004 - 55x are about mailboxes
    return clean_text(f"{code} {text}") if is_the_recipients else ""


class MailChannel:
    """
    Delivers each mail by itself: one that fails holds up no other.

    A mail is tried for 72 hours (`OUTBOX_MAIL_GIVE_UP_AFTER`), then it is given up with an alarm;
    at once, if the recipient is refused for good.
    """

    name = Message.Channel.MAIL

    def __init__(self):
        options = settings.OUTBOX_MAIL
        self._options = {
            "backend": options["EMAIL_BACKEND"],
            **(
                {"file_path": options["EMAIL_FILE_PATH"]}
                if options["EMAIL_FILE_PATH"]
                else {
                    "host": options["EMAIL_HOST"],
                    "port": options["EMAIL_PORT"],
                    "username": options["EMAIL_HOST_USER"],
                    "password": options["EMAIL_HOST_PASSWORD"],
                    "use_tls": options["EMAIL_USE_TLS"],
                    "use_ssl": options["EMAIL_USE_SSL"],
                    "timeout": settings.OUTBOX_MAIL_TIMEOUT.total_seconds(),
                }
            ),
        }

    def send(self, message: Message) -> None:
        """
        Hand one mail to the mail server; returning means the server has taken it.

        :raises OSError: in all its kinds, `smtplib.SMTPException` among them, if it has not.
        """
        mail = EmailMultiAlternatives(
            subject=message.subject,
            body=message.body,
            from_email=message.sender,
            to=[message.recipient],
            reply_to=[message.reply_to] if message.reply_to else None,
            headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
            connection=get_connection(**self._options),
        )
        if message.body_html:
            mail.attach_alternative(message.body_html, "text/html")
        if not mail.send():
            raise NobodyToSendTo

    def settle_failure(self, message: Message, reason: str, error: Exception) -> bool:
        """Put the mail off or give it up; True if it was given up. The caller holds the lease."""
        if answer := refusal(error):
            return services.settle_refused(message=message, reason=reason, answer=answer)
        held = Message.objects.filter(pk=message.pk).held_by(message.lease_token)
        too_old = held.tried_for_longer_than(settings.OUTBOX_MAIL_GIVE_UP_AFTER)
        if too_old.settle_dead(error=reason):
            return True
        held.put_off(delay=wait_before_retry(message.attempts), error=reason)
        return False
