"""Saved first, sent after: an enquiry and every mail it causes are one transaction."""

import json
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.template import TemplateSyntaxError
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from core.tokens import read_token
from core.working_days import promised_day
from enquiries import services, tasks
from enquiries.models import (
    Enquiry,
    Interest,
    PrivacyNotice,
    TimelineEntry,
    TimelineIsAppendOnly,
)
from enquiries.services import sending
from offers.models import OfferPage, Sector
from outbox.models import Mailbox, Message
from outbox.services import mark_bounced
from partners.models import Partner

NOON = datetime(2026, 10, 5, 11, tzinfo=UTC)  # a Monday, 12:00 in London
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PERSONAL = [
    "Canal Bakery",
    "Sam Okafor",
    "Owner",
    "020 7946 0999",
    "N1 2UD",
    "We open in spring.",
]


@pytest.fixture
def send(desk, answers):
    def send(*, key=None, now=NOON, suspicion="", came_from="", **changes):
        return services.send(
            key=key or uuid.uuid4(),
            answers=answers(**changes),
            desk=desk,
            now=now,
            came_from=came_from,
            suspicion=suspicion,
        )

    return send


@pytest.fixture
def add(desk, answers):
    def add(enquiry, *, now=NOON + HOUR, changes=("Phone number: 07700 900 982",), **fields):
        return services.add_to(
            enquiry=enquiry, answers=answers(**fields), changes=list(changes), desk=desk, now=now
        )

    return add


def prove(address):
    Mailbox.objects.create(address=address, wire_address=address, proven_at=NOON)


def kinds(enquiry):
    return list(enquiry.timeline.order_by("pk").values_list("kind", flat=True))


def topics(enquiry):
    return list(enquiry.interests.order_by("pk").values_list("topic", flat=True))


def everything():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Enquiry, Interest, TimelineEntry, Message)
    ]


def mail(purpose):
    return Message.objects.get(purpose=purpose)


# -- Sending ------------------------------------------------------------------------------


def test_an_enquiry_is_stored_with_every_answer(send, desk):
    PrivacyNotice.objects.update(in_force_from=NOON.date())

    sent = send(came_from="/ways-to-get-involved/hire-flexibly/")

    enquiry = Enquiry.objects.get()
    assert enquiry == sent
    assert (enquiry.organisation, enquiry.size, enquiry.postcode) == (
        "Canal Bakery",
        "10-49",
        "N1 2UD",
    )
    assert (enquiry.name, enquiry.role, enquiry.email) == (
        "Sam Okafor",
        "Owner",
        "sam@example.com",
    )
    assert (enquiry.phone, enquiry.message) == ("020 7946 0999", "We open in spring.")
    assert enquiry.sector == Sector.objects.get(slug="retail")
    assert (enquiry.source, enquiry.came_from) == ("site", "/ways-to-get-involved/hire-flexibly/")
    assert enquiry.privacy_notice == PrivacyNotice.objects.get()
    assert enquiry.created_at == NOON
    assert not enquiry.is_quarantined


def test_the_reply_is_promised_and_the_end_of_the_data_is_set(send, desk):
    enquiry = send()

    assert enquiry.reply_due_on == date(2026, 10, 7)
    assert enquiry.reply_due_on == promised_day(NOON, desk.hours, desk.reply_promise_days)
    assert enquiry.anonymise_on == date(2028, 10, 4)  # 730 days


def test_the_day_the_data_leaves_is_a_day_in_london(send):
    enquiry = send(now=datetime(2026, 7, 1, 23, 30, tzinfo=UTC))

    assert enquiry.anonymise_on == date(2028, 7, 1)


def test_every_ticked_offer_becomes_an_interest(send):
    enquiry = send(offers=["hire-flexibly", "mentor-a-young-person", "recruit-locally"])

    interests = enquiry.interests.order_by("pk")
    assert [interest.offer.slug for interest in interests] == [
        "mentor-a-young-person",
        "hire-flexibly",
        "recruit-locally",
    ]
    assert all(interest.topic == interest.offer.topic for interest in interests)
    assert {interest.state for interest in interests} == {"new"}
    assert {interest.state_since for interest in interests} == {NOON}
    assert {interest.due_on for interest in interests} == {enquiry.reply_due_on}
    assert {interest.partner for interest in interests} == {None}


