"""The mail channel: into the outbox by Django's functions, out of it as one proper mail each."""

import email
import logging
import smtplib
from contextlib import suppress
from datetime import timedelta
from email import policy
from email.utils import getaddresses

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from core.text import clean_text
from outbox.mail import MailChannel, OutboxBackend, UnsupportedMail, wait_before_retry
from outbox.models import Message
from outbox.relay import relay

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def into_the_outbox(settings, db):
    """Django's mail functions as the site is set up; the test runner puts others there."""
    settings.EMAIL_BACKEND = "outbox.mail.OutboxBackend"
    mail.outbox = []


def parse(sent):
    return email.message_from_bytes(sent.message().as_bytes(), policy=policy.default)


# -- Into the outbox ----------------------------------------------------------------------


def test_the_site_sends_every_mail_through_the_outbox():
    from aspires.settings import base

    assert base.EMAIL_BACKEND == "outbox.mail.OutboxBackend"


def test_a_mail_becomes_a_row_and_nothing_is_sent(into_the_outbox):
    assert send_mail("Hello", "Text\n", "from@example.org", ["sam@example.com"]) == 1

    [row] = Message.objects.all()
    assert (row.channel, row.state, row.attempts) == ("mail", "waiting", 0)
    assert (row.recipient, row.sender) == ("sam@example.com", "from@example.org")
    assert (row.subject, row.body, row.body_html) == ("Hello", "Text\n", "")
    assert mail.outbox == []


def test_every_recipient_gets_a_row_and_sees_nobody_else(into_the_outbox):
    EmailMessage(
        "Hello",
        "Text",
        to=["a@example.com", "b@example.com"],
        cc=["c@example.com"],
        bcc=["d@example.com"],
        reply_to=["desk@example.org"],
    ).send()

    rows = Message.objects.order_by("recipient")
    assert [row.recipient[0] for row in rows] == ["a", "b", "c", "d"]
    assert {row.reply_to for row in rows} == {"desk@example.org"}
    assert len({row.dedupe_key for row in rows}) == len({row.uuid for row in rows}) == 4


def test_the_html_of_a_mail_is_kept(into_the_outbox):
    both = EmailMultiAlternatives("Hello", "Text", to=["sam@example.com"])
    both.attach_alternative("<p>Text</p>", "text/html")
    both.send()

    assert Message.objects.get().body_html == "<p>Text</p>"


def test_a_mail_that_is_only_html_does_not_become_plain_text(into_the_outbox):
    only_html = EmailMessage("Hello", "<p>Text</p>", to=["sam@example.com"])
    only_html.content_subtype = "html"

    with suppress(UnsupportedMail):
        only_html.send()

    assert not Message.objects.filter(body="<p>Text</p>", body_html="").exists()


def with_attachment():
    letter = EmailMessage("Hello", "Text", to=["sam@example.com"])
    letter.attach("list.csv", "a,b", "text/csv")
    return letter


def with_calendar():
    letter = EmailMultiAlternatives("Hello", "Text", to=["sam@example.com"])
    letter.attach_alternative("BEGIN:VCALENDAR", "text/calendar")
    return letter


@pytest.mark.parametrize("make", [with_attachment, with_calendar])
def test_what_the_outbox_cannot_keep_is_refused_and_not_lost_silently(into_the_outbox, make):
    with pytest.raises(UnsupportedMail, match="Hello"):
        make().send()

    assert not Message.objects.exists()


def test_a_mail_to_nobody_writes_nothing(into_the_outbox):
    assert OutboxBackend().send_messages([EmailMessage("Hello", "Text")]) == 0
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "subject", ["Hello\nBcc: evil@example.com", "Hello\r\nTo: x@example.com", "A\x0bB\x00C"]
)
def test_a_subject_cannot_add_headers(into_the_outbox, postbox, subject):
    send_mail(subject, "Text", "from@example.org", ["sam@example.com"])

    relay(MailChannel())

    sent = parse(postbox[0])
    assert sent["Bcc"] is None
    assert sent.get_all("To") == ["sam@example.com"]
    assert sent["Subject"] == clean_text(subject)


