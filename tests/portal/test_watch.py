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
    return Message.objects.filter(purpose="portal_away").order_by("pk")


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
    assert more == "2 more enquiries that reached it are not acknowledged either"


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


# -- Given up -----------------------------------------------------------------------------


def test_what_was_given_up_is_named_in_the_digest(taken, desk):
    event = Message.objects.for_portal().get()
    Message.objects.for_portal().update(state="dead", settled_at=MONDAY)
    Change.objects.update(taken_at=None)

    (words,) = said(MORNINGS["Tue"])
    assert words == (
        f"The Business Portal refused a message, ‘Enquiry created’ ({event.uuid}): an "
        "administrator has to decide about it"
    )
    assert str(event.uuid) in services.send_digest(desk=desk, now=MORNINGS["Tue"]).body


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
