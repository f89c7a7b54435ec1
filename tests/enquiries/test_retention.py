"""Personal details leave on their date, and nothing that is counted changes."""

import logging
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db.models import Count, Sum

from core import schedule
from core.models import Heartbeat
from enquiries import services, tasks
from enquiries.models import Enquiry, Interest, TimelineEntry, WebsiteMessage
from enquiries.services import retention
from offers.models import OfferLink
from outbox.models import Message
from partners.models import Partner
from tests.enquiries.dump import found

NOON = datetime(2026, 10, 5, 11, tzinfo=UTC)  # a Monday
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LATER = NOON + DAY * 740  # past the date of all that happened in the first week
WORDS = [
    *("Zephyrine", "Quillon", "quillon@zephyrmail", "zephyrmail", "Muffineer", "7946 0777"),
    *("Plumbago", "N5 1QZ", "Gherkin", "Marmalade", "Rhubarb", "Tamarind", "Sorrel", "Quince"),
    *("Damson", "/quillon-was-here/", "Parsnip", "Juniper", "Tarragon"),
]
# Each of these has a word that stands nowhere else.
PLANTED = {
    "organisation": "Zephyrine Bakery Ltd",
    "postcode": "N5 1QZ",
    "name": "Quillon Fern",
    "role": "Muffineer",
    "email": "Quillon@zephyrmail.example",
    "phone": "020 7946 0777",
    "message": "Plumbago wallpaper",
}
pytestmark = pytest.mark.django_db


@pytest.fixture
def by(person):
    return person("desk")


@pytest.fixture
def make_website_message(desk):
    def make(*, suspicion="", now=NOON, **changes):
        answers = {
            "topic": "personal-data",
            "page": "/quillon-was-here/",
            "message": "Parsnip",
            "name": "Quillon Fern",
            "email": "quillon@zephyrmail.example",
            **changes,
        }
        return services.send_website_message(
            key=uuid.uuid4(), answers=answers, desk=desk, now=now, suspicion=suspicion
        )

    return make


@pytest.fixture
def a_week(make_enquiry, make_website_message, answers, desk, by):
    """All that can be written about an employer, in every place where it is kept."""
    OfferLink.objects.update(contact_email="intake@example.org")
    enquiry = make_enquiry(now=NOON, **PLANTED)
    given = {"by": by, "now": NOON}
    words = {"desk": desk, **given}
    services.write_note(enquiry=enquiry, text="Gherkin", key=uuid.uuid4(), **given)
    services.speak(enquiry=enquiry, text="Tamarind", key=uuid.uuid4(), **given)
    services.reply(enquiry=enquiry, text="Marmalade", key=uuid.uuid4(), **words)
    services.ask(enquiry=enquiry, text="Sorrel", key=uuid.uuid4(), **words)
    services.add_to(
        enquiry=enquiry,
        answers=answers(**PLANTED, offers=["recruit-locally"]),
        changes=["Message: Quince"],
        desk=desk,
        now=NOON + DAY,
    )
    first, second, _ = enquiry.interests.in_order()
    partner = Partner.objects.get(slug="timewise")
    services.hand_over(interest=first, to=partner, text="Juniper", briefing="Tarragon", **words)
    services.brief(interest=first, text="Tarragon", key=uuid.uuid4(), **words)
    services.hear_answer(enquiry=enquiry, text="Tarragon", key=uuid.uuid4(), **words)
    services.accept(interest=first, **words)
    services.close(interest=first, outcome="placed", count=2, tell="Damson", **words)
    services.close(interest=second, outcome="advised", text="Damson", **given)
    spam = make_enquiry(now=NOON, suspicion="Too quick", **PLANTED)
    other = make_enquiry(now=NOON, **PLANTED)
    services.quarantine(enquiry=other, reason="Rhubarb", **given)
    twin = make_enquiry(now=NOON, **PLANTED)
    services.merge(enquiry=twin, into=enquiry, **given)
    make_website_message()
    make_website_message(suspicion="Too quick")
    return [enquiry, spam, other, twin]


def deliver():
    """Have all that waits be delivered."""
    Message.objects.waiting().settle_sent()