@pytest.mark.parametrize("field", ["recipient", "sender", "reply_to"])
def test_an_address_cannot_add_headers(make_message, postbox, field):
    message = make_message(**{field: "sam@example.com\nBcc: evil@example.com"})

    relay(MailChannel())

    message.refresh_from_db()
    assert postbox == []
    assert message.state == "waiting"
    assert message.last_error


# -- Out of the outbox --------------------------------------------------------------------


def test_a_mail_has_the_headers_that_machines_and_people_need(make_message, postbox):
    message = make_message(reply_to="desk@example.org", body_html="<p>Body 1</p>")

    relay(MailChannel())

    sent = parse(postbox[0])
    assert sent.get_all("To") == [message.recipient]
    assert sent["From"] == "Islington Aspires <no-reply@example.org>"
    assert sent["Reply-To"] == "desk@example.org"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["Message-ID"] == f"<{message.uuid}@islington-aspires>"
    assert sent["Date"]
    assert sent["Cc"] is None
    assert sent["Bcc"] is None
    assert sent.get_body("plain").get_content() == "Body 1\n"
    assert sent.get_body("html").get_content().strip() == "<p>Body 1</p>"


def test_a_mail_without_html_or_reply_address_has_neither(make_message, postbox):
    make_message()

    relay(MailChannel())

    sent = parse(postbox[0])
    assert sent.get_content_type() == "text/plain"
    assert sent["Reply-To"] is None


def test_a_repeat_carries_the_same_message_id(make_message, postbox):
    message = make_message()
    channel = MailChannel()

    channel.send(message)
    channel.send(message)

    first, second = (parse(sent)["Message-ID"] for sent in postbox)
    assert first == second


ODD = st.text(max_size=200) | st.text(st.sampled_from("\r\n\t ,;:<>@\"'=?.éß🥐BccTo"), max_size=60)


@hypothesis_settings(
    max_examples=150,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(subject=ODD, body=ODD)
@example(subject="A\r\nBcc: evil@example.com", body=".\r\n.\r\nFrom x")
@example(subject="x" * 998, body="y" * 5_000)
def test_any_text_makes_one_mail_to_one_person(postbox, subject, body):
    postbox.clear()
    message = Message(
        channel="mail",
        recipient="sam@example.com",
        sender="Islington Aspires <no-reply@example.org>",
        reply_to="desk@example.org",
        subject=clean_text(subject),
        body=body,
        body_html=f"<p>{body}</p>",
    )

    MailChannel().send(message)

    sent = parse(postbox[0])
    assert getaddresses(sent.get_all("To")) == [("", "sam@example.com")]
    assert postbox[0].recipients() == ["sam@example.com"]
    assert sent.get_all("Bcc", []) == sent.get_all("Cc", []) == []
    assert sent.get_all("Message-ID") == [message.message_id]
    assert sent.get_all("Reply-To") == ["desk@example.org"]
    # Folding a long header may change the space between its words, not the words.
    assert sent["Subject"].split() == clean_text(subject).split()


def test_mail_is_written_to_files_where_there_is_no_mail_server(make_message, settings, tmp_path):
    settings.OUTBOX_MAIL = {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": str(tmp_path / "mail"),
    }
    message = make_message(subject="Enquiry – café")

    relay(MailChannel())

    [file] = (tmp_path / "mail").iterdir()
    written = email.message_from_bytes(file.read_bytes(), policy=policy.default)
    message.refresh_from_db()
    assert message.state == "sent"
    assert written["Subject"] == "Enquiry – café"
    assert written["To"] == message.recipient


def test_the_mail_server_of_the_address_is_used_with_a_time_limit(settings):
    import dj_email_url
    from django.core.mail import get_connection

    settings.OUTBOX_MAIL = dj_email_url.parse("submission://user:secret@mail.example.org:587")
    settings.OUTBOX_MAIL_TIMEOUT = timedelta(seconds=7)

    server = get_connection(**MailChannel()._options)

    assert (server.host, server.port, server.timeout) == ("mail.example.org", 587, 7)
    assert (server.username, server.password, server.use_tls) == ("user", "secret", True)


def test_a_mail_that_the_server_did_not_take_is_not_settled_as_sent(make_message, postbox):
    """Django's `send()` answers 0, without an error, if there is nobody to send to."""
    message = make_message(recipient="")

    relay(MailChannel())

    message.refresh_from_db()
    assert postbox == []
    assert message.state != "sent"


# -- Failure ------------------------------------------------------------------------------


@pytest.fixture
def dead_server(settings):
    """A mail server that nobody answers at: the port is closed."""
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    settings.OUTBOX_MAIL = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_FILE_PATH": "",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": "",
        "EMAIL_HOST_PASSWORD": "",
        "EMAIL_USE_TLS": False,
        "EMAIL_USE_SSL": False,
    }


