"""Nobody enters the CMS with a password alone: apps, recovery codes, and losing them."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageViewRestriction

from accounts.models import UsedCode, User
from home.demo.loader import PASSWORD
from home.models import PlainPage
from outbox.models import Message
from partners.models import Membership, Partner
from tests import totp
from tests.accounts.conftest import ASK, SET_UP

INDEX = "/accounts/2fa/"
AGAIN = "/accounts/2fa/reauthenticate/"
CODES = "/accounts/2fa/recovery-codes/"
WRONG = "This code is wrong or was used before"


def words(response):
    return response.content.decode()


def leads_to(response):
    assert response.status_code == 302
    return response["Location"]


# -- Setting one up -----------------------------------------------------------------------


def test_a_password_alone_leads_to_where_a_second_factor_is_set_up(editor):
    editor.give_password()

    assert leads_to(editor.get("/admin/pages/")) == SET_UP
    assert editor.get(SET_UP).status_code == 200


def test_whoever_sets_one_up_gets_recovery_codes_and_comes_to_where_they_wanted(editor):
    editor.give_password()
    editor.get("/admin/reports/locked/?x=1")

    answer = editor.set_up()

    assert leads_to(answer) == CODES
    page = editor.get(CODES)
    assert len(page.context["unused_codes"]) == 10
    assert 'href="/admin/reports/locked/?x=1"' in words(page)
    assert editor.get("/admin/reports/locked/").status_code == 200


def test_the_key_is_there_as_a_picture_without_an_address_and_as_text(editor):
    editor.give_password()

    page = editor.get(SET_UP)

    secret = page.context["form"].secret
    assert "<svg" in words(page)
    assert "data:" not in words(page)
    assert not re.search(r"\sstyle=", words(page))
    assert secret in words(page).replace(" ", "")


@pytest.mark.parametrize(
    "code",
    [
        "",
        "000000",
        "12345",
        "x" * 10_000,
        "1" * 100_000,
        "１２３４５６",
        "12\x003456",
        "' OR 1=1",
    ],
    ids=lambda code: ascii(code[:12]),
)
def test_a_wrong_code_is_answered_in_words_wherever_it_is_asked_for(editor, code):
    editor.give_password()
    editor.get(SET_UP)
    setting_up = editor.post(SET_UP, {"code": code})
    editor.set_up()
    again = editor.post(AGAIN, {"code": code})
    editor.sign_out()
    editor.give_password()
    signing_in = editor.post(ASK, {"code": code})

    for answer in (setting_up, again, signing_in):
        assert answer.status_code == 200
        assert "<title>Error: " in words(answer)
        assert "There is a problem" in words(answer)
    assert not editor.is_in()


def test_digits_of_other_scripts_are_no_code(editor):
    editor.set_up()
    editor.sign_out()
    editor.give_password()
    arabic = editor.new_code().translate({48 + digit: 0x660 + digit for digit in range(10)})

    assert WRONG in words(editor.post(ASK, {"code": arabic}))


def test_setting_up_gives_the_session_a_new_key(editor):
    editor.give_password()
    before = editor.browser.session.session_key

    editor.set_up()

    assert editor.browser.session.session_key not in {None, before}


def test_after_a_while_setting_up_asks_for_the_password_again(editor, clock):
    editor.give_password()
    clock.forward(301)

    assert leads_to(editor.get(SET_UP)).startswith("/accounts/reauthenticate/")


def test_members_of_partners_may_have_one_and_need_none(somebody):
    member = somebody("partner")

    member.give_password("/partners/")

    assert member.get("/accounts/2fa/").status_code == 200
    assert leads_to(member.get("/admin/")).startswith("/accounts/login/")
    assert leads_to(member.set_up()) == CODES


# -- Signing in ---------------------------------------------------------------------------


def test_after_the_password_the_code_is_asked_for_and_leads_on(editor):
    editor.set_up()
    editor.sign_out()

    assert leads_to(editor.give_password("/admin/pages/")) == ASK
    assert not editor.is_in()
    assert leads_to(editor.post(ASK, {"code": editor.new_code()})) == "/admin/pages/"
    assert editor.is_in()


def test_a_code_may_be_written_in_groups(editor):
    editor.set_up()
    editor.sign_out()
    editor.give_password()
    code = editor.new_code()

    editor.post(ASK, {"code": f" {code[:3]} {code[3:]} "})

    assert editor.is_in()


def test_the_code_before_is_taken_from_slow_hands_and_an_older_one_is_not(editor, clock):
    editor.set_up()
    editor.sign_out()
    editor.give_password()
    code = editor.new_code()
    clock.forward(2 * totp.PERIOD)
    assert WRONG in words(editor.post(ASK, {"code": code}))

    code = editor.new_code()
    clock.forward(totp.PERIOD)
    editor.post(ASK, {"code": code})

    assert editor.is_in()


def test_a_code_opens_once_even_if_the_cache_has_forgotten_it(editor):
    editor.set_up()
    editor.sign_out()
    editor.give_password()
    code = editor.new_code()
    editor.post(ASK, {"code": code})
    assert editor.is_in()
    cache.clear()

    editor.sign_out()
    editor.give_password()
    answer = editor.post(ASK, {"code": code})

    assert WRONG in words(answer)
    assert not editor.is_in()


def test_the_code_of_setting_up_does_not_open_afterwards(editor):
    editor.set_up()
    code = totp.code_of(editor.key)
    editor.sign_out()
    editor.give_password()

    assert WRONG in words(editor.post(ASK, {"code": code}))


def test_used_codes_are_forgotten_when_they_could_not_be_used_again(editor, person):
    editor.set_up()
    UsedCode.objects.update(used_at="2020-01-01T12:00Z")
    editor.sign_out()

    editor.sign_in()

    assert UsedCode.objects.filter(user=person("editor")).count() == 1


def test_after_5_wrong_codes_the_right_one_is_refused_too(editor):
    editor.set_up()
    editor.sign_out()
    editor.give_password()
    for _ in range(5):
        editor.post(ASK, {"code": "000000"})

    answer = editor.post(ASK, {"code": editor.new_code()})

    assert "Too many attempts" in words(answer)
    assert not editor.is_in()


def test_the_code_of_somebody_else_does_not_open(somebody):
    editor, desk = somebody("editor"), somebody("desk")
    editor.set_up()
    desk.set_up()
    editor.sign_out()
    editor.give_password()

    editor.post(ASK, {"code": desk.new_code()})

    assert not editor.is_in()


def test_a_code_without_a_password_before_it_opens_nothing(editor):
    editor.set_up()
    editor.sign_out()

    assert leads_to(editor.post(ASK, {"code": editor.new_code()})) == "/accounts/login/"
    assert not editor.is_in()


def test_a_new_password_by_mail_needs_the_code_too(editor, settings):
    settings.EMAIL_BACKEND = "outbox.mail.OutboxBackend"
    editor.set_up()
    editor.sign_out()
    editor.post("/accounts/password/reset/", {"email": editor.email})
    message = Message.objects.get(body__contains="/password/reset/key/")
    path = re.search(r"https?://[^/]+(/\S+)", message.body)[1]
    form = editor.get(path, follow=True).request["PATH_INFO"]

    editor.post(form, {"password1": "quite-a-new-phrase-7", "password2": "quite-a-new-phrase-7"})

    assert not editor.is_in()
    assert "_auth_user_id" not in editor.browser.session


# -- Recovery codes -----------------------------------------------------------------------


def recovery_codes(somebody):
    return somebody.get(CODES).context["unused_codes"]


def test_a_recovery_code_opens_once(editor):
    editor.set_up()
    code = recovery_codes(editor)[0]

    for opens in (True, False):
        editor.sign_out()
        editor.give_password()
        answer = editor.post(ASK, {"code": code})
        assert editor.is_in() is opens
    assert WRONG in words(answer)


def test_new_recovery_codes_take_the_place_of_the_old_ones(editor):
    editor.set_up()
    old = recovery_codes(editor)

    editor.post(f"{CODES}generate/")

    assert set(old).isdisjoint(recovery_codes(editor))
    editor.sign_out()
    editor.give_password()
    assert WRONG in words(editor.post(ASK, {"code": old[0]}))


def test_new_codes_keep_in_who_came_in_by_an_old_one_and_nobody_else(somebody):
    owner, other = somebody("editor"), somebody("editor")
    owner.set_up()
    codes = recovery_codes(owner)
    for browser, code in ((owner, codes[0]), (other, codes[1])):
        browser.sign_out()
        browser.give_password()
        browser.post(ASK, {"code": code})
    owner.post(AGAIN, {"code": codes[2]})

    owner.post(f"{CODES}generate/")

    assert owner.is_in()
    assert leads_to(other.get("/admin/")).startswith(AGAIN)


def test_recovery_codes_are_downloaded_as_text(editor):
    editor.set_up()

    answer = editor.get(f"{CODES}download/")

    assert answer["Content-Type"].startswith("text/plain")
    assert all(code in words(answer) for code in recovery_codes(editor))


# -- Half a session -----------------------------------------------------------------------


def test_a_session_from_before_the_factor_cannot_remove_it_or_see_its_codes(somebody):
    thief, owner = somebody("editor"), somebody("editor")
    thief.give_password()
    owner.set_up()

    for address in (
        INDEX,
        SET_UP,
        "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/webauthn/add/",
        CODES,
        f"{CODES}generate/",
        f"{CODES}download/",
        "/accounts/password/change/",
    ):
        assert leads_to(thief.get(address)).startswith(AGAIN), address
        assert leads_to(thief.post(address, {"password": PASSWORD})).startswith(AGAIN), address
    answer = thief.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert leads_to(answer).startswith(AGAIN)
    assert Authenticator.objects.filter(user__email=owner.email).count() == 2
    assert not thief.is_in()


def test_a_session_from_before_the_factor_is_raised_by_a_code(somebody):
    before, owner = somebody("editor"), somebody("editor")
    before.give_password()
    owner.set_up()

    asked = leads_to(before.get("/admin/pages/"))
    answer = before.post(asked, {"code": owner.new_code(), "next": "/admin/pages/"})

    assert asked == f"{AGAIN}?next=%2Fadmin%2Fpages%2F"
    assert leads_to(answer) == "/admin/pages/"
    assert before.is_in()


def test_a_session_opened_by_a_factor_that_was_replaced_is_asked_again(somebody):
    lost, owner = somebody("editor"), somebody("editor")
    lost.set_up()
    owner.key = lost.key
    owner.sign_in()
    owner.post(AGAIN, {"code": owner.new_code()})
    owner.post("/accounts/2fa/totp/deactivate/")
    assert not owner.is_in()
    owner.key = owner.get(SET_UP).context["form"].secret
    owner.post(SET_UP, {"code": totp.code_of(owner.key)})

    assert owner.is_in()
    assert leads_to(lost.get("/admin/")).startswith(AGAIN)


def test_recovery_codes_alone_are_no_second_factor(editor, person):
    editor.give_password()
    Authenticator.objects.create(
        user=person("editor"), type="recovery_codes", data={"seed": "x" * 80, "used_mask": 0}
    )

    assert leads_to(editor.get("/admin/")) == SET_UP


def test_half_a_session_sees_what_the_public_sees(editor, home):
    page = PlainPage.objects.get(slug="about")
    PageViewRestriction.objects.create(page=page, restriction_type="groups").groups.add(
        Group.objects.get(name="Editors")
    )
    editor.give_password()
    half = editor.get("/about/")
    editor.set_up()
    whole = editor.get("/about/")

    assert leads_to(half).startswith("/accounts/login/")
    assert whole.status_code == 200


def test_visitors_cost_no_query_more(client, home, settings, django_assert_max_num_queries):
    client.get("/")
    with django_assert_max_num_queries(50) as without:
        client.get("/")
    settings.SECOND_FACTOR = "required"

    with django_assert_max_num_queries(len(without)):
        client.get("/")


def test_a_session_made_without_signing_in_opens_nothing(editor, person):
    editor.browser.force_login(person("editor"))

    assert leads_to(editor.get("/admin/")) == SET_UP


def test_a_script_of_the_cms_is_refused_and_not_led_away(editor):
    editor.give_password()

    answer = editor.get("/admin/", headers={"X-Requested-With": "XMLHttpRequest"})

    assert answer.status_code == 403


# -- Lost devices -------------------------------------------------------------------------


def removal(user):
    return reverse("wagtailusers_users:remove_second_factors", args=[user.pk])


@pytest.fixture
def administrator(somebody):
    administrator = somebody("admin")
    administrator.set_up()
    return administrator


def test_an_administrator_removes_the_factors_of_somebody_who_lost_them(
    administrator, editor, person, settings
):
    settings.EMAIL_BACKEND = "outbox.mail.OutboxBackend"
    editor.set_up()
    assert editor.is_in()
    screen = administrator.get(reverse("wagtailusers_users:edit", args=[person("editor").pk]))
    assert removal(person("editor")) in words(screen)
    assert administrator.get(removal(person("editor"))).status_code == 200
    assert editor.is_in()

    administrator.post(removal(person("editor")))

    assert not Authenticator.objects.filter(user=person("editor")).exists()
    assert "_auth_user_id" not in editor.get("/").wsgi_request.session
    assert leads_to(editor.get("/admin/")).startswith("/accounts/login/")
    editor.give_password()
    assert leads_to(editor.get("/admin/")) == SET_UP
    entry = ModelLogEntry.objects.get(action="accounts.remove_second_factors")
    assert (entry.user, entry.object_id) == (person("admin"), str(person("editor").pk))
    told = Message.objects.filter(recipient=editor.email, subject__startswith="Every second factor")
    assert told.count() == 1


@pytest.mark.parametrize("name", ["editor", "desk"])
def test_nobody_else_removes_factors(somebody, person, name):
    one, other = somebody(name), somebody("editor2")
    one.set_up()
    other.set_up()

    answer = one.post(removal(person("editor2")))

    assert answer.status_code in {302, 403}
    assert other.is_in()


def test_an_administrator_removes_neither_their_own_nor_a_superusers(administrator, person):
    superuser = User.objects.create_superuser("root@example.org", PASSWORD)
    Authenticator.objects.create(user=superuser, type="totp", data={"secret": "x"})

    for user in (superuser, person("admin")):
        administrator.post(removal(user))
        assert Authenticator.objects.filter(user=user, type="totp").exists()
    assert administrator.is_in()


def test_a_changed_version_ends_sessions_and_nothing_else_does(editor, person):
    editor.set_up()
    user = person("editor")
    user.first_name = "Edwina"
    user.save()
    assert editor.is_in()

    User.objects.filter(pk=user.pk).update(session_version=1)

    assert leads_to(editor.get("/admin/")).startswith("/accounts/login/")


def test_the_account_page_of_the_cms_leads_to_the_second_factor(editor):
    editor.set_up()

    assert f'href="{INDEX}"' in words(editor.get(reverse("wagtailadmin_account")))
    assert editor.get(INDEX).status_code == 200


# -- Mails --------------------------------------------------------------------------------


def test_every_change_is_told_to_the_owner_through_the_outbox(editor, settings):
    settings.EMAIL_BACKEND = "outbox.mail.OutboxBackend"
    editor.set_up()
    editor.post(f"{CODES}generate/")
    editor.post("/accounts/2fa/totp/deactivate/")

    messages = Message.objects.filter(recipient=editor.email).order_by("pk")
    assert [message.subject for message in messages] == [
        "A second factor was added to your account: an authenticator app",
        "New recovery codes were made for your account",
        "A second factor was removed from your account: the authenticator app",
    ]
    for message in messages:
        assert message.state == "waiting"
        assert message.body.startswith(f"{message.subject}.")
        assert f"{settings.BASE_URL}/accounts/password/reset/" in message.body
        assert message.subject in message.body_html
        assert "127.0.0.1 " not in message.body
    assert mail.outbox == []


def test_a_changed_password_is_told_to_the_owner(editor, settings):
    settings.EMAIL_BACKEND = "outbox.mail.OutboxBackend"
    editor.set_up()
    new = "quite-a-new-phrase-7"
    editor.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert Message.objects.filter(
        recipient=editor.email, subject="The password of your account was changed"
    ).exists()


def test_nothing_personal_is_logged(editor, caplog):
    caplog.set_level("DEBUG")
    editor.set_up()
    editor.sign_out()
    editor.give_password()
    editor.post(ASK, {"code": "000000"})
    editor.post(ASK, {"code": editor.new_code()})

    logged = caplog.text
    assert editor.email not in logged
    assert editor.key not in logged


# -- Passkeys: what no browser sends; the ceremony itself is tested in a browser ----------


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "{}",
        "[]",
        "null",
        "1",
        '"x"',
        "\x00",
        '{"id": "\\u0000", "rawId": "AA", "type": "public-key", "response": {}}',
        json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}),
        json.dumps(
            {
                "id": "AA",
                "rawId": "AA",
                "type": "public-key",
                "response": {
                    "clientDataJSON": "AA",
                    "attestationObject": "AA",
                    "authenticatorData": "AA",
                    "signature": "AA",
                },
            }
        ),
        "[" * 10_000,
    ],
    ids=lambda text: ascii(text[:20]),
)
def test_a_passkey_that_is_none_is_answered_in_words(editor, credential):
    editor.set_up()
    added = editor.get("/accounts/2fa/webauthn/add/")
    answers = [editor.post("/accounts/2fa/webauthn/add/", {"credential": credential})]
    editor.sign_out()
    editor.give_password()
    answers.append(editor.post(ASK, {"credential": credential}))

    assert added.status_code == 200
    for answer in answers:
        assert answer.status_code == 200
        assert "The browser gave no passkey" in words(answer)
    assert not editor.is_in()


def test_a_passkey_that_fails_to_confirm_is_told_where_it_was_asked_for(editor, person):
    editor.set_up()
    Authenticator.objects.create(
        user=person("editor"), type="webauthn", data={"name": "Mine", "credential": {}}
    )
    address = "/accounts/2fa/webauthn/reauthenticate/?next=/admin/pages/"

    answer = editor.post(address, {"credential": "{}"})

    assert leads_to(answer) == address.replace("/admin/pages/", "%2Fadmin%2Fpages%2F")


@pytest.mark.parametrize("name", ["\x00", "x" * 1000])
def test_an_odd_name_of_a_passkey_is_answered_in_words(editor, name):
    editor.set_up()

    answer = editor.post("/accounts/2fa/webauthn/add/", {"name": name, "credential": "{}"})

    assert answer.status_code == 200
    assert "The name" in words(answer) or "Enter the name" in words(answer)


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/2fa/webauthn/login/",
        "/accounts/2fa/webauthn/keys/1/edit/",
        "/accounts/2fa/trust/",
    ],
)
def test_there_is_no_way_in_by_a_passkey_alone_or_past_the_code(editor, address):
    editor.set_up()

    assert editor.get(address).status_code == 404
    assert editor.post(address).status_code in {404, 405}


# -- The setting --------------------------------------------------------------------------


def test_without_the_requirement_a_password_is_enough(editor, settings):
    settings.SECOND_FACTOR = "off"

    editor.give_password()

    assert editor.is_in()


def test_the_deployment_check_refuses_passwords_alone(settings):
    settings.SECOND_FACTOR = "off"
    with pytest.raises(SystemCheckError, match="SECOND_FACTOR is off"):
        call_command("check", deploy=True, tags=["security"])

    settings.SECOND_FACTOR = "required"
    call_command("check", deploy=True, tags=["security"])


def test_an_account_that_has_a_factor_is_asked_for_it_without_the_requirement_too(editor, settings):
    editor.set_up()
    editor.sign_out()
    settings.SECOND_FACTOR = "off"

    editor.give_password()

    assert not editor.is_in()


# -- The partner area ---------------------------------------------------------------------

AREA = "/partner/big-alliance/"


def test_a_member_needs_no_factor_to_act_for_a_partner(somebody):
    member = somebody("partner")

    answer = member.give_password(AREA)

    assert leads_to(answer) == AREA
    assert member.get(AREA).status_code == 200


def test_a_member_who_has_a_factor_is_asked_for_it_first(somebody):
    earlier, member = somebody("partner"), somebody("partner")
    earlier.give_password()
    member.set_up()

    assert member.get(AREA).status_code == 200
    assert leads_to(earlier.get(AREA)) == f"{AGAIN}?next=%2Fpartner%2Fbig-alliance%2F"
    assert leads_to(earlier.post(AREA)) == f"{AGAIN}?next=%2Fpartner%2F"


def test_a_password_alone_of_somebody_of_the_cms_opens_nothing_for_members(somebody, person):
    Membership.objects.create(
        user=person("editor"),
        partner=Partner.objects.get(slug="big-alliance"),
        joined_at=timezone.now(),
    )
    editor = somebody("editor")
    editor.give_password(AREA)

    assert leads_to(editor.get(AREA)) == SET_UP

    editor.set_up()

    assert b"Continue to the partner area" in editor.get(CODES).content
    assert editor.get(AREA).status_code == 200
    assert b"Continue to the CMS" in editor.get(CODES).content
