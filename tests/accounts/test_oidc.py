"""Staff sign in at the council's identity provider; without one there is no such door."""

import logging
import re
import time
from urllib.parse import parse_qsl, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from accounts import provider, services
from accounts.models import User
from accounts.refusals import AddressTaken
from accounts.views import NONCE
from core.logs import HideTokens
from home.demo.loader import PASSWORD
from outbox.models import Message
from tests import totp
from tests.accounts import issuer as stub
from tests.accounts.conftest import ASK, SET_UP
from tests.accounts.issuer import TENANT, Issuer

START, BACK = "/accounts/oidc/", "/accounts/oidc/callback/"
NEW = "new.person@example.org"
EDITOR = {"roles": ["editors"]}
ANOTHER = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def issuer():
    issuer = Issuer()
    yield issuer
    issuer.stop()


@pytest.fixture
def switched_on(issuer, home, settings):
    """The site with the identity provider; who comes from there is an editor at first."""
    settings.OIDC = {
        "issuer": issuer.url,
        "client_id": stub.CLIENT,
        "client_secret": stub.SECRET,
        "name": "Islington Council",
        "roles": {
            "Administrators": "administrators",
            "Editors": "editors",
            "Enquiry desk": "desk",
        },
    }
    issuer.claims = dict(EDITOR)
    return issuer


@pytest.fixture
def sign_in_as(client, person):
    def sign_in_as(name):
        if name != "anonymous":
            client.force_login(person(name))
        return client

    return sign_in_as


def words(response):
    return response.content.decode()


def begin(browser, next_page=""):
    """Press the button: the address at the provider to which the page leads."""
    page = browser.post(START, {"next": next_page})
    assert page.status_code == 200
    return page.context["there"]


def there_and_back(browser, issuer, next_page=""):
    back = urlsplit(issuer.authorize(begin(browser, next_page)))
    return browser.get(f"{back.path}?{back.query}")


def is_signed_in(browser):
    return "_auth_user_id" in browser.session


def groups_of(email=NEW):
    return set(User.objects.get(email=email).groups.values_list("name", flat=True))


# -- Off ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        START,
        BACK,
        f"{BACK}?code=x&state=y",
        "/accounts/oidc/openid_connect/login/",
        "/accounts/3rdparty/",
        "/accounts/3rdparty/signup/",
        "/accounts/3rdparty/login/cancelled/",
        "/accounts/3rdparty/login/error/",
        "/accounts/social/connections/",
        "/accounts/social/signup/",
        "/accounts/password/set/",
    ],
)
@pytest.mark.parametrize("method", ["get", "post", "head"])
def test_without_a_provider_there_is_no_such_address(client, home, address, method):
    assert getattr(client, method)(address).status_code == 404


@pytest.mark.parametrize("name", ["anonymous", "editor"])
def test_allauths_own_pages_stay_closed_with_a_provider_too(switched_on, sign_in_as, name):
    browser = sign_in_as(name)

    for page in ("", "signup/", "connections/", "login/error/", "login/cancelled/"):
        assert browser.get(f"/accounts/3rdparty/{page}").status_code == 404


def test_without_a_provider_the_sign_in_page_says_nothing_of_it(client, home):
    page = words(client.get("/accounts/login/"))

    assert "oidc" not in page
    assert page.count("<form") == 1 + page.count('role="search"')


def test_without_a_provider_its_tables_are_never_asked(client, sign_in):
    with CaptureQueriesContext(connection) as asked:
        client.get("/accounts/login/")
        sign_in()
        client.get("/admin/")
        client.post("/accounts/password/reset/", {"email": "editor@example.org"})

    assert is_signed_in(client)
    assert not [query["sql"] for query in asked if "socialaccount" in query["sql"]]


# -- Who comes in ---------------------------------------------------------------------------


def test_the_sign_in_page_offers_it_by_name(client, switched_on):
    page = words(client.get("/accounts/login/", {"next": "/admin/pages/"}))

    assert "Sign in with Islington Council" in page
    assert f'action="{START}"' in page
    assert page.count('name="next" value="/admin/pages/"') == 2


