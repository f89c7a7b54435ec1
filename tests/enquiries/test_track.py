"""The employer's page for one enquiry: who gets in, what it shows, and what can be done there."""

import json
import re
import uuid
from datetime import timedelta
from statistics import median
from time import perf_counter

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from accounts.models import User
from core.tokens import make_token
from enquiries import services, track_forms
from enquiries.models import EMAIL_PURPOSE, TRACK_PURPOSE, DeskSettings, Enquiry, TimelineEntry
from outbox.models import Message
from partners.models import Partner
from tests.hostile import CORPUS

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
YEARS = timedelta(days=731)
NEW_ADDRESS = "sam.new@example.com"
ON_SITE = re.compile(r"http://[^/\s]+(/track/\S+)")


@pytest.fixture(autouse=True)
def _in_one_second(monkeypatch):
    """A token holds the second in which it is made: here all are made in the same."""
    monkeypatch.setattr("django.core.signing.TimestampSigner.timestamp", lambda _: "1vAAAA")


@pytest.fixture
def enquiry(make_enquiry):
    return make_enquiry(offers=["hire-flexibly", "recruit-locally"])


@pytest.fixture
def by(person):
    return person("desk")


def at(enquiry, *rest):
    """The address of the tracking page, or of something on it."""
    return "/".join([f"/track/{enquiry.track_token}", *map(str, rest), ""])


def fresh(enquiry):
    return Enquiry.objects.get(pk=enquiry.pk)


def kinds(enquiry):
    return list(enquiry.timeline.order_by("pk").values_list("kind", flat=True))


def read(response):
    return BeautifulSoup(response.content, "html.parser")


def words(response):
    """What the main part of a page says, with single spaces."""
    return " ".join(read(response).main.get_text(" ").split())


def once(client, address):
    """The key of the form at an address, as it was opened."""
    return read(client.get(address)).select_one("[name=once]")["value"]


def mailed_path(purpose):
    """Where the link of the last mail of a purpose leads."""
    return ON_SITE.search(Message.objects.filter(purpose=purpose).latest("pk").body)[1]


def everything():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Enquiry, TimelineEntry, Message, DeskSettings)
    ]


# -- What it shows ------------------------------------------------------------------------


def test_it_shows_the_reference_each_interest_and_by_when_they_hear(client, enquiry, desk):
    response = client.get(at(enquiry))

    text = words(response)
    assert response.status_code == 200
    assert f"Your enquiry {enquiry.reference}" in text
    for interest in enquiry.interests.all():
        assert interest.topic in text
    assert text.count("We have it and will reply") == 2
    assert text.count(desk.team_name) == 2
    due = timezone.datetime.strftime(enquiry.reply_due_on, "%A")
    assert f"You hear by {due}" in text
    assert "We open in spring." in text
    assert "Your reference and what happens next. Being sent." in text


def test_it_is_stored_by_nobody_found_by_nobody_and_tells_nobody_else(client, enquiry):
    response = client.get(at(enquiry))

    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert not response.cookies
    for secret in (enquiry.email, enquiry.name, enquiry.organisation):
        assert secret not in at(enquiry)


def test_a_partner_is_named_once_it_has_accepted(client, enquiry, by, desk):
    interest = enquiry.interests.first()
    partner = Partner.objects.get(slug="timewise")
    now = timezone.now()
    services.hand_over(interest=interest, to=partner, by=by, desk=desk, now=now)
    before = words(client.get(at(enquiry)))
    services.accept(interest=interest, by=by, desk=desk, now=now)
    after = words(client.get(at(enquiry)))

    assert partner.name not in before
    assert "We have asked a partner if it can help you" in before
    assert f"A partner has agreed to help you Who has it {partner.name}" in after


@pytest.mark.parametrize(
    ("move", "said"),
    [("close", "Finished"), ("withdraw", "You do not want this any more")],
)
def test_what_is_over_says_so_and_names_nobody_and_no_day(client, enquiry, by, move, said):
    more = {"outcome": "not_suitable", "by": by} if move == "close" else {}
    for interest in enquiry.interests.all():
        getattr(services, move)(interest=interest, now=timezone.now(), **more)

    text = words(client.get(at(enquiry)))

    assert text.count(said) == 2
    assert "You hear by" not in text
    assert "Who has it" not in text
    assert "Not suitable" not in text


def test_while_we_wait_for_an_answer_no_day_is_promised(client, enquiry, by, desk):
    now = timezone.now()
    services.ask(enquiry=enquiry, text="How many?", by=by, desk=desk, now=now, key=uuid.uuid4())

    text = words(client.get(at(enquiry)))

    assert "We asked you a question and wait for your answer" in text
    assert "You hear by" not in text
    assert "A question for you. Being sent." in text


def test_a_day_that_has_passed_is_admitted(client, make_enquiry):
    enquiry = make_enquiry(now=timezone.now() - 30 * DAY)

    assert "We are late" in words(client.get(at(enquiry)))


