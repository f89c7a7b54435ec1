"""The relay: at least once, never silently not, and never what is no longer its own."""

import logging
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from outbox import relay as relay_module
from outbox.models import Message
from outbox.relay import BATCH, relay

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


class Postman:
    """A channel that remembers what it sent, and fails for the recipients it is told."""

    name = "mail"

    def __init__(self, *, fails_for=(), gives_up=False, before_send=None, error=None):
        self.sent, self.failed = [], []
        self.fails_for = fails_for
        self.gives_up = gives_up
        self.before_send = before_send
        self.error = error or OSError("The line is dead")

    def send(self, message):
        if self.before_send:
            self.before_send(message)
        if message.recipient in self.fails_for:
            raise self.error
        self.sent.append(message.recipient)

    def settle_failure(self, message, reason, error):
        self.failed.append((message.recipient, reason))
        held = Message.objects.filter(pk=message.pk).held_by(message.lease_token)
        if self.gives_up:
            return bool(held.settle_dead(error=reason))
        held.put_off(delay=HOUR, error=reason)
        return False


def seconds_until_due(message):
    """How far away the next attempt is, by the database's clock."""
    row = Message.objects.filter(pk=message.pk).annotate(now=Now()).get()
    return (row.next_attempt_at - row.now).total_seconds()


def test_a_message_that_is_due_is_sent_and_settled(make_message):
    message = make_message()
    postman = Postman()

    assert relay(postman) == 1

    message.refresh_from_db()
    assert postman.sent == [message.recipient]
    assert message.state == Message.State.SENT
    assert message.settled_at is not None
    assert message.lease_token is None
    assert message.attempts == 1
    assert message.last_error == ""


def test_with_nothing_to_do_nothing_is_done(make_message):
    make_message(due_in=HOUR)
    postman = Postman()

    assert relay(postman) == 0
    assert postman.sent == []


@pytest.mark.parametrize(
    "fields",
    [
        {"due_in": SECOND * 30},
        {"due_in": HOUR, "lease_token": uuid.uuid4()},
        {"channel": "portal"},
    ],
    ids=["not due yet", "leased by another worker", "of another channel"],
)
def test_what_is_not_the_relays_to_send_is_left_untouched(make_message, fields):
    message = make_message(**fields)
    before = Message.objects.filter(pk=message.pk).values().get()

    assert relay(Postman()) == 0
    assert Message.objects.filter(pk=message.pk).values().get() == before


@pytest.mark.parametrize("state", ["sent", "dead"])
def test_a_settled_message_is_not_sent_again(make_message, state):
    message = make_message()
    Message.objects.filter(pk=message.pk).update(state=state, settled_at=Now())
    postman = Postman()

    assert relay(postman) == 0
    assert postman.sent == []


def test_the_longest_overdue_go_first_a_batch_at_a_time(make_message):
    messages = [make_message(due_in=-SECOND * number) for number in range(1, BATCH + 4)]
    oldest_first = [message.recipient for message in reversed(messages)]
    postman = Postman()

    assert relay(postman) == BATCH
    assert set(postman.sent) == set(oldest_first[:BATCH])
    assert relay(postman) == 3
    assert relay(postman) == 0
    assert sorted(postman.sent) == sorted(oldest_first)


def test_the_attempts_are_counted_when_the_message_is_claimed(make_message):
    message = make_message()
    seen = []

    def look(claimed):
        seen.append(Message.objects.get(pk=message.pk).attempts)

    relay(Postman(before_send=look))

    assert seen == [1]


def test_the_lease_is_renewed_just_before_each_mail_is_sent(make_message, settings):
    """The last of a slow batch has the whole lease before it, not what is left of it."""
    settings.OUTBOX_LEASE = timedelta(seconds=90)
    first, last = make_message(due_in=-SECOND * 2), make_message(due_in=-SECOND)
    left = {}

    def pass_time(message):
        left[message.pk] = seconds_until_due(message)
        if message.pk == first.pk:  # sending this one took 80 of the 90 seconds
            Message.objects.filter(pk=last.pk).update(next_attempt_at=Now() + SECOND * 10)

    relay(Postman(before_send=pass_time))

    assert left[first.pk] > 80
    assert left[last.pk] > 80


def test_a_message_whose_lease_was_lost_is_neither_sent_nor_settled(make_message):
    first, second = make_message(due_in=-SECOND * 2), make_message(due_in=-SECOND)
    thief = uuid.uuid4()

    def steal(message):
        Message.objects.filter(pk=second.pk).update(
            lease_token=thief, attempts=2, next_attempt_at=Now() + HOUR
        )

    postman = Postman(before_send=steal)
    relay(postman)

    second.refresh_from_db()
    assert postman.sent == [first.recipient]
    assert (second.state, second.lease_token, second.attempts) == ("waiting", thief, 2)


