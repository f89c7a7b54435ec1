"""What administrators see of the connection, and do to it."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.models import APIToken, ModelLogEntry

from enquiries.models import PrivacyNotice
from outbox.models import Message
from portal import delivery, signing
from portal.calls import Answer
from portal.models import PORTAL_USER, Circuit, PortalSettings

pytestmark = pytest.mark.django_db
SCREEN = "portal_connection"


@pytest.fixture
def admin(sign_in):
    return sign_in("admin")


@pytest.fixture
def connected(switch):
    PrivacyNotice.objects.update(names_portal=True)
    return switch("off", is_connected=True)


@pytest.fixture
def given_up(connected, make_enquiry):
    make_enquiry()
    event = Message.objects.for_portal().get()
    Message.objects.for_portal().settle_dead(error="It answered 422")
    return event


def read(client):
    return BeautifulSoup(client.get(reverse(SCREEN)).content, "html.parser")


def press(client, name, *args):
    return client.post(reverse(name, args=args), follow=True).content.decode()


def logged(action):
    return ModelLogEntry.objects.filter(action=f"portal.{action}", user__email="admin@example.org")


def test_without_a_portal_the_screen_says_so(admin, home):
    text = read(admin).get_text()

    assert "No data is exchanged" in text
    assert "Nothing was given up" in text
    assert PortalSettings.objects.count() == 0


def test_it_is_in_the_menu_of_those_who_may(admin, person, client):
    assert reverse(SCREEN) in admin.get("/admin/").content.decode()
    client.force_login(person("editor"))
    assert reverse(SCREEN) not in client.get("/admin/").content.decode()


def test_what_waits_and_what_is_wrong_is_told(admin, connected, make_enquiry, portal):
    portal.answers_else = 503
    make_enquiry()
    for minute in (0, 2, 10):
        delivery.deliver(timezone.now() + timedelta(minutes=minute))

    text = read(admin).get_text()
    assert "The portal has taken nothing since" in text
    assert "It answered 503" in text
    assert "1 message, the first since" in " ".join(text.split())


def test_a_paused_delivery_is_tried_again_on_request(admin, connected, make_enquiry, portal):
    make_enquiry()
    Circuit.objects.create(pk=1, paused_at=timezone.now(), failures=99)
    assert "Delivery is paused" in read(admin).get_text()

    press(admin, "portal_resume")

    assert delivery.deliver(timezone.now()) == 1
    assert logged("resume").exists()


def test_an_event_that_was_given_up_is_sent_again(admin, given_up, portal):
    assert str(given_up.uuid) in str(read(admin).select_one("#given-up-section, [id*=given-up]"))

    assert "sent again in a moment" in press(admin, "portal_replay", given_up.pk)

    assert delivery.deliver(timezone.now()) == 1
    assert [*portal.events] == [str(given_up.uuid)]
    assert logged("replay").exists()
    assert "Nothing was done" in press(admin, "portal_replay", given_up.pk)


def test_an_event_that_was_given_up_is_marked_as_handled(admin, given_up):
    assert "marked as handled" in press(admin, "portal_set_aside", given_up.pk)

    assert not Message.objects.for_portal().dead().exists()
    assert delivery.deliver(timezone.now()) == 0
    assert logged("set_aside").exists()
    assert "Nothing was done" in press(admin, "portal_set_aside", given_up.pk)


def test_what_goes_to_the_portal_is_not_tried_again_as_mail(admin, given_up):
    assert admin.post(reverse("mail:send_again", args=[given_up.pk])).status_code == 404
    assert Message.objects.for_portal().dead().exists()


@pytest.mark.parametrize("name", ["portal_replay", "portal_set_aside"])
def test_mails_are_not_touched_here(admin, given_up, name):
    mail = Message.objects.mails().first()
    Message.objects.filter(pk=mail.pk).settle_dead(error="No")

    assert admin.post(reverse(name, args=[mail.pk])).status_code == 404
    mail.refresh_from_db()
    assert mail.state == "dead"
    assert mail.body


def test_the_secret_is_shown_on_request_and_that_is_noted(admin, connected):
    secret = signing.secret(1)
    assert secret not in str(read(admin))

    answer = admin.post(reverse("portal_show_secret"))

    assert secret in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert logged("show_secret").exists()


def test_a_new_secret_signs_and_the_one_before_too_for_a_week(admin, connected):
    press(admin, "portal_rotate_secret")

    switch = PortalSettings.objects.get()
    assert "There is a new secret already" in press(admin, "portal_rotate_secret")
    switch.refresh_from_db()
    week = switch.previous_secret_until - timezone.now()
    assert switch.secret_version == 2
    assert timedelta(days=6.9) < week <= timedelta(days=7)
    assert signing.secret(2) in admin.post(reverse("portal_show_secret")).content.decode()
    assert logged("rotate_secret").exists()


def test_a_token_is_shown_once_and_works(admin, client, connected):
    page = BeautifulSoup(admin.post(reverse("portal_make_token")).content, "html.parser")
    token = page.select_one("code").get_text()

    client.logout()
    feed = "/api/portal/v1/feeds/enquiries"
    assert client.get(feed, headers={"authorization": f"Bearer {token}"}).status_code == 200
    assert APIToken.objects.get().user.email == PORTAL_USER
    assert not APIToken.objects.get().user.has_usable_password()


def test_a_token_is_revoked_and_stops_at_once(admin, client, connected):
    page = BeautifulSoup(admin.post(reverse("portal_make_token")).content, "html.parser")
    token = page.select_one("code").get_text()
    made = APIToken.objects.get()

    assert "is revoked" in press(admin, "portal_revoke_token", made.pk)

    client.logout()
    feed = "/api/portal/v1/feeds/enquiries"
    assert client.get(feed, headers={"authorization": f"Bearer {token}"}).status_code == 401
    assert ModelLogEntry.objects.filter(action="wagtail.apitoken.revoke").count() == 1


def test_tokens_of_others_are_not_revoked_here(admin, person, home):
    other = APIToken.create_token(user=person("admin"), name="Mine")[0]

    assert admin.post(reverse("portal_revoke_token", args=[other.pk])).status_code == 404


def test_a_second_token_leaves_the_first_and_is_told_apart(admin, connected):
    press(admin, "portal_make_token")
    press(admin, "portal_make_token")

    assert APIToken.objects.filter(revoked_at=None).count() == 2
    assert "never used" in read(admin).get_text()


def test_all_that_was_given_up_is_sent_again_at_once(admin, given_up, make_enquiry):
    make_enquiry(email="other@example.com")
    Message.objects.for_portal().waiting().settle_dead(error="It answered 422")

    assert "2 messages are sent again" in press(admin, "portal_replay_all")
    assert Message.objects.for_portal().waiting().count() == 2
    assert logged("replay").count() == 2
    assert "Nothing was done" in press(admin, "portal_replay_all")


def test_what_is_tried_again_does_not_fall_back_to_what_an_attempt_still_learns(
    admin, connected, make_enquiry, monkeypatch
):
    def press_meanwhile(*given, **more):
        press(admin, "portal_resume")
        return Answer(503, "It answered 503")

    make_enquiry()
    monkeypatch.setattr(delivery, "send", press_meanwhile)

    delivery.deliver(timezone.now())

    circuit = Circuit.objects.get()
    assert (circuit.failures, circuit.retry_at) == (0, None)


def test_while_paused_no_next_try_is_promised(admin, connected, make_enquiry):
    make_enquiry()
    now = timezone.now()
    Circuit.objects.create(pk=1, failures=9, failing_since=now, paused_at=now, retry_at=now)

    assert "Next try" not in read(admin).get_text()


def test_a_token_is_revoked_once_however_often_one_presses(admin, connected):
    press(admin, "portal_make_token")
    token = APIToken.objects.get(user__email=PORTAL_USER)

    for _ in range(2):
        assert "is revoked" in press(admin, "portal_revoke_token", token.pk)
    revoked = ModelLogEntry.objects.filter(action="wagtail.apitoken.revoke")
    assert revoked.count() == 1


def test_the_rehearsal_says_where_an_employer_would_be_led(admin, connected, portal):
    row = read(admin).find("th", string="Mentor a young person").parent

    leads = [(link.contents[0], link["href"].partition("?")[0]) for link in row.find_all("a")]
    states = [cell.get_text() for cell in row.find_parent("table").find_all("th", scope="col")]
    assert states[1:3] == ["Off (now)", "Announced"]
    assert leads == [
        ("Our form", "/enquire/"),
        ("Our form", "/enquire/"),
        ("The portal", f"{portal.url}/start"),
        ("Our form, with a notice", "/enquire/"),
    ]