def test_mails_are_shown_by_what_became_of_them_without_addresses_or_notes(
    client, enquiry, by, desk
):
    now = timezone.now()
    services.reply(enquiry=enquiry, text="Hello", by=by, desk=desk, now=now, key=uuid.uuid4())
    services.write_note(enquiry=enquiry, text="Secret note", by=by, now=now, key=uuid.uuid4())
    Message.objects.filter(purpose="enquiry_reply").update(state="dead", settled_at=now)
    Message.objects.filter(purpose="enquiry_acknowledgement").update(state="sent", settled_at=now)

    text = words(client.get(at(enquiry)))

    assert "Your reference and what happens next. Delivered." in text
    assert "Our reply. Could not be delivered." in text
    assert "Secret note" not in text
    assert by.email not in text
    assert Message.objects.get(purpose="enquiry_received").recipient not in text.replace(
        desk.mailbox, "", 1
    )


def test_a_quarantined_one_looks_like_one_that_was_just_sent(client, make_enquiry, desk):
    now = timezone.now()
    sent = make_enquiry(now=now)
    doubtful = make_enquiry(now=now, suspicion="Too quick")

    def page(enquiry):
        text = client.get(at(enquiry)).content.decode()
        for hidden in (enquiry.reference, enquiry.track_token):
            text = text.replace(hidden, "…")
        return re.sub(r"withdraw/[0-9a-f-]{36}/", "withdraw/…/", text)

    assert page(sent) == page(doubtful)


def test_a_duplicate_shows_that_it_is_part_of_another_and_nothing_of_that(
    client, make_enquiry, by, desk
):
    duplicate = make_enquiry(offers=["hire-flexibly"], message="Mine")
    other = make_enquiry(offers=["recruit-locally"], message="Theirs", organisation="Other Bakery")
    services.merge(enquiry=duplicate, into=other, by=by, now=timezone.now())
    client.post(at(other, "add"), {"text": "Said by the other"})
    client.post(at(duplicate, "add"), {"text": "Said by the duplicate"})

    text = words(client.get(at(duplicate)))
    whole = words(client.get(at(other)))

    assert "This enquiry is part of another one now" in text
    for secret in (other.reference, "Theirs", "Other Bakery", "Said by the other"):
        assert secret not in text
    assert "Mine" in text
    assert "Said by the duplicate" in text
    assert "Said by the other" in whole
    assert "Said by the duplicate" not in whole
    assert other.timeline.filter(kind="added_to", text="Said by the duplicate").exists()


def test_what_was_added_is_shown(client, enquiry):
    client.post(at(enquiry, "add"), {"text": "We can take two.\nOr three."})

    assert "We can take two. Or three." in words(client.get(at(enquiry)))


def test_it_takes_as_many_queries_for_40_things_as_for_4(
    client, enquiry, desk, django_assert_max_num_queries
):
    client.get(at(enquiry))
    with django_assert_max_num_queries(12) as few:
        client.get(at(enquiry))
    for number in range(38):
        services.add_words(
            enquiry=enquiry,
            text=f"More {number}",
            desk=desk,
            now=timezone.now(),
            key=uuid.uuid4(),
        )
    with django_assert_max_num_queries(12) as many:
        client.get(at(enquiry))

    assert len(many) == len(few)


# -- Adding, changing, withdrawing --------------------------------------------------------


def test_words_are_added_once_however_often_the_button_is_pressed(client, enquiry):
    answer = {"text": "We moved", "once": once(client, at(enquiry, "add"))}

    responses = [client.post(at(enquiry, "add"), answer) for _ in range(3)]

    assert {response.status_code for response in responses} == {303}
    assert responses[0]["Location"] == f"{at(enquiry)}?done=added"
    assert [entry.text for entry in enquiry.timeline.filter(kind="added_to")] == ["We moved"]
    assert fresh(enquiry).employer_wrote_at is not None
    assert "We moved" in Message.objects.get(purpose="enquiry_added_to").body
    assert "We have what you added." in words(client.get(responses[0]["Location"]))


def test_the_same_words_of_another_form_are_added_again(client, enquiry):
    for _ in range(2):
        client.post(at(enquiry, "add"), {"text": "Hello", "once": once(client, at(enquiry, "add"))})

    assert kinds(enquiry).count("added_to") == 2


def test_the_key_of_one_form_serves_no_other_enquiry(client, make_enquiry):
    one, other = make_enquiry(), make_enquiry()
    key = once(client, at(one, "add"))
    for enquiry in (one, other):
        client.post(at(enquiry, "add"), {"text": "Hello", "once": key})

    assert [kinds(each).count("added_to") for each in (one, other)] == [1, 1]


def test_nothing_is_no_addition(client, enquiry):
    response = client.post(at(enquiry, "add"), {"text": " \n "})

    assert response.status_code == 422
    assert "Enter what you would like to add" in words(response)
    assert read(response).title.text.startswith("Error: ")
    assert "added_to" not in kinds(enquiry)


def test_after_40_additions_the_words_are_kept_on_the_form(client, enquiry):
    TimelineEntry.objects.bulk_create(
        TimelineEntry(enquiry=enquiry, kind="added_to", at=timezone.now()) for _ in range(40)
    )

    response = client.post(at(enquiry, "add"), {"text": "One more"})

    assert response.status_code == 429
    assert "You have added to this enquiry many times" in words(response)
    assert read(response).textarea.text.strip() == "One more"
    assert client.post(at(enquiry, "phone"), {"phone": "020 7946 0111"}).status_code == 429
    assert fresh(enquiry).phone == "020 7946 0999"


