"""Mail and mailboxes in the CMS: for the desk and administrators, and for nobody else."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex
from wagtail.snippets.models import get_snippet_models

from outbox import services
from outbox.models import Mailbox, Message

MAIL, MAILBOXES = "/admin/mail/", "/admin/mailboxes/"
SAM = "sam@example.com"
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7|add:7 }}'


def named(value):
    return ascii(value)[:30]


# Some of `tests.hostile`; the services are tried with all of it.
ODD = ["", "\x00", "a\x00b", "\x01\x1b[31m", "\ufffe\U0010ffff", HOSTILE, "'--", "x" * 10_000]
MAY = ["desk", "admin"]
MAY_NOT = ["anonymous", "partner", "editor"]


@pytest.fixture
def make_dead(make_message):
    def make(**fields):
        message = make_message(purpose="enquiry_received", **fields)
        Message.objects.filter(pk=message.pk).settle_dead(
            error="SMTPRecipientsRefused: 550 no such user", recipient_refused=True
        )
        message.refresh_from_db()
        return message

    return make


@pytest.fixture
def dead(make_dead):
    return make_dead(recipient=SAM, subject="Secret subject", body="Secret body")


@pytest.fixture
def mailbox(db):
    return services.send_code(address=SAM, now=timezone.now())


def main(response):
    return BeautifulSoup(response.content, "html.parser").main


def told(response):
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


def everything():
    """All that the outbox holds."""
    return list(Message.objects.values()), list(Mailbox.objects.values())


def recipients(response):
    return [message.recipient for message in response.context["object_list"]]


# -- Who may ------------------------------------------------------------------------------


def screens(message, mailbox):
    return {
        "mail:index": ("get", MAIL),
        "mail:index_results": ("get", f"{MAIL}results/"),
        "mail:inspect": ("get", f"{MAIL}inspect/{message.pk}/"),
        "mail:send_again": ("post", f"{MAIL}send-again/{message.pk}/"),
        "mailboxes:index": ("get", MAILBOXES),
        "mailboxes:index_results": ("get", f"{MAILBOXES}results/"),
        "mailboxes:inspect": ("get", f"{MAILBOXES}inspect/{mailbox.pk}/"),
        "mailboxes:send_code": ("post", f"{MAILBOXES}send-code/"),
        "mailboxes:enter_code": ("post", f"{MAILBOXES}enter-code/{mailbox.pk}/"),
        "mailboxes:mark_bounced": ("post", f"{MAILBOXES}bounced/{mailbox.pk}/"),
    }


NAMES = [
    *("mail:index", "mail:index_results", "mail:inspect", "mail:send_again"),
    *("mailboxes:index", "mailboxes:index_results", "mailboxes:inspect"),
    *("mailboxes:send_code", "mailboxes:enter_code", "mailboxes:mark_bounced"),
]


def test_every_address_of_the_outbox_is_in_the_list():
    found = {
        f"{space}:{name}"
        for space in ("mail", "mailboxes")
        for name in get_resolver().namespace_dict[space][1].reverse_dict
        if isinstance(name, str)
    }

    assert found == set(NAMES)


@pytest.mark.parametrize("screen", NAMES)
@pytest.mark.parametrize("name", MAY_NOT)
def test_nobody_else_gets_to_a_screen_of_the_outbox(sign_in, dead, mailbox, name, screen):
    before = everything()
    client = sign_in(name)
    _, address = screens(dead, mailbox)[screen]

    for response in (client.get(address), client.post(address, {"address": SAM, "code": "1"})):
        assert response.status_code in (302, 403, 405)
        if response.status_code == 302:
            assert response["Location"].split("?")[0] in ("/accounts/login/", "/admin/")
        assert SAM not in response.content.decode()
    assert everything() == before


@pytest.mark.parametrize("screen", [name for name in NAMES if "ind" in name or "inspect" in name])
@pytest.mark.parametrize("name", MAY)
def test_the_desk_and_administrators_see_mail_and_mailboxes(sign_in, dead, mailbox, name, screen):
    _, address = screens(dead, mailbox)[screen]

    response = sign_in(name).get(address)

    assert response.status_code == 200
    assert SAM in response.content.decode()


@pytest.mark.parametrize("name", MAY)
def test_the_desk_and_administrators_have_a_message_tried_again(sign_in, dead, name):
    response = sign_in(name).post(f"{MAIL}send-again/{dead.pk}/")

    dead.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, f"{MAIL}inspect/{dead.pk}/")
    assert dead.state == "waiting"
    assert told(response) == ["The message will be tried again in a moment."]


@pytest.mark.parametrize("name", MAY)
def test_the_desk_and_administrators_prove_a_mailbox(sign_in, db, code_of, name):
    client = sign_in(name)

    asked = client.post(f"{MAILBOXES}send-code/", {"address": f" {SAM}"})
    mailbox = Mailbox.objects.get()
    code = code_of(SAM)
    proved = client.post(asked["Location"], {"code": f" {code[:3]} {code[3:]}"})

    mailbox.refresh_from_db()
    assert asked["Location"] == f"{MAILBOXES}enter-code/{mailbox.pk}/"
    assert (proved.status_code, proved["Location"]) == (302, f"{MAILBOXES}inspect/{mailbox.pk}/")
    assert mailbox.is_usable


@pytest.mark.parametrize("name", MAY)
def test_the_desk_and_administrators_mark_a_mailbox_as_bounced(sign_in, proven, name):
    mailbox = proven(SAM)

    response = sign_in(name).post(f"{MAILBOXES}bounced/{mailbox.pk}/")

    mailbox.refresh_from_db()
    assert response.status_code == 302
    assert mailbox.bounced_at
    assert not mailbox.is_usable


def test_a_link_never_acts(sign_in, dead, mailbox, code_of):
    code = code_of(SAM)
    before = everything()
    client = sign_in("admin")

    for name, (_, address) in screens(dead, mailbox).items():
        status = client.get(address, {"address": SAM, "code": code}).status_code
        assert status == (405 if name in {"mail:send_again", "mailboxes:mark_bounced"} else 200)

    assert everything() == before


@pytest.mark.parametrize("model", ["message", "mailbox"])
def test_somebody_who_may_only_look_finds_no_button_and_changes_nothing(
    sign_in, dead, mailbox, code_of, model
):
    editors = Group.objects.get(name="Editors")
    editors.permissions.add(Permission.objects.get(codename=f"view_{model}"))
    code = code_of(SAM)
    before = everything()
    client = sign_in("editor")
    app = "mail" if model == "message" else "mailboxes"

    for name, (method, address) in screens(dead, mailbox).items():
        if not name.startswith(f"{app}:"):
            continue
        if method == "post":
            response = client.post(address, {"address": SAM, "code": code})
            assert response.status_code in (302, 403)
        else:
            response = client.get(address)
            assert response.status_code == 200
            page = BeautifulSoup(response.content, "html.parser")
            assert not page.select("main form[method=post]")
            assert not page.select("a[href*=code]")
    assert everything() == before


@pytest.mark.parametrize("name", [name for name in NAMES if name.split(":")[1][:3] != "ind"])
def test_what_does_not_exist_is_not_found(sign_in, dead, mailbox, name):
    if name == "mailboxes:send_code":
        return
    method, address = screens(dead, mailbox)[name]
    pk = dead.pk if name.startswith("mail:") else mailbox.pk

    response = getattr(sign_in("admin"), method)(address.replace(f"/{pk}/", "/999999/"))

    assert response.status_code == 404


@pytest.mark.parametrize("name", ["add", "edit", "delete", "copy", "history", "usage", "choose"])
@pytest.mark.parametrize("space", ["mail", "mailboxes"])
def test_there_is_no_address_to_change_anything_by_hand(space, name):
    for arguments in ([], [1]):
        with pytest.raises(NoReverseMatch):
            reverse(f"{space}:{name}", args=arguments)


def test_nothing_of_the_outbox_is_a_snippet_or_in_the_index_of_references(dead, mailbox):
    assert not [model for model in get_snippet_models() if model._meta.app_label == "outbox"]
    assert not ReferenceIndex.objects.filter(content_type__app_label="outbox").exists()


@pytest.mark.parametrize(
    "address",
    [
        *("/admin/", "/admin/search/?q=sam", "/admin/snippets/", "/admin/reports/site-history/"),
        *("/admin/snippets/outbox/message/", "/admin/snippets/choose/outbox/mailbox/"),
    ],
)
def test_an_editor_meets_nothing_of_the_outbox(sign_in, dead, mailbox, person, address):
    services.send_again(message=dead, by=person("admin"))

    text = sign_in("editor").get(address).content.decode()

    for secret in (SAM, MAIL, MAILBOXES, str(dead.uuid)):
        assert secret not in text


@pytest.mark.parametrize("name", MAY)
def test_the_menu_leads_to_both_lists(sign_in, home, name):
    text = sign_in(name).get("/admin/").content.decode()

    assert MAIL in text
    assert MAILBOXES in text


def test_the_audit_log_shows_who_had_a_message_tried_again(sign_in, dead, person):
    services.send_again(message=dead, by=person("desk"))

    response = sign_in("admin").get("/admin/reports/site-history/")

    text = main(response).get_text()
    assert "Had the message tried again" in text
    assert str(dead.uuid) in text
    assert SAM not in text


# -- What is shown ------------------------------------------------------------------------


def test_no_screen_shows_what_a_message_says_or_a_code(sign_in, dead, mailbox, code_of):
    code = code_of(SAM)
    letter = Message.objects.get(purpose="mailbox_code")
    client = sign_in("admin")
    addresses = [address for method, address in screens(dead, mailbox).values() if method == "get"]

    for address in [
        *addresses,
        f"{MAIL}inspect/{letter.pk}/",
        f"{MAILBOXES}send-code/",
        f"{MAILBOXES}enter-code/{mailbox.pk}/",
        f"{MAIL}results/?q={code}",
    ]:
        page = BeautifulSoup(client.get(address).content, "html.parser")
        for echo in page.select("input[name=q], form[role=search], .nice-padding > p"):
            echo.decompose()  # what was searched for
        assert "Secret" not in str(page)
        assert code not in str(page)


def test_the_list_shows_how_each_message_fared_newest_first(sign_in, make_message, make_dead):
    make_message(recipient="first@example.com", attempts=3, last_error="OSError: dead line")
    make_dead(recipient="last@example.com")

    response = sign_in("desk").get(MAIL)

    text = main(response).get_text(" ", strip=True)
    assert recipients(response) == ["last@example.com", "first@example.com"]
    for words in (
        *("Enquiry received", "Given up", "SMTPRecipientsRefused: 550 no such user"),
        *("Test", "Waiting", "3", "OSError: dead line"),
    ):
        assert words in text


def test_the_lists_lead_to_each_message_and_mailbox(sign_in, dead, mailbox):
    client = sign_in("desk")

    for address, thing in ((MAIL, dead), (MAILBOXES, mailbox)):
        links = [link["href"] for link in main(client.get(address)).select("td a")]
        assert f"{address}inspect/{thing.pk}/" in links


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "dead"}, ["dead@example.com"]),
        ({"state": "waiting"}, ["waiting@example.com"]),
        ({"state": ["dead", "waiting"]}, ["dead@example.com", "waiting@example.com"]),
        ({"state": "sent"}, []),
        ({"purpose": "enquiry_received"}, ["dead@example.com"]),
        ({"purpose": "test", "state": "waiting"}, ["waiting@example.com"]),
        ({"purpose": "test", "state": "dead"}, []),
        ({"q": "DEAD@"}, ["dead@example.com"]),
        ({"purpose": "nonsense"}, ["dead@example.com", "waiting@example.com"]),
        ({"state": "\x00"}, ["dead@example.com", "waiting@example.com"]),
    ],
    ids=str,
)
def test_the_list_of_mail_is_filtered(sign_in, make_message, make_dead, query, found):
    make_message(recipient="waiting@example.com")
    make_dead(recipient="dead@example.com")

    assert sorted(recipients(sign_in("desk").get(MAIL, query))) == found


@pytest.mark.parametrize(
    ("status", "found"),
    [
        ("usable", ["used@example.com"]),
        ("bounced", ["bounced@example.com"]),
        ("unproven", ["new@example.com"]),
        ("nonsense", ["bounced@example.com", "new@example.com", "used@example.com"]),
    ],
)
def test_the_list_of_mailboxes_is_filtered(sign_in, proven, status, found):
    proven("used@example.com")
    proven("bounced@example.com", bounced_at=timezone.now(), bounced_why="550 no such user")
    proven("new@example.com", proven_at=None)

    response = sign_in("desk").get(MAILBOXES, {"status": status})

    assert [mailbox.address for mailbox in response.context["object_list"]] == found


def test_a_mailbox_that_bounced_is_red_and_says_why(sign_in, proven):
    mailbox = proven(SAM, bounced_at=timezone.now(), bounced_why="550 no such user")
    client = sign_in("desk")

    page = main(client.get(f"{MAILBOXES}inspect/{mailbox.pk}/"))
    listed = main(client.get(MAILBOXES)).get_text(" ", strip=True)

    assert "does not arrive" in page.select_one(".help-critical").get_text()
    assert "550 no such user" in page.get_text()
    assert "Bounced" in listed
    assert "550 no such user" in listed


def test_only_a_message_that_was_given_up_can_be_tried_again(sign_in, make_message, dead):
    client = sign_in("desk")
    waiting, sent = make_message(), make_message()
    Message.objects.filter(pk=sent.pk).settle_sent()

    def has_button(message):
        return "Try again" in main(client.get(f"{MAIL}inspect/{message.pk}/")).get_text()

    assert has_button(dead)
    assert not has_button(waiting)
    assert not has_button(sent)

    response = client.post(f"{MAIL}send-again/{sent.pk}/")
    sent.refresh_from_db()
    assert sent.state == "sent"
    assert told(response) == ["Nothing was sent: this message was delivered already"]


@pytest.mark.parametrize("address", [MAIL, f"{MAIL}?state=waiting", MAILBOXES])
def test_a_list_asks_the_database_as_often_for_30_as_for_3(sign_in, make_message, proven, address):
    client = sign_in("desk")

    def queries(number):
        while Message.objects.count() < number:
            made = make_message()
            proven(made.recipient)
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        return len(seen)

    assert queries(3) == queries(30)


def test_hostile_text_is_shown_as_it_is_and_does_nothing(sign_in, make_message, proven):
    message = make_message(recipient=HOSTILE, purpose=HOSTILE[:60], last_error=HOSTILE)
    Message.objects.filter(pk=message.pk).settle_dead(error=HOSTILE)
    mailbox = proven(SAM, bounced_at=timezone.now(), bounced_why=HOSTILE)
    client = sign_in("admin")

    for address in (
        *(MAIL, f"{MAIL}inspect/{message.pk}/", MAILBOXES, f"{MAILBOXES}inspect/{mailbox.pk}/"),
    ):
        page = main(client.get(address))
        assert HOSTILE in page.get_text()
        assert not page.select("script:-soup-contains('alert(1)'), img[onerror]")


# -- The forms ----------------------------------------------------------------------------


def error_of(response, name):
    """The words of a field's error, if the field says by its attributes where they stand."""
    page = main(response)
    control = page.select_one(f"[name={name}]:not([type=hidden])")
    assert page.select_one(f"label[for={control['id']}]")
    assert control["aria-invalid"] == "true"
    described = [page.select_one(f"#{each}") for each in control["aria-describedby"].split()]
    assert all(described)
    title = BeautifulSoup(response.content, "html.parser").title.get_text()
    assert title.strip().startswith("Error: ")
    return " ".join(" ".join(each.get_text(" ", strip=True) for each in described).split())