def test_not_sure_becomes_an_interest_without_an_offer(send):
    [interest] = send(offers=["not-sure"]).interests.all()

    assert (interest.offer, interest.topic) == (None, "I am not sure yet")


def test_an_offer_that_left_the_site_meanwhile_leaves_an_enquiry_that_is_not_sure(send):
    OfferPage.objects.get(slug="hire-flexibly").unpublish()

    [interest] = send(offers=["hire-flexibly"]).interests.all()

    assert (interest.offer, interest.topic) == (None, "I am not sure yet")


def test_the_timeline_begins_with_what_happened(send):
    enquiry = send()

    assert kinds(enquiry) == ["received", "desk_told", "employer_told"]
    assert {entry.at for entry in enquiry.timeline.all()} == {NOON}
    assert {entry.actor for entry in enquiry.timeline.all()} == {None}
    told = enquiry.timeline.get(kind="desk_told")
    assert told.message == mail("enquiry_received")


def test_the_desk_gets_everything_and_can_answer_at_once(send, desk, settings):
    enquiry = send()

    message = mail("enquiry_received")
    assert message.recipient == desk.mailbox
    assert message.reply_to == "sam@example.com"
    assert message.subject == f"{enquiry.reference}: new enquiry, reply by 7 October"
    for part in (message.body, message.body_html):
        assert all(text in part for text in [*PERSONAL, "sam@example.com", "Retail"])
        assert "Reply by Wednesday 7 October 2026" in part
        assert f"{settings.BASE_URL}/admin/enquiries/inspect/{enquiry.pk}/" in part


def test_the_employer_gets_the_reference_the_date_and_the_link(send, desk, settings):
    enquiry = send()

    message = mail("enquiry_acknowledgement")
    assert message.recipient == "sam@example.com"
    assert message.reply_to == desk.mailbox
    assert message.subject == f"{enquiry.reference}: we have your enquiry"
    for part in (message.body, message.body_html):
        assert enquiry.reference in part
        assert "Wednesday 7 October 2026" in part
        # What follows holds the second in which it was made.
        assert f"{settings.BASE_URL}/track/{enquiry.track_token.partition(':')[0]}:" in part
    assert read_token("track", enquiry.track_token) == (enquiry.uuid, 1)


def test_the_acknowledgement_never_holds_what_the_employer_typed(send):
    """Or anybody could have this site send their words to a stranger."""
    send(
        organisation="Buy pills at evil.example",
        name="Click https://evil.example",
        role="Cheap Role",
        message="Visit evil.example now",
        phone="020 7946 0777",
        postcode="EC1V 9LT",
    )

    message = mail("enquiry_acknowledgement")
    for part in (message.subject, message.body, message.body_html):
        assert not any(text in part for text in ["evil", "pills", "Cheap", "0777", "EC1V", "Click"])


def test_no_subject_holds_free_text(send, add):
    enquiry = send(organisation="Evil Ltd", name="Evil Name", message="Evil message")
    add(enquiry, organisation="Evil Ltd", name="Evil Name", message="More evil")

    subjects = list(Message.objects.values_list("subject", flat=True))
    assert len(subjects) == 3
    assert not any("vil" in subject for subject in subjects)


def test_hostile_text_is_escaped_in_the_html_for_the_desk(send):
    send(organisation="<script>alert(1)</script>", message='<img src=x onerror="alert(1)">')

    html = mail("enquiry_received").body_html
    assert "<script>" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


def test_the_text_for_the_desk_is_not_escaped(send):
    send(organisation="O’Neill & Sons <Ltd>")

    assert "Organisation: O’Neill & Sons <Ltd>" in mail("enquiry_received").body


# -- The same form again ------------------------------------------------------------------


def test_the_same_form_with_the_same_answers_changes_nothing(send):
    key = uuid.uuid4()
    first = send(key=key)
    before = everything()

    again = send(key=key, now=NOON + HOUR)

    assert again == first
    assert everything() == before