@pytest.mark.parametrize("phone", ["07700 900 982", ""])
def test_the_phone_number_is_changed_and_the_desk_is_told_once(client, enquiry, phone):
    for _ in range(2):
        response = client.post(at(enquiry, "phone"), {"phone": phone})
        assert response["Location"] == f"{at(enquiry)}?done=phone"

    assert fresh(enquiry).phone == phone
    assert kinds(enquiry).count("phone_changed") == 1
    assert (phone or "nothing any more") in Message.objects.get(purpose="enquiry_added_to").body


def test_a_number_that_cannot_be_one_is_kept_and_refused(client, enquiry):
    response = client.post(at(enquiry, "phone"), {"phone": "12"})

    assert response.status_code == 422
    assert read(response).select_one("[name=phone]")["value"] == "12"
    assert fresh(enquiry).phone == "020 7946 0999"


def test_one_interest_is_withdrawn_after_a_question(client, enquiry):
    one, other = enquiry.interests.in_order()
    address = at(enquiry, "withdraw", one.uuid)
    assert f"Withdraw ‘{one.topic}’?" in words(client.get(address))

    responses = [client.post(address) for _ in range(2)]

    assert {response.status_code for response in responses} == {303}
    assert {each.state for each in enquiry.interests.filter(pk=one.pk)} == {"withdrawn"}
    assert {each.state for each in enquiry.interests.filter(pk=other.pk)} == {"new"}
    assert kinds(enquiry).count("withdrawn") == 1
    assert one.topic in Message.objects.get(purpose="enquiry_added_to").body
    assert fresh(enquiry).employer_wrote_at is not None


def test_all_are_withdrawn_at_once_and_told_in_one_mail(client, enquiry):
    responses = [client.post(at(enquiry, "withdraw")) for _ in range(2)]

    assert {response.status_code for response in responses} == {303}
    assert {interest.state for interest in enquiry.interests.all()} == {"withdrawn"}
    assert Message.objects.filter(purpose="enquiry_added_to").count() == 1


def test_what_is_finished_cannot_be_withdrawn(client, enquiry, by):
    interest = enquiry.interests.first()
    services.close(interest=interest, outcome="placed", by=by, now=timezone.now())

    response = client.post(at(enquiry, "withdraw", interest.uuid))

    assert response.status_code == 409
    assert "This was not done" in words(response)
    assert enquiry.interests.get(pk=interest.pk).state == "closed"


def test_an_interest_of_another_enquiry_is_not_found(client, enquiry, make_enquiry):
    other = make_enquiry().interests.first()
    for method in (client.get, client.post):
        assert method(at(enquiry, "withdraw", other.uuid)).status_code == 404
    other.refresh_from_db()
    assert other.state == "new"


def test_a_duplicate_can_be_added_to_and_nothing_else(client, make_enquiry, by):
    duplicate, other = make_enquiry(), make_enquiry()
    services.merge(enquiry=duplicate, into=other, by=by, now=timezone.now())

    for what, data in (
        ("phone", {"phone": "020 7946 0111"}),
        ("email", {"email": NEW_ADDRESS}),
        ("withdraw", {}),
    ):
        assert client.post(at(duplicate, what), data).status_code == 409
    assert fresh(duplicate).phone == "020 7946 0999"
    assert {interest.state for interest in other.interests.all()} == {"new"}


def test_in_quarantine_all_is_answered_alike_and_nobody_is_mailed(client, make_enquiry, desk):
    now = timezone.now()
    for suspicion in ("", "Too quick"):
        enquiry = make_enquiry(now=now, suspicion=suspicion)
        before = Message.objects.count()
        answers = [
            client.post(at(enquiry, what), data)["Location"].rpartition("?")[2]
            for what, data in (
                ("add", {"text": "Hello"}),
                ("phone", {"phone": "020 7946 0111"}),
                ("email", {"email": NEW_ADDRESS}),
                ("download", {}),
                ("erase", {}),
                ("withdraw", {}),
            )
        ]

        assert answers == [
            f"done={name}" for name in ("added", "phone", "email", "download", "erase", "withdrawn")
        ]
        assert (Message.objects.count() == before) is bool(suspicion)
        page = words(client.get(at(enquiry)))
        assert page.count("Being sent.") == 4
        assert page.count("You do not want this any more") == 2


# -- Another e-mail address ---------------------------------------------------------------


def ask_for(client, enquiry, email=NEW_ADDRESS):
    """Enter another address; returns where the link that is mailed there leads."""
    address = at(enquiry, "email")
    response = client.post(address, {"email": email, "once": once(client, address)})
    assert response["Location"] == f"{at(enquiry)}?done=email"
    return mailed_path("enquiry_confirm_email")


