"""Nothing of the connection fails unseen: the desk, administrators and the CMS home say so."""

import uuid
from datetime import datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from core.working_days import LONDON
from enquiries import services
from enquiries.models import DeskSettings, Enquiry, PrivacyNotice
from outbox.models import Mailbox, Message
from portal import delivery, door, events, watch
from portal.models import Change, Circuit, PortalUpdate

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2026, 10, 5, 12, tzinfo=LONDON)
MORNINGS = {name: MONDAY.replace(hour=9) + DAY * n for n, name in enumerate(["Mon", "Tue", "Wed"])}


@pytest.fixture
def connected(switch):
    PrivacyNotice.objects.update(names_portal=True, in_force_from=MONDAY.date())
    return switch("off", is_connected=True)


@pytest.fixture
def taken(connected, portal, make_enquiry):
    """An enquiry that the portal took on Monday."""
    enquiry = make_enquiry(now=MONDAY)
    assert delivery.deliver(MONDAY) == 1
    return enquiry


@pytest.fixture
def desk():
    desk = DeskSettings.of_default_site()
    desk.mailbox = "desk-box@example.org"
    desk.save()
    Mailbox.objects.create(address=desk.mailbox, wire_address=desk.mailbox, proven_at=MONDAY)
    return desk


def said(now):
    return [concern.words for concern in watch.concerns(now)]


def away_mails():
    return Message.objects.filter(purpose="portal_concern").order_by("pk")


def fail_for(portal, now, hours):
    """The portal is out of order for so many hours, and is tried whenever that is due."""
    portal.answers_else = 503
    for minute in range(hours * 60):
        delivery.deliver(now + MINUTE * minute)


# -- Not acknowledged ---------------------------------------------------------------------


def test_what_is_not_acknowledged_within_a_working_day_is_said_to_the_desk(taken, desk):
    assert said(MORNINGS["Tue"]) == []
    (words,) = said(MORNINGS["Wed"])
    assert words == (
        f"{taken.reference} reached the Business Portal on 5 October, and it has not said since "
        "that it has it"
    )

    mail = services.send_digest(desk=desk, now=MORNINGS["Wed"])
    for text in (mail.body, mail.body_html):
        assert taken.reference in text
        assert reverse("enquiries:inspect", args=[taken.pk]) in text
    assert "All well" not in mail.body
    assert "all well" not in mail.subject


def test_one_mail_a_morning_names_at_most_ten(connected, portal, make_enquiry):
    for number in range(12):
        make_enquiry(now=MONDAY, email=f"employer{number}@example.com")
    assert delivery.deliver(MONDAY) == 12

    *ten, more = said(MORNINGS["Wed"])
    assert len(ten) == 10
    assert more == "More enquiries that reached it and are not acknowledged: 2"


def test_news_of_it_from_the_portal_is_an_acknowledgement(taken):
    PortalUpdate.objects.create(
        uuid=uuid.uuid4(),
        enquiry=taken,
        status="received",
        occurred_at=MONDAY,
        received_at=MONDAY,
        is_applied=True,
    )

    assert said(MORNINGS["Wed"]) == []


def test_one_that_came_back_from_quarantine_counts_from_when_it_is_taken_again(taken, person, desk):
    by = person("desk")
    services.quarantine(enquiry=taken, reason="", by=by, now=MONDAY + HOUR)
    assert delivery.deliver(MONDAY + HOUR) == 1
    services.release(enquiry=taken, by=by, desk=desk, now=MONDAY + 7 * DAY)

    assert said(MONDAY + 7 * DAY + HOUR) == []
    assert delivery.deliver(MONDAY + 7 * DAY) == 1
    assert said(MONDAY + 7 * DAY + HOUR) == []


def test_one_that_was_first_taken_by_a_later_event_counts_from_then(
    connected, portal, make_enquiry, person
):
    enquiry, desk = make_enquiry(now=MONDAY), person("desk")
    Message.objects.for_portal().settle_dead(error="It answered 422")
    services.assign(enquiry=enquiry, to=desk, by=desk, now=MONDAY)
    assert delivery.deliver(MONDAY) == 1

    assert Change.objects.enquiries().get().taken_at == MONDAY


def test_a_part_of_the_morning_mail_that_fails_keeps_none_back(desk, monkeypatch):
    def fail(now):
        raise ValueError

    monkeypatch.setattr("enquiries.morning._sources", [fail])

    assert services.send_digest(desk=desk, now=MORNINGS["Tue"])


@pytest.mark.parametrize("end", ["closed", "erased", "disconnected"])
def test_nobody_is_told_once_it_does_not_matter(taken, end, connected, person):
    if end == "closed":
        for interest in taken.interests.all():
            services.close(
                interest=interest, outcome="advised", by=person("desk"), now=MONDAY + HOUR
            )
    if end == "erased":
        services.erase(enquiry=taken, by=person("desk"), now=MONDAY + HOUR)
        events.reconcile(MONDAY + HOUR)
    if end == "disconnected":
        connected.is_connected = False
        connected.save()
        door.forget()

    assert said(MORNINGS["Wed"]) == []


def test_an_enquiry_that_was_never_taken_is_not_held_against_the_portal(
    connected, portal, make_enquiry
):
    make_enquiry(now=MONDAY)

    assert said(MORNINGS["Wed"]) == []


def test_an_event_that_follows_keeps_since_when_the_portal_has_it(taken, person):
    desk = person("desk")
    services.assign(enquiry=taken, to=desk, by=desk, now=MONDAY + HOUR)
    assert delivery.deliver(MONDAY + DAY) == 1

    assert Change.objects.enquiries().get().taken_at == MONDAY
    assert len(said(MORNINGS["Wed"])) == 1