def test_following_a_link_begins_nothing(client, switched_on):
    answer = client.get(START)

    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/")
    assert not client.session.keys()
    assert switched_on.asked == []


@pytest.mark.parametrize(
    ("role", "group"),
    [("administrators", "Administrators"), ("editors", "Editors"), ("desk", "Enquiry desk")],
)
def test_a_role_opens_its_group_at_the_first_sign_in(client, switched_on, role, group):
    switched_on.claims = {"roles": [role, "something-else"]}

    answer = there_and_back(client, switched_on)

    user = User.objects.get(email=NEW)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert groups_of() == {group}
    assert (user.first_name, user.last_name) == ("New", "Person")
    assert not user.is_superuser
    assert not user.is_staff
    assert not user.has_usable_password()
    assert client.get("/admin/").status_code == 200


def test_what_happened_is_in_the_history_of_the_account(client, switched_on):
    there_and_back(client, switched_on)

    entries = ModelLogEntry.objects.for_instance(User.objects.get(email=NEW))
    assert set(entries.values_list("action", flat=True)) == {
        "accounts.make_staff",
        "accounts.set_groups",
    }
    assert entries.get(action="accounts.set_groups").data == {"added": ["Editors"], "removed": []}


def test_somebody_is_known_again_by_the_subject_whatever_else_changed(client, switched_on):
    there_and_back(client, switched_on)
    switched_on.claims = {**EDITOR, "email": "married@example.org", "family_name": "Other"}

    answer = there_and_back(Client(), switched_on)

    assert answer["Location"] == "/admin/"
    assert SocialAccount.objects.count() == 1
    assert not User.objects.filter(email="married@example.org").exists()


def test_roles_are_followed_at_each_sign_in_both_ways(client, switched_on):
    there_and_back(client, switched_on)
    own = Group.objects.create(name="First aiders")
    User.objects.get(email=NEW).groups.add(own, Group.objects.get(name="Administrators"))

    switched_on.claims = {"roles": ["desk"]}
    there_and_back(client, switched_on)

    assert groups_of() == {"Enquiry desk", "First aiders"}


def test_who_loses_every_role_loses_the_groups_and_is_refused(client, switched_on):
    there_and_back(client, switched_on)
    switched_on.claims = {"roles": []}
    other = Client()

    answer = there_and_back(other, switched_on)

    assert answer.status_code == 403
    assert "you have no role here" in words(answer)
    assert not is_signed_in(other)
    assert groups_of() == set()
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    "roles", [None, [], ["Editors"], ["editors "], "editors", {"editors": 1}, [["editors"], 7, {}]]
)
def test_nobody_comes_in_without_a_role_of_this_site(client, switched_on, roles):
    before = User.objects.count()
    switched_on.claims = {"roles": roles}

    answer = there_and_back(client, switched_on)

    assert answer.status_code == 403
    assert "you have no role here" in words(answer)
    assert not is_signed_in(client)
    assert User.objects.count() == before
    assert not SocialAccount.objects.exists()


def test_roles_never_make_a_superuser_nor_end_one(client, switched_on):
    switched_on.claims = {"roles": ["administrators"], "is_superuser": True, "is_staff": True}
    there_and_back(client, switched_on)
    assert not User.objects.get(email=NEW).is_superuser

    User.objects.filter(email=NEW).update(is_superuser=True)
    switched_on.claims = EDITOR
    there_and_back(client, switched_on)

    assert User.objects.get(email=NEW).is_superuser
    assert groups_of() == {"Editors"}


def test_a_closed_account_stays_closed(client, switched_on):
    there_and_back(client, switched_on)
    User.objects.filter(email=NEW).update(is_active=False)
    other = Client()

    answer = there_and_back(other, switched_on)

    assert "This account is closed" in words(other.get(answer["Location"]))
    assert not is_signed_in(other)
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    "claims",
    [
        {"email": None, "preferred_username": NEW},
        {"email": "no address", "preferred_username": None, "upn": "NEW.Person@example.org"},
        {"email": ["x"], "upn": NEW},
    ],
)
def test_the_address_comes_from_the_first_claim_that_is_one(client, switched_on, claims):
    switched_on.claims = {**EDITOR, **claims}

    there_and_back(client, switched_on)

    assert groups_of(NEW) == {"Editors"}