def test_another_address_counts_once_its_owner_has_confirmed_it(client, enquiry):
    path = ask_for(client, enquiry)
    assert fresh(enquiry).email == "sam@example.com"
    assert Message.objects.get(purpose="enquiry_confirm_email").recipient == NEW_ADDRESS
    assert f"You asked to change it to {NEW_ADDRESS}" in words(client.get(at(enquiry)))

    page = client.get(path)
    assert read(page).select_one("main button").text == "Confirm this address"
    assert fresh(enquiry).email == "sam@example.com"
    response = client.post(path)

    changed = fresh(enquiry)
    assert (changed.email, changed.pending_email) == (NEW_ADDRESS, "")
    assert response["Location"] == f"{at(changed)}?done=confirmed"
    assert client.get(response["Location"]).status_code == 200
    assert "email_changed" in kinds(enquiry)


def test_a_confirmed_address_makes_every_earlier_link_void(client, enquiry):
    services.send_code(
        enquiry=enquiry,
        kind=TimelineEntry.Kind.DOWNLOAD_LINK,
        desk=DeskSettings.objects.get(),
        now=timezone.now(),
        key=uuid.uuid4(),
    )
    old = [
        at(enquiry),
        at(enquiry, "add"),
        f"/enquire/sent/{enquiry.token}/",
        mailed_path("enquiry_download_link"),
    ]
    assert {client.get(path).status_code for path in old} == {200}

    client.post(ask_for(client, enquiry))

    assert {client.get(path).status_code for path in old} == {404}


def test_the_new_address_gets_its_link_and_the_old_one_is_told_without_any(client, enquiry):
    client.post(ask_for(client, enquiry))

    new = Message.objects.get(purpose="enquiry_new_link")
    old = Message.objects.get(purpose="enquiry_email_changed")
    assert new.recipient == NEW_ADDRESS
    assert at(fresh(enquiry)) in new.body
    assert old.recipient == "sam@example.com"
    for part in (old.subject, old.body, old.body_html):
        assert "/track/" not in part
        assert NEW_ADDRESS not in part
    assert NEW_ADDRESS in Message.objects.get(purpose="enquiry_added_to").body


def test_pressing_twice_confirms_once_and_leads_to_the_same_page(client, enquiry):
    path = ask_for(client, enquiry)

    first, second = client.post(path), client.post(path)

    assert first["Location"] == second["Location"]
    assert kinds(enquiry).count("email_changed") == 1
    assert fresh(enquiry).link_version == 2
    assert client.get(path).status_code == 404


def test_a_link_that_was_used_leads_nowhere_once_the_address_changed_again(client, enquiry):
    first = ask_for(client, enquiry)
    client.post(first)
    client.post(ask_for(client, fresh(enquiry), "sam.third@example.com"))

    assert client.post(first).status_code == 404
    assert fresh(enquiry).email == "sam.third@example.com"


def test_only_the_latest_link_confirms(client, enquiry):
    first = ask_for(client, enquiry)
    second = ask_for(client, enquiry, "sam.third@example.com")

    assert (client.get(first).status_code, client.post(first).status_code) == (404, 404)
    assert client.post(second).status_code == 303
    assert fresh(enquiry).email == "sam.third@example.com"


def test_pressing_twice_mails_one_link(client, enquiry):
    answer = {"email": NEW_ADDRESS, "once": once(client, at(enquiry, "email"))}
    for _ in range(2):
        client.post(at(enquiry, "email"), answer)

    assert Message.objects.filter(purpose="enquiry_confirm_email").count() == 1


@pytest.mark.parametrize("email", ["sam@example.com", "SAM@EXAMPLE.COM", "nonsense", ""])
def test_what_is_no_other_address_is_refused(client, enquiry, email):
    response = client.post(at(enquiry, "email"), {"email": email})

    assert response.status_code == 422
    assert fresh(enquiry).pending_email == ""


def test_a_stranger_is_not_flooded(client, enquiry, make_enquiry):
    for number in range(6):
        response = client.post(at(enquiry, "email"), {"email": NEW_ADDRESS})
        assert response.status_code == (303 if number < 5 else 429)
    client.post(at(make_enquiry(), "email"), {"email": NEW_ADDRESS})

    assert Message.objects.filter(recipient=NEW_ADDRESS).count() == 3


def test_the_mail_to_the_new_address_holds_nothing_that_was_typed(client, make_enquiry):
    enquiry = make_enquiry(organisation="Pills Ltd", name="Click Here", message="Buy")
    ask_for(client, enquiry)

    mail = Message.objects.get(purpose="enquiry_confirm_email")
    for part in (mail.subject, mail.body, mail.body_html):
        for typed in ("Pills", "Click", "Buy"):
            assert typed not in part


# -- Download and removal -----------------------------------------------------------------


def ask_for_code(client, enquiry, what, purpose):
    address = at(enquiry, what)
    response = client.post(address, {"once": once(client, address)})
    assert response["Location"] == f"{at(enquiry)}?done={what}"
    return mailed_path(purpose)


