"""One way in: by e-mail address, behind a lock, with no second door."""

import re

import pytest
from django.conf import settings as site_settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from home.demo.loader import PASSWORD
from outbox.models import Message

NEW_PASSWORD = "quite-a-new-passphrase-7"


def is_signed_in(client):
    return "_auth_user_id" in client.session


def words(response):
    return response.content.decode()


# -- Signing in ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["editor@example.org", "EDITOR@EXAMPLE.ORG", "Editor@Example.Org", " editor@example.org "],
)
def test_people_sign_in_by_their_address_in_any_case_of_letters(client, sign_in, typed):
    response = sign_in(typed)

    assert (response.status_code, response["Location"]) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200


def test_an_account_that_was_made_with_capitals_opens_too(client, sign_in):
    user = User(email="New.Person@Example.org")
    user.set_password(NEW_PASSWORD)
    user.save()

    sign_in("new.person@example.org", NEW_PASSWORD)

    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("editor@example.org", "wrong"),
        ("editor@example.org", ""),
        ("nobody@example.org", PASSWORD),
        ("", ""),
        ("editor", PASSWORD),
        ("editor@example.org\x00", PASSWORD),
        ("' OR 1=1 --", "x"),
        ("x" * 10_000, "y" * 10_000),
        ("*", "*"),
    ],
    ids=lambda value: ascii(value[:20]),
)
def test_a_wrong_address_or_password_opens_nothing(client, sign_in, email, password):
    response = sign_in(email, password)

    assert response.status_code < 500
    assert not is_signed_in(client)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(sign_in):
    wrong = words(sign_in("editor@example.org", "wrong")).replace("editor@example.org", "")
    unknown = words(sign_in("nobody@example.org", "wrong")).replace("nobody@example.org", "")

    def without_tokens(text):
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)

    assert without_tokens(wrong) == without_tokens(unknown)


def test_an_account_that_was_closed_opens_nothing(client, sign_in, person):
    User.objects.filter(email="editor@example.org").update(is_active=False)

    sign_in()

    assert client.get("/admin/").status_code == 302


def test_closing_an_account_ends_its_session(client, person):
    client.force_login(person("editor"))
    assert client.get("/admin/").status_code == 200

    User.objects.filter(email="editor@example.org").update(is_active=False)

    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    ("next_page", "leads_to"),
    [
        ("/admin/pages/", "/admin/pages/"),
        ("https://evil.example/", "/admin/"),
        ("//evil.example/", "/admin/"),
        ("javascript:alert(1)", "/admin/"),
        ("http:///evil.example", "/admin/"),
        ("/\\evil.example", "/admin/"),
    ],
)
def test_signing_in_leads_only_to_pages_of_this_site(client, home, next_page, leads_to):
    response = client.post(
        "/accounts/login/",
        {"login": "editor@example.org", "password": PASSWORD, "next": next_page},
    )

    assert response["Location"] == leads_to


def test_signing_in_gives_a_new_session(client, sign_in):
    client.get("/accounts/login/")
    session = client.session
    session["before"] = "here"
    session.save()
    before = session.session_key

    sign_in()

    assert client.session.session_key != before


