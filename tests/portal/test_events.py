"""(c) of the design: what the portal is told. Lines C1 to C12 are named in the tests."""

import itertools
import json
import random
import uuid
from datetime import timedelta
from unittest.mock import Mock

import pytest
import standardwebhooks
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from enquiries import services
from enquiries.models import Enquiry, PrivacyNotice, TimelineEntry
from offers.models import OfferPage
from outbox.models import Message
from portal import delivery, door, events, feed, health, signing
from portal.models import Change, Circuit, Counter, PortalSettings
from portal.simulator import DROP, HANG
from tests.portal.test_feed import FEED

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def connected(switch, portal):
    """The two systems are connected, and the privacy notice says so."""
    PrivacyNotice.objects.update(names_portal=True)
    found = switch("off", is_connected=True)
    portal.secret = signing.secret(1)
    return found


@pytest.fixture
def now():
    return timezone.now()


def waiting():
    return list(Message.objects.for_portal().waiting())


def deliver_for(now, hours=24):
    """Have the worker try every minute; the portal's own clock stands still."""
    for minute in range(hours * 60):
        delivery.deliver(now + timedelta(minutes=minute))
        if not waiting():
            return now + timedelta(minutes=minute)
    return None


@pytest.fixture
def lenient(portal, monkeypatch):
    """A portal that does not mind that the test's clock runs ahead."""
    monkeypatch.setattr(signing, "TOLERANCE", timedelta(days=30))
    return portal


def test_one_enquiry_of_many_is_found_by_its_id(db):
    kinds = {"feed": Change.Feed.ENQUIRIES, "kind": Change.Kind.ENQUIRY}
    Change.objects.bulk_create(Change(number=number, **kinds) for number in range(500))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE portal_change")
    plan = Change.objects.enquiries().filter(uuid=uuid.uuid4()).explain()

    assert "change_one_of_each_thing" in plan or "kind=? AND uuid=?" in plan


@pytest.mark.usefixtures("connected")
def test_c1_an_independent_library_verifies_what_is_sent(make_enquiry, portal, now):
    enquiry = make_enquiry()

    assert delivery.deliver(now) == 1
    ((headers, body),) = portal.attempts
    said = standardwebhooks.Webhook(signing.secret(1)).verify(body, headers)
    assert said["type"] == "uk.gov.islington.aspires.enquiry.created"
    assert said["subject"] == str(enquiry.uuid)
    assert said["data"]["href"].endswith(f"/api/portal/v1/enquiries/{enquiry.uuid}")
    assert headers["webhook-id"] == said["id"]
    assert headers["content-type"] == "application/cloudevents+json; charset=UTF-8"
    with pytest.raises(standardwebhooks.WebhookVerificationError):
        standardwebhooks.Webhook(signing.secret(2)).verify(body, headers)


@pytest.mark.usefixtures("connected")
def test_c2_nothing_personal_is_in_any_event(make_enquiry, desk, person, now):
    enquiry = make_enquiry()
    fields = ("organisation", "name", "email", "message", "postcode")
    typed = [value for name in fields if (value := getattr(enquiry, name))]
    assert len(typed) > 2
    interest = enquiry.interests.first()
    services.assign(enquiry=enquiry, to=person("desk"), by=person("desk"), now=now)
    services.close(interest=interest, outcome="advised", by=person("desk"), now=now, text="Sam")
    services.erase(enquiry=enquiry, now=now, why="asked")

    bodies = [message.body for message in Message.objects.for_portal()]
    assert len(bodies) >= 4
    for body in bodies:
        assert len(body.encode()) < 1024
        assert not [value for value in typed if value in body]
        assert "@" not in body


@pytest.mark.usefixtures("connected")
def test_c3_after_a_503_and_a_lost_answer_the_portal_acts_once(make_enquiry, lenient, now):
    lenient.answers.extend([503, DROP])
    make_enquiry()

    assert deliver_for(now)
    assert len(lenient.attempts) == 3
    assert len({body for _, body in lenient.attempts}) == 1
    assert len({headers["webhook-id"] for headers, _ in lenient.attempts}) == 1
    assert len(lenient.events) == 1