def test_what_is_held_comes_by_a_link_mailed_to_the_address_on_record(
    client, enquiry, make_enquiry, by
):
    make_enquiry(organisation="Other Bakery", message="Theirs")
    services.write_note(
        enquiry=enquiry, text="Secret note", by=by, now=timezone.now(), key=uuid.uuid4()
    )
    client.post(at(enquiry, "add"), {"text": "We moved"})
    path = ask_for_code(client, enquiry, "download", "enquiry_download_link")
    assert Message.objects.get(purpose="enquiry_download_link").recipient == enquiry.email
    assert "We open in spring." not in words(client.get(path))

    page, file = client.post(path), client.post(path, {"file": "json"})

    data = json.loads(file.content)
    assert file["Content-Type"] == "application/json"
    assert file["Content-Disposition"] == f'attachment; filename="{enquiry.reference}.json"'
    assert data["Full name"] == "Sam Okafor"
    assert data["Message"] == "We open in spring."
    assert [one["Text"] for one in data["What you added"]] == ["We moved"]
    assert len(data["What it is about"]) == 2
    for response in (page, file):
        assert "no-store" in response["Cache-Control"]
        text = response.content.decode()
        for own in (enquiry.reference, "Sam Okafor", "020 7946 0999", "We moved"):
            assert own in text
        for foreign in ("Other Bakery", "Theirs", "Secret note"):
            assert foreign not in text
    assert kinds(enquiry).count("downloaded") == 1


def test_removal_is_asked_for_by_a_link_mailed_to_the_address_on_record(
    client, enquiry, desk, today
):
    path = ask_for_code(client, enquiry, "erase", "enquiry_erasure_link")
    assert Message.objects.get(purpose="enquiry_erasure_link").recipient == enquiry.email
    assert fresh(enquiry).erasure_asked_at is None

    responses = [client.post(path) for _ in range(2)]

    assert {response["Location"] for response in responses} == {f"{at(enquiry)}?done=erasure"}
    assert fresh(enquiry).erasure_asked_at is not None
    assert kinds(enquiry).count("erasure_asked") == 1
    told = Message.objects.get(purpose="enquiry_erasure_asked")
    assert told.recipient == desk.receives_at
    assert list(Enquiry.objects.erasure_asked()) == [enquiry]
    assert "you asked us to remove your details" in words(client.get(at(enquiry)))


def test_the_desk_has_it_among_what_needs_them(client, enquiry, person):
    Enquiry.objects.filter(pk=enquiry.pk).update(erasure_asked_at=timezone.now())
    client.force_login(person("desk"))

    listed = client.get("/admin/enquiries/?needs=erasure").content.decode()
    one = client.get(reverse("enquiries:inspect", args=[enquiry.pk])).content.decode()

    assert enquiry.reference in listed
    assert "Asked for their details to be removed" in listed
    assert "for their details to be removed, and confirmed it by email" in one
    screen = client.get(reverse("enquiries:erase", args=[enquiry.pk])).content.decode()
    assert re.search(r'value="The person asked for it"[^>]* checked', screen)
    page = words(client.get(at(enquiry)))
    assert "one person replies to you" not in page.lower()


@pytest.mark.parametrize("what", ["download", "erase"])
def test_pressing_twice_mails_one_link_and_five_a_day_are_enough(client, enquiry, what):
    key = once(client, at(enquiry, what))
    purpose = "enquiry_download_link" if what == "download" else "enquiry_erasure_link"
    for _ in range(2):
        client.post(at(enquiry, what), {"once": key})
    assert Message.objects.filter(purpose=purpose).count() == 1

    answers = [client.post(at(enquiry, what)).status_code for _ in range(5)]

    assert answers == [303, 303, 303, 303, 429]
    assert Message.objects.filter(purpose=purpose).count() == 5


def test_without_an_address_on_record_nothing_is_mailed(client, make_enquiry):
    enquiry = make_enquiry()
    Enquiry.objects.filter(pk=enquiry.pk).update(email="")

    assert "Download what we hold" not in words(client.get(at(enquiry)))
    for what in ("download", "erase"):
        assert client.post(at(enquiry, what)).status_code == 409


@pytest.mark.parametrize("what", ["download", "erase"])
def test_for_7_days_after_the_address_changed_nothing_is_given_away_or_removed(
    client, enquiry, desk, what
):
    """Who had the link could have moved it to an address of their own."""
    path = ask_for(client, enquiry)
    stamped = once(client, at(enquiry, what))
    client.post(path)
    changed = fresh(enquiry)
    messages = Message.objects.count()

    pages = client.get(at(changed, what)), client.post(at(changed, what), {"once": stamped})

    on = timezone.localdate()
    for page in pages:
        assert page.status_code == 409
        said = words(page)
        assert f"You changed the email address on {on.day} {on:%B %Y}" in said
        until = on + 7 * DAY
        assert f"from {until.day} {until:%B %Y} on" in said
        assert desk.phone in said
    assert Message.objects.count() == messages


@pytest.mark.parametrize(("days", "is_mailed"), [(6, False), (7, True)])
@pytest.mark.parametrize("kind", ["download_link", "erasure_link"])
def test_after_7_days_the_new_address_is_as_good_as_the_old(
    client, enquiry, desk, kind, days, is_mailed
):
    client.post(ask_for(client, enquiry))
    later = timezone.now() + days * DAY
    given = {"kind": kind, "desk": desk, "now": later, "key": uuid.uuid4()}

    if is_mailed:
        services.send_code(enquiry=fresh(enquiry), **given)
        assert Message.objects.get(purpose=f"enquiry_{kind}").recipient == NEW_ADDRESS
    else:
        with pytest.raises(services.ChangedLately):
            services.send_code(enquiry=fresh(enquiry), **given)