def test_the_same_form_with_other_answers_is_told_what_it_became(send):
    key = uuid.uuid4()
    first = send(key=key)
    before = everything()

    with pytest.raises(services.AlreadySent) as refused:
        send(key=key, message="We open in summer.")

    assert refused.value.enquiry == first
    assert everything() == before


def test_another_form_with_the_same_answers_is_another_enquiry(send):
    assert send() != send()
    assert Enquiry.objects.count() == 2


def test_a_reference_that_is_taken_is_not_given_again(send, monkeypatch):
    taken = send().reference
    names = iter([taken, taken, "IA-2222-2222"])
    monkeypatch.setattr(sending, "new_reference", lambda: next(names))

    assert send().reference == "IA-2222-2222"


def test_without_any_free_reference_nothing_is_stored(send, monkeypatch):
    taken = send().reference
    before = everything()
    monkeypatch.setattr(sending, "new_reference", lambda: taken)

    with pytest.raises(RuntimeError, match="No free reference"):
        send()

    assert everything() == before


def test_an_integrity_error_that_is_no_repeat_is_not_hidden(send, monkeypatch):
    taken = send()
    monkeypatch.setattr(sending, "_free_reference", lambda: taken.reference)

    with pytest.raises(IntegrityError), transaction.atomic():
        send()


# -- The digest ---------------------------------------------------------------------------


def test_a_digest_does_not_depend_on_the_order_of_the_fields(answers):
    turned = dict(reversed(answers().items()))

    assert services.digest(answers()) == services.digest(turned)
    assert len(services.digest(answers())) == 64


@settings(max_examples=50, deadline=None, database=None)
@given(
    one=st.fixed_dictionaries({"message": st.text(), "name": st.text(), "phone": st.text()}),
    other=st.fixed_dictionaries({"message": st.text(), "name": st.text(), "phone": st.text()}),
)
def test_two_digests_are_equal_only_for_equal_answers(one, other):
    assert (services.digest(one) == services.digest(other)) is (one == other)
    assert services.digest(json.loads(json.dumps(one))) == services.digest(one)


# -- Suspicion ----------------------------------------------------------------------------


def test_a_suspicious_enquiry_is_stored_and_mailed_to_nobody(send):
    enquiry = send(suspicion="Filled in within 3 seconds")

    assert enquiry.is_quarantined
    assert (enquiry.quarantined_at, enquiry.quarantine_reason) == (
        NOON,
        "Filled in within 3 seconds",
    )
    assert enquiry.status == "Quarantined"
    assert kinds(enquiry) == ["received", "quarantined"]
    assert enquiry.timeline.get(kind="quarantined").text == "Filled in within 3 seconds"
    assert topics(enquiry)
    assert not Message.objects.exists()


def test_quarantined_and_other_enquiries_are_told_apart(send):
    good, bad = send(), send(suspicion="The form was not ours")

    assert list(Enquiry.objects.not_quarantined()) == [good]
    assert list(Enquiry.objects.quarantined()) == [bad]


def test_a_released_enquiry_gets_its_mails_and_a_new_reply_date(send, desk, person):
    enquiry = send(suspicion="The form was not ours")

    services.release(enquiry=enquiry, by=person("desk"), desk=desk, now=NOON + DAY * 7)

    enquiry.refresh_from_db()
    assert not enquiry.is_quarantined
    assert enquiry.reply_due_on == date(2026, 10, 14)
    assert {interest.due_on for interest in enquiry.interests.all()} == {date(2026, 10, 14)}
    assert kinds(enquiry) == [
        "received",
        "quarantined",
        "released",
        "desk_told",
        "employer_told",
    ]
    released = enquiry.timeline.get(kind="released")
    assert (released.actor, released.at) == (person("desk"), NOON + DAY * 7)
    assert "Wednesday 14 October 2026" in mail("enquiry_acknowledgement").body


