"""A partner is handed an interest: by the link of its mail, and in the partner area."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from django.utils.html import strip_tags

from core import posted
from core.personal_data import erase_person
from core.tokens import make_token
from core.working_days import add_working_days
from enquiries import clock, services
from enquiries.handover_views import PAGES
from enquiries.models import Enquiry, Handover, Interest, TimelineEntry
from enquiries.tasks import watch_handovers
from offers.models import OfferLink, OfferPage
from outbox.models import Mailbox, Message
from partners.models import Membership, Partner
from partners.services import remove_member
from tests.hostile import CORPUS

NOON = datetime(2026, 10, 5, 11, tzinfo=UTC)  # a Monday, 12:00 in London
DAY = timedelta(days=1)
SECRETS = ["Canary Bakery", "Sam Okafor", "sam@example.com", "020 7946 0999", "Marmalade"]
INTAKE = "intake@example.org"
PURPOSES = ["interest_handed_over", "handover_reminder", "handover_ended", "partner_introduced"]


@pytest.fixture
def by(person):
    return person("desk")


@pytest.fixture
def partner(home):
    """BIG Alliance, of which partner@example.org is a member, with a proven mailbox."""
    partner = Partner.objects.get(slug="big-alliance")
    OfferLink.objects.filter(partner=partner).update(contact_email=INTAKE)
    Mailbox.objects.create(address=INTAKE, proven_at=NOON)
    return partner


@pytest.fixture
def enquiry(make_enquiry):
    return make_enquiry(
        offers=["mentor-a-young-person"],
        organisation="Canary Bakery",
        message="Marmalade",
        postcode="N7 6AB",
        now=timezone.now(),
    )


@pytest.fixture
def hand_over(by, desk, partner):
    def hand_over(enquiry, *, to=partner, now=None):
        interest = enquiry.interests.get()
        services.hand_over(interest=interest, to=to, by=by, desk=desk, now=now or timezone.now())
        return Handover.objects.open().get(interest=interest)

    return hand_over


@pytest.fixture
def handover(hand_over, enquiry):
    return hand_over(enquiry)


@pytest.fixture
def accepted(handover, desk):
    return services.take_up(handover=handover, member=None, desk=desk, now=timezone.now())


@pytest.fixture(params=["by link", "by membership"])
def door(request, client, person, partner):
    """Addresses of a handover, by each of the two doors."""
    if request.param == "by membership":
        client.force_login(person("partner"))

    def address(handover, page=""):
        name = f"_{page}" if page else ""
        if request.param == "by link":
            return reverse(f"handover{name}", args=[handover.token])
        return reverse(f"partner_interest{name}", args=[partner.slug, handover.uuid])

    return address


def words(response):
    return " ".join(strip_tags(response.content.decode()).split())


def kinds(enquiry):
    return list(enquiry.timeline.order_by("pk").values_list("kind", flat=True))


def mails(purpose):
    return Message.objects.filter(purpose=purpose)


def mailed_path(purpose):
    """Where the link of the only mail of a purpose leads; a token made now may be another."""
    return re.search(r"/handover/\S+", mails(purpose).get().body)[0]


def everything():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Enquiry, Interest, Handover, TimelineEntry, Message)
    ]


# -- The mail, and what its page shows -------------------------------------------------------


def test_the_partner_is_mailed_a_link_and_nothing_of_who_asks(handover, enquiry):
    message = mails("interest_handed_over").get()

    assert message.recipient == INTAKE
    for secret in SECRETS:
        assert secret not in f"{message.subject}{message.body}{message.body_html}"
    assert reverse("handover", args=[handover.token]) in message.body
    assert f"{handover.answer_by.day} {handover.answer_by:%B %Y}" in message.body
    assert enquiry.reference in message.subject


def test_before_it_accepts_a_partner_sees_what_it_is_about_and_not_who(client, door, handover):
    response = client.get(door(handover))

    seen = response.content.decode()
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert '<meta name="robots" content="noindex">' in seen
    assert "Can you help this employer?" in seen
    assert "Retail" in seen
    assert "N7" in words(response)
    for secret in [*SECRETS, "N7 6AB"]:
        assert secret not in seen


def test_accepting_tells_each_who_the_other_is(client, door, handover, enquiry, partner):
    response = client.post(door(handover), {"answer": "accept"})
    after = client.get(response["Location"])

    assert response.status_code == 303
    for secret in [*SECRETS, "N7 6AB"]:
        assert secret in after.content.decode()
    assert "We have told them that you will be in touch" in words(after)
    introduced = mails("partner_introduced").get()
    assert introduced.recipient == enquiry.email
    assert partner.name in introduced.subject
    assert enquiry.interests.get().state == "accepted"
    entry = enquiry.timeline.get(kind="accepted")
    assert entry.partner == partner
    assert (entry.actor is not None) == ("partner/" in door(handover))
    assert not enquiry.timeline.filter(kind="read").exists()


def test_a_day_that_has_passed_is_not_promised_with_a_partner(hand_over, make_enquiry, desk):
    enquiry = make_enquiry(offers=["mentor-a-young-person"], now=NOON)
    handover = hand_over(enquiry, now=NOON)
    late = NOON + 6 * DAY

    services.take_up(handover=handover, member=None, desk=desk, now=late)

    assert "in a week" in mails("partner_introduced").get().body
    assert "in touch with you by" not in mails("partner_introduced").get().body


def test_while_a_reply_is_owed_the_employer_is_told_by_when_the_partner_is_in_touch(
    hand_over, make_enquiry, desk
):
    enquiry = make_enquiry(offers=["mentor-a-young-person"], now=NOON)

    services.take_up(handover=hand_over(enquiry, now=NOON), member=None, desk=desk, now=NOON)

    promised = f"{enquiry.reply_due_on:%A} {enquiry.reply_due_on.day} {enquiry.reply_due_on:%B %Y}"
    body = mails("partner_introduced").get().body
    assert f"in touch with you by {promised}" in body
    assert "not heard from them by then" in body


def test_pressing_twice_accepts_once(client, door, handover, enquiry):
    for _ in range(3):
        assert client.post(door(handover), {"answer": "accept"}).status_code == 303

    assert kinds(enquiry).count("accepted") == 1
    assert mails("partner_introduced").count() == 1


def test_declining_needs_a_reason_and_gives_it_back_to_the_desk(client, door, handover, enquiry):
    refused = client.post(door(handover), {"answer": "decline", "text": " "})
    assert refused.status_code == 422
    assert "Enter why you can’t take this up" in words(refused)

    response = client.post(door(handover), {"answer": "decline", "text": "No mentors left"})
    again = client.post(door(handover), {"answer": "decline", "text": "No mentors left"})

    assert response.status_code == 303
    assert again.status_code == 409
    interest = enquiry.interests.get()
    assert interest.state == "with_desk"
    assert interest.returned_at is not None
    assert interest.partner is None
    assert enquiry.timeline.get(kind="declined").text == "No mentors left"
    page = client.get(door(handover))
    assert "You said that you cannot take it" in words(page)
    for secret in SECRETS:
        assert secret not in page.content.decode()
    assert not mails("handover_ended").exists()  # the partner knows


def test_what_is_needed_with_some_answers_is_not_called_optional(client, door, handover, desk):
    label = BeautifulSoup(client.get(door(handover)).content, "html.parser").select_one("label")
    assert label.text == "Why can’t you take this up?"

    services.take_up(handover=handover, member=None, desk=desk, now=timezone.now())
    page = BeautifulSoup(client.get(door(handover, "outcome")).content, "html.parser")

    assert page.select_one("label[for=outcome_count]").text == "How many people?"
    assert page.select_one("label[for=text]").text == "More about it (optional)"


@pytest.mark.parametrize("answer", ["", "maybe", "accept\x00"])
def test_what_is_no_answer_is_said(client, door, handover, answer):
    response = client.post(door(handover), {"answer": answer, "text": "Kept"})

    assert response.status_code == 422
    assert "Press one of the two buttons" in words(response)
    assert "Kept" in response.content.decode()


def test_an_address_that_the_council_has_not_approved_is_told_of_no_employer(
    hand_over, enquiry, partner
):
    """Anybody who may propose could enter an address, and prove it for another partner."""
    OfferLink.objects.filter(partner=partner).update(contact_email="")
    Mailbox.objects.create(address="evil@example.net", proven_at=NOON)
    OfferLink.objects.create(
        partner=partner,
        offer=OfferPage.objects.exclude(offer_links__partner=partner).first(),
        what_we_do="Proposed",
        contact_email="evil@example.net",
        live=False,
    )

    hand_over(enquiry)

    # Whoever leads it has an account, to which an invitation was mailed.
    assert mails("interest_handed_over").get().recipient == "partner@example.org"


def test_a_partner_with_nobody_to_mail_is_told_by_the_desk(hand_over, enquiry, partner):
    OfferLink.objects.filter(partner=partner).update(contact_email="")
    Membership.objects.filter(partner=partner).delete()

    hand_over(enquiry)

    assert not mails("interest_handed_over").exists()


def test_the_address_that_was_told_hears_the_end_whatever_became_of_the_link(
    accepted, enquiry, partner, by, desk
):
    OfferLink.objects.filter(partner=partner).update(contact_email="", live=False)

    services.take_back(interest=enquiry.interests.get(), by=by, desk=desk, now=timezone.now())

    assert mails("handover_ended").get().recipient == INTAKE


# -- Who had the link leaves -----------------------------------------------------------------


@pytest.fixture
def mailed_to_member(hand_over, enquiry, partner):
    """Handed over to a partner without a proven contact: the link went to its lead."""
    OfferLink.objects.filter(partner=partner).update(contact_email="")
    handover = hand_over(enquiry)
    assert mails("interest_handed_over").get().recipient == "partner@example.org"
    return handover


def leave_by_removal(person, partner):
    membership = Membership.objects.get(partner=partner, user=person("partner"))
    remove_member(membership=membership, by=person("admin"), may_be_last_lead=True)


def leave_by_closing(person, partner):
    user = person("partner")
    user.is_active = False
    user.save()


def leave_by_deletion(person, partner):
    person("partner").delete()


def leave_with_another_address(person, partner):
    user = person("partner")
    user.email = "elsewhere@example.org"
    user.save()
    membership = Membership.objects.get(partner=partner, user=user)
    remove_member(membership=membership, by=person("admin"), may_be_last_lead=True)


LEAVING = [leave_by_removal, leave_by_closing, leave_by_deletion, leave_with_another_address]


@pytest.mark.parametrize("leave", LEAVING)
@pytest.mark.parametrize("is_accepted", [True, False])
def test_the_link_of_who_left_opens_nothing_and_the_next_contact_has_a_new_one(
    client, mailed_to_member, make_member, person, partner, desk, enquiry, leave, is_accepted
):
    make_member("desk", partner.slug)
    old = mailed_path("interest_handed_over")
    if is_accepted:
        now = timezone.now()
        services.take_up(handover=mailed_to_member, member=None, desk=desk, now=now)

    leave(person, partner)

    new = mailed_path("handover_new_link")
    message = mails("handover_new_link").get()
    assert message.recipient == "desk@example.org"
    assert new in message.body_html
    for secret in SECRETS:
        assert secret not in f"{message.subject}{message.body}{message.body_html}"
    assert client.get(old).status_code == 404
    assert client.post(f"{old}outcome/", {"outcome": "advised"}).status_code == 404
    assert ("Canary Bakery" in client.get(new).content.decode()) == is_accepted
    assert kinds(enquiry)[-1] == "partner_told"
    # What comes next goes to who has the link now.
    services.withdraw(interest=enquiry.interests.get(), now=timezone.now())
    assert mails("handover_ended").get().recipient == "desk@example.org"


@pytest.mark.parametrize("leave", LEAVING)
def test_with_nobody_left_at_the_partner_the_desk_has_it_again(
    client, mailed_to_member, person, partner, desk, enquiry, leave
):
    old = mailed_path("interest_handed_over")
    services.take_up(handover=mailed_to_member, member=None, desk=desk, now=timezone.now())

    leave(person, partner)

    interest = enquiry.interests.get()
    assert interest.is_at_the_desk
    assert enquiry in Enquiry.objects.returned()
    assert "Nobody is left to write to at BIG Alliance." in [
        entry.text for entry in enquiry.timeline.filter(kind="taken_back")
    ]
    assert client.get(old).status_code == 404
    assert "Delete what you hold" in mails("handover_ended").get().body


def test_whoever_is_erased_is_written_no_mail_about_it(mailed_to_member, person, partner, desk):
    services.take_up(handover=mailed_to_member, member=None, desk=desk, now=timezone.now())

    erase_person("partner@example.org", timezone.now())

    assert not Message.objects.filter(recipient="partner@example.org").exists()
    assert not Message.objects.waiting().filter(purpose="handover_ended").exists()


def test_saving_a_closed_account_once_more_mails_nobody(
    mailed_to_member, make_member, person, partner
):
    make_member("desk", partner.slug)
    leave_by_closing(person, partner)

    leave_by_closing(person, partner)

    assert mails("handover_new_link").count() == 1


def test_a_link_that_went_elsewhere_stays(client, accepted, person, partner, make_member):
    make_member("desk", partner.slug)

    leave_by_removal(person, partner)

    assert not mails("handover_new_link").exists()
    assert client.get(reverse("handover", args=[accepted.token])).status_code == 200


def test_who_leaves_and_is_still_the_contact_for_the_offer_keeps_the_link(
    client, mailed_to_member, person, partner
):
    OfferLink.objects.filter(partner=partner).update(contact_email="partner@example.org")
    Mailbox.objects.create(address="Partner@example.org", proven_at=NOON)

    leave_by_removal(person, partner)

    assert client.get(reverse("handover", args=[mailed_to_member.token])).status_code == 200


# -- Once it has accepted --------------------------------------------------------------------


def test_a_partner_tells_how_far_it_is_once_however_often_it_presses(
    client, door, accepted, enquiry
):
    page = client.get(door(accepted, "report"))
    once = re.search(r'name="once" value="([^"]+)"', page.content.decode())[1]
    answers = {"text": "We meet on Monday", "once": once}

    for _ in range(3):
        assert client.post(door(accepted, "report"), answers).status_code == 303

    entry = enquiry.timeline.get(kind="progress")
    assert entry.text == "We meet on Monday"
    enquiry.refresh_from_db()
    assert enquiry.first_reply_at is None


def test_a_partner_that_has_spoken_to_the_employer_keeps_our_promise(
    client, door, accepted, enquiry
):
    client.post(door(accepted, "report"), {"spoken": "yes", "text": ""})

    enquiry.refresh_from_db()
    assert enquiry.first_reply_at is not None
    assert "Spoke to the employer" in enquiry.timeline.get(kind="progress").text


def test_a_report_without_a_word_to_the_employer_moves_no_promise(accepted, enquiry):
    services.report(
        handover=accepted,
        member=None,
        text="Soon",
        has_spoken=False,
        now=timezone.now(),
        key=uuid.uuid4(),
    )

    assert enquiry.interests.get().due_on == enquiry.reply_due_on


def test_who_cannot_take_up_what_was_taken_up_meanwhile_keeps_the_reason(client, door, accepted):
    response = client.post(door(accepted), {"answer": "decline", "text": "Marmoset"})

    assert response.status_code == 409
    assert "Give it back to our team?" in words(response)
    assert "Marmoset" in response.content.decode()
    assert door(accepted, "give_back").split("?")[0].rsplit("/", 2)[-2] in response.content.decode()


def test_a_partner_that_reports_is_asked_again_later(accepted):
    later = timezone.now() + 7 * DAY
    services.report(
        handover=accepted, member=None, text="On", has_spoken=True, now=later, key=uuid.uuid4()
    )

    interest = Interest.objects.select_related("offer").get(pk=accepted.interest_id)
    assert interest.due_on == clock.outcome_due(later, interest)


def test_what_a_partner_says_came_of_it_is_contact(accepted, enquiry):
    later = timezone.now() + 30 * DAY

    services.record(
        handover=accepted, member=None, outcome="advised", count=None, text="", now=later
    )

    enquiry.refresh_from_db()
    assert enquiry.anonymise_on == clock.retention_ends(later)


def test_a_reply_by_the_desk_never_asks_a_partner_sooner(accepted, enquiry, by):
    now = timezone.now()
    services.report(
        handover=accepted,
        member=None,
        text="",
        has_spoken=True,
        now=now + 40 * DAY,
        key=uuid.uuid4(),
    )
    told = enquiry.interests.get().due_on

    services.speak(enquiry=enquiry, text="All well", by=by, now=now + DAY, key=uuid.uuid4())
    assert enquiry.interests.get().due_on == told

    services.speak(enquiry=enquiry, text="Still", by=by, now=now + 60 * DAY, key=uuid.uuid4())
    assert enquiry.interests.get().due_on == clock.outcome_due(
        now + 60 * DAY, enquiry.interests.get()
    )


def test_what_the_desk_settles_before_the_partner_answers_is_not_the_partners(
    client, sign_in, door, handover, enquiry, by, partner
):
    interest = enquiry.interests.get()
    before = Handover.objects.filter(partner=partner).figures()
    desk_client = Client()
    desk_client.force_login(by)
    form = desk_client.get(reverse("enquiries:close", args=[interest.pk])).content.decode()
    assert "BIG Alliance has not answered yet" in form

    services.close(interest=interest, outcome="placed", count=2, by=by, now=timezone.now())

    after = Handover.objects.filter(partner=partner).figures()
    assert (after["placed"], after["people"]) == (before["placed"], before["people"])
    assert enquiry.interests.get().partner is None
    page = words(client.get(door(handover)))
    assert "Our team has settled it" in page
    assert "Thank you" not in page
    assert "Our team has settled it" in mails("handover_ended").get().body


def test_a_partner_says_what_came_of_it(client, door, accepted, enquiry):
    without = client.post(door(accepted, "outcome"), {"outcome": "placed"})
    assert without.status_code == 422
    assert "Enter how many people" in words(without)

    given = {"outcome": "placed", "outcome_count": "2", "text": "In the kitchen"}
    response = client.post(door(accepted, "outcome"), given)

    interest = enquiry.interests.get()
    assert response.status_code == 303
    assert (interest.state, interest.outcome, interest.outcome_count) == ("closed", "placed", 2)
    assert interest.partner is not None
    page = client.get(response["Location"])
    assert "It is finished" in words(page)
    for secret in SECRETS:
        assert secret not in page.content.decode()


@pytest.mark.parametrize("count", ["-1", "1.5", "many", "99999999999999999999", "\x00"])
def test_what_is_no_number_of_people_is_said(client, door, accepted, count):
    response = client.post(door(accepted, "outcome"), {"outcome": "placed", "outcome_count": count})

    assert response.status_code == 422
    assert "people" in words(response)


def test_a_partner_gives_it_back_with_a_reason(client, door, accepted, enquiry):
    assert client.post(door(accepted, "give_back"), {"text": ""}).status_code == 422

    response = client.post(door(accepted, "give_back"), {"text": "They moved away"})

    assert response.status_code == 303
    assert enquiry.interests.get().returned_at is not None
    assert enquiry.timeline.get(kind="given_back").text == "They moved away"
    assert "You gave it back" in words(client.get(door(accepted)))


@pytest.mark.parametrize("page", ["report", "outcome", "give_back"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_has_not_accepted_is_led_to_the_question(client, door, handover, page, method):
    response = getattr(client, method)(door(handover, page), {"text": "On", "outcome": "advised"})

    assert response.status_code == 303
    assert "Can you help this employer?" in words(client.get(response["Location"]))
    assert Interest.objects.get(pk=handover.interest_id).state == "handed_over"


# -- Silence, and whatever else ends it ------------------------------------------------------


def at(day, hour=12):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def test_a_partner_is_reminded_once_and_silence_returns_it(hand_over, make_enquiry, partner):
    enquiry = make_enquiry(offers=["hire-flexibly"], now=NOON)
    handover = hand_over(enquiry, now=NOON)
    reminded_on = add_working_days(NOON.date(), settings.HANDOVER_REMINDER_DAYS)
    last_day = add_working_days(NOON.date(), settings.HANDOVER_ANSWER_DAYS)
    assert (handover.remind_on, handover.answer_by) == (reminded_on, last_day)

    watch_handovers(at(reminded_on - DAY))
    assert not mails("handover_reminder").exists()
    for _ in range(2):
        watch_handovers(at(reminded_on))
    assert mails("handover_reminder").get().recipient == INTAKE
    watch_handovers(at(last_day, hour=20))
    assert enquiry.interests.get().state == "handed_over"

    for _ in range(2):
        watch_handovers(at(last_day + DAY))

    interest = enquiry.interests.get()
    assert interest.state == "with_desk"
    assert interest.returned_at is not None
    entry = enquiry.timeline.get(kind="silent")
    assert entry.text == f"{partner} did not answer by {last_day.day} {last_day:%B %Y}."
    assert mails("handover_ended").get().recipient == INTAKE
    assert kinds(enquiry).count("reminded") == 1


def test_nobody_is_reminded_while_the_desk_does_not_work(hand_over, make_enquiry):
    enquiry = make_enquiry(offers=["hire-flexibly"], now=NOON)
    hand_over(enquiry, now=NOON)

    watch_handovers(datetime(2026, 10, 10, 12, tzinfo=UTC))  # a Saturday
    watch_handovers(datetime(2026, 10, 12, 3, tzinfo=UTC))  # before it opens

    assert not mails("handover_reminder").exists()


def test_an_answer_in_time_is_not_undone(hand_over, make_enquiry, desk):
    enquiry = make_enquiry(offers=["hire-flexibly"], now=NOON)
    services.take_up(handover=hand_over(enquiry, now=NOON), member=None, desk=desk, now=NOON)

    watch_handovers(NOON + 30 * DAY)

    assert enquiry.interests.get().state == "accepted"


def test_what_a_retired_partner_has_goes_back_and_its_link_says_so(
    client, accepted, enquiry, partner
):
    Partner.objects.filter(pk=partner.pk).update(is_active=False)
    at_once = client.get(reverse("handover", args=[accepted.token]))

    watch_handovers(timezone.now())

    for page in (at_once, client.get(reverse("handover", args=[accepted.token]))):
        assert "not an active partner any more" in words(page)
        for secret in SECRETS:
            assert secret not in page.content.decode()
    assert enquiry.interests.get().state == "with_desk"
    assert enquiry.timeline.filter(kind="retired").exists()


ENDS = {
    "take_back": "Our team took it back",
    "close": "It is finished",
    "withdraw": "The employer does not want it any more",
}


@pytest.mark.parametrize("name", ENDS)
def test_a_partner_is_told_when_others_end_it(client, door, accepted, enquiry, by, desk, name):
    more = {
        "take_back": {"by": by, "desk": desk},
        "close": {"by": by, "outcome": "advised"},
        "withdraw": {},
    }[name]
    getattr(services, name)(interest=enquiry.interests.get(), now=timezone.now(), **more)

    message = mails("handover_ended").get()
    assert message.recipient == INTAKE
    assert ENDS[name] in message.body
    assert "Delete what you hold" in message.body
    page = client.get(door(accepted))
    assert ENDS[name] in words(page)
    for secret in SECRETS:
        assert secret not in page.content.decode()
        assert secret not in message.body + message.body_html + message.subject


def test_a_partner_is_told_to_remove_details_that_are_erased_here(client, accepted, enquiry, by):
    services.erase(enquiry=enquiry, now=timezone.now(), by=by)

    message = mails("handover_ended").get()
    assert message.state == "waiting"
    assert message.recipient == INTAKE
    assert "We have removed their details. Delete what you hold about them too." in message.body
    assert client.get(reverse("handover", args=[accepted.token])).status_code == 404


@pytest.mark.parametrize("how", ["recorded", "given back", "taken back"])
def test_a_partner_that_is_done_is_told_to_remove_details_that_are_erased_here(
    accepted, enquiry, by, desk, how
):
    given = {"handover": accepted, "member": None, "text": "", "now": timezone.now()}
    if how == "recorded":
        services.record(**given, outcome="advised", count=None)
    elif how == "given back":
        services.turn_down(**given, desk=desk)
    else:
        now = timezone.now()
        services.take_back(interest=enquiry.interests.get(), by=by, desk=desk, now=now)

    for _ in range(2):
        services.erase(enquiry=enquiry, now=timezone.now(), by=by)

    message = mails("details_removed").get()
    assert (message.state, message.recipient) == ("waiting", INTAKE)
    assert "We have removed their details. Delete what you hold about them too." in message.body
    for secret in SECRETS:
        assert secret not in message.body + message.body_html + message.subject


def test_a_partner_is_told_once_and_one_that_never_had_the_details_not_at_all(
    hand_over, accepted, make_enquiry, enquiry, by, desk
):
    other = make_enquiry(offers=["mentor-a-young-person"])
    declined = hand_over(other)
    now = timezone.now()
    services.turn_down(handover=declined, member=None, desk=desk, now=now, text="No room")

    services.erase(enquiry=enquiry, now=now, by=by)
    services.erase(enquiry=other, now=now, by=by)

    assert not mails("details_removed").exists()
    assert mails("handover_ended").count() == 1


# -- Two at the same moment ------------------------------------------------------------------


def test_who_accepts_what_was_taken_back_is_told_so(client, door, handover, enquiry, by, desk):
    services.take_back(interest=enquiry.interests.get(), by=by, desk=desk, now=timezone.now())

    response = client.post(door(handover), {"answer": "accept"})

    assert response.status_code == 409
    assert "Our team took it back" in words(response)
    assert enquiry.interests.get().state == "with_desk"
    assert "accepted" not in kinds(enquiry)
    assert not mails("partner_introduced").exists()


def test_who_takes_back_what_was_accepted_meanwhile_is_asked_once_more(
    client, person, handover, enquiry, desk, partner
):
    client.force_login(person("desk"))
    address = reverse("enquiries:take-back", args=[handover.interest_id])
    seen = re.search(r'name="seen" value="(\w+)"', client.get(address).content.decode())[1]
    services.take_up(handover=handover, member=None, desk=desk, now=timezone.now())

    first = client.post(address, {"seen": seen, "text": "Changed my mind"})
    assert first.status_code == 409
    assert f"Since you opened this: Accepted by {partner}" in words(first)
    assert "Changed my mind" in first.content.decode()
    assert enquiry.interests.get().state == "accepted"
    seen = re.search(r'name="seen" value="(\w+)"', first.content.decode())[1]
    second = client.post(address, {"seen": seen, "text": "Changed my mind"})

    assert second.status_code == 302
    assert enquiry.interests.get().state == "with_desk"
    ours = [kind for kind in kinds(enquiry) if kind in ("handed_over", "accepted", "taken_back")]
    assert ours == ["handed_over", "accepted", "taken_back"]


# -- Not this partner ------------------------------------------------------------------------


def test_an_employer_would_rather_work_with_somebody_else(
    client, accepted, enquiry, partner, by, desk
):
    interest = enquiry.interests.get()
    track = reverse("track", args=[enquiry.track_token])
    address = reverse("track_other_partner", args=[enquiry.track_token, interest.uuid])
    assert f"/other-partner/{interest.uuid}/" in client.get(track).content.decode()

    response = client.post(address, {"text": "We know each other"})
    again = client.post(address, {"text": "We know each other"})

    assert response.status_code == 303
    assert again.status_code == 409
    assert "We look for somebody else" in words(client.get(response["Location"]))
    interest.refresh_from_db()
    assert interest.state == "with_desk"
    assert interest.returned_at is not None
    assert "We know each other" in enquiry.timeline.get(kind="unwanted").text
    told = mails("handover_ended").get()
    assert "The employer would rather work with somebody else" in told.body
    assert "We know each other" not in told.body
    with pytest.raises(services.PartnerIsUnwanted):
        services.hand_over(interest=interest, to=partner, by=by, desk=desk, now=timezone.now())


def test_the_desk_is_suggested_who_leads_and_has_room_and_told_what_was_before(
    client, person, make_enquiry, desk, by
):
    enquiry = make_enquiry(offers=["mentor-a-young-person"])
    interest = enquiry.interests.get()
    client.force_login(person("desk"))
    address = reverse("enquiries:hand-over", args=[interest.pk])
    today = timezone.localdate()
    first, *_others = interest.offer.delivery_by_room(today)

    def chosen():
        page = client.get(address).content.decode()
        return re.search(r'<option value="(\d+)" selected', page)[1], page

    assert chosen()[0] == str(first.partner_id)
    services.hand_over(interest=interest, to=first.partner, by=by, desk=desk, now=timezone.now())
    handover = Handover.objects.open().get()
    services.turn_down(handover=handover, member=None, text="No", desk=desk, now=timezone.now())
    suggested, _ = chosen() if len(interest.offer.delivery) > 1 else ("", "")

    assert suggested != str(first.partner_id)
    group = BeautifulSoup(client.get(address).content, "html.parser").optgroup
    assert "(declined on" in group.select("option")[-1].text


# -- Who gets in -----------------------------------------------------------------------------


def names(prefix):
    return {
        name
        for name in get_resolver().reverse_dict
        if isinstance(name, str) and name.startswith(prefix)
    }


def test_every_address_is_tested_here_and_keeps_its_words():
    pages = {name for _, name, _ in PAGES}
    assert names("handover") == {f"handover{name}" for name in pages}
    assert names("partner_interest") == {
        "partner_interests",
        *(f"partner_interest{name}" for name in pages),
    }
    token = make_token("handover", uuid.uuid4(), 1)
    for name in pages:
        assert posted.names_at(reverse(f"handover{name}", args=[token]))
        assert posted.names_at(reverse(f"partner_interest{name}", args=["a", uuid.uuid4()]))


@pytest.mark.parametrize("page", ["", "report", "outcome", "give_back"])
def test_a_link_that_was_opened_ten_times_has_changed_nothing(client, handover, page):
    address = reverse(f"handover{'_' + page if page else ''}", args=[handover.token])
    before = everything()

    for _ in range(10):
        client.get(address)
        client.head(address)

    assert everything() == before


@pytest.mark.parametrize("page", ["", "report", "outcome", "give_back"])
def test_tampered_links_get_one_answer(client, accepted, page):
    name = f"handover{'_' + page if page else ''}"
    token = accepted.token
    before = everything()
    answers = set()
    for place in range(0, 200, 10):
        at = place % len(token)
        other = "A" if token[at] != "A" else "B"
        response = client.post(
            reverse(name, args=[token[:at] + other + token[at + 1 :]]), {"answer": "accept"}
        )
        answers.add((response.status_code, response.content))

    assert len(answers) == 1
    assert answers.pop()[0] == 404
    assert everything() == before


@pytest.mark.parametrize("page", ["", "report", "outcome", "give_back"])
def test_links_for_other_purposes_old_ones_and_of_the_anonymised_open_nothing(
    client, accepted, enquiry, page
):
    name = f"handover{'_' + page if page else ''}"
    tokens = [
        make_token("track", accepted.uuid, 1),
        make_token("handover", accepted.uuid, 2),
        make_token("handover", uuid.uuid4(), 1),
        enquiry.track_token,
    ]
    Handover.objects.filter(pk=accepted.pk).update(handed_at=timezone.now() - 731 * DAY)
    tokens.append(accepted.token)
    assert {client.get(reverse(name, args=[one])).status_code for one in tokens} == {404}

    Handover.objects.filter(pk=accepted.pk).update(handed_at=timezone.now())
    assert client.get(reverse(name, args=[accepted.token])).status_code == 200
    Enquiry.objects.filter(pk=enquiry.pk).update(anonymised_at=timezone.now())
    assert client.get(reverse(name, args=[accepted.token])).status_code == 404


ROLES = ["anonymous", "partner", "partner2", "editor", "desk", "admin"]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("page", ["", "_report", "_outcome", "_give_back", "s"])
def test_only_its_own_members_see_what_a_partner_was_handed(
    sign_in, person, accepted, partner, role, method, page
):
    client = sign_in(role)
    own = reverse(
        f"partner_interest{page}", args=[partner.slug, *([accepted.uuid] if page != "s" else [])]
    )
    before = everything()

    response = getattr(client, method)(own, {"answer": "decline"})

    if role == "partner":
        allowed = {"get": 200, "post": 405 if page == "s" else 422}
        assert response.status_code == allowed[method]
    elif role == "anonymous" and not (page == "s" and method == "post"):
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/")
    else:
        assert response.status_code in (404, 405)
    if role != "partner":
        for secret in SECRETS:
            assert secret not in response.content.decode()
    assert everything() == before


def test_a_coordinator_sees_no_employer_of_others(sign_in, person, accepted, partner):
    Membership.objects.filter(user=person("partner2")).update(is_coordinator=True)
    client = sign_in("partner2")

    assert client.get(reverse("partner_interests", args=[partner.slug])).status_code == 404
    one = reverse("partner_interest", args=[partner.slug, accepted.uuid])
    assert client.get(one).status_code == 404


def test_a_handover_of_another_partner_is_not_found_below_ones_own(
    sign_in, person, accepted, partner
):
    other = Partner.objects.get(slug="kx-recruit")
    client = sign_in("partner2")

    assert client.get(reverse("partner_interests", args=[other.slug])).status_code == 200
    one = reverse("partner_interest", args=[other.slug, accepted.uuid])
    assert client.get(one).status_code == 404


def test_the_list_names_employers_only_while_the_partner_has_them(
    sign_in, accepted, enquiry, partner, desk
):
    client = sign_in("partner")
    address = reverse("partner_interests", args=[partner.slug])
    assert "Canary Bakery" in client.get(address).content.decode()

    services.turn_down(handover=accepted, member=None, text="No", desk=desk, now=timezone.now())

    after = client.get(address).content.decode()
    assert "Canary Bakery" not in after
    assert enquiry.reference in after
    assert "You gave it back" in after


def test_the_list_takes_as_many_queries_for_30_as_for_3(
    sign_in, make_enquiry, hand_over, partner, django_assert_max_num_queries
):
    client = sign_in("partner")
    address = reverse("partner_interests", args=[partner.slug])
    for _ in range(3):
        hand_over(make_enquiry(offers=["mentor-a-young-person"]))
    client.get(address)
    with django_assert_max_num_queries(20) as few:
        client.get(address)
    for _ in range(27):
        hand_over(make_enquiry(offers=["mentor-a-young-person"]))
    with django_assert_max_num_queries(len(few)):
        client.get(address)


@pytest.mark.parametrize("text", CORPUS)
def test_hostile_text_is_refused_in_words_or_kept_safely(client, accepted, text):
    for page, more in (("report", {}), ("give_back", {})):
        address = reverse(f"handover_{page}", args=[accepted.token])
        response = client.post(address, {"text": text, **more})
        assert response.status_code in (303, 409, 422), response.status_code
        seen = client.get(address, follow=True).content.decode()
        assert "<script>alert" not in seen