def test_an_enquiry_of_the_portals_own_needs_no_acknowledgement(taken):
    Enquiry.objects.update(source="portal")

    assert said(MORNINGS["Wed"]) == []


# -- Out of order -------------------------------------------------------------------------


@pytest.mark.usefixtures("connected")
def test_administrators_are_told_at_the_third_failure_and_once(portal, make_enquiry, person):
    now = timezone.now()
    make_enquiry(now=now)
    portal.answers_else = 503
    delivery.deliver(now)
    delivery.deliver(now + 10 * MINUTE)
    assert not away_mails().exists()

    fail_for(portal, now + 20 * MINUTE, hours=12)

    (mail,) = away_mails()
    assert mail.recipient == person("admin").email
    assert "It answered 503" in mail.body
    assert reverse("portal_connection") in mail.body
    (words,) = said(now + DAY)
    assert words.startswith("The Business Portal has taken nothing since")


@pytest.mark.usefixtures("connected")
def test_they_are_told_again_when_delivery_is_paused_and_of_the_next_outage(
    portal, make_enquiry, person
):
    now = timezone.now()
    make_enquiry(now=now)
    fail_for(portal, now, hours=5 * 24 + 3)
    first, paused = away_mails()
    assert "paused" not in first.subject
    assert "paused" in paused.subject
    assert said(now + 6 * DAY) == [
        "Delivery to the Business Portal is paused: it took nothing for five days"
    ]

    Circuit.objects.update(paused_at=None, retry_at=None, failures=0, failing_since=None)
    fail_for(portal, now + 7 * DAY, hours=1)
    assert away_mails().count() == 3


@pytest.mark.usefixtures("connected")
def test_who_left_is_told_nothing(portal, make_enquiry, person):
    admin = person("admin")
    admin.is_active = False
    admin.save()
    make_enquiry(now=MONDAY)
    fail_for(portal, MONDAY, hours=1)

    assert not away_mails().exists()


@pytest.mark.usefixtures("connected")
def test_two_failures_days_apart_are_no_five_days_of_silence(portal, make_enquiry, person):
    now = timezone.now()
    make_enquiry(now=now)
    portal.answers_else = 503
    delivery.deliver(now)

    delivery.deliver(now + 6 * DAY)

    assert Circuit.objects.get().paused_at is None


@pytest.mark.parametrize("change", ["address", "connected again"])
def test_a_new_beginning_is_not_blamed_for_what_was_before(taken, connected, portal, change):
    Circuit.objects.update(failures=9, failing_since=MONDAY, paused_at=MONDAY, retry_at=MONDAY)
    if change == "address":
        connected.base_url = f"http://127.0.0.1:{portal.host.partition(':')[2]}/real"
        connected.save()
    else:
        for is_connected in (False, True):
            connected.is_connected = is_connected
            connected.save()
    door.forget()

    words = said(MORNINGS["Wed"])
    assert not any("paused" in one or "taken nothing" in one for one in words)
    assert len(words) == (change == "connected again")  # a new portal was told of nothing yet
    circuit = Circuit.objects.get()
    assert (circuit.failures, circuit.paused_at, circuit.retry_at) == (0, None, None)


def test_that_employers_cannot_be_led_there_is_said(switch):
    switch("live", is_well=False)

    assert said(timezone.now()) == [
        "Employers are led to the Business Portal, and it does not answer: they get our form"
    ]


# -- Given up -----------------------------------------------------------------------------


def test_what_was_given_up_is_named_in_the_digest(taken, desk):
    Message.objects.for_portal().update(state="dead", settled_at=MONDAY)
    Change.objects.update(taken_at=None)

    (words,) = said(MORNINGS["Tue"])
    assert words == (
        f"The Business Portal refuses ‘Enquiry created’ ({taken.reference}): whoever looks after "
        "the connection decides about it"
    )
    assert taken.reference in services.send_digest(desk=desk, now=MORNINGS["Tue"]).body


@pytest.mark.usefixtures("connected")
def test_administrators_are_told_once_a_day_that_something_was_given_up(
    portal, make_enquiry, person
):
    make_enquiry(now=MONDAY)
    make_enquiry(now=MONDAY, email="other@example.com")
    portal.rejects = {str(message.uuid) for message in Message.objects.for_portal()}
    for minute in range(30):
        delivery.deliver(MONDAY + MINUTE * minute)

    assert Message.objects.for_portal().dead().count() == 2
    (mail,) = away_mails()
    assert mail.recipient == person("admin").email
    assert "refuse" in mail.subject


# -- The home of the CMS ------------------------------------------------------------------


def test_the_home_of_the_cms_says_it_to_those_who_look_after_it(taken, sign_in):
    Circuit.objects.update(failures=3, failing_since=MONDAY, last_error="It answered 503")

    def home(name):
        page = BeautifulSoup(sign_in(name).get("/admin/").content, "html.parser")
        return page.get_text()

    assert "has taken nothing since" in home("admin")
    assert "has taken nothing since" not in home("editor")


def test_the_home_says_nothing_of_it_while_all_is_well(connected, sign_in):
    assert "Business Portal" not in (
        BeautifulSoup(sign_in("admin").get("/admin/").content, "html.parser").main.get_text()
    )


def test_the_screen_lists_what_is_not_acknowledged(taken, sign_in, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: MORNINGS["Wed"])

    page = BeautifulSoup(sign_in("admin").get(reverse("portal_connection")).content, "html.parser")
    assert taken.reference in page.get_text()


def test_without_a_portal_nothing_is_asked(home, django_assert_num_queries):
    door.known()
    with django_assert_num_queries(0):
        assert said(MORNINGS["Wed"]) == []