def test_an_enquiry_is_released_once(send, desk, person):
    enquiry = send(suspicion="The form was not ours")
    services.release(enquiry=enquiry, by=person("desk"), desk=desk, now=NOON + DAY)
    before = everything()

    services.release(enquiry=enquiry, by=person("admin"), desk=desk, now=NOON + DAY * 2)

    assert everything() == before


def test_releasing_what_is_not_in_quarantine_does_nothing(send, desk, person):
    enquiry = send()
    before = everything()

    services.release(enquiry=enquiry, by=person("desk"), desk=desk, now=NOON + DAY)

    assert everything() == before


# -- Mailboxes ----------------------------------------------------------------------------


def test_without_a_mailbox_the_backup_gets_the_enquiry(send, desk):
    desk.mailbox, desk.backup_mailbox = "", "backup@example.org"
    prove("backup@example.org")

    send()

    assert mail("enquiry_received").recipient == "backup@example.org"
    assert mail("enquiry_acknowledgement").reply_to == ""


def test_without_any_mailbox_the_enquiry_is_saved_and_the_timeline_says_so(send, desk):
    desk.mailbox = desk.backup_mailbox = ""

    enquiry = send()

    assert Enquiry.objects.get() == enquiry
    assert kinds(enquiry) == ["received", "no_mailbox", "employer_told"]
    assert Message.objects.get().purpose == "enquiry_acknowledgement"
    assert "reply to this e-mail" not in Message.objects.get().body


def test_one_address_gets_at_most_3_acknowledgements_a_day_in_any_case(send):
    spellings = ["sam@example.com", "SAM@example.com", "Sam@Example.com", "sam@EXAMPLE.COM"]
    enquiries = [send(email=spelling) for spelling in spellings]

    assert Message.objects.filter(purpose="enquiry_acknowledgement").count() == 3
    assert Message.objects.filter(purpose="enquiry_received").count() == 4
    assert kinds(enquiries[2])[-1] == "employer_told"
    assert kinds(enquiries[3]) == ["received", "desk_told", "acknowledgement_withheld"]


def test_one_mailbox_gets_at_most_3_acknowledgements_however_its_domain_is_spelt(send):
    for domain in ["bücher.example", "xn--bcher-kva.example", "BÜCHER.example", "ｂücher.example"]:
        send(email=f"sam@{domain}")

    assert Message.objects.filter(purpose="enquiry_acknowledgement").count() == 3


def test_another_address_or_another_day_gets_its_acknowledgement(send):
    for _ in range(3):
        send()

    other = send(email="alex@example.com")
    tomorrow = send(now=NOON + DAY)

    assert kinds(other)[-1] == kinds(tomorrow)[-1] == "employer_told"


def test_the_day_of_the_limit_begins_at_midnight_in_london(send):
    late = datetime(2026, 7, 1, 22, 59, tzinfo=UTC)  # 23:59 in London
    for _ in range(3):
        send(now=late)

    assert kinds(send(now=late))[-1] == "acknowledgement_withheld"
    assert kinds(send(now=late + timedelta(minutes=1)))[-1] == "employer_told"


def test_no_key_of_a_message_holds_an_address(send):
    send()

    assert not Message.objects.filter(dedupe_key__icontains="sam").exists()


@pytest.mark.parametrize("purpose", ["enquiry_received", "enquiry_acknowledgement"])
def test_a_mail_that_cannot_be_written_leaves_nothing_behind(
    send, settings, tmp_path, purpose, desk
):
    folder = tmp_path / "emails" / purpose
    folder.mkdir(parents=True)
    (folder / "subject.txt").write_text("{% broken %}")
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}
    ]
    before = everything()

    with pytest.raises(TemplateSyntaxError):
        send()

    assert everything() == before == [[], [], [], []]


# -- Adding to what was sent --------------------------------------------------------------


def test_what_was_added_reaches_the_desk_and_the_timeline(send, add, desk):
    enquiry = send()

    add(enquiry, phone="07700 900 982", changes=["Phone number: 07700 900 982", "Message: Hi"])

    enquiry.refresh_from_db()
    entry = enquiry.timeline.get(kind="added_to")
    message = mail("enquiry_added_to")
    assert entry.text == "Phone number: 07700 900 982\nMessage: Hi"
    assert (message.recipient, message.reply_to) == (desk.mailbox, "sam@example.com")
    assert message.subject == f"{enquiry.reference}: the employer added something"
    assert "Phone number: 07700 900 982\nMessage: Hi\n" in message.body
    assert enquiry.phone == "020 7946 0999"
    assert kinds(enquiry)[3:] == ["added_to", "desk_told"]