def test_the_old_address_is_told_what_to_do_if_it_was_somebody_else(client, enquiry, desk):
    client.post(ask_for(client, enquiry))

    told = Message.objects.get(purpose="enquiry_email_changed")
    for part in (told.body, told.body_html):
        assert "If that was not you, somebody else has the link to your page." in part
        assert "for 7 days" in part
        assert desk.phone in part
        assert desk.mailbox in part


@pytest.mark.parametrize(
    ("what", "did"), [("withdraw", "withdrew"), ("email", "changed their email address")]
)
def test_the_mail_to_the_desk_says_in_its_title_what_happened(client, enquiry, what, did):
    client.post(ask_for(client, enquiry) if what == "email" else at(enquiry, what))

    told = Message.objects.get(purpose="enquiry_added_to")
    assert told.subject == f"{enquiry.reference}: the employer {did}"
    assert f"the employer {did}" in told.body


# -- Who gets in --------------------------------------------------------------------------

ADDRESSES = {
    "track": (200, 405),
    "track_add": (200, 422),
    "track_phone": (200, 303),
    "track_email": (200, 422),
    "track_email_code": (200, 303),
    "track_withdraw": (200, 303),
    "track_withdraw_all": (200, 303),
    "track_other_partner": (200, 303),
    "track_download": (200, 303),
    "track_download_code": (200, 200),
    "track_erase": (200, 303),
    "track_erase_code": (200, 303),
}
CODES = {
    "track_email_code": ("email", {"email": NEW_ADDRESS}, "enquiry_confirm_email"),
    "track_download_code": ("download", {}, "enquiry_download_link"),
    "track_erase_code": ("erase", {}, "enquiry_erasure_link"),
}


OF_AN_INTEREST = {"track_withdraw", "track_other_partner"}


def have_accepted(interest):
    """A partner takes it up, if none has."""
    if interest.state == "accepted":
        return
    desk, now = DeskSettings.objects.get(), timezone.now()
    partner, by = Partner.objects.published().first(), User.objects.get(email="desk@example.org")
    services.hand_over(interest=interest, to=partner, by=by, desk=desk, now=now)
    services.accept(interest=interest, by=by, desk=desk, now=now)


def address_of(client, name, enquiry):
    """The address of that name, as its own link has it."""
    if name in CODES:
        what, data, purpose = CODES[name]
        client.post(at(enquiry, what), data)
        return mailed_path(purpose)
    args = [enquiry.track_token]
    if name in OF_AN_INTEREST:
        args.append(enquiry.interests.first().uuid)
    if name == "track_other_partner":
        have_accepted(enquiry.interests.first())
    return reverse(name, args=args)


def test_every_address_of_the_page_has_its_row_and_every_form_its_names():
    names = {
        name
        for name in get_resolver().reverse_dict
        if isinstance(name, str) and name.startswith("track")
    }

    assert names == {*ADDRESSES, "track_lost"}
    assert set(track_forms.POSTED) == names - {"track"}


def wrong(client, name, enquiry, other):
    """Links that must not open: (what is wrong, where the link leads)."""
    good = address_of(client, name, enquiry)
    token, purpose, other_purpose = enquiry.track_token, TRACK_PURPOSE, EMAIL_PURPOSE
    if name == "track_email_code":
        token, purpose, other_purpose = enquiry.email_token, EMAIL_PURPOSE, TRACK_PURPOSE
    assert token in good
    yield "the link of the page sent", good.replace(token, enquiry.token)
    yield "another purpose", good.replace(token, make_token(other_purpose, enquiry.uuid, 1))
    yield "another version", good.replace(token, make_token(purpose, enquiry.uuid, 7))
    yield "nobody", good.replace(token, make_token(purpose, uuid.uuid4(), 1))
    yield "tampered", good.replace(token, token[:-1] + ("a" if token[-1] != "a" else "b"))
    yield "the reference", good.replace(token, enquiry.reference)
    if name in CODES:
        code = good.rstrip("/").rpartition("/")[2]
        theirs = address_of(client, name, other)
        yield "the code of another", good.replace(code, theirs.rstrip("/").rpartition("/")[2])
        yield "a tampered code", good.replace(code, code[:-2])
        yield "the link as its code", good.replace(code, token)
        for purpose in ("track-email", "track-download", "track-erasure"):
            made = make_token(purpose, uuid.uuid4(), 1)
            yield f"a code of {purpose}", good.replace(code, made)
        for each in CODES.keys() - {name}:
            made = address_of(client, each, enquiry).rstrip("/").rpartition("/")[2]
            yield f"the code of {each}", good.replace(code, made)
    if name in OF_AN_INTEREST:
        own, foreign = enquiry.interests.first(), other.interests.first()
        yield "their interest", good.replace(str(own.uuid), str(foreign.uuid))


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_link_opens_its_own_enquiry_and_every_other_gets_the_same_answer(
    client, make_enquiry, name
):
    enquiry, other = make_enquiry(), make_enquiry(email="other@example.com")
    bodies = set()
    for what, path in wrong(client, name, enquiry, other):
        before = everything()
        for method in ("get", "head", "post"):
            response = getattr(client, method)(path, {"text": "x", "email": "x@example.com"})
            if name == "track" and method == "post":
                assert response.status_code == 405
                continue
            assert response.status_code == 404, (what, method)
            assert "no-store" in response["Cache-Control"], (what, method)
            if method != "head":
                bodies.add(response.content)
        assert everything() == before, what

    good = address_of(client, name, enquiry)
    assert len(bodies) == 1
    got = client.get(good).status_code, client.head(good).status_code
    assert got == (ADDRESSES[name][0],) * 2
    assert client.post(good).status_code == ADDRESSES[name][1]


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_link_that_was_opened_ten_times_has_changed_nothing(client, enquiry, name):
    path = address_of(client, name, enquiry)
    before = everything()

    for _ in range(10):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200

    assert everything() == before


