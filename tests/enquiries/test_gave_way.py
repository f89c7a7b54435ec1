"""What once gave way: under an eraser, a stale reader, an odd order of things."""

import uuid
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from core import personal_data
from core.working_days import LONDON
from enquiries import services
from enquiries.models import Enquiry, EnquiryQuerySet, Interest
from enquiries.services import retention
from offers.models import OfferPage
from outbox.models import Mailbox, Message
from outbox.services import mark_bounced
from partners.models import Partner
from tests.enquiries.dump import found

NOON = datetime(2026, 10, 5, 11, tzinfo=UTC)  # a Monday, 12:00 in London
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def by(person):
    return person("desk")


@pytest.fixture
def enquiry(make_enquiry):
    return make_enquiry(offers=["hire-flexibly"], now=NOON)


def refused(enquiry):
    """The entry of a mail to the desk that its server has refused for good."""
    entry = enquiry.timeline.select_related("enquiry", "message").get(kind="desk_told")
    Message.objects.filter(pk=entry.message_id).update(
        state="dead", settled_at=NOON, recipient_refused=True
    )
    mark_bounced(address=entry.message.recipient, why="Refused", now=NOON)
    return entry


def path_of(purpose):
    """Where the link of the last mail of a purpose leads."""
    body = Message.objects.filter(purpose=purpose).latest("pk").body
    return "/track/" + body.partition("/track/")[2].split()[0]


# -- Erasing ------------------------------------------------------------------------------


def test_what_was_erased_is_not_copied_to_the_backup(enquiry, desk, by):
    entry = refused(enquiry)
    services.erase(enquiry=enquiry, by=by, now=NOON)
    before = Message.objects.count()

    assert services.turn_to_backup(entry=entry, desk=desk, now=NOON) is None

    assert Message.objects.count() == before
    assert found(["Sam Okafor"]) == {}


def test_a_refused_mail_is_copied_once_whatever_is_proven_later(enquiry, desk):
    entry = refused(enquiry)
    services.turn_to_backup(entry=entry, desk=desk, now=NOON)
    Mailbox.objects.update(bounced_at=None)

    services.turn_to_backup(entry=entry, desk=desk, now=NOON + HOUR)

    assert Message.objects.filter(purpose="enquiry_received").count() == 2


def test_erasing_a_duplicate_erases_what_its_person_said_to_the_other(
    enquiry, make_enquiry, desk, by
):
    double = make_enquiry(offers=["hire-flexibly"], email="kit@example.net", now=NOON)
    services.merge(enquiry=double, into=enquiry, by=by, now=NOON)
    services.add_words(enquiry=double, text="Gherkin", desk=desk, now=NOON + HOUR, key=uuid.uuid4())
    assert found(["Gherkin"]) != {}

    services.erase(enquiry=double, by=by, now=NOON + DAY)

    assert found(["Gherkin"]) == {}
    enquiry.refresh_from_db()
    assert enquiry.email == "sam@example.com"


@pytest.mark.parametrize("confirmed", [False, True])
def test_earlier_and_unconfirmed_addresses_are_found_and_erased(client, enquiry, desk, confirmed):
    services.ask_for_email(
        enquiry=enquiry, email="quillon@example.net", desk=desk, now=NOON, key=uuid.uuid4()
    )
    if confirmed:
        asked = enquiry.timeline.get(kind="email_change_asked")
        services.confirm_email(enquiry=enquiry, asked=asked, desk=desk, now=NOON)
    address = "sam@example.com" if confirmed else "quillon@example.net"
    assert personal_data.export_person(address)["addresses entered"] != []

    personal_data.erase_person(address, NOON + DAY)

    assert found([address]) == {}
    enquiry.refresh_from_db()
    assert not enquiry.is_anonymised


# -- Joining and changing -----------------------------------------------------------------


def test_a_topic_that_was_renamed_keeps_nobody_from_joining(enquiry, make_enquiry, by):
    OfferPage.objects.filter(slug="hire-flexibly").update(topic="Flexible jobs")
    double = make_enquiry(offers=["hire-flexibly"], now=NOON)

    services.merge(enquiry=double, into=enquiry, by=by, now=NOON)

    assert enquiry.interests.count() == 1


def test_what_moves_to_an_enquiry_that_somebody_has_is_with_the_desk(enquiry, make_enquiry, by):
    services.assign(enquiry=enquiry, to=by, by=by, now=NOON)
    double = make_enquiry(offers=["recruit-locally"], now=NOON)

    services.merge(enquiry=double, into=enquiry, by=by, now=NOON)

    assert set(enquiry.interests.values_list("state", flat=True)) == {"with_desk"}