def test_the_same_addition_is_kept_once(send, add):
    enquiry = send()
    add(enquiry, phone="07700 900 982")
    before = everything()

    add(enquiry, phone="07700 900 982", now=NOON + DAY)

    assert everything() == before


def test_nothing_is_added_if_nothing_changed(send, add):
    enquiry = send()
    before = everything()

    add(enquiry)

    assert everything() == before


def test_an_addition_moves_the_end_of_the_data(send, add):
    enquiry = send()

    add(enquiry, phone="07700 900 982", now=NOON + DAY * 10)

    enquiry.refresh_from_db()
    assert enquiry.anonymise_on == date(2028, 10, 14)
    assert enquiry.reply_due_on == date(2026, 10, 7)


def test_a_newly_ticked_offer_becomes_an_interest(send, add):
    enquiry = send(offers=["hire-flexibly"])

    add(enquiry, offers=["hire-flexibly", "recruit-locally"])

    assert [interest.offer.slug for interest in enquiry.interests.order_by("pk")] == [
        "hire-flexibly",
        "recruit-locally",
    ]


def test_an_unticked_offer_stays_an_interest(send, add):
    enquiry = send(offers=["hire-flexibly", "recruit-locally"])

    add(enquiry, offers=["hire-flexibly"])

    assert enquiry.interests.count() == 2


def test_not_sure_is_added_once(send, add):
    enquiry = send(offers=["not-sure"])

    add(enquiry, offers=["not-sure"], message="More")

    assert topics(enquiry) == ["I am not sure yet"]


def test_not_sure_is_added_although_another_offer_was_deleted(send, add):
    enquiry = send(offers=["hire-flexibly"])
    OfferPage.objects.get(slug="hire-flexibly").delete()

    add(enquiry, offers=["not-sure"])

    assert topics(enquiry)[-1] == "I am not sure yet"


def test_an_offer_that_was_renamed_meanwhile_is_not_added_twice(send, add):
    enquiry = send(offers=["hire-flexibly"])
    OfferPage.objects.filter(slug="hire-flexibly").update(topic="Hiring on flexible hours")

    add(enquiry, offers=["hire-flexibly"], message="More")

    assert enquiry.interests.count() == 1
    assert kinds(enquiry)[-2:] == ["added_to", "desk_told"]


def test_two_offers_of_the_same_name_are_two_interests(send, add):
    enquiry = send(offers=["hire-flexibly"])
    topic = OfferPage.objects.get(slug="hire-flexibly").topic
    OfferPage.objects.filter(slug="recruit-locally").update(topic=topic)

    add(enquiry, offers=["hire-flexibly", "recruit-locally"])

    assert enquiry.interests.count() == 2


def test_a_change_that_is_taken_back_and_made_again_is_told_each_time(send, add):
    enquiry = send()
    for phone in ("07700 900 982", "020 7946 0999", "07700 900 982"):
        add(enquiry, phone=phone, changes=[f"Phone number: {phone}"])

    assert kinds(enquiry).count("added_to") == 3
    assert kinds(enquiry).count("desk_told") == 4


def test_an_addition_to_a_quarantined_enquiry_is_kept_and_not_mailed(send, add):
    enquiry = send(suspicion="The form was not ours")

    add(enquiry, phone="07700 900 982")

    assert kinds(enquiry) == ["received", "quarantined", "added_to"]
    assert not Message.objects.exists()


def test_a_quarantined_enquiry_that_was_added_to_is_released_with_its_mails(
    send, add, desk, person
):
    enquiry = send(suspicion="The form was not ours")
    add(enquiry, phone="07700 900 982")

    services.release(enquiry=enquiry, by=person("desk"), desk=desk, now=NOON + DAY)

    assert sorted(Message.objects.values_list("purpose", flat=True)) == [
        "enquiry_acknowledgement",
        "enquiry_received",
    ]