def report():
    """What a report counts."""
    by_enquiry = ("enquiry__sector", "enquiry__size", "enquiry__source", "enquiry__reply_due_on")
    interests = Interest.objects.values("state", "offer", "partner", "outcome", *by_enquiry)
    enquiries = Enquiry.objects.values("source", "created_at", "first_reply_at", "owner")
    return (
        list(
            interests.annotate(Count("pk"), Sum("outcome_count")).order_by(
                *interests.query.values_select
            )
        ),
        list(enquiries.annotate(Count("pk")).order_by("pk")),
        list(TimelineEntry.objects.exclude(kind="anonymised").order_by("pk").values("kind", "at")),
        list(Message.objects.order_by("pk").values("purpose", "state", "settled_at", "attempts")),
    )


def close_all(by):
    for interest in Interest.objects.open().filter(enquiry__quarantined_at=None):
        services.close(interest=interest, outcome="advised", by=by, now=NOON + DAY)


# -- On the date --------------------------------------------------------------------------


def test_after_the_date_nothing_personal_is_left_in_any_table(a_week, employer):
    employer.fill_in(**PLANTED)  # a draft that is never sent
    deliver()
    assert set(found(WORDS)) == set(WORDS)

    run = services.remove_overdue(LATER)
    Session.objects.update(expire_date=NOON - DAY)  # drafts end after a day
    call_command("clearsessions")

    assert (run.removed, run.put_off, run.failed) == (6, 0, 0)
    assert found(WORDS) == {}


def test_what_is_counted_stays_as_it_was(a_week, by):
    close_all(by)
    deliver()
    before = report()

    services.remove_overdue(LATER)

    assert report() == before
    assert Enquiry.objects.exclude(anonymised_at=None).count() == 4
    assert set(Enquiry.objects.values_list("postcode", flat=True)) == {"N5"}


def test_nothing_that_was_made_of_the_details_is_left(make_enquiry):
    before = make_enquiry(now=NOON)
    deliver()
    assert Message.objects.filter(dedupe_key__startswith="acknowledgement:").exists()

    services.remove_overdue(LATER)

    after = Enquiry.objects.get()
    assert (after.digest, after.organisation_key, after.mail_domain) == ("", "", "")
    assert after.idempotency_key != before.idempotency_key
    assert after.token != before.token
    keys = Message.objects.values_list("dedupe_key", flat=True)
    assert all(key.startswith("blank:") for key in keys)
    assert len(set(keys)) == 2


def test_before_the_date_nothing_is_removed(a_week):
    deliver()
    last_day = NOON + DAY * 729

    assert services.remove_overdue(last_day).removed == 0
    assert "Plumbago" in found(WORDS)


def test_a_later_contact_puts_the_date_off(make_enquiry, desk, by):
    enquiry = make_enquiry(now=NOON)
    later = NOON + DAY * 100
    services.reply(enquiry=enquiry, text="Hello", by=by, desk=desk, now=later, key=uuid.uuid4())
    deliver()

    assert services.remove_overdue(NOON + DAY * 731).removed == 0
    assert services.remove_overdue(NOON + DAY * 831).removed == 1


def test_what_is_open_is_closed_first_with_no_answer(make_enquiry):
    enquiry = make_enquiry(now=NOON, offers=["hire-flexibly", "recruit-locally"])
    deliver()

    services.remove_overdue(LATER)

    for interest in enquiry.interests.all():
        assert (interest.state, interest.outcome, interest.due_on) == ("closed", "no_answer", None)
    kinds = list(enquiry.timeline.order_by("pk").values_list("kind", flat=True))
    assert kinds[-3:] == ["closed", "closed", "anonymised"]


def test_an_outcome_that_was_recorded_stays(make_enquiry, by):
    enquiry = make_enquiry(now=NOON, offers=["hire-flexibly"])
    services.close(
        interest=enquiry.interests.get(), outcome="placed", count=3, by=by, now=NOON + DAY
    )
    deliver()

    services.remove_overdue(LATER)

    interest = enquiry.interests.get()
    assert (interest.outcome, interest.outcome_count) == ("placed", 3)