@pytest.mark.usefixtures("connected")
def test_c4_after_an_outage_all_events_arrive_in_order_and_only_the_first_was_tried_again(
    make_enquiry, lenient, now
):
    chance = random.Random(4)
    away = [500, 502, 503, 301, 302, 401, 403, 404, 410, 429, DROP]
    lenient.answers.extend(chance.choice(away) for _ in range(21))
    for _ in range(40):
        make_enquiry(now=now)
    order = [str(message.uuid) for message in waiting()]

    assert deliver_for(now, hours=48)

    assert [*lenient.events] == order
    tries = Message.objects.for_portal().values_list("attempts", flat=True)
    assert max(tries) > 1
    assert sum(tries) == len(lenient.attempts) == 40 + 21
    assert not [path for path in lenient.asked if path.endswith("/aspires/")]
    head = [headers["webhook-id"] for headers, _ in lenient.attempts]
    assert head == sorted(head, key=order.index)


@pytest.mark.usefixtures("connected")
def test_c4_an_outage_waits_longer_and_longer(make_enquiry, lenient, now):
    lenient.answers_else = 503
    make_enquiry(now=now)
    tried = []
    for minute in range(6 * 60):
        before = len(lenient.attempts)
        delivery.deliver(now + timedelta(minutes=minute))
        if len(lenient.attempts) > before:
            tried.append(minute)

    gaps = [later - earlier for earlier, later in itertools.pairwise(tried)]
    for gap, wait in zip(gaps, [1, 5, 15, 30, 60, 60], strict=False):
        assert wait <= gap <= wait * 1.2 + 1


@pytest.mark.usefixtures("connected")
def test_a_portal_that_is_well_again_need_not_wait_for_the_next_try(make_enquiry, lenient, now):
    lenient.answers_else, lenient.health = 503, 503
    make_enquiry(now=now)
    minutes = [now + timedelta(minutes=minute) for minute in range(35)]
    for at in minutes[:30]:
        health.check(at)
        delivery.deliver(at)
    lenient.answers_else, lenient.health = 204, 200
    assert Circuit.objects.get().retry_at > minutes[32]

    for at in minutes[30:33]:
        health.check(at)
        delivery.deliver(at)

    assert not waiting()


@pytest.mark.usefixtures("connected")
def test_c5_an_event_that_the_portal_will_not_have_is_set_aside_and_can_be_sent_again(
    make_enquiry, lenient, now
):
    make_enquiry(now=now)
    make_enquiry(now=now)
    poisoned, next_one = waiting()
    lenient.rejects.add(str(poisoned.uuid))

    assert deliver_for(now)
    assert [*lenient.events][-1] == str(next_one.uuid)
    poisoned.refresh_from_db()
    assert (poisoned.state, poisoned.attempts) == ("dead", 4)
    assert "422" in poisoned.last_error
    pings = [body for _, body in lenient.attempts if b"portal.ping" in body]
    assert len(pings) == 1

    lenient.rejects.clear()
    Message.objects.filter(pk=poisoned.pk).open_again()
    assert delivery.deliver(now + DAY) == 1
    assert [*lenient.events][-1] == str(poisoned.uuid)


@pytest.mark.usefixtures("connected")
def test_c5_a_portal_that_refuses_everything_is_away_and_nothing_is_set_aside(
    make_enquiry, lenient, now
):
    lenient.answers_else = 400
    make_enquiry(now=now)
    make_enquiry(now=now)

    assert deliver_for(now, hours=12) is None
    assert len(waiting()) == 2

    lenient.answers_else = 204
    assert deliver_for(now + timedelta(hours=14))
    assert not Message.objects.for_portal().dead().exists()


def verified(secret, attempt):
    headers, body = attempt
    try:
        standardwebhooks.Webhook(secret).verify(body, headers)
    except standardwebhooks.WebhookVerificationError:
        return False
    return True


def test_c6_both_secrets_sign_until_the_date_then_only_the_new_one(
    connected, make_enquiry, portal, now
):
    portal.secret = ""
    make_enquiry()
    connected.secret_version, connected.previous_secret_until = 2, now + 7 * DAY
    connected.save()
    delivery.deliver(now)
    assert [verified(signing.secret(n), portal.attempts[-1]) for n in (1, 2, 3)] == [
        True,
        True,
        False,
    ]

    connected.previous_secret_until = now
    connected.save()
    make_enquiry()
    delivery.deliver(now)
    assert [verified(signing.secret(n), portal.attempts[-1]) for n in (1, 2)] == [False, True]