# -- The models ---------------------------------------------------------------------------


def test_a_timeline_entry_is_never_changed(send):
    entry = send().timeline.first()
    entry.text = "It was not like that"

    with pytest.raises(TimelineIsAppendOnly):
        entry.save()

    assert TimelineEntry.objects.get(pk=entry.pk).text == ""


@pytest.mark.parametrize(
    ("states", "status"),
    [
        (["new"], "New"),
        (["closed", "new"], "New"),
        (["handed_over", "with_desk"], "With the desk"),
        (["accepted", "handed_over"], "Handed over"),
        (["closed", "accepted"], "Accepted"),
        (["withdrawn", "closed"], "Closed"),
        (["withdrawn", "withdrawn"], "Withdrawn"),
    ],
)
def test_the_status_is_that_of_the_interest_that_is_least_far(send, states, status):
    offers = ["hire-flexibly", "recruit-locally"][: len(states)]
    enquiry = send(offers=offers)
    partner = Partner.objects.first()
    for interest, state in zip(enquiry.interests.order_by("pk"), states, strict=True):
        Interest.objects.filter(pk=interest.pk).update(
            state=state,
            partner=partner if state in Interest.WITH_A_PARTNER else None,
            due_on=NOON.date() if state in Interest.OPEN else None,
            outcome="advised" if state == "closed" else "",
        )

    assert Enquiry.objects.get().status == status


def test_an_enquiry_without_interests_says_so(send):
    enquiry = send()
    enquiry.interests.all().delete()

    assert Enquiry.objects.get().status == "Empty"


def test_the_link_of_the_employer_holds_for_24_months(send):
    enquiry = send()

    assert enquiry.link_holds(NOON + DAY * 729)
    assert not enquiry.link_holds(NOON + DAY * 730)


@pytest.mark.parametrize(
    "typed",
    [
        lambda enquiry: enquiry.reference,
        lambda enquiry: enquiry.reference.lower(),
        lambda enquiry: enquiry.reference.replace("-", " "),
        lambda enquiry: enquiry.reference.replace("-", ""),
        lambda enquiry: f"  {enquiry.reference[3:]} ",
        lambda _: "canal",
        lambda _: "okafor",
        lambda _: "SAM@EXAMPLE",
    ],
    ids=["as is", "lower", "spaces", "together", "without IA", "organisation", "person", "e-mail"],
)
def test_an_enquiry_is_found_by_what_the_desk_knows(send, typed):
    enquiry = send()
    send(organisation="Other", name="Alex Day", email="alex@other.example")

    assert list(Enquiry.objects.matching(typed(enquiry))) == [enquiry]


@pytest.mark.parametrize("typed", ["%", "_____________", "' OR 1=1", "nobody"])
def test_signs_of_the_database_find_nothing(send, typed):
    send()

    assert list(Enquiry.objects.matching(typed)) == []


def test_an_offer_that_is_deleted_leaves_its_name_in_the_enquiry(send):
    enquiry = send(offers=["hire-flexibly"])
    topic = topics(enquiry)[0]
    OfferPage.objects.get(slug="hire-flexibly").delete()

    [interest] = enquiry.interests.all()
    assert (interest.offer, interest.topic) == (None, topic)


def test_a_sector_that_is_deleted_leaves_the_enquiry(send):
    sector = Sector.objects.create(name="Space travel", slug="space-travel")
    enquiry = send(sector="space-travel")
    assert enquiry.sector == sector
    sector.delete()

    enquiry.refresh_from_db()
    assert enquiry.sector is None


def test_the_database_keeps_one_interest_for_each_offer(send):
    interest = send(offers=["hire-flexibly"]).interests.get()
    interest.pk, interest.uuid = None, uuid.uuid4()

    with pytest.raises(IntegrityError), transaction.atomic():
        interest.save()


def test_a_partner_with_interests_cannot_be_deleted(send):
    interest = send().interests.first()
    interest.partner = Partner.objects.first()
    interest.save()

    with pytest.raises(IntegrityError), transaction.atomic():
        Partner.objects.first().delete()


