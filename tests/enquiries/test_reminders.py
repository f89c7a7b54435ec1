"""The desk is reminded of what is overdue, and each working morning of everything."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import User
from enquiries import services, tasks
from enquiries.models import Interest
from enquiries.services import escalation
from outbox.models import Mailbox, Message
from partners.models import Partner

NOON = datetime(2026, 10, 5, 11, tzinfo=UTC)  # a Monday: what comes in is due on Wednesday
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
THURSDAY, FRIDAY, SATURDAY, NEXT_MONDAY = (NOON + DAY * days for days in (3, 4, 5, 7))
pytestmark = pytest.mark.django_db


@pytest.fixture
def by(person):
    return person("desk")


@pytest.fixture
def desk(desk):
    desk.mailbox, desk.backup_mailbox = "desk-box@example.org", "backup@example.org"
    desk.save()
    for address in desk.mailboxes:
        Mailbox.objects.create(address=address, wire_address=address, proven_at=NOON)
    return desk


@pytest.fixture
def overdue(make_enquiry):
    """One enquiry about one offer, due on Wednesday."""
    return make_enquiry(now=NOON, offers=["hire-flexibly"])


def reminded():
    """Who was reminded, in order."""
    messages = Message.objects.filter(purpose="desk_overdue").order_by("pk")
    return list(messages.values_list("recipient", flat=True))


def digests():
    return Message.objects.filter(purpose="desk_digest").order_by("pk")


# -- Overdue ------------------------------------------------------------------------------


def test_nobody_is_reminded_on_the_day_itself(overdue, desk):
    assert services.escalate(desk=desk, now=NOON + DAY * 2) == 0
    assert reminded() == []


def test_what_nobody_has_is_said_to_the_desk(overdue, desk):
    assert services.escalate(desk=desk, now=THURSDAY) == 1

    assert reminded() == ["desk-box@example.org"]
    message = Message.objects.get(purpose="desk_overdue")
    assert overdue.reference in message.subject
    assert "Wednesday 7 October 2026" in message.body
    assert f"/admin/enquiries/inspect/{overdue.pk}/" in message.body
    assert overdue.timeline.filter(kind="escalated", message=message).exists()


def test_nothing_about_the_employer_stands_in_it(overdue, desk):
    services.escalate(desk=desk, now=THURSDAY)

    message = Message.objects.get(purpose="desk_overdue")
    for secret in ("Canal Bakery", "Sam Okafor", "sam@example.com", "7946", "spring"):
        assert secret not in message.subject + message.body + message.body_html + message.reply_to


def test_whoever_looks_after_it_is_reminded(overdue, desk, by):
    services.assign(enquiry=overdue, to=by, by=by, now=NOON)

    services.escalate(desk=desk, now=THURSDAY)

    assert reminded() == ["desk@example.org"]


@pytest.mark.parametrize("gone", ["closed account", "not at the desk any more"])
def test_for_somebody_who_left_the_desk_is_reminded(overdue, desk, by, gone):
    services.assign(enquiry=overdue, to=by, by=by, now=NOON)
    if gone == "closed account":
        User.objects.filter(pk=by.pk).update(is_active=False)
    else:
        by.groups.clear()

    services.escalate(desk=desk, now=THURSDAY)

    assert reminded() == ["desk-box@example.org"]


def test_from_the_second_working_day_the_backup_is_reminded_too(overdue, desk):
    services.escalate(desk=desk, now=THURSDAY)
    services.escalate(desk=desk, now=FRIDAY)

    assert reminded() == ["desk-box@example.org", "desk-box@example.org", "backup@example.org"]


def test_the_weekend_does_not_make_it_later(make_enquiry, desk):
    make_enquiry(now=NOON + DAY * 2, offers=["hire-flexibly"])  # due on Friday

    services.escalate(desk=desk, now=NEXT_MONDAY)

    assert reminded() == ["desk-box@example.org"]


def test_each_is_reminded_once_a_day_however_often_the_worker_looks(overdue, desk):
    for hours in range(4):
        services.escalate(desk=desk, now=FRIDAY + HOUR * hours)

    assert reminded() == ["desk-box@example.org", "backup@example.org"]
    assert overdue.timeline.filter(kind="escalated").count() == 2


def test_one_address_in_two_roles_gets_one_mail(overdue, desk):
    desk.backup_mailbox = "Desk-Box@EXAMPLE.org"
    desk.save()

    services.escalate(desk=desk, now=FRIDAY)

    assert reminded() == ["desk-box@example.org"]


@pytest.mark.parametrize(
    "now", [SATURDAY, FRIDAY - HOUR * 4], ids=["Saturday", "before the desk opens"]
)
def test_nobody_is_reminded_while_the_desk_is_closed(overdue, desk, now):
    assert services.escalate(desk=desk, now=now) == 0
    assert services.send_digest(desk=desk, now=now) is None
    assert reminded() == []


def test_what_is_with_a_partner_too_long_is_said(overdue, desk, by):
    partner = Partner.objects.get(slug="timewise")
    services.hand_over(interest=overdue.interests.get(), to=partner, by=by, desk=desk, now=NOON)

    services.speak(enquiry=overdue, text="Called", by=by, now=NOON, key=uuid.uuid4())

    services.escalate(desk=desk, now=NOON + DAY * 8)  # due on Monday

    assert "is handed over, Timewise" in Message.objects.get(purpose="desk_overdue").body


@pytest.mark.parametrize("state", ["quarantined", "closed", "erased"])
def test_what_waits_for_nobody_reminds_nobody(make_enquiry, overdue, desk, by, state):
    if state == "quarantined":
        services.quarantine(enquiry=overdue, reason="Pills", by=by, now=NOON)
    elif state == "closed":
        services.close(interest=overdue.interests.get(), outcome="advised", by=by, now=NOON)
    else:
        services.erase(enquiry=overdue, now=NOON)

    assert services.escalate(desk=desk, now=FRIDAY) == 0


def test_without_any_mailbox_nobody_is_reminded(overdue, desk):
    desk.mailbox = desk.backup_mailbox = ""
    desk.save()

    assert services.escalate(desk=desk, now=FRIDAY) == 0
    assert services.send_digest(desk=desk, now=FRIDAY) is None


def test_one_that_fails_stops_no_other(make_enquiry, desk, monkeypatch, caplog):
    enquiries = [make_enquiry(now=NOON, offers=["hire-flexibly"]) for _ in range(2)]
    real = escalation.note

    def refuse(enquiry, *args, **fields):
        if enquiry.pk == enquiries[0].pk:
            raise ValueError("sam@example.com")
        return real(enquiry, *args, **fields)

    monkeypatch.setattr(escalation, "note", refuse)

    assert services.escalate(desk=desk, now=THURSDAY) == 1
    assert "ValueError" in caplog.text
    assert "sam@example.com" not in caplog.text
    monkeypatch.undo()
    assert services.escalate(desk=desk, now=THURSDAY + HOUR) == 1


# -- The digest ---------------------------------------------------------------------------


@pytest.fixture
def all_is_well(home):
    """Nothing waits, and retention has run."""
    assert not Interest.objects.open().exists()
    services.remove_overdue(FRIDAY)


def test_when_nothing_waits_the_digest_says_all_well(all_is_well, desk):
    message = services.send_digest(desk=desk, now=FRIDAY)

    assert message.recipient == "desk-box@example.org"
    assert message.subject == "Enquiry desk, Friday 9 October: all well"
    assert "All well: nothing waits for you." in message.body
    assert "Personal details were last removed on time: 9 October 2026, 12:00" in message.body


def test_the_digest_says_what_waits_with_links(all_is_well, overdue, desk, make_enquiry):
    make_enquiry(now=FRIDAY, suspicion="Too quick")

    message = services.send_digest(desk=desk, now=FRIDAY)

    assert message.subject == "Enquiry desk, Friday 9 October: 1 enquiry needs you"
    assert "All well" not in message.body
    for text in ("Overdue: 1", "New: 1", "In quarantine: 1"):
        assert text in message.body
        assert text in message.body_html
    assert "/admin/enquiries/?needs=overdue" in message.body
    assert "Due today" not in message.body
    for secret in ("Canal Bakery", "Sam Okafor", "sam@example.com"):
        assert secret not in message.body + message.body_html


def test_the_digest_says_what_was_delivered_since_the_last_one(all_is_well, overdue, desk):
    Message.objects.waiting().settle_sent()
    Message.objects.update(settled_at=FRIDAY + HOUR)

    services.send_digest(desk=desk, now=FRIDAY)
    services.send_digest(desk=desk, now=NEXT_MONDAY)

    first, second = (message.body for message in digests())
    assert "Delivered since Thursday 8 October: 0 messages." in first
    assert "Delivered since Friday 9 October: 2 messages." in second


def test_the_digest_says_since_when_a_message_waits(all_is_well, make_enquiry, desk, by):
    enquiry = make_enquiry(now=FRIDAY, offers=["hire-flexibly"])
    services.close(interest=enquiry.interests.get(), outcome="advised", by=by, now=FRIDAY)
    Message.objects.update(created_at=FRIDAY - HOUR * 3)

    message = services.send_digest(desk=desk, now=FRIDAY)

    assert "On their way: 2, the oldest since 9 October, 09:00. That is long" in message.body
    assert message.subject.endswith("please look")


def test_what_retention_did_not_remove_is_not_all_well(all_is_well, desk):
    message = services.send_digest(desk=desk, now=FRIDAY + DAY * 3)

    assert message.subject.endswith("please look")
    assert "That is wrong: please tell an administrator" in message.body


def test_there_is_one_digest_a_day(all_is_well, desk):
    for hours in (0, 1, 4):
        services.send_digest(desk=desk, now=FRIDAY + HOUR * hours)
    desk.mailbox = "another@example.org"
    services.send_digest(desk=desk, now=FRIDAY + HOUR * 5)
    assert digests().count() == 1

    services.send_digest(desk=desk, now=NEXT_MONDAY)
    assert digests().count() == 2


def test_two_workers_at_the_same_moment_send_one(all_is_well, desk, monkeypatch):
    """Both have seen that there is none: the key decides."""
    services.send_digest(desk=desk, now=FRIDAY)
    monkeypatch.setattr(escalation.Message.objects, "filter", lambda **_: Message.objects.none())
    monkeypatch.setattr(escalation, "_digest", lambda *_: {})

    services.send_digest(desk=desk, now=FRIDAY)

    monkeypatch.undo()
    assert digests().count() == 1


def test_a_worker_that_is_killed_leaves_none_and_the_next_sends_one(
    all_is_well, overdue, desk, monkeypatch
):
    class Killed(BaseException):
        pass

    def die(*_, **__):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(escalation, "note", die)
        with pytest.raises(Killed):
            tasks.remind_the_desk(FRIDAY)
    assert reminded() == []
    assert not digests().exists()

    tasks.remind_the_desk(FRIDAY)
    tasks.remind_the_desk(FRIDAY)

    assert reminded() == ["desk-box@example.org", "backup@example.org"]
    assert digests().count() == 1


def test_the_backup_gets_the_digest_while_no_mailbox_is_set(all_is_well, desk):
    desk.mailbox = ""
    desk.save()

    assert services.send_digest(desk=desk, now=FRIDAY).recipient == "backup@example.org"


def test_messages_about_the_website_are_in_the_digest(all_is_well, desk):
    answers = {"topic": "other", "page": "", "message": "Canary", "name": "", "email": ""}
    services.send_website_message(key=uuid.uuid4(), answers=answers, desk=desk, now=FRIDAY)

    message = services.send_digest(desk=desk, now=FRIDAY)

    assert "Messages about the website to handle: 1" in message.body
    assert "Canary" not in message.body
