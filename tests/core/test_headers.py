"""What the browser may do with a page is said by its headers."""

import pytest
from django.http import HttpResponse

from core.middleware import ContentSecurityPolicy, FriendlyNotFound

STRICT = {
    "default-src": {"'none'"},
    "img-src": {"'self'"},
    "style-src": {"'self'"},
    "script-src": {"'self'"},
    "font-src": {"'self'"},
    "connect-src": {"'self'"},
    "form-action": {"'self'"},
    "base-uri": {"'none'"},
    "frame-ancestors": {"'none'"},
}


def policy_of(response):
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {name: set(sources) for name, *sources in parts}


@pytest.mark.parametrize("address", ["/livez", "/accounts/login/", "/start/hire-flexibly/"])
def test_a_public_page_gets_the_strict_policy(client, home, address):
    assert policy_of(client.get(address)) == STRICT


@pytest.mark.parametrize("path", ["/", "/enquire/", "/administration/", "/x/admin/", "/Admin/"])
def test_only_the_cms_has_a_looser_policy(rf, path):
    response = ContentSecurityPolicy(lambda _: HttpResponse())(rf.get(path))

    assert policy_of(response) == STRICT


def test_the_cms_may_run_its_inline_scripts_and_nothing_from_elsewhere(client, person):
    client.force_login(person("editor"))

    policy = policy_of(client.get("/admin/"))

    assert policy["script-src"] == {"'self'", "'unsafe-inline'"}
    assert policy["style-src"] == {"'self'", "'unsafe-inline'"}
    assert policy["img-src"] == {"'self'", "data:", "blob:"}
    assert policy["frame-src"] == {"'self'"}
    assert {name: policy[name] for name in ("default-src", "form-action", "base-uri")} == {
        name: STRICT[name] for name in ("default-src", "form-action", "base-uri")
    }


@pytest.mark.parametrize("address", ["/", "/admin/", "/accounts/password/change/"])
def test_no_policy_holds_a_nonce(client, person, address):
    client.force_login(person("editor"))

    response = client.get(address)

    assert response.status_code == 200
    assert "nonce-" not in response["Content-Security-Policy"]
    assert b"nonce=" not in response.content


@pytest.mark.parametrize("address", ["/livez", "/accounts/login/", "/admin/"])
def test_no_page_may_stand_in_a_frame_or_send_its_address_away(client, home, address):
    response = client.get(address)

    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver@evil"])
def test_a_host_that_is_not_ours_is_refused(client, home, host):
    assert client.get("/accounts/login/", HTTP_HOST=host).status_code == 400


def test_a_forwarded_host_is_not_believed(client, home):
    response = client.get("/admin/", HTTP_X_FORWARDED_HOST="evil.example")

    assert "evil.example" not in response["Location"]


def test_livez_answers_without_touching_the_database(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/livez")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]
    assert client.post("/livez").status_code == 405


def test_in_development_a_missing_page_looks_like_the_real_one(rf, home):
    technical = HttpResponse("Using the URLconf defined in aspires.urls", status=404)

    response = FriendlyNotFound(lambda _: technical)(rf.get("/nowhere/"))

    assert response.status_code == 404
    assert b"URLconf" not in response.content


@pytest.mark.parametrize("status", [200, 404])
def test_in_development_every_other_answer_is_left_alone(rf, status):
    answer = HttpResponse("Page not found", status=status)

    assert FriendlyNotFound(lambda _: answer)(rf.get("/")) is answer