@pytest.mark.parametrize(
    "email", [None, "", "x", "a@b\x00.org", "\ud800@example.org", 7, "x" * 300]
)
def test_without_an_address_there_is_no_account(client, switched_on, email):
    switched_on.claims = {**EDITOR, "email": email}

    answer = there_and_back(client, switched_on)

    assert answer.status_code == 403
    assert "gave us no email address" in words(answer)
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Zoë\x00\ud800\u202e", "Zoë"),
        ("<script>", "<script>"),
        ("x" * 100_000, "x" * 150),
        (7, ""),
        ("İpek", "İpek"),
    ],
)
def test_names_are_kept_as_far_as_they_can_be(client, switched_on, given, kept):
    switched_on.claims = {**EDITOR, "given_name": given, "name": None}

    assert there_and_back(client, switched_on)["Location"] == "/admin/"

    assert User.objects.get(email=NEW).first_name == kept


def test_nothing_of_the_token_is_kept(client, switched_on):
    there_and_back(client, switched_on)

    assert SocialAccount.objects.get().extra_data == {}
    assert not SocialToken.objects.exists()
    assert "for-nobody" not in str(dict(client.session))


# -- Accounts are not taken over --------------------------------------------------------------


@pytest.mark.parametrize("email", ["editor@example.org", "EDITOR@example.org"])
def test_an_account_with_a_password_is_not_taken_over(client, switched_on, email):
    switched_on.claims = {"roles": ["administrators"], "email": email, "email_verified": True}

    answer = there_and_back(client, switched_on)

    assert answer.status_code == 403
    assert "There is already an account with your email address" in words(answer)
    assert "ask an administrator" in words(answer)
    assert not is_signed_in(client)
    assert groups_of("editor@example.org") == {"Editors"}
    assert not SocialAccount.objects.exists()


def test_another_subject_with_the_same_address_does_not_take_over(client, switched_on):
    there_and_back(client, switched_on)
    switched_on.claims = {**EDITOR, "sub": "subject-2"}
    other = Client()

    answer = there_and_back(other, switched_on)

    assert answer.status_code == 403
    assert "There is already an account" in words(answer)
    assert not is_signed_in(other)


def test_the_same_subject_of_another_issuer_is_somebody_else(client, switched_on, settings):
    there_and_back(client, switched_on)
    second = Issuer()
    second.claims = dict(EDITOR)
    settings.OIDC = {**settings.OIDC, "issuer": second.url}
    other = Client()

    answer = there_and_back(other, second)
    second.stop()

    assert answer.status_code == 403
    assert not is_signed_in(other)


def test_two_first_sign_ins_at_once_make_one_account(switched_on, settings):
    def come_in():
        account = SocialAccount(provider=settings.OIDC["issuer"], uid="subject-1")
        return services.make_staff(account=account, email=NEW, first_name="", last_name="")

    assert come_in() == come_in()
    assert SocialAccount.objects.count() == 1


def test_an_address_that_was_taken_meanwhile_is_refused(switched_on, settings):
    account = SocialAccount(provider=settings.OIDC["issuer"], uid="subject-9")

    with pytest.raises(AddressTaken):
        services.make_staff(account=account, email="desk@example.org", first_name="", last_name="")


# -- No other door ----------------------------------------------------------------------------


def give_staff_a_password():
    user = User.objects.get(email=NEW)
    user.set_password(PASSWORD)
    user.save()


def test_an_account_of_the_provider_has_no_second_door(client, switched_on, sign_in):
    there_and_back(Client(), switched_on)
    give_staff_a_password()

    answer = sign_in(NEW)

    assert answer.status_code == 403
    assert "Sign in with Islington Council" in words(answer)
    assert not is_signed_in(client)