@pytest.mark.parametrize("name", ADDRESSES)
def test_after_24_months_and_once_anonymised_no_link_opens(client, make_enquiry, name):
    path = address_of(client, name, old := make_enquiry())
    Enquiry.objects.filter(pk=old.pk).update(created_at=timezone.now() - YEARS)
    gone = address_of(client, name, anonymised := make_enquiry())
    Enquiry.objects.filter(pk=anonymised.pk).update(anonymised_at=timezone.now())

    for address in (path, gone):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == (405 if name == "track" else 404)


@pytest.mark.parametrize("name", CODES)
def test_a_mailed_link_works_for_three_days(client, make_enquiry, name):
    paths = {}
    for age in (3 * DAY - HOUR, 3 * DAY):
        enquiry = make_enquiry(email=f"sam{age.days}@example.com")
        paths[age] = address_of(client, name, enquiry)
        TimelineEntry.objects.filter(enquiry=enquiry).update(at=timezone.now() - age)

    statuses = [client.get(path).status_code for path in paths.values()]
    assert statuses == [200, 404]
    statuses = [client.post(path).status_code for path in paths.values()]
    assert statuses == [ADDRESSES[name][1], 404]


@pytest.mark.parametrize("name", ["track", *CODES])
def test_tampered_links_get_one_answer(client, enquiry, name):
    path = address_of(client, name, enquiry)
    parts = path.split("/")
    places = [2, 4] if name in CODES else [2]
    bodies = set()
    for number in range(0, 200, 10):
        place = places[number % len(places)]
        token = parts[place]
        spot = number % len(token)
        other = "A" if token[spot] != "A" else "B"
        damaged = [*parts]
        damaged[place] = token[:spot] + other + token[spot + 1 :]
        response = client.get("/".join(damaged))
        assert response.status_code == 404, damaged
        bodies.add(response.content)

    assert len(bodies) == 1


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
@pytest.mark.parametrize("name", [*ADDRESSES, "track_lost"])
def test_other_methods_are_refused(client, enquiry, name, method):
    path = "/track/" if name == "track_lost" else address_of(client, name, enquiry)

    assert getattr(client, method)(path).status_code == 405


# -- Hostile text, and forms that were open for long --------------------------------------


@pytest.mark.parametrize("text", CORPUS, ids=lambda text: ascii(text[:20]))
def test_hostile_text_is_refused_in_words_or_shown_safely(client, enquiry, text):
    for what in ("add", "phone", "email", "withdraw", "download", "erase"):
        data = dict.fromkeys(("text", "phone", "email", "once", "file"), text)
        response = client.post(at(enquiry, what), data)
        assert response.status_code in (303, 422, 429), what
        assert b"<script>alert" not in response.content, what
        assert b"<img src=x" not in response.content, what
    assert client.post("/track/", {"email": text}).status_code in (303, 422)
    page = client.get(at(enquiry), {"done": text})
    assert page.status_code == 200
    assert b"<script>alert" not in page.content
    assert b"<img src=x" not in page.content


def test_what_an_employer_sent_is_escaped_on_every_page(client, make_enquiry):
    nasty = "<script>alert(1)</script>"
    enquiry = make_enquiry(organisation=nasty, name=nasty, message=nasty, phone=nasty)
    client.post(at(enquiry, "add"), {"text": nasty})
    pages = [client.get(at(enquiry)), client.get(at(enquiry, "phone"))]
    path = address_of(client, "track_download_code", enquiry)
    pages.append(client.post(path))

    for page in pages:
        assert b"<script>alert" not in page.content
        assert b"&lt;script&gt;alert" in page.content


@pytest.mark.parametrize(
    ("what", "data"),
    [
        ("add", {"text": "Kept words"}),
        ("phone", {"phone": "020 7946 0111"}),
        ("email", {"email": NEW_ADDRESS}),
        ("", {"email": NEW_ADDRESS}),
    ],
)
def test_a_form_without_its_token_keeps_its_words(enquiry, what, data):
    strict = Client(enforce_csrf_checks=True)
    address = at(enquiry, what) if what else "/track/"

    response = strict.post(address, data)

    assert response.status_code == 403
    for value in data.values():
        assert value in response.content.decode()
    page = read(response)
    assert page.select_one("main form")["action"] == address
    assert "no-store" in response["Cache-Control"]