@pytest.mark.usefixtures("connected")
def test_c6_the_secret_holds_while_the_key_of_the_site_is_changed(
    make_enquiry, portal, now, settings
):
    secret = signing.secret(1)
    portal.secret = ""
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-the-site-that-is-long-enough"
    make_enquiry()
    delivery.deliver(now)
    assert verified(secret, portal.attempts[-1])
    assert verified(signing.secret(1), portal.attempts[-1])
    assert signing.secret(1) != secret

    settings.SECRET_KEY_FALLBACKS = []
    make_enquiry()
    delivery.deliver(now)
    assert not verified(secret, portal.attempts[-1])


@pytest.mark.usefixtures("connected")
def test_c7_a_rollback_leaves_neither_enquiry_nor_event(make_enquiry):
    with transaction.atomic():
        make_enquiry()
        assert len(waiting()) == 1
        transaction.set_rollback(True)

    assert not Enquiry.objects.exists()
    assert not waiting()
    assert not Change.objects.enquiries().exists()


@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize("error", [RuntimeError, DatabaseError])
def test_c7_a_receiver_that_fails_harms_no_enquiry_and_the_worker_tells_later(
    make_enquiry, monkeypatch, now, error
):
    with monkeypatch.context() as broken:
        broken.setattr(events, "_queue", Mock(side_effect=error))
        enquiry = make_enquiry()
    assert Enquiry.objects.filter(pk=enquiry.pk).exists()
    assert not waiting()
    assert not Change.objects.enquiries().exists()

    assert events.reconcile(now) == 1
    assert [message.purpose for message in waiting()] == ["enquiry_created"]
    assert events.reconcile(now) == 0


@pytest.mark.usefixtures("connected")
def test_nobody_waits_while_something_else_is_numbered_and_the_worker_tells_later(
    make_enquiry, monkeypatch, now
):
    with monkeypatch.context() as held:
        held.setattr(Counter, "hold_if_free", classmethod(lambda _: None))
        make_enquiry()
    assert not waiting()

    assert events.reconcile(now) == 1
    assert [message.purpose for message in waiting()] == ["enquiry_created"]


def test_what_was_missed_is_told_a_part_at_a_time(make_enquiry, switch, now):
    PrivacyNotice.objects.update(names_portal=True)
    enquiries = [make_enquiry() for _ in range(5)]
    switch("off", is_connected=True)

    assert [events.reconcile(now, at_most=2) for _ in range(4)] == [2, 2, 1, 0]
    subjects = [json.loads(message.body)["subject"] for message in waiting()]
    assert subjects == [str(enquiry.uuid) for enquiry in enquiries]


@pytest.mark.usefixtures("connected")
def test_one_enquiry_that_cannot_be_told_of_keeps_no_other(make_enquiry, monkeypatch, now):
    with monkeypatch.context() as held:
        held.setattr(Counter, "hold_if_free", classmethod(lambda _: None))
        broken, whole = make_enquiry(), make_enquiry()
    record = events._record

    def fail(counter, key, **more):
        if key == broken.uuid:
            raise DatabaseError
        record(counter, key, **more)

    with monkeypatch.context() as half:
        half.setattr(events, "_record", fail)
        assert events.reconcile(now) == 1
    assert [json.loads(one.body)["subject"] for one in waiting()] == [str(whole.uuid)]
    assert events.reconcile(now) == 1


@pytest.mark.usefixtures("connected")
def test_the_bell_rings_again_for_what_changes_while_it_rings(home, now, lenient):
    feed.reconcile(now)

    Message.objects.for_portal().update(attempts=1)  # it is on its way

    OfferPage.objects.published().first().unpublish()
    feed.reconcile(now)
    assert len(waiting()) == 2


@pytest.mark.usefixtures("connected")
def test_an_attempt_is_counted_before_it_is_made(make_enquiry, lenient, now, monkeypatch):
    make_enquiry()
    seen = []

    def send(*given, **more):
        seen.append(Message.objects.for_portal().get().attempts)
        return delivery.Answer(204)

    monkeypatch.setattr(delivery, "send", send)
    delivery.deliver(now)
    assert seen == [1]