def test_an_account_of_the_provider_gets_no_link_to_a_password(client, switched_on, settings):
    settings.EMAIL_BACKEND = "outbox.mail.OutboxBackend"
    there_and_back(Client(), switched_on)

    answer = client.post("/accounts/password/reset/", {"email": NEW})

    assert answer.status_code == 302
    assert not Message.objects.exists()


def test_somebody_signed_in_by_the_provider_cannot_make_a_password(client, switched_on):
    there_and_back(client, switched_on)

    answer = client.get("/accounts/password/change/", follow=True)

    assert answer.status_code == 404


def test_without_the_provider_the_account_opens_by_password_again(
    client, switched_on, sign_in, settings
):
    there_and_back(Client(), switched_on)
    give_staff_a_password()
    settings.OIDC = {}

    sign_in(NEW)

    assert is_signed_in(client)


def test_a_local_superuser_comes_in_while_the_provider_is_down(client, switched_on, sign_in):
    User.objects.create_superuser("glass@example.org", PASSWORD)
    switched_on.stop()

    sign_in("glass@example.org")

    assert client.get("/admin/").status_code == 200


def test_signing_out_ends_the_session_here(client, switched_on):
    there_and_back(client, switched_on)

    client.post("/accounts/logout/")

    assert not is_signed_in(client)
    assert client.get("/admin/").status_code == 302


def test_coming_in_gives_a_new_session_and_replaces_who_was_there(client, switched_on, person):
    client.force_login(person("desk"))
    before = client.session.session_key

    there_and_back(client, switched_on)

    assert client.session.session_key != before
    assert client.session["_auth_user_id"] == str(User.objects.get(email=NEW).pk)


# -- There and back -----------------------------------------------------------------------------


def test_only_what_is_needed_is_asked_for_with_pkce_state_and_nonce(client, switched_on, settings):
    settings.BASE_URL = "https://aspires.example.org"

    asked = dict(parse_qsl(urlsplit(begin(client)).query))

    assert asked["redirect_uri"] == f"https://aspires.example.org{BACK}"
    assert asked["response_type"] == "code"
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["code_challenge"]) == 43
    assert len(asked["nonce"]) == NONCE
    assert len(asked["state"]) >= 16
    assert asked.keys() == {
        *("client_id", "redirect_uri", "response_type", "scope", "state", "nonce"),
        *("code_challenge", "code_challenge_method"),
    }


def test_nothing_of_the_request_reaches_the_provider(client, switched_on):
    page = client.post(
        f"{START}?scope=everything&auth_params=prompt%3Dnone&process=connect&action=rerequest",
        {"process": "connect", "scope": "everything"},
    )

    asked = dict(parse_qsl(urlsplit(page.context["there"]).query))
    assert "everything" not in asked["scope"]
    assert "prompt" not in asked
    [[state, *_]] = client.session["socialaccount_states"].values()
    assert state["process"] == "login"


def test_each_sign_in_has_a_state_a_nonce_and_a_challenge_of_its_own(client, switched_on):
    one, two = (dict(parse_qsl(urlsplit(begin(client)).query)) for _ in range(2))

    assert not {one[name] for name in ("state", "nonce", "code_challenge")} & {*two.values()}


def test_the_code_is_worth_nothing_without_the_verifier(client, switched_on):
    back = urlsplit(switched_on.authorize(begin(client)))
    session = client.session
    [[state, *_]] = session["socialaccount_states"].values()
    assert len(state["pkce_code_verifier"]) >= 43
    state["pkce_code_verifier"] = "another"
    session.save()

    answer = client.get(f"{back.path}?{back.query}")

    assert switched_on.sent["code_verifier"] == "another"
    assert answer.status_code == 403
    assert not is_signed_in(client)


def test_what_came_back_once_opens_nothing_a_second_time(client, switched_on):
    back = urlsplit(switched_on.authorize(begin(client)))
    address = f"{back.path}?{back.query}"
    client.get(address)
    client.post("/accounts/logout/")

    answer = client.get(address)

    assert answer.status_code == 403
    assert "This sign-in was used already" in words(answer)
    assert not is_signed_in(client)


