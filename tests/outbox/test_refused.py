"""A recipient that the receiving server refuses for good is not tried for 72 hours."""

import logging
import smtplib

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from outbox import relay as relay_module
from outbox.mail import MailChannel, refusal
from outbox.models import Mailbox, Message
from outbox.relay import relay
from outbox.signals import recipient_refused

GONE, FULL, GOOD = "gone@example.com", "full@example.com", "good@example.com"
WORDS = "5.1.1 No such user here"


@pytest.fixture
def refusing(mail_server):
    mail_server.refuses = {GONE: f"550 {WORDS}", FULL: "450 4.2.2 Mailbox full"}
    return mail_server


# -- Which answers are about the recipient, and for good ----------------------------------


def refused(code, words):
    return smtplib.SMTPRecipientsRefused({GONE: (code, words)})


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (550, b"no such user"),
        (550, b"5.1.1 no such user"),
        (550, b"5.4.1 Recipient address rejected: Access denied"),
        (551, b"user not local"),
        (552, b"5.2.2 mailbox full"),
        (553, b"mailbox name not allowed"),
        (556, b"5.1.10 null MX"),
        (501, b"5.1.3 bad recipient address syntax"),
        (550, "no such user"),
        (550, b"\xff\x00 no\r\nsuch user"),
        (550, b""),
    ],
)
def test_a_refusal_for_good_is_told_in_the_words_of_the_server(code, words):
    assert refusal(refused(code, words)).startswith(str(code))


@pytest.mark.parametrize(
    "error",
    [
        refused(450, b"4.2.2 mailbox full"),
        refused(451, b"greylisted"),
        refused(421, b"too busy"),
        refused(530, b"5.7.0 Authentication required"),
        refused(503, b"bad sequence of commands"),
        refused(554, b"5.7.1 Relay access denied"),
        refused(550, b"5.7.54 Unable to relay"),
        refused(550, b"5.3.4 message too big"),
        smtplib.SMTPRecipientsRefused({}),
        smtplib.SMTPRecipientsRefused({GONE: (550, b"no"), FULL: (450, b"later")}),
        smtplib.SMTPSenderRefused(550, b"5.1.8 bad sender", "no-reply@example.org"),
        smtplib.SMTPDataError(550, b"5.1.1 not that"),
        smtplib.SMTPAuthenticationError(535, b"5.7.8 wrong password"),
        OSError("550 no such user"),
    ],
    ids=str,
)
def test_whatever_can_be_put_right_is_no_refusal_for_good(error):
    assert refusal(error) == ""


# -- What becomes of the message ----------------------------------------------------------


def test_only_a_recipient_refused_for_good_is_given_up_at_once(make_message, refusing, heard):
    gone, full, good = (make_message(recipient=address) for address in (GONE, FULL, GOOD))

    assert relay(MailChannel()) == 3

    for message in (gone, full, good):
        message.refresh_from_db()
    assert (gone.state, gone.recipient_refused, gone.attempts) == ("dead", True, 1)
    assert gone.settled_at is not None
    assert gone.lease_token is None
    assert WORDS in gone.last_error
    assert (full.state, full.recipient_refused) == ("waiting", False)
    assert (good.state, good.recipient_refused) == ("sent", False)
    assert [mail.envelope_to for mail in refusing.received] == [[GOOD]]
    assert heard == [gone]
    assert list(Message.objects.refused()) == [gone]


def test_the_mailbox_of_the_recipient_is_marked_in_any_spelling(make_message, refusing, proven):
    mailbox, other = proven("Gone@EXAMPLE.com"), proven(GOOD)
    message = make_message(recipient=GONE)

    relay(MailChannel())

    message.refresh_from_db()
    mailbox.refresh_from_db()
    assert mailbox.bounced_at == message.settled_at
    assert mailbox.bounced_why == f"The mail server refused it: 550 {WORDS}"
    assert not mailbox.is_usable
    assert list(Mailbox.objects.usable()) == [other]


def test_no_mailbox_is_made_for_a_stranger(make_message, refusing):
    make_message(recipient=GONE)

    relay(MailChannel())

    assert not Mailbox.objects.exists()


def test_patience_marks_no_mailbox(make_message, refusing, proven, heard):
    mailbox = proven(FULL)
    make_message(recipient=FULL)

    relay(MailChannel())

    mailbox.refresh_from_db()
    assert mailbox.is_usable
    assert heard == []