def test_a_lease_lost_while_sending_settles_nothing(make_message):
    message = make_message()
    thief = uuid.uuid4()

    def steal(claimed):
        Message.objects.filter(pk=message.pk).update(lease_token=thief)

    relay(Postman(before_send=steal))

    message.refresh_from_db()
    assert (message.state, message.settled_at) == ("waiting", None)
    assert message.lease_token == thief


def test_a_failure_after_the_lease_was_lost_changes_nothing(make_message):
    message = make_message()
    thief = uuid.uuid4()

    def steal(claimed):
        Message.objects.filter(pk=message.pk).update(
            lease_token=thief, next_attempt_at=Now() + HOUR * 2
        )

    relay(Postman(fails_for=[message.recipient], before_send=steal))

    message.refresh_from_db()
    assert (message.lease_token, message.last_error) == (thief, "")
    assert seconds_until_due(message) > 3_600 * 1.5


def test_a_message_settled_by_another_worker_is_not_opened_again(make_message):
    message = make_message()

    def settle(claimed):
        Message.objects.filter(pk=message.pk).settle_sent()

    relay(Postman(fails_for=[message.recipient], before_send=settle, gives_up=True))

    message.refresh_from_db()
    assert (message.state, message.last_error) == ("sent", "")


def test_a_message_that_will_not_go_holds_up_no_other(make_message):
    bad, good = make_message(due_in=-SECOND * 2), make_message(due_in=-SECOND)
    postman = Postman(fails_for=[bad.recipient])

    assert relay(postman) == 2

    bad.refresh_from_db()
    assert postman.sent == [good.recipient]
    assert (bad.state, bad.attempts, bad.lease_token) == ("waiting", 1, None)
    assert bad.last_error == "OSError: The line is dead"
    assert relay(postman) == 0


def test_an_error_is_kept_up_to_500_characters(make_message):
    message = make_message()

    relay(Postman(fails_for=[message.recipient], error=ValueError("x" * 10_000)))

    message.refresh_from_db()
    assert message.last_error == ("ValueError: " + "x" * 10_000)[:500]


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "\udcff byte"], ids=ascii)
def test_an_error_with_odd_characters_is_kept_as_well_and_stops_no_other_mail(make_message, odd):
    bad, good = make_message(due_in=-SECOND * 2), make_message(due_in=-SECOND)
    postman = Postman(fails_for=[bad.recipient], error=OSError(f"Refused: {odd}."))

    relay(postman)

    bad.refresh_from_db()
    assert postman.sent == [good.recipient]
    assert bad.last_error.startswith("OSError: Refused: ")


def test_giving_up_raises_the_alarm_without_personal_data(make_message, caplog):
    message = make_message()

    with caplog.at_level(logging.ERROR, "outbox.relay"):
        relay(Postman(fails_for=[message.recipient], gives_up=True))

    message.refresh_from_db()
    assert message.state == Message.State.DEAD
    [record] = caplog.records
    assert (record.levelname, record.getMessage()) == (
        "ERROR",
        f"Message {message.uuid} was given up: OSError",
    )
    assert message.recipient not in caplog.text


def test_a_put_off_message_is_no_alarm(make_message, caplog):
    message = make_message()

    with caplog.at_level(logging.ERROR, "outbox.relay"):
        relay(Postman(fails_for=[message.recipient]))

    assert caplog.records == []


def test_a_message_is_sent_outside_the_transaction_that_claimed_it(make_message):
    make_message()
    depths = []
    outside = len(connection.savepoint_ids)

    relay(Postman(before_send=lambda _: depths.append(len(connection.savepoint_ids))))

    assert depths == [outside]


def test_a_worker_that_died_leaves_messages_that_are_due_when_its_lease_is_over(make_message):
    message = make_message()
    [claimed] = relay_module._claim("mail")  # and then the worker is killed
    assert relay(Postman()) == 0

    Message.objects.filter(pk=message.pk).update(next_attempt_at=Now() - SECOND)
    postman = Postman()
    relay(postman)

    message.refresh_from_db()
    assert postman.sent == [message.recipient]
    assert (message.state, message.attempts) == ("sent", 2)
    assert claimed.lease_token is not None


def test_a_claim_takes_as_many_queries_for_1_message_as_for_10(make_message):
    def queries(number):
        for _ in range(number):
            make_message()
        with CaptureQueriesContext(connection) as seen:
            assert len(relay_module._claim("mail")) == number
        return len(seen)

    assert queries(1) == queries(10)