def test_what_came_back_opens_nothing_in_another_browser(client, switched_on):
    back = urlsplit(switched_on.authorize(begin(client)))
    other = Client()
    begin(other)

    answer = other.get(f"{back.path}?{back.query}")

    assert answer.status_code == 403
    assert not is_signed_in(other)


def test_after_10_minutes_what_came_back_opens_nothing(client, switched_on, clock):
    back = urlsplit(switched_on.authorize(begin(client)))
    clock.forward(601)

    assert client.get(f"{back.path}?{back.query}").status_code == 403
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "query",
    [
        *("", "state=x", "code=x", "code=x&state=x", "state=%00&code=%00", "state=%ED%A0%80"),
        *("state=", "code=" + "x" * 5_000),
    ],
)
@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_who_comes_back_without_having_begun_is_refused_in_words(
    client, switched_on, query, method
):
    answer = getattr(client, method)(f"{BACK}?{query}")

    assert answer.status_code == (403 if method == "get" else 405)
    assert not is_signed_in(client)
    if method == "get":
        assert "Sign in again" in words(answer)


def test_looking_at_the_address_does_not_use_it_up(client, switched_on):
    back = urlsplit(switched_on.authorize(begin(client)))
    address = f"{back.path}?{back.query}"

    client.head(address)

    assert client.get(address)["Location"] == "/admin/"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("error=access_denied", "was stopped before it was finished"),
        ("error=server_error&error_description=<b>evil</b>", "could not be checked"),
        ("error=%00%ED%A0%80", "could not be checked"),
        ("code=x&iss=https://evil.example", "could not be checked"),
    ],
)
def test_a_failure_at_the_provider_is_told_in_our_words(client, switched_on, query, said):
    state = dict(parse_qsl(urlsplit(begin(client)).query))["state"]

    answer = client.get(f"{BACK}?state={state}&{query}")

    assert answer.status_code == 403
    assert said in words(answer)
    assert "evil" not in words(answer)
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("next_page", "leads_to"),
    [
        ("/admin/pages/", "/admin/pages/"),
        ("", "/admin/"),
        ("https://evil.example/", "/admin/"),
        ("//evil.example/", "/admin/"),
        ("javascript:alert(1)", "/admin/"),
        ("/\\evil.example", "/admin/"),
        ("//[", "/admin/"),
        ("\x00", "/admin/"),
    ],
)
def test_signing_in_leads_only_to_pages_of_this_site(client, switched_on, next_page, leads_to):
    assert there_and_back(client, switched_on, next_page)["Location"] == leads_to


def test_a_page_added_on_the_way_back_leads_nowhere_else(client, switched_on):
    back = urlsplit(switched_on.authorize(begin(client)))

    answer = client.get(f"{back.path}?{back.query}&next=https://evil.example/")

    assert answer["Location"] == "/admin/"


def test_the_pages_are_stored_nowhere_and_lead_there_without_a_script(client, switched_on):
    page = client.post(START)

    assert "no-store" in page["Cache-Control"]
    assert "form-action 'self'" in page["Content-Security-Policy"]
    assert re.search(
        r'<meta http-equiv="refresh" content="0; url=http://127[^"]*&amp;', words(page)
    )
    assert "<script" not in words(page).replace('<script src="/static/', "")
    assert "no-store" in client.get(BACK)["Cache-Control"]


def test_the_way_back_is_not_in_the_log(settings):
    record = logging.makeLogRecord({"msg": "Forbidden: %s", "args": (f"{BACK}?code=secret",)})

    HideTokens(settings.TOKEN_ADDRESSES).filter(record)

    assert "secret" not in record.getMessage()


def test_what_is_logged_of_a_refusal_holds_nothing_personal(client, switched_on, caplog):
    switched_on.claims = {**EDITOR, "nonce": "another"}

    there_and_back(client, switched_on)

    assert "NotTrusted another nonce" in caplog.text
    for private in (NEW, "subject-1", stub.SECRET, switched_on.sent["code"]):
        assert private not in caplog.text