def test_an_offer_that_is_not_public_any_more_can_be_kept(client, enquiry, by):
    OfferPage.objects.get(slug="hire-flexibly").unpublish()
    client.force_login(by)
    address = f"/admin/enquiries/offers/{enquiry.pk}/"
    assert "hire-flexibly" in client.get(address).content.decode()

    client.post(address, {"offers": ["hire-flexibly", "recruit-locally"]})

    assert enquiry.interests.open().count() == 2


# -- Nobody to write to -------------------------------------------------------------------


def test_an_employer_without_an_address_is_acknowledged_to_nobody(answers, desk, by):
    enquiry = services.log(
        key=uuid.uuid4(),
        answers=answers(email=""),
        source="phone",
        by=by,
        desk=desk,
        now=NOON,
        acknowledge=True,
    )
    services.quarantine(enquiry=enquiry, reason="Pills", by=by, now=NOON)

    services.release(enquiry=enquiry, by=by, desk=desk, now=NOON)

    assert not Message.objects.filter(recipient="").exists()
    assert not enquiry.timeline.filter(kind="employer_told").exists()


def test_the_desk_is_not_told_of_a_wish_from_quarantine(make_enquiry, desk):
    enquiry = make_enquiry(suspicion="Too quick")

    services.ask_for_erasure(enquiry=enquiry, desk=desk, now=NOON)

    assert not Message.objects.exists()
    assert list(Enquiry.objects.erasure_asked()) == [enquiry]


# -- The same form with other words -------------------------------------------------------


def test_other_words_from_the_same_form_are_not_lost(client, enquiry, by):
    client.force_login(by)
    key = uuid.uuid4()

    for text in ("first", "second", "second"):
        client.post(f"/admin/enquiries/note/{enquiry.pk}/", {"key": key, "text": text})
        client.post(f"/track/{enquiry.track_token}/add/", {"once": key, "text": text})

    for kind in ("noted", "added_to"):
        entries = enquiry.timeline.filter(kind=kind).order_by("pk")
        assert list(entries.values_list("text", flat=True)) == ["first", "second"]


def test_a_corrected_address_from_the_same_form_is_the_one_that_is_asked(client, enquiry):
    key = uuid.uuid4()

    for email in ("wrong@example.net", "right@example.net"):
        client.post(f"/track/{enquiry.track_token}/email/", {"once": key, "email": email})

    enquiry.refresh_from_db()
    assert enquiry.pending_email == "right@example.net"


# -- Links --------------------------------------------------------------------------------


def test_the_link_to_confirm_an_address_opens_nothing_else(client, enquiry, desk):
    services.ask_for_email(
        enquiry=enquiry,
        email="stranger@example.net",
        desk=desk,
        now=timezone.now(),
        key=uuid.uuid4(),
    )
    path = path_of("enquiry_confirm_email")
    page = client.get(path).content.decode()

    assert "Confirm this address" in page
    for secret in ("Sam Okafor", "020 7946 0999", enquiry.track_token):
        assert secret not in page
    token = path.split("/")[2]
    for tail in ("", "add/", "phone/", "email/", "withdraw/", "download/", "erase/"):
        assert client.get(f"/track/{token}/{tail}").status_code == 404


def test_a_tracking_page_that_is_erased_meanwhile_is_not_found(client, enquiry, monkeypatch):
    from enquiries.services import tracking
    from enquiries.services.timeline import Anonymised

    def erased(_):
        raise Anonymised("Gone")

    monkeypatch.setattr(tracking, "locked", erased)
    base = f"/track/{enquiry.track_token}"
    forms = {"add": {"text": "More"}, "phone": {"phone": "020 7946 0777"}, "download": {}}

    for name, data in {**forms, "email": {"email": "new@example.net"}}.items():
        assert client.post(f"{base}/{name}/", data).status_code == 404


# -- Nothing waits unseen -----------------------------------------------------------------


def test_handing_over_before_the_first_reply_keeps_the_promise_in_sight(enquiry, desk, by):
    interest = enquiry.interests.get()
    services.hand_over(interest=interest, to=Partner.objects.first(), by=by, desk=desk, now=NOON)

    enquiry.refresh_from_db()
    assert enquiry.owner == by
    assert list(Enquiry.objects.overdue(enquiry.reply_due_on + DAY)) == [enquiry]
    assert Interest.objects.get().due_on == enquiry.reply_due_on


def test_after_the_reply_the_partner_has_its_days(enquiry, desk, by):
    interest = enquiry.interests.get()
    services.hand_over(interest=interest, to=Partner.objects.first(), by=by, desk=desk, now=NOON)

    services.speak(enquiry=enquiry, text="Called", by=by, now=NOON + HOUR, key=uuid.uuid4())

    assert Interest.objects.get().due_on == date(2026, 10, 12)