def test_an_address_that_is_none_is_told_in_words(sign_in, home):
    client = sign_in("desk")

    for typed, words in [
        ("", "Enter an email address"),
        ("sam", "Enter an email address in the correct format, like name@example.com"),
    ]:
        response = client.post(f"{MAILBOXES}send-code/", {"address": typed})
        assert response.status_code == 422
        assert words in error_of(response, "address")
    assert client.post(f"{MAILBOXES}send-code/").status_code == 422


def test_too_many_codes_are_told_with_the_time_of_the_next(sign_in, home, settings):
    client = sign_in("desk")
    for _ in range(settings.MAILBOX_CODES_AN_HOUR):
        assert client.post(f"{MAILBOXES}send-code/", {"address": SAM}).status_code == 302

    response = client.post(f"{MAILBOXES}send-code/", {"address": SAM})

    again = timezone.localtime(Mailbox.objects.get().codes_since + timedelta(hours=1))
    assert response.status_code == 422
    assert f"Send the next one after {again:%H:%M}" in error_of(response, "address")


def enter(client, mailbox, code):
    return client.post(f"{MAILBOXES}enter-code/{mailbox.pk}/", {"code": code})


def test_a_wrong_code_is_told_with_the_tries_that_are_left(sign_in, mailbox, code_of):
    client = sign_in("desk")
    wrong = f"{(int(code_of(SAM)) + 1) % 1_000_000:06}"

    told = [error_of(enter(client, mailbox, wrong), "code") for _ in range(6)]

    for words, text in zip(
        [
            "you have 4 tries left",
            "you have 3 tries left",
            "you have 2 tries left",
            "you have 1 try left",
            "that was the last try",
            "Too many wrong codes were entered",
        ],
        told,
        strict=True,
    ):
        assert words in text
    assert not Mailbox.objects.proven().exists()