# -- What the provider says is checked ------------------------------------------------------------


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"nonce": ["x"]},
        {"aud": "another-site"},
        {"aud": [stub.CLIENT, "another-site"]},
        {"aud": None},
        {"azp": "another-site"},
        {"iss": "https://login.example.org/" + ANOTHER},
        {"iss": None},
        {"tid": ANOTHER},
        pytest.param({"exp": int(time.time()) - 3_600}, id="over"),
        {"exp": None},
        pytest.param({"iat": int(time.time()) + 3_600}, id="made later"),
        {"iat": None},
        pytest.param({"nbf": int(time.time()) + 3_600}, id="not yet"),
        {"sub": None},
        {"sub": ""},
        {"sub": " "},
        {"sub": 7},
        {"sub": "a\x00b"},
        {"sub": "\ud800"},
        {"sub": "x" * 192},
    ],
    ids=ascii,
)
def test_a_token_with_a_wrong_claim_opens_nothing(client, switched_on, claims):
    switched_on.claims = {**EDITOR, **claims}

    answer = there_and_back(client, switched_on)

    assert answer.status_code == 403
    assert "could not be checked" in words(answer)
    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()


def test_small_differences_of_clocks_do_no_harm(client, switched_on):
    switched_on.claims = {**EDITOR, "exp": int(time.time()) - 30, "iat": int(time.time()) + 30}

    assert there_and_back(client, switched_on)["Location"] == "/admin/"


@pytest.mark.parametrize(
    ("key", "algorithm", "kid"),
    [
        (stub.ANOTHER_KEY, "RS256", stub.KID),
        (stub.KEY, "RS256", "key-2"),
        (None, "none", stub.KID),
        ("x" * 64, "HS256", stub.KID),
    ],
    ids=["another key", "unknown key", "no signature", "a secret for a key"],
)
def test_a_token_that_the_provider_did_not_sign_opens_nothing(
    client, switched_on, key, algorithm, kid
):
    switched_on.key, switched_on.algorithm, switched_on.kid = key, algorithm, kid

    answer = there_and_back(client, switched_on)

    assert answer.status_code == 403
    assert not is_signed_in(client)


def test_a_token_changed_on_the_way_opens_nothing(client, switched_on, monkeypatch):
    encode = jwt.encode

    def change(claims, *args, **kwargs):
        head, _, signature = encode(claims, *args, **kwargs).split(".")
        _, body, _ = encode({**claims, "roles": ["administrators"]}, *args, **kwargs).split(".")
        return f"{head}.{body}.{signature}"

    monkeypatch.setattr(jwt, "encode", change)

    assert there_and_back(client, switched_on).status_code == 403
    assert not is_signed_in(client)


# -- The provider is unwell -----------------------------------------------------------------------

DISCOVERY = f"/{TENANT}/v2.0/.well-known/openid-configuration"
AT_THE_MOMENT = "You cannot sign in with Islington Council at the moment"


@pytest.mark.parametrize(
    "broken",
    [
        (500, "{}"),
        (200, "<html>"),
        (200, "[]"),
        (200, "{}"),
        (200, "7"),
        (302, "{}"),
        (200, "x" * 2_000_000),
    ],
    ids=lambda broken: f"{broken[0]} {broken[1][:6]}",
)
@pytest.mark.parametrize("path", [DISCOVERY, "/keys", "/token"])
def test_an_answer_that_makes_no_sense_is_told_in_words(client, switched_on, path, broken):
    if path == DISCOVERY:
        switched_on.broken[path] = broken
        answer = client.post(START)
        assert answer.status_code == 503
    else:
        back = urlsplit(switched_on.authorize(begin(client)))
        switched_on.broken[path] = broken
        answer = client.get(f"{back.path}?{back.query}")
        assert answer.status_code in (403, 503)

    assert "Try again" in words(answer) or "Sign in again" in words(answer)
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "discovery",
    [
        {"issuer": "https://login.example.org/other"},
        {"issuer": None},
        {"token_endpoint": "https://["},
        {"token_endpoint": "ftp://127.0.0.1/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": None},
    ],
    ids=ascii,
)
def test_a_provider_that_speaks_for_another_or_leads_astray_is_not_used(
    client, switched_on, discovery
):
    switched_on.discovery = discovery

    answer = client.post(START)

    assert answer.status_code == 503
    assert AT_THE_MOMENT in words(answer)