def test_the_session_ends_with_the_browser(sign_in):
    cookie = sign_in().cookies[site_settings.SESSION_COOKIE_NAME]

    assert not cookie["max-age"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_link_never_signs_out(client, person):
    client.force_login(person("editor"))

    client.get("/accounts/logout/")
    assert is_signed_in(client)

    client.post("/accounts/logout/")
    assert not is_signed_in(client)


def test_signing_out_leaves_no_cookie_behind(client, sign_in):
    sign_in()

    client.post("/accounts/logout/")
    client.get("/")

    assert {name for name, cookie in client.cookies.items() if cookie.value} <= {"csrftoken"}


def test_a_member_of_a_partner_who_signs_in_arrives_somewhere(client, sign_in):
    """Partner members may not enter the CMS; they must not be sent round in circles."""
    sign_in("partner@example.org")

    arrived = client.get("/admin/", follow=True)

    assert arrived.status_code in (200, 403, 404)
    assert not arrived.request["PATH_INFO"].startswith("/admin/")


# -- The lock -----------------------------------------------------------------------------


def fail(sign_in, times, email="editor@example.org", **extra):
    for _ in range(times):
        response = sign_in(email, "wrong", **extra)
    return response


def test_after_5_wrong_passwords_the_right_one_is_refused_too(client, sign_in):
    fail(sign_in, 5)

    response = sign_in()

    assert not is_signed_in(client)
    assert response.status_code == 429 or "Too many" in words(response)


def test_4_wrong_passwords_lock_nothing(client, sign_in):
    fail(sign_in, 4)

    sign_in()

    assert is_signed_in(client)


def test_the_lock_cannot_be_passed_by_other_letters_or_another_machine(client, sign_in):
    fail(sign_in, 5)

    sign_in("EDITOR@example.org", REMOTE_ADDR="192.0.2.7")

    assert not is_signed_in(client)


def test_the_lock_of_one_account_leaves_others_open(client, sign_in):
    fail(sign_in, 5)

    sign_in("desk@example.org")

    assert is_signed_in(client)


def test_one_machine_cannot_try_many_accounts(client, sign_in):
    for number in range(10):
        sign_in(f"guess-{number}@example.org", "wrong")

    sign_in()

    assert not is_signed_in(client)


def test_a_caller_cannot_pretend_to_be_another_machine(client, sign_in):
    for number in range(10):
        sign_in(f"guess-{number}@example.org", "wrong", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")

    sign_in(HTTP_X_FORWARDED_FOR="192.0.2.99")

    assert not is_signed_in(client)


# -- No second door -----------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_signs_up(client, home, method):
    before = User.objects.count()

    response = getattr(client, method)(
        "/accounts/signup/",
        {"email": "new@example.org", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )

    assert response.status_code in (200, 302, 403, 404)
    assert User.objects.count() == before
    assert b"<form" not in response.content or b"password1" not in response.content
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/admin/login/", "/accounts/login/"),
        ("/admin/login/?next=/admin/pages/", "/accounts/login/?next=/admin/pages/"),
        ("/_util/login/?next=/x/", "/accounts/login/?next=/x/"),
        ("/admin/password_reset/", "/accounts/password/reset/"),
        ("/admin/", "/accounts/login/?next=/admin/"),
        ("/admin/enquiries/", "/accounts/login/?next=/admin/enquiries/"),
    ],
)
def test_every_door_leads_to_the_one_sign_in(client, home, address, leads_to):
    response = client.get(address)

    assert (response.status_code, response["Location"]) == (302, leads_to)


@pytest.mark.parametrize(
    ("name", "leads_to"), [("partner", "/partner/"), ("editor", "/admin/pages/")]
)
def test_a_member_who_comes_by_the_cms_arrives_in_the_partner_area(client, home, name, leads_to):
    data = {"login": f"{name}@example.org", "password": PASSWORD}

    answer = client.post("/accounts/login/?next=/admin/pages/", {**data, "next": "/admin/pages/"})

    assert (answer.status_code, answer["Location"]) == (302, leads_to)
    assert is_signed_in(client)


@pytest.mark.parametrize("address", ["/admin/login/", "/_util/login/", "/admin/password_reset/"])
def test_a_password_posted_to_another_door_opens_nothing(client, home, address):
    data = {
        "username": "editor@example.org",
        "email": "editor@example.org",
        "login": "editor@example.org",
        "password": PASSWORD,
    }
    response = client.post(address, data)

    assert response.status_code in (302, 405)
    assert not is_signed_in(client)
    assert not Message.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize(
    "address",
    [
        "/admin/password_reset/done/",
        "/admin/password_reset/confirm/MQ/set-password/",
        "/admin/password_reset/complete/",
        "/admin/account/change_password/",
    ],
)
def test_wagtails_other_password_pages_are_gone(client, person, address):
    assert client.get(address).status_code in (302, 404)

    client.force_login(person("editor"))
    assert client.get(address).status_code == 404


def test_the_account_page_of_the_cms_changes_neither_password_nor_address(client, person):
    editor = person("editor")
    client.force_login(editor)

    page = words(client.get(reverse("wagtailadmin_account")))
    client.post(
        reverse("wagtailadmin_account"),
        {
            "name_email-first_name": "Eddie",
            "name_email-last_name": "Editor",
            "name_email-email": "evil@example.org",
            "password-old_password": PASSWORD,
            "password-new_password1": NEW_PASSWORD,
            "password-new_password2": NEW_PASSWORD,
        },
    )

    editor.refresh_from_db()
    assert 'type="password"' not in page
    assert editor.email == "editor@example.org"
    assert editor.check_password(PASSWORD)


@pytest.mark.parametrize("name", ["desk", "editor", "admin"])
def test_the_screens_of_the_cms_ask_nobody_to_sign_in_with_a_password(client, person, name):
    client.force_login(person(name))

    for address in ("/admin/", reverse("wagtailadmin_account")):
        assert 'type="password"' not in words(client.get(address))


# -- Forgotten passwords ------------------------------------------------------------------


@pytest.fixture
def forget(client, home, settings):
    """Ask for a link to a new password; the mail goes where the site's mail goes."""
    settings.EMAIL_BACKEND = "outbox.mail.OutboxBackend"

    def forget(email, **extra):
        return client.post("/accounts/password/reset/", {"email": email}, **extra)

    return forget


def link_in(message):
    return re.search(r"https?://\S+", message.body)[0]


@pytest.mark.parametrize("typed", ["editor@example.org", "EDITOR@EXAMPLE.ORG"])
def test_the_link_to_a_new_password_goes_through_the_outbox(forget, typed):
    response = forget(typed)

    [message] = Message.objects.all()
    assert response.status_code == 302
    assert message.recipient.lower() == "editor@example.org"
    assert (message.channel, message.state) == ("mail", "waiting")
    assert message.sender == site_settings.DEFAULT_FROM_EMAIL
    assert "/accounts/password/reset/key/" in link_in(message)
    assert message.subject
    assert "\n" not in message.subject
    assert mail.outbox == []


def test_the_link_opens_a_form_and_the_new_password_works_once(client, forget, sign_in):
    forget("editor@example.org")
    path = "/" + link_in(Message.objects.get()).split("/", 3)[3]
    browser = Client()

    form = browser.get(path, follow=True)
    address = form.request["PATH_INFO"]
    assert form.status_code == 200
    browser.post(address, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert User.objects.get(email="editor@example.org").check_password(NEW_PASSWORD)
    sign_in(password=NEW_PASSWORD)
    assert is_signed_in(client)
    again = Client().get(path, follow=True)
    assert b'name="password1"' not in again.content


@pytest.mark.parametrize("weak", ["short", "password12345", "editor@example.org", "111111111111"])
def test_a_weak_password_is_refused(forget, weak):
    forget("editor@example.org")
    path = "/" + link_in(Message.objects.get()).split("/", 3)[3]
    browser = Client()
    address = browser.get(path, follow=True).request["PATH_INFO"]

    browser.post(address, {"password1": weak, "password2": weak})

    assert User.objects.get(email="editor@example.org").check_password(PASSWORD)


def test_an_unknown_address_gets_the_same_answer(forget):
    known = forget("editor@example.org")
    unknown = forget("nobody@example.org")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert not Message.objects.filter(body__contains="password/reset/key").exclude(
        recipient="editor@example.org"
    )


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example"])
def test_a_link_cannot_be_made_to_lead_elsewhere(forget, host):
    assert forget("editor@example.org", HTTP_HOST=host).status_code == 400
    forget("editor@example.org", HTTP_X_FORWARDED_HOST=host)

    assert all(host not in message.body + message.body_html for message in Message.objects.all())


def test_links_in_mails_lead_to_the_sites_own_address(forget, settings):
    """Whatever allowed host the question came by: mail goes out in the name of the site."""
    settings.BASE_URL = settings.WAGTAILADMIN_BASE_URL = "https://aspires.example.org"

    forget("editor@example.org", HTTP_HOST="localhost")

    assert link_in(Message.objects.get()).startswith("https://aspires.example.org/")


def test_links_cannot_be_asked_for_without_end(forget):
    for _ in range(12):
        forget("editor@example.org")

    assert Message.objects.count() <= 5


@pytest.mark.parametrize("address", ["/accounts/email/", "/accounts/social/connections/"])
def test_pages_the_site_does_not_use_are_not_there(client, person, address):
    client.force_login(person("editor"))

    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address", ["/accounts/login/", "/accounts/password/reset/", "/accounts/signup/"]
)
def test_pages_about_passwords_are_stored_nowhere(client, home, address):
    assert "no-store" in client.get(address).get("Cache-Control", "")


@pytest.mark.parametrize("address", ["//[", "https://[::1", "//a\u2100b/", "http://evil.example/["])
def test_an_address_that_cannot_be_read_is_ignored(client, person, address):
    who = {"login": person("editor").email, "password": "open-a-door-2015", "next": address}

    assert client.get("/accounts/login/", {"next": address}).status_code == 200
    assert client.post("/accounts/login/", who)["Location"] == "/admin/"