def test_spam_leaves_uncounted_and_no_longer_asks_for_a_person(make_enquiry):
    spam = make_enquiry(now=NOON, suspicion="Too quick")

    services.remove_overdue(LATER)

    spam.refresh_from_db()
    assert (spam.is_anonymised, spam.is_quarantined) == (True, True)
    assert not Interest.objects.exclude(outcome="").exists()
    assert not Enquiry.objects.quarantined().exists()


def test_while_a_message_waits_it_is_put_off_and_counted(make_enquiry, make_website_message):
    make_enquiry(now=NOON)
    make_website_message()

    run = services.remove_overdue(LATER)

    assert (run.removed, run.put_off) == (0, 2)
    assert not Enquiry.objects.exclude(anonymised_at=None).exists()
    assert services.retention_state(LATER).overdue == 2
    deliver()
    assert services.remove_overdue(LATER).removed == 2


def test_twice_is_the_same_as_once(a_week):
    deliver()
    services.remove_overdue(LATER)
    before = report(), list(Enquiry.objects.order_by("pk").values())

    assert services.remove_overdue(LATER + DAY).removed == 0
    for enquiry in a_week:
        services.anonymise(enquiry=enquiry, now=LATER + DAY)
        services.erase(enquiry=enquiry, now=LATER + DAY)

    assert (report(), list(Enquiry.objects.order_by("pk").values())) == before


def test_killed_in_the_middle_nothing_is_half_done_and_the_next_run_ends_it(a_week, monkeypatch):
    class Killed(BaseException):
        pass

    def die(*_, **__):
        raise Killed

    deliver()
    before = report(), list(Enquiry.objects.order_by("pk").values())
    with monkeypatch.context() as patch:
        patch.setattr(retention, "note", die)
        with pytest.raises(Killed):
            services.remove_overdue(LATER)

    assert (report(), list(Enquiry.objects.order_by("pk").values())) == before
    assert not Heartbeat.objects.filter(name=retention.HEARTBEAT).exists()
    assert services.remove_overdue(LATER).removed == 6
    assert found(WORDS) == {}


def test_one_that_fails_stops_no_other_and_its_row_is_not_in_the_log(
    make_enquiry, monkeypatch, caplog
):
    first, second = (make_enquiry(now=NOON, **PLANTED) for _ in range(2))
    deliver()
    real = retention.note

    def refuse(enquiry, *args, **fields):
        if enquiry.pk == first.pk:
            raise ValueError("Failing row contains (Quillon, Zephyrine)")
        return real(enquiry, *args, **fields)

    monkeypatch.setattr(retention, "note", refuse)
    with caplog.at_level(logging.DEBUG):
        run = services.remove_overdue(LATER)

    assert (run.removed, run.failed) == (1, 1)
    second.refresh_from_db()
    assert second.is_anonymised
    assert f"Retention of enquiry {first.pk} failed: ValueError" in caplog.text
    assert "Quillon" not in caplog.text
    assert services.retention_state(LATER).overdue == 1


def test_a_run_stops_after_some_and_the_next_goes_on(make_enquiry):
    for _ in range(3):
        make_enquiry(now=NOON)
    deliver()

    run = services.remove_overdue(LATER, at_most=2)
    assert (run.removed, run.is_complete) == (2, False)
    assert services.retention_state(LATER).is_silent

    run = services.remove_overdue(LATER, at_most=2)
    assert (run.removed, run.is_complete) == (1, True)
    assert not services.retention_state(LATER).is_silent


# -- Afterwards ---------------------------------------------------------------------------


def test_nothing_is_done_any_more_with_what_names_nobody(make_enquiry, answers, desk, by):
    enquiry = make_enquiry(now=NOON, offers=["hire-flexibly"])
    deliver()
    services.remove_overdue(LATER)
    interest = enquiry.interests.get()
    words = {"text": "Sam called", "key": uuid.uuid4(), "by": by, "now": LATER}

    for act in (
        lambda: services.write_note(enquiry=enquiry, **words),
        lambda: services.reopen(interest=interest, by=by, desk=desk, now=LATER),
        lambda: services.release(enquiry=enquiry, by=by, desk=desk, now=LATER),
        lambda: services.add_to(
            enquiry=enquiry, answers=answers(), changes=["Sam"], desk=desk, now=LATER
        ),
    ):
        with pytest.raises(services.Anonymised):
            act()