def test_a_provider_that_is_down_is_told_in_words(client, switched_on):
    switched_on.stop()

    answer = client.post(START)

    assert answer.status_code == 503
    assert AT_THE_MOMENT in words(answer)
    assert "Try again in a few minutes" in words(answer)


@pytest.mark.parametrize("path", [DISCOVERY, "/token", "/keys"])
def test_a_provider_that_hangs_keeps_nobody(client, switched_on, monkeypatch, path):
    monkeypatch.setattr(provider, "ANSWER_WITHIN", 0.3)
    switched_on.hang = {path}
    started = time.monotonic()

    answer = client.post(START) if path == DISCOVERY else there_and_back(client, switched_on)

    assert answer.status_code == 503
    assert AT_THE_MOMENT in words(answer)
    assert time.monotonic() - started < 5
    assert not is_signed_in(client)


def test_while_it_is_down_it_is_not_asked_by_everybody(client, switched_on):
    switched_on.broken[DISCOVERY] = (500, "{}")

    for _ in range(3):
        assert client.post(START).status_code == 503

    assert switched_on.asked == [DISCOVERY]


def test_the_limits_of_time_are_short():
    assert (provider.CONNECT_WITHIN, provider.ANSWER_WITHIN) == (3, 5)


# -- Second factors -------------------------------------------------------------------------------


@pytest.fixture
def required(settings, clock, monkeypatch):
    settings.SECOND_FACTOR = "required"
    # The transaction around a test never commits, and allauth tells at the commit what it did.
    monkeypatch.setattr(transaction, "on_commit", lambda told, **_: told())
    return clock


@pytest.mark.parametrize("amr", [["pwd", "mfa"], ["mfa"]])
def test_a_second_factor_that_the_provider_asked_for_counts(client, switched_on, required, amr):
    switched_on.claims = {**EDITOR, "amr": amr}

    there_and_back(client, switched_on)

    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("amr", [None, [], ["pwd"], "mfa", ["MFA"], ["otp"], {"mfa": 1}])
def test_without_one_ours_is_set_up_and_asked_for(client, switched_on, required, amr):
    switched_on.claims = {**EDITOR, "amr": amr}
    there_and_back(client, switched_on)
    assert client.get("/admin/")["Location"] == SET_UP
    key = client.get(SET_UP).context["form"].secret
    client.post(SET_UP, {"code": totp.code_of(key)})
    assert client.get("/admin/").status_code == 200
    other = Client()

    asked = there_and_back(other, switched_on, "/admin/pages/")

    assert asked["Location"] == ASK
    assert not is_signed_in(other)
    required.forward(totp.PERIOD)
    answer = other.post(ASK, {"code": totp.code_of(key)})
    assert answer["Location"] == "/admin/pages/"
    assert other.get("/admin/").status_code == 200


def test_a_factor_the_provider_asked_for_stands_in_for_the_one_here(client, switched_on, required):
    there_and_back(client, switched_on)
    key = client.get(SET_UP).context["form"].secret
    client.post(SET_UP, {"code": totp.code_of(key)})
    switched_on.claims = {**EDITOR, "amr": ["mfa"]}
    other = Client()

    there_and_back(other, switched_on)

    assert other.get("/admin/").status_code == 200


def test_what_the_provider_vouched_for_ends_with_its_being_switched_off(
    client, switched_on, required, settings
):
    switched_on.claims = {**EDITOR, "amr": ["mfa"]}
    there_and_back(client, switched_on)
    settings.OIDC = {}

    assert client.get("/admin/").status_code == 302


def test_a_factor_the_provider_asked_of_one_person_opens_nothing_for_another(
    client, switched_on, required, person
):
    switched_on.claims = {**EDITOR, "amr": ["mfa"]}
    there_and_back(client, switched_on)
    client.force_login(person("editor"))

    assert client.get("/admin/").status_code == 302