def test_a_button_without_its_token_can_be_pressed_again(enquiry):
    strict = Client(enforce_csrf_checks=True)
    address = at(enquiry, "withdraw")
    key = once(strict, address)

    page = read(strict.post(address, {"once": key}))

    names = {field["name"]: field["value"] for field in page.select("main form input")}
    assert strict.post(address, names).status_code == 303


def test_an_address_that_takes_no_form_says_so(enquiry):
    response = Client(enforce_csrf_checks=True).post(at(enquiry), {"text": "x"})

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


# -- Lost links ---------------------------------------------------------------------------


def ask_again(client, email):
    return client.post("/track/", {"email": email})


@pytest.mark.parametrize("email", ["sam@example.com", "SAM@Example.com"])
def test_the_links_of_an_address_are_mailed_to_it(client, make_enquiry, email):
    mine = [make_enquiry(now=timezone.now() - (9 - number) * DAY) for number in range(3)]
    make_enquiry(email="other@example.com")

    response = ask_again(client, email)

    mail = Message.objects.get(purpose="enquiry_links")
    assert response["Location"] == "/track/?asked=1"
    assert mail.recipient == "sam@example.com"
    for part in (mail.body, mail.body_html):
        assert re.findall(r"IA-\w{4}-\w{4}", part) == [
            enquiry.reference for enquiry in reversed(mine)
        ]
        for enquiry in mine:
            assert at(enquiry) in part
    assert mine[-1].timeline.filter(kind="links_sent", message=mail).exists()


def test_the_answer_is_the_same_for_an_address_that_nobody_has(client, enquiry):
    mails = Message.objects.count()
    unknown = ask_again(client, "nobody@example.com")
    assert Message.objects.count() == mails
    known = ask_again(client, enquiry.email)
    assert Message.objects.count() == mails + 1

    assert (known.status_code, known["Location"]) == (303, "/track/?asked=1")
    assert (unknown.status_code, unknown["Location"]) == (303, "/track/?asked=1")
    assert known.content == unknown.content
    assert set(known.headers) == set(unknown.headers)
    text = words(client.get(known["Location"]))
    assert "If we have enquiries from that address" in text


def test_the_answer_takes_as_long_for_an_address_that_nobody_has(client, make_enquiry):
    for number in range(15):
        make_enquiry(email=f"sam{number}@example.com", now=timezone.now() - DAY)
    times = {"known": [], "unknown": []}
    for number in range(15):
        for name, email in (
            ("known", f"sam{number}@example.com"),
            ("unknown", f"joe{number}@example.com"),
        ):
            start = perf_counter()
            ask_again(client, email)
            times[name].append(perf_counter() - start)

    assert 0.5 < median(times["known"]) / median(times["unknown"]) < 2


@pytest.mark.parametrize("fields", ["quarantined", "old", "anonymised"])
def test_links_that_open_nothing_or_would_tell_are_not_mailed(client, make_enquiry, fields):
    enquiry = make_enquiry(suspicion="Too quick" if fields == "quarantined" else "")
    if fields == "old":
        Enquiry.objects.update(created_at=timezone.now() - YEARS)
    if fields == "anonymised":
        Enquiry.objects.update(anonymised_at=timezone.now())

    ask_again(client, enquiry.email)

    assert not Message.objects.filter(purpose="enquiry_links").exists()


def test_the_newest_ten_are_mailed(client, make_enquiry):
    mine = [make_enquiry(now=timezone.now() - (number + 1) * DAY) for number in range(12)]

    ask_again(client, "sam@example.com")

    body = Message.objects.get(purpose="enquiry_links").body
    found = re.findall(r"IA-\w{4}-\w{4}", body)
    assert found == [enquiry.reference for enquiry in mine[:10]]


def test_three_mails_a_day_go_to_one_address(client, make_enquiry):
    enquiry = make_enquiry()  # its acknowledgement is the first

    for _ in range(5):
        assert ask_again(client, enquiry.email).status_code == 303

    assert Message.objects.filter(purpose="enquiry_links").count() == 2


@pytest.mark.parametrize("email", ["", "nonsense", "sam@localhost"])
def test_what_is_no_address_is_said(client, home, email):
    response = ask_again(client, email)

    assert response.status_code == 422
    assert read(response).title.text.startswith("Error: ")


# -- The ways to it -----------------------------------------------------------------------


def test_mails_and_the_sent_page_lead_to_it(client, enquiry, by, desk):
    services.reply(
        enquiry=enquiry, text="Hello", by=by, desk=desk, now=timezone.now(), key=uuid.uuid4()
    )
    sent = read(client.get(f"/enquire/sent/{enquiry.token}/"))
    paths = [
        mailed_path("enquiry_acknowledgement"),
        mailed_path("enquiry_reply"),
        sent.find("a", string="See where it stands")["href"],
    ]

    for path in paths:
        assert f"Your enquiry {enquiry.reference}" in words(client.get(path))