def test_a_code_that_expired_or_was_used_is_told_in_words(sign_in, mailbox, code_of):
    client = sign_in("desk")
    code = code_of(SAM)
    Mailbox.objects.update(code_expires_at=timezone.now())
    assert "sent too long ago" in error_of(enter(client, mailbox, code), "code")

    Mailbox.objects.update(code_hash="", code_expires_at=None)
    assert "no code to compare with" in error_of(enter(client, mailbox, code), "code")


NO_CODES = ["１２３４５６", "١٢٣٤٥٦", "1" * 10_000, "12345", "1234567", "-12345", "1e5", "12.345"]


@pytest.mark.parametrize("odd", [*ODD, *NO_CODES], ids=named)
def test_what_is_no_code_is_told_in_words_and_costs_no_try(sign_in, mailbox, odd):
    response = enter(sign_in("desk"), mailbox, odd)

    mailbox.refresh_from_db()
    assert response.status_code == 422
    assert "Enter the" in error_of(response, "code")
    assert mailbox.code_tries == 0
    assert not Mailbox.objects.proven().exists()


@pytest.mark.parametrize("odd", [*ODD, "sam@localhost", "sam@" + "ü." * 100 + "example"], ids=named)
def test_an_odd_address_is_answered_with_words_and_no_code(sign_in, home, odd):
    response = sign_in("desk").post(f"{MAILBOXES}send-code/", {"address": odd})

    assert response.status_code == 422
    assert error_of(response, "address")
    assert not Message.objects.exists()


@pytest.mark.parametrize("address", [f"{MAILBOXES}send-code/", f"{MAILBOXES}enter-code/{{}}/"])
def test_half_a_character_in_a_form_is_answered(sign_in, mailbox, address):
    body = b"address=sam%ED%A0%80@example.com&code=12%ED%A0%80345"

    response = sign_in("desk").generic(
        "POST", address.format(mailbox.pk), body, "application/x-www-form-urlencoded"
    )

    assert response.status_code == 422


@pytest.mark.parametrize("address", [MAIL, MAILBOXES])
@pytest.mark.parametrize("typed", [*ODD, "%", "_", "(((", "\u202e"], ids=named)
def test_odd_searches_are_answered(sign_in, dead, mailbox, address, typed):
    assert sign_in("desk").get(address, {"q": typed}).status_code == 200