def test_the_link_and_the_form_it_came_by_lead_to_nothing(client, employer):
    key = employer.fill_in()
    link = employer.send(key)["Location"]
    enquiry = Enquiry.objects.get()
    assert enquiry.reference in client.get(link).content.decode()

    services.erase(enquiry=enquiry, now=NOON)

    assert enquiry.reference not in client.get(link).content.decode()
    assert not Enquiry.objects.filter(idempotency_key=key).exists()


def test_what_is_added_to_an_enquiry_we_no_longer_hold_is_kept_on_the_form(employer, by):
    stamp = employer.open_form()
    employer.post(stamp)
    employer.send(employer.key())
    twin = Enquiry.objects.get()
    employer.send(employer.fill_in(name="Another"))
    kept = Enquiry.objects.exclude(pk=twin.pk).get()
    services.merge(enquiry=twin, into=kept, by=by, now=NOON)
    deliver()
    services.anonymise(enquiry=kept, now=NOON)

    response = employer.post(stamp, message="One thing more", again="add")

    assert response.status_code == 409
    page = response.content.decode()
    assert "We do not hold your earlier enquiry any more. Send this one as new" in page
    assert "One thing more" in page
    again = employer.read(response).select_one("[name=stamp]")["value"]
    assert employer.post(again, message="One thing more")["Location"] == "/enquire/check/"


def test_joined_with_another_an_enquiry_is_kept_as_long_as_the_later_of_both(make_enquiry, by):
    old, new = make_enquiry(now=NOON - DAY * 100), make_enquiry(now=NOON)

    services.merge(enquiry=new, into=old, by=by, now=NOON)

    old.refresh_from_db()
    assert old.anonymise_on == new.anonymise_on


def test_two_that_name_nobody_are_not_taken_for_one_employer(make_enquiry):
    one, other = make_enquiry(now=NOON), make_enquiry(now=NOON, email="alex@other.example")
    deliver()
    services.remove_overdue(LATER)

    one.refresh_from_db()
    assert not Enquiry.objects.of_the_same_organisation(one).filter(pk=other.pk).exists()


def test_a_message_that_could_not_be_delivered_is_no_alarm_once_it_is_blank(make_enquiry):
    make_enquiry(now=NOON)
    Message.objects.waiting().settle_dead(error="550 no such user sam@example.com")
    assert (Enquiry.objects.undelivered().count(), Message.objects.dead().count()) == (1, 2)

    services.remove_overdue(LATER)

    assert (Enquiry.objects.undelivered().count(), Message.objects.dead().count()) == (0, 0)
    assert set(Message.objects.values_list("state", "last_error")) == {("dead", "")}


def test_a_website_message_that_names_nobody_waits_for_nobody(make_website_message, desk, by):
    make_website_message()
    doubtful = make_website_message(suspicion="Too quick")
    deliver()
    services.remove_overdue(LATER)

    assert not WebsiteMessage.objects.to_handle().exists()
    assert not WebsiteMessage.objects.quarantined().exists()
    services.release_website_message(message=doubtful, by=by, desk=desk, now=LATER)
    assert not Message.objects.waiting().exists()


def test_the_screens_of_what_names_nobody_say_so(make_enquiry, make_website_message, client, by):
    enquiry, message = make_enquiry(now=NOON), make_website_message()
    deliver()
    services.remove_overdue(LATER)
    client.force_login(by)

    page = client.get(f"/admin/enquiries/inspect/{enquiry.pk}/").content.decode()
    assert "Personal details were removed on" in page
    assert "Add a note" not in page
    assert "Remove personal details" not in page
    page = client.get(f"/admin/website-messages/inspect/{message.pk}/").content.decode()
    assert "Personal details were removed on" in page
    assert "Mark as handled" not in page