def test_a_handover_that_mails_nobody_says_so(client, enquiry, by):
    client.force_login(by)
    interest = enquiry.interests.get()

    page = client.post(
        f"/admin/enquiries/interest/hand-over/{interest.pk}/",
        {"partner": Partner.objects.published().first().pk},
        follow=True,
    )

    assert "was not mailed" in page.content.decode()
    assert "Not mailed by us: tell them yourself" in page.content.decode()
    for name, words in [
        ("accepted", "give it the employer’s details first"),
        ("take-back", "The partner was not mailed: tell them yourself"),
    ]:
        screen = client.get(f"/admin/enquiries/interest/{name}/{interest.pk}/")
        assert words in screen.content.decode()


@pytest.mark.parametrize("name", ["note", "take", "quarantine"])
def test_only_get_and_post_are_taken(client, enquiry, by, name):
    client.force_login(by)

    assert client.put(f"/admin/enquiries/{name}/{enquiry.pk}/").status_code == 405


@pytest.fixture
def double(enquiry, make_enquiry, by):
    """A duplicate that was joined with the enquiry."""
    double = make_enquiry(now=NOON)
    services.merge(enquiry=double, into=enquiry, by=by, now=NOON)
    return double


@pytest.mark.parametrize("what", ["erase", "add"])
def test_erasing_and_adding_lock_in_one_order(enquiry, double, desk, monkeypatch, what):
    """The duplicate before the enquiry it was joined with, whoever comes."""
    locks, get = [], EnquiryQuerySet.get

    def watched(queryset, *args, **kwargs):
        if queryset.query.select_for_update:
            locks.append(kwargs["pk"])
        return get(queryset, *args, **kwargs)

    monkeypatch.setattr(EnquiryQuerySet, "get", watched)
    if what == "erase":
        services.erase(enquiry=enquiry, now=NOON)
    else:
        services.add_words(enquiry=double, text="More", desk=desk, now=NOON, key=uuid.uuid4())

    assert list(dict.fromkeys(locks)) == [double.pk, enquiry.pk]


# -- Nobody and nothing is lost -----------------------------------------------------------


def test_what_was_taken_and_is_given_to_nobody_needs_somebody(enquiry, by):
    services.assign(enquiry=enquiry, to=by, by=by, now=NOON)
    services.assign(enquiry=enquiry, to=None, by=by, now=NOON)

    assert list(Enquiry.objects.new()) == [enquiry]


def test_closing_with_words_takes_the_enquiry(enquiry, desk, by):
    interest = enquiry.interests.get()
    services.close(
        interest=interest, outcome="advised", by=by, now=NOON, tell="Thank you", desk=desk
    )

    enquiry.refresh_from_db()
    assert enquiry.owner == by


def test_a_second_caller_noted_on_the_same_form_is_not_lost(answers, desk, by):
    given = {"key": uuid.uuid4(), "by": by, "desk": desk, "now": NOON, "acknowledge": False}
    for name in ("First", "Second", "Second"):
        services.log(**given, answers=answers(organisation=name), source="phone")

    names = Enquiry.objects.order_by("pk").values_list("organisation", flat=True)
    assert list(names) == ["First", "Second"]


def test_what_was_about_a_deleted_offer_stays_and_not_sure_can_be_added(client, enquiry, by, desk):
    OfferPage.objects.get(slug="hire-flexibly").delete()
    client.force_login(by)

    client.post(f"/admin/enquiries/offers/{enquiry.pk}/", {"offers": ["not-sure"]})

    states = enquiry.interests.values_list("topic", "state")
    assert dict(states) == {"Hiring flexibly": "new", "I am not sure yet": "new"}


def test_what_a_duplicate_repeats_is_closed_on_its_timeline(enquiry, make_enquiry, by):
    double = make_enquiry(offers=["hire-flexibly"], now=NOON)

    services.merge(enquiry=double, into=enquiry, by=by, now=NOON + DAY)

    assert double.timeline.filter(kind="closed", outcome="replaced").exists()


def test_the_employer_is_promised_no_reply_once_nothing_is_open(client, enquiry):
    path = f"/track/{enquiry.track_token}/"
    assert "One person replies to you by" in client.get(path).content.decode()

    services.withdraw(interest=enquiry.interests.get(), now=NOON)

    assert "One person replies to you by" not in client.get(path).content.decode()


# -- Two at once --------------------------------------------------------------------------


def test_a_duplicate_that_is_joined_while_the_other_is_erased_is_erased_too(
    enquiry, make_enquiry, by, monkeypatch
):
    double = make_enquiry(offers=["hire-flexibly"], email="kit@example.net", now=NOON)
    held, joined = retention._held, []

    def held_after_a_join(one):
        if not joined:
            joined.append(services.merge(enquiry=double, into=enquiry, by=by, now=NOON))
        return held(one)

    monkeypatch.setattr(retention, "_held", held_after_a_join)
    services.erase(enquiry=enquiry, by=by, now=NOON)

    assert found(["kit@example.net", "sam@example.com"]) == {}


