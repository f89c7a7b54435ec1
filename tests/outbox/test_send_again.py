"""A message that was given up is tried again when a person says so."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from wagtail.models import ModelLogEntry

from outbox.mail import MailChannel
from outbox.models import Message
from outbox.relay import relay
from outbox.services import AlreadyDelivered, send_again

HOUR = timedelta(hours=1)


@pytest.fixture
def make_dead(make_message):
    """Store a message that was given up after 100 hours."""

    def make(**fields):
        message = make_message(age=HOUR * 100, attempts=21, **fields)
        Message.objects.filter(pk=message.pk).settle_dead(
            error="OSError: The line is dead", recipient_refused=True
        )
        message.refresh_from_db()
        return message

    return make


def test_a_dead_message_is_delivered_with_the_same_message_id(make_dead, postbox, person):
    message = make_dead()

    again = send_again(message=message, by=person("desk"))
    relay(MailChannel())

    assert (again.state, again.settled_at, again.attempts) == ("waiting", None, 0)
    assert not again.recipient_refused
    assert again.last_error == "OSError: The line is dead"
    message.refresh_from_db()
    assert (message.state, message.attempts, message.last_error) == ("sent", 1, "")
    assert postbox[0].message()["Message-ID"] == message.message_id


@pytest.mark.parametrize(("hours", "state"), [(71.9, "waiting"), (72.1, "dead")])
def test_a_message_tried_again_has_a_fresh_72_hours(make_dead, mail_server, person, hours, state):
    mail_server.stop()
    message = make_dead()
    send_again(message=message, by=person("desk"))
    Message.objects.filter(pk=message.pk).update(give_up_from=Now() - HOUR * hours)

    relay(MailChannel())

    message.refresh_from_db()
    assert message.state == state


def test_a_message_tried_again_first_waits_a_minute_and_not_4_hours(make_dead, mail_server, person):
    mail_server.stop()
    message = make_dead()
    send_again(message=message, by=person("desk"))

    relay(MailChannel())

    row = Message.objects.filter(pk=message.pk).annotate(now=Now()).get()
    assert row.state == "waiting"
    assert row.next_attempt_at - row.now < timedelta(minutes=2)


def test_a_message_that_was_sent_is_not_sent_twice(make_message, postbox, person):
    message = make_message()
    relay(MailChannel())

    with pytest.raises(AlreadyDelivered):
        send_again(message=message, by=person("desk"))

    message.refresh_from_db()
    assert message.state == "sent"
    assert relay(MailChannel()) == 0


def test_a_message_that_waits_stays_as_it_is(make_message, person):
    message = make_message(due_in=HOUR, attempts=3)
    before = Message.objects.filter(pk=message.pk).values().get()

    send_again(message=message, by=person("desk"))

    assert Message.objects.filter(pk=message.pk).values().get() == before
    assert not ModelLogEntry.objects.filter(action="outbox.send_again").exists()


def test_the_audit_log_keeps_who_asked_and_no_personal_data(make_dead, person):
    message = make_dead()

    for _ in range(2):
        send_again(message=message, by=person("desk"))

    entry = ModelLogEntry.objects.get(action="outbox.send_again")
    assert entry.user == person("desk")
    assert entry.label == str(message)
    assert message.recipient not in str(ModelLogEntry.objects.values().get(pk=entry.pk))