def test_the_figures_of_the_site_tell_of_the_portal_and_of_mail_apart(
    client, connected, make_enquiry
):
    make_enquiry()
    Message.objects.mails().settle_sent()
    Message.objects.for_portal().update(created_at=timezone.now() - HOUR)

    figures = client.get("/readyz").json()["figures"]
    assert figures["oldest_waiting_seconds"] == 0
    assert 3600 <= figures["portal_oldest_waiting_seconds"] < 3700
    assert figures["portal_given_up"] == 0


@pytest.mark.usefixtures("connected")
def test_c8_after_a_crash_the_event_is_sent_again_when_the_lease_is_over(
    make_enquiry, lenient, now, monkeypatch
):
    make_enquiry()

    def die(*given, **more):
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(Circuit, "release", lambda _: None)
        killed.setattr("outbox.models.MessageQuerySet.settle_sent", die)
        with pytest.raises(KeyboardInterrupt):
            delivery.deliver(now)
    assert len(lenient.events) == 1

    assert delivery.deliver(now) == 0, "another worker has it"
    Circuit.objects.update(lease_until=now - HOUR)
    assert delivery.deliver(now) == 1
    assert len(lenient.attempts) == 2
    assert len(lenient.events) == 1


@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize("form", ["seconds", "date"])
def test_c9_what_retry_after_asks_for_is_obeyed(make_enquiry, lenient, now, form):
    in_an_hour = (now + HOUR).strftime("%a, %d %b %Y %H:%M:%S GMT")
    lenient.retry_after = {"seconds": "3600", "date": in_an_hour}[form]
    lenient.answers.append(429)
    make_enquiry(now=now)

    delivery.deliver(now)
    delivery.deliver(now + timedelta(minutes=59))
    assert len(lenient.attempts) == 1
    delivery.deliver(now + timedelta(minutes=61))
    assert len(lenient.attempts) == 2
    assert not waiting()


@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize(
    "header", ["-1", "x", "9" * 400, "٣", "Mon, 99 Foo 2026", "Thu, 01 Jan 1970 00:00:00 GMT"]
)
def test_an_odd_retry_after_breaks_nothing(make_enquiry, lenient, now, header):
    lenient.retry_after = header.encode().decode("latin-1")
    lenient.answers.append(503)
    make_enquiry(now=now)

    assert deliver_for(now, hours=26)


def test_a_clock_that_was_wrong_once_stops_nothing(connected, make_enquiry, lenient, now):
    lenient.answers.append(503)
    make_enquiry(now=now)
    delivery.deliver(now + 365 * DAY)
    assert len(waiting()) == 1

    assert delivery.deliver(now) == 1


@pytest.mark.usefixtures("connected")
def test_c10_after_five_days_of_silence_it_pauses_and_nothing_is_lost(make_enquiry, lenient, now):
    lenient.answers_else = 503
    make_enquiry(now=now)
    for hour in range(6 * 24):
        delivery.deliver(now + hour * HOUR)
    circuit = Circuit.objects.get()
    assert circuit.paused_at is not None
    assert timedelta(days=5) <= circuit.paused_at - circuit.failing_since < timedelta(days=5.2)
    assert len(waiting()) == 1

    lenient.answers_else = 204
    assert delivery.deliver(now + 7 * DAY) == 0
    Circuit.objects.update(paused_at=None, retry_at=None)
    assert delivery.deliver(now + 7 * DAY) == 1


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"webhook-id": "x"},
        {"webhook-id": "x", "webhook-timestamp": "y", "webhook-signature": "v1,z"},
        {"webhook-id": "x", "webhook-timestamp": "9" * 400, "webhook-signature": "v1,z"},
        {"webhook-id": "x", "webhook-timestamp": "-1", "webhook-signature": ""},
        {"webhook-id": "é\x00", "webhook-timestamp": "NOW", "webhook-signature": "v1,é"},
        {"webhook-id": "x", "webhook-timestamp": "NOW", "webhook-signature": "v2"},
        {"webhook-id": "x", "webhook-timestamp": "NOW", "webhook-signature": "v1,=== , ,"},
        {"webhook-id": "\ud800", "webhook-timestamp": "NOW", "webhook-signature": "v1,\ud800"},
        {"webhook-id": "x", "webhook-timestamp": "1e3", "webhook-signature": "v1,x"},
    ],
)
def test_c11_hostile_headers_never_raise(given, now):
    stamp = str(int(now.timestamp()))
    given = {name: stamp if value == "NOW" else value for name, value in given.items()}

    for secret in (signing.secret(1), "whsec_", "whsec_é", "whsec_!", ""):
        assert signing.is_genuine(b"{}", given, secret=secret, now=now) is False