# -- On request ---------------------------------------------------------------------------


def test_on_request_all_goes_at_once_and_what_waits_is_not_sent(a_week, by):
    enquiry, spam, other, twin = a_week
    waiting = Message.objects.waiting().count()
    assert waiting

    services.erase(enquiry=enquiry, now=NOON + DAY, by=by, why="The person asked for it")

    for one in (spam, other):
        services.erase(enquiry=one, now=NOON + DAY)
    twin.refresh_from_db()
    assert twin.is_anonymised
    for message in WebsiteMessage.objects.all():
        services.erase_website_message(message=message, now=NOON + DAY)
    assert found(WORDS) == {}
    assert not Message.objects.waiting().exists()
    assert set(Message.objects.values_list("state", "last_error")) == {
        ("dead", "Personal details were removed on request before it was sent")
    }
    entry = enquiry.timeline.get(kind="anonymised")
    assert (entry.actor, entry.text) == (by, "The person asked for it")


def test_what_is_open_counts_as_withdrawn_on_request(make_enquiry, by):
    enquiry = make_enquiry(now=NOON, offers=["hire-flexibly"])

    services.erase(enquiry=enquiry, now=NOON + DAY, by=by)

    interest = enquiry.interests.get()
    assert (interest.state, interest.outcome) == ("withdrawn", "")


def test_a_mail_that_is_not_sent_on_request_is_no_alarm(make_enquiry):
    services.erase(enquiry=make_enquiry(now=NOON), now=NOON + DAY)

    assert not Message.objects.dead().exists()


def test_the_desk_removes_details_by_one_form(make_enquiry, client, by):
    enquiry = make_enquiry()
    client.force_login(by)
    address = f"/admin/enquiries/erase/{enquiry.pk}/"

    assert client.post(address, {"why": "Sam Okafor asked"}).status_code == 422
    enquiry.refresh_from_db()
    assert not enquiry.is_anonymised

    response = client.post(address, {"why": "The person asked for it"}, follow=True)

    assert f"The personal details of {enquiry.reference} are removed." in response.content.decode()
    enquiry.refresh_from_db()
    assert enquiry.is_anonymised
    assert client.post(address, {"why": "The person asked for it"}).status_code == 302


# -- The alarm ----------------------------------------------------------------------------


@pytest.mark.parametrize(("hours", "is_silent"), [(25, False), (27, True)])
def test_after_26_hours_of_silence_there_is_an_alarm(client, by, hours, is_silent):
    services.remove_overdue(datetime.now(UTC) - HOUR * hours)
    client.force_login(by)

    page = client.get("/admin/").content.decode()
    figures = client.get("/readyz").json()["figures"]

    assert ("Personal details are not removed on time" in page) == is_silent
    assert figures["retention_well"] == (not is_silent)
    assert figures["retention_completed_hours_ago"] == hours


def test_what_is_overdue_is_an_alarm_although_runs_end(make_enquiry, client, by):
    make_enquiry(now=NOON - DAY * 2_000)  # its mails are still on their way
    services.remove_overdue(datetime.now(UTC))
    client.force_login(by)

    page = client.get("/admin/").content.decode()

    assert "Personal details are not removed on time: 1 overdue" in page
    assert client.get("/readyz").json()["figures"]["retention_overdue"] == 1


def test_what_is_due_today_is_not_overdue_yet(make_enquiry):
    enquiry = make_enquiry(now=NOON)
    on_the_day = datetime.combine(enquiry.anonymise_on, NOON.timetz())

    assert services.retention_state(on_the_day).overdue == 0
    assert services.retention_state(on_the_day + DAY).overdue == 1


def test_the_worker_looks_every_hour(make_enquiry, monkeypatch):
    make_enquiry(now=NOON)
    deliver()

    assert "retention" in schedule.run_due(LATER)
    assert "retention" not in schedule.run_due(LATER + timedelta(minutes=59))
    assert "retention" in schedule.run_due(LATER + HOUR)
    assert Enquiry.objects.get().is_anonymised
    assert tasks.retention_figures(LATER + HOUR)["retention_well"]