def test_a_dead_mail_server_puts_the_mail_off_and_says_why(make_message, dead_server):
    message = make_message()

    relay(MailChannel())

    message.refresh_from_db()
    assert (message.state, message.attempts, message.lease_token) == ("waiting", 1, None)
    assert message.last_error.startswith("ConnectionRefusedError: ")
    assert relay(MailChannel()) == 0


@pytest.mark.parametrize(("hours", "state"), [(71.9, "waiting"), (72.1, "dead")])
def test_a_mail_is_tried_for_72_hours(make_message, dead_server, caplog, hours, state):
    message = make_message(age=HOUR * hours)

    with caplog.at_level(logging.ERROR, "outbox.relay"):
        relay(MailChannel())

    message.refresh_from_db()
    assert message.state == state
    assert message.last_error
    assert bool(message.settled_at) is (state == "dead")
    assert [record.levelname for record in caplog.records] == (["ERROR"] if state == "dead" else [])


def test_a_mail_that_got_through_late_forgets_its_errors(make_message, postbox):
    message = make_message(age=HOUR * 100, attempts=9, last_error="OSError: The line is dead")

    relay(MailChannel())

    message.refresh_from_db()
    assert (message.state, message.last_error, message.attempts) == ("sent", "", 10)


@pytest.mark.parametrize(
    ("attempts", "minutes"),
    [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 32), (7, 64), (8, 128), (9, 240), (10, 240)],
)
def test_the_wait_doubles_up_to_4_hours_with_a_fifth_of_jitter(attempts, minutes):
    waits = [wait_before_retry(attempts) for _ in range(50)]

    assert all(MINUTE * minutes <= wait <= MINUTE * minutes * 1.2 for wait in waits)
    assert len(set(waits)) > 1


@pytest.mark.parametrize("attempts", [0, 50, 10_000])
def test_the_wait_is_bounded_whatever_the_count(attempts):
    assert timedelta(0) < wait_before_retry(attempts) <= HOUR * 4.8


def test_72_hours_of_failures_take_fewer_than_40_attempts():
    waited, attempts = timedelta(0), 0
    while waited < HOUR * 72:
        attempts += 1
        waited += wait_before_retry(attempts)

    assert 15 <= attempts < 40


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"sam@example.com": (450, b"come back later")}),
        smtplib.SMTPSenderRefused(550, b"not from you", "no-reply@example.org"),
        smtplib.SMTPDataError(554, b"not that"),
        smtplib.SMTPServerDisconnected("gone"),
        TimeoutError("timed out"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_every_other_kind_of_failure_puts_the_mail_off(make_message, postbox, monkeypatch, error):
    message = make_message()

    def refuse(self, messages):
        raise error

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    relay(MailChannel())

    message.refresh_from_db()
    assert message.state == "waiting"
    assert message.last_error.startswith(type(error).__name__)