def test_c12_a_host_that_is_not_allowed_is_not_called(
    connected, make_enquiry, portal, now, settings
):
    make_enquiry()
    settings.PORTAL_ALLOWED_HOSTS = ["portal.example.gov.uk"]

    delivery.deliver(now)

    assert portal.asked == []
    assert len(waiting()) == 1
    assert "PORTAL_ALLOWED_HOSTS" in Circuit.objects.get().last_error


# -- What is told, and of whom --------------------------------------------------------------


@pytest.mark.usefixtures("connected")
def test_what_happens_to_an_enquiry_is_told_in_order(make_enquiry, desk, person, now):
    enquiry = make_enquiry()
    services.assign(enquiry=enquiry, to=person("desk"), by=person("desk"), now=now)
    services.write_note(enquiry=enquiry, key=None, by=person("desk"), text="Called", now=now)
    services.erase(enquiry=enquiry, now=now)

    told = [message.purpose for message in waiting()]
    assert told[0] == "enquiry_created"
    assert set(told[1:-1]) == {"enquiry_updated"}
    assert told[-1] == "enquiry_deleted"
    change = Change.objects.enquiries().get()
    assert (change.uuid, change.is_deleted, change.data) == (enquiry.uuid, True, {})


@pytest.mark.parametrize("case", ["not connected", "not told", "quarantined"])
def test_nothing_is_told_of_what_the_portal_may_not_know(make_enquiry, switch, now, case):
    PrivacyNotice.objects.update(names_portal=case != "not told")
    switch("live", is_connected=case != "not connected")
    make_enquiry(suspicion="Looks odd" if case == "quarantined" else "")
    if case != "not connected":
        events.reconcile(now)

    assert not waiting()
    assert not Change.objects.exists()


@pytest.mark.usefixtures("connected")
def test_what_is_put_in_quarantine_leaves_the_portal_and_comes_back(make_enquiry, desk, person):
    enquiry = make_enquiry()
    services.quarantine(enquiry=enquiry, by=person("desk"), now=timezone.now(), reason="Odd")
    services.release(enquiry=enquiry, by=person("desk"), desk=desk, now=timezone.now())

    told = [message.purpose for message in waiting()]
    assert told == ["enquiry_created", "enquiry_deleted", "enquiry_created"]


def test_what_came_before_the_connection_is_told_when_it_is_there(make_enquiry, switch, now):
    PrivacyNotice.objects.update(names_portal=True)
    enquiries = [make_enquiry() for _ in range(3)]
    switch("off", is_connected=True)

    assert events.reconcile(now) == 3
    subjects = [json.loads(message.body)["subject"] for message in waiting()]
    assert subjects == [str(enquiry.uuid) for enquiry in enquiries]


@pytest.mark.usefixtures("connected")
def test_one_ring_of_the_bell_waits_however_much_changes(client, home, now, portal):
    feed.reconcile(now)
    OfferPage.objects.published().first().unpublish()
    feed.reconcile(now)

    (bell,) = waiting()
    assert json.loads(bell.body)["data"]["href"].endswith(FEED)
    assert json.loads(bell.body)["type"].endswith(".content.changed")


@pytest.mark.usefixtures("connected")
def test_the_worker_delivers(make_enquiry, portal):
    make_enquiry()

    call_command("work", "--once")

    assert not waiting()
    types = [event["type"].rpartition("aspires.")[2] for event in portal.events.values()]
    assert types == ["enquiry.created", "content.changed"]


@pytest.mark.usefixtures("connected")
def test_a_portal_that_hangs_is_given_up_after_a_while(make_enquiry, portal, now, monkeypatch):
    monkeypatch.setattr(delivery, "SECONDS", 0.3)
    portal.answers.append(HANG)
    make_enquiry(now=now)

    assert delivery.deliver(now) == 0
    assert len(waiting()) == 1
    assert Circuit.objects.get().failures == 1


def test_nothing_is_asked_of_the_database_while_nobody_is_connected(
    home, now, django_assert_num_queries
):
    door.known()
    with django_assert_num_queries(0):
        assert delivery.deliver(now) == 0
    assert PortalSettings.objects.count() == 0
    assert TimelineEntry.objects.count() == 0