@pytest.mark.parametrize(
    ("proven", "bounced", "receives_at"),
    [
        ("desk backup", "", "desk@example.org"),
        ("backup", "", "backup@example.org"),
        ("desk backup", "desk", "backup@example.org"),
        ("desk backup", "desk backup", ""),
        ("", "", ""),
    ],
)
def test_enquiries_are_received_at_the_first_mailbox_that_is_proven(
    desk, proven, bounced, receives_at
):
    desk.mailbox, desk.backup_mailbox = "desk@example.org", "backup@example.org"
    for name in proven.split():
        prove(f"{name}@example.org")
    for name in bounced.split():
        mark_bounced(address=f"{name}@example.org", why="Refused", now=NOON + HOUR)

    assert desk.receives_at == receives_at


def refuse(message):
    """What the relay does when the receiving server refuses the recipient for good."""
    Message.objects.filter(pk=message.pk).update(
        state="dead", settled_at=NOON + HOUR, recipient_refused=True
    )
    mark_bounced(address=message.recipient, why="Refused", now=NOON + HOUR)


def test_what_the_mailbox_refused_goes_to_the_backup_once(send, desk):
    enquiry = send()
    refuse(mail("enquiry_received"))

    for hours in (1, 2):
        tasks.turn_to_backup(NOON + hours * HOUR)

    first, second = Message.objects.filter(purpose="enquiry_received").order_by("pk")
    assert (first.recipient, second.recipient) == (desk.mailbox, desk.backup_mailbox)
    assert (first.body, first.subject) == (second.body, second.subject)
    assert kinds(enquiry).count("backup_told") == 1
    assert list(Enquiry.objects.undelivered()) == [enquiry]  # a person sees that it was refused


def test_the_next_enquiry_goes_to_the_backup_at_once(send, desk):
    send()
    refuse(mail("enquiry_received"))

    send()

    newest = Message.objects.filter(purpose="enquiry_received").order_by("pk").last()
    assert newest.recipient == desk.backup_mailbox


def test_with_both_refusing_nothing_is_sent_and_nothing_fails(send):
    enquiry = send()
    refuse(mail("enquiry_received"))
    tasks.turn_to_backup(NOON + HOUR)
    refuse(Message.objects.filter(purpose="enquiry_received").order_by("pk").last())

    tasks.turn_to_backup(NOON + 2 * HOUR)

    assert Message.objects.filter(purpose="enquiry_received").count() == 2
    assert kinds(enquiry).count("backup_told") == 1


def test_what_the_mailbox_refused_about_the_website_goes_to_the_backup_once(desk):
    answers = {
        "topic": "personal-data",
        "page": "",
        "message": "You hold too much",
        "name": "",
        "email": "sam@example.com",
    }
    message = services.send_website_message(key=uuid.uuid4(), answers=answers, desk=desk, now=NOON)
    refuse(mail("website_message_received"))

    for hours in (1, 2):
        tasks.turn_to_backup(NOON + hours * HOUR)

    first, second = Message.objects.filter(purpose="website_message_received").order_by("pk")
    assert (first.recipient, second.recipient) == (desk.mailbox, desk.backup_mailbox)
    assert (first.body, first.subject, first.reply_to) == (
        second.body,
        second.subject,
        second.reply_to,
    )
    services.erase_website_message(message=message, now=NOON + 2 * HOUR)
    assert set(Message.objects.values_list("body", "recipient")) == {("", "")}
    tasks.turn_to_backup(NOON + 3 * HOUR)
    assert Message.objects.filter(purpose="website_message_received").count() == 2


@pytest.mark.parametrize("days", [0, 21])
def test_the_promise_is_between_1_and_20_working_days(desk, days):
    desk.reply_promise_days = days

    with pytest.raises(Exception, match="Ensure this value is"):
        desk.full_clean()


def test_an_enquiry_made_by_the_site_now_is_due_in_the_future(make_enquiry):
    assert make_enquiry().reply_due_on > timezone.localdate()
