"""What the browser may do with a page is said by its headers."""

import pytest
from django.db import OperationalError
from django.http import Http404, HttpResponse

from core.middleware import FriendlyNotFound, SecurityHeaders

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
    "require-trusted-types-for": {"'script'"},
}
EVERYWHERE = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def policy_of(response):
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {name: set(sources) for name, *sources in parts}


@pytest.mark.parametrize("address", ["/livez", "/accounts/login/", "/start/hire-flexibly/"])
def test_a_public_page_gets_the_strict_policy(client, home, address):
    assert policy_of(client.get(address)) == STRICT


@pytest.mark.parametrize("path", ["/", "/enquire/", "/administration/", "/x/admin/", "/Admin/"])
def test_only_the_cms_has_a_looser_policy(rf, path):
    response = SecurityHeaders(lambda _: HttpResponse())(rf.get(path))

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


def set_everywhere(response) -> dict[str, str]:
    return {name: response.get(name) for name in EVERYWHERE}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/livez", 200),
        ("/", 200),
        ("/accounts/login/", 200),
        ("/enquire/", 200),
        ("/admin/", 302),
        ("/privacy", 301),
        ("/favicon.ico", 302),
        ("/no-such-page/", 404),
    ],
)
def test_every_answer_has_every_header(client, home, address, status):
    response = client.get(address)

    assert response.status_code == status
    assert set_everywhere(response) == EVERYWHERE


def test_the_door_tells_nobody_where_somebody_came_from(client, home):
    response = client.get("/start/hire-flexibly/")

    assert set_everywhere(response) == {**EVERYWHERE, "Referrer-Policy": "no-referrer"}


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver@evil"])
@pytest.mark.parametrize("redirects_to_https", [False, True])
def test_a_host_that_is_not_ours_is_refused_with_every_header(
    settings, client, home, host, redirects_to_https
):
    settings.SECURE_SSL_REDIRECT = redirects_to_https

    response = client.get("/accounts/login/", HTTP_HOST=host)

    assert response.status_code == 400
    assert policy_of(response) == STRICT
    assert set_everywhere(response) == EVERYWHERE


@pytest.mark.parametrize(
    ("error", "status"), [(ZeroDivisionError, 500), (OperationalError, 503), (Http404, 404)]
)
def test_an_error_has_every_header(client, home, monkeypatch, error, status):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr("impact.views.render", fail)
    client.raise_request_exception = False

    response = client.get("/impact/")

    assert response.status_code == status
    assert policy_of(response) == STRICT
    assert set_everywhere(response) == EVERYWHERE


@pytest.mark.parametrize(
    ("status", "runs_inline"), [(200, False), (404, False), (400, True), (500, True)]
)
def test_with_debug_only_djangos_technical_pages_may_run_inline_scripts(
    settings, rf, status, runs_inline
):
    settings.DEBUG = True

    response = SecurityHeaders(lambda _: HttpResponse(status=status))(rf.get("/"))

    policy = policy_of(response)
    assert ("'unsafe-inline'" in policy["script-src"]) is runs_inline
    assert {**policy, "script-src": {"'self'"}, "style-src": {"'self'"}} == STRICT


def test_an_unchanged_static_file_has_every_header(settings, client, tmp_path):
    (tmp_path / "site.css").write_text("p {color: red}")
    settings.STATIC_ROOT = tmp_path
    fresh = client.get("/static/site.css")

    unchanged = client.get("/static/site.css", HTTP_IF_NONE_MATCH=fresh["ETag"])

    assert [fresh.status_code, unchanged.status_code] == [200, 304]
    for response in (fresh, unchanged):
        assert policy_of(response) == STRICT
        assert set_everywhere(response) == EVERYWHERE
        assert "Access-Control-Allow-Origin" not in response


def test_trusted_types_are_asked_for_unless_somebody_may_be_signed_in(settings, rf):
    request = rf.get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"

    response = SecurityHeaders(lambda _: HttpResponse())(request)

    assert policy_of(response) == {
        name: sources for name, sources in STRICT.items() if name != "require-trusted-types-for"
    }


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