def test_what_was_joined_meanwhile_is_not_moved_by_an_open_page(enquiry, make_enquiry, desk, by):
    other = make_enquiry(offers=["recruit-locally"], now=NOON)
    stale = Interest.objects.select_related("enquiry").get(enquiry=other)
    services.merge(enquiry=other, into=enquiry, by=by, now=NOON)

    with pytest.raises(services.WrongState, match="joined with another"):
        services.hand_over(interest=stale, to=Partner.objects.first(), by=by, desk=desk, now=NOON)


@pytest.mark.parametrize("name", ["speak", "reply", "ask"])
def test_nobody_writes_from_a_duplicate(enquiry, make_enquiry, desk, by, name):
    other = make_enquiry(offers=["recruit-locally"], now=NOON)
    services.merge(enquiry=other, into=enquiry, by=by, now=NOON)
    given = {"desk": desk} if name != "speak" else {}

    with pytest.raises(services.AlreadyJoined):
        getattr(services, name)(
            enquiry=other, text="Hello", by=by, now=NOON, key=uuid.uuid4(), **given
        )


# -- Days and counts ----------------------------------------------------------------------


def test_what_is_added_late_is_promised_from_then(enquiry, answers, desk):
    services.add_to(
        enquiry=enquiry,
        answers=answers(offers=["hire-flexibly", "recruit-locally"]),
        changes=[],
        desk=desk,
        now=NOON + 14 * DAY,
    )

    added = enquiry.interests.get(offer__slug="recruit-locally")
    assert added.due_on == date(2026, 10, 21)


def test_the_promise_that_was_given_first_is_the_one_of_both(enquiry, make_enquiry, by):
    late = make_enquiry(offers=["hire-flexibly"], now=NOON + 14 * DAY)

    services.merge(enquiry=enquiry, into=late, by=by, now=NOON + 14 * DAY)

    late.refresh_from_db()
    assert late.reply_due_on == date(2026, 10, 7)


def test_a_duplicate_is_kept_as_long_as_what_was_said_by_its_link(double, desk):
    services.add_words(
        enquiry=double, text="Late", desk=desk, now=NOON + 700 * DAY, key=uuid.uuid4()
    )

    double.refresh_from_db()
    assert double.anonymise_on > (NOON + 1_400 * DAY).date()


def test_a_note_that_turns_out_to_be_a_call_counts(client, enquiry, by):
    client.force_login(by)
    note = {"key": uuid.uuid4(), "text": "Called them"}
    for form in (note, {**note, "spoke": "on"}):
        client.post(f"/admin/enquiries/note/{enquiry.pk}/", form)

    enquiry.refresh_from_db()
    assert enquiry.first_reply_at is not None


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_zone_an_editor_has_chosen_changes_no_figure(make_enquiry, desk, by, zone):
    cache.clear()
    long_ago = timezone.now() - 30 * DAY
    for _ in range(12):
        one = make_enquiry(now=long_ago)
        at = datetime.combine(one.reply_due_on, time(23, 30), LONDON)
        services.speak(enquiry=one, text="Called", by=by, now=at, key=uuid.uuid4())

    with timezone.override(zone):
        assert desk.replies_lately == "12 of 12"
    cache.clear()


@pytest.mark.parametrize("page", ["0", "-1", "abc", "", "999999999", "1e3"])
def test_a_page_that_is_not_there_is_answered(client, enquiry, by, page):
    client.force_login(by)

    for address in ("/admin/enquiries/", "/admin/enquiries/results/"):
        assert client.get(address, {"p": page}).status_code == 200


@pytest.mark.parametrize(
    "answer",
    [{"organisation": "İ" * 200}, {"email": f"a@{'.'.join(['İ' * 20] * 8)}.com"}],
    ids=["organisation", "email"],
)
def test_letters_that_grow_when_they_are_made_small_fit(make_enquiry, answer):
    enquiry = make_enquiry(**answer)

    assert len(enquiry.organisation_key) <= 200
    assert len(enquiry.mail_domain) <= 254


@pytest.mark.parametrize("record", ["mail", "mailboxes"])
def test_nobody_else_is_told_which_records_are_there(client, enquiry, person, record):
    client.force_login(person("editor"))
    pks = {"mail": Message.objects.first().pk, "mailboxes": Mailbox.objects.first().pk}
    answers = [client.get(f"/admin/{record}/inspect/{pk}/") for pk in (pks[record], 999_999)]

    assert answers[0].status_code == answers[1].status_code == 302