def test_giving_up_after_72_hours_is_not_announced_as_a_refusal(make_message, refusing, heard):
    message = make_message(recipient=FULL, age=relay_module.settings.OUTBOX_MAIL_GIVE_UP_AFTER * 2)

    relay(MailChannel())

    message.refresh_from_db()
    assert (message.state, message.recipient_refused) == ("dead", False)
    assert heard == []
    assert not Message.objects.refused().exists()


def test_the_alarm_keeps_no_personal_data(make_message, refusing, proven, caplog):
    proven(GONE)
    message = make_message(recipient=GONE)

    with caplog.at_level(logging.DEBUG):
        relay(MailChannel())

    [record] = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert record.getMessage() == f"Message {message.uuid} was given up: SMTPRecipientsRefused"
    assert "gone" not in "".join(
        record.getMessage() for record in caplog.records if record.name.startswith("outbox")
    )


def test_a_refusal_after_the_lease_was_lost_changes_nothing(
    make_message, refusing, proven, heard, monkeypatch
):
    mailbox, message = proven(GONE), make_message(recipient=GONE)
    send = MailChannel.send

    def lose_the_lease(self, claimed):
        Message.objects.filter(pk=message.pk).update(lease_token=None)
        send(self, claimed)

    monkeypatch.setattr(MailChannel, "send", lose_the_lease)
    relay(MailChannel())

    message.refresh_from_db()
    mailbox.refresh_from_db()
    assert (message.state, message.last_error) == ("waiting", "")
    assert mailbox.is_usable
    assert heard == []


@pytest.mark.parametrize("fields", [{}, {"state": "sent", "settled_at": Now()}])
def test_the_database_keeps_a_refusal_for_messages_that_were_given_up(make_message, fields):
    message = make_message()

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(recipient_refused=True, **fields)


# -- The announcement ---------------------------------------------------------------------


def test_receivers_hear_of_a_message_that_is_given_up_already(make_message, refusing):
    states = []

    def hear(sender, message, **kwargs):
        states.append((sender, message.state, Message.objects.get(pk=message.pk).state))

    recipient_refused.connect(hear, weak=False)
    try:
        make_message(recipient=GONE)
        relay(MailChannel())
    finally:
        recipient_refused.disconnect(hear)

    assert states == [(Message, "dead", "dead")]


def test_what_receivers_write_is_there_only_if_the_message_is_given_up(
    make_message, refusing, monkeypatch
):
    """As when the process is killed before the end: neither of the two is there."""
    message = make_message(recipient=GONE)

    def hear(sender, message, **kwargs):
        Mailbox.objects.create(address=GOOD)

    def die(*args, **kwargs):
        raise KeyboardInterrupt

    recipient_refused.connect(hear, weak=False)
    try:
        monkeypatch.setattr("outbox.services._announce_refusal", after(die))
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            relay(MailChannel())
    finally:
        recipient_refused.disconnect(hear)

    message.refresh_from_db()
    assert message.state == "waiting"
    assert not Mailbox.objects.exists()


def after(end):
    """The announcement, and then the end."""
    from outbox.services import _announce_refusal as announce

    def wrapped(message):
        announce(message)
        assert Mailbox.objects.exists()
        end()

    return wrapped


def raise_an_error():
    raise ValueError(GONE)


def break_the_transaction():
    connection.cursor().execute("SELECT nonsense FROM nowhere")


@pytest.mark.parametrize("fail", [raise_an_error, break_the_transaction])
def test_a_receiver_that_fails_keeps_no_message_from_being_given_up(
    make_message, refusing, proven, caplog, fail
):
    mailbox, message = proven(GONE), make_message(recipient=GONE)

    def hear(sender, message, **kwargs):
        fail()

    recipient_refused.connect(hear, weak=False)
    try:
        with caplog.at_level(logging.ERROR, "outbox"):
            relay(MailChannel())
    finally:
        recipient_refused.disconnect(hear)

    message.refresh_from_db()
    mailbox.refresh_from_db()
    assert (message.state, message.recipient_refused) == ("dead", True)
    assert not mailbox.is_usable
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("outbox")]
    assert GONE not in "".join(ours)


def test_a_mailbox_that_was_proven_anew_is_marked_by_the_next_refusal(
    make_message, refusing, proven
):
    mailbox = proven(GONE, proven_at=timezone.now())
    for _ in range(2):
        Mailbox.objects.update(bounced_at=None, bounced_why="")
        make_message(recipient=GONE)
        relay(MailChannel())
        mailbox.refresh_from_db()
        assert mailbox.bounced_at
