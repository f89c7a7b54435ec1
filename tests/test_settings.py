"""Production refuses to start until all is there and safe; then its headers are strict."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.check_production import EXAMPLE

ROOT = Path(__file__).resolve().parents[1]
VARIABLES = [name for name in EXAMPLE if name != "DJANGO_SETTINGS_MODULE"]


def start(code: str = "print('started')", **environment: str | None) -> subprocess.CompletedProcess:
    """Set up the production settings in a process of their own; None leaves a variable out."""
    bare = {name: value for name, value in os.environ.items() if name not in EXAMPLE}
    values = {**bare, **EXAMPLE, **environment}
    return subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"],
        cwd=ROOT,
        env={name: value for name, value in values.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_every_value_in_place():
    assert start().stdout == "started\n"


def test_mail_comes_from_the_sites_own_host_and_on_this_machine_from_an_example():
    sender = "from django.conf import settings; print(settings.DEFAULT_FROM_EMAIL)"
    here = {"DJANGO_SETTINGS_MODULE": "aspires.settings.dev", "BASE_URL": "http://127.0.0.1:8000"}

    assert start(sender).stdout == "Islington Aspires <no-reply@aspires.example.org>\n"
    assert start(sender, **here).stdout == "Islington Aspires <no-reply@example.org>\n"


def test_production_lists_everything_that_is_missing_at_once():
    result = start(**dict.fromkeys(VARIABLES))

    lines = result.stderr.splitlines()
    assert result.returncode == 1
    assert lines[0] == "The site cannot start:"
    for name in VARIABLES:
        assert sum(line.startswith(f"- {name} ") for line in lines) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", "*"),
        ("BASE_URL", "http://aspires.example.org"),
        ("BASE_URL", "https://elsewhere.example.org"),
        ("DATABASE_URL", "garbage"),
        ("DATABASE_URL", "postgres://"),
        ("CACHE_URL", "garbage"),
        ("CACHE_URL", "redis://127.0.0.1:6379/0"),
        ("LOG_FORMAT", "xml"),
        ("BASE_URL", "https://[bad"),
        ("BASE_URL", "https://aspires.example.org/?x=1"),
        ("EMAIL_URL", "foo://x"),
        ("EMAIL_URL", "smtp://host:abc"),
        ("EMAIL_URL", "file:////tmp/mail"),
        ("SECOND_FACTOR", "off"),
        ("SECOND_FACTOR", "maybe"),
    ],
)
def test_production_refuses_an_unsafe_value(name, value):
    result = start(**{name: value})

    assert result.returncode == 1
    assert f"- {name} " in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("url", "most"), [("db://cache", 10_000), ("db://cache?max_entries=50", 50), (None, 10_000)]
)
def test_a_cache_has_room_for_the_counts_of_attempts(url, most):
    """A full one forgets them first: they come first by name."""
    here = {"DJANGO_SETTINGS_MODULE": "aspires.settings.dev", "CACHE_URL": url}

    show = "print(settings.CACHES['default']['OPTIONS']['MAX_ENTRIES'])"
    seen = start(f"from django.conf import settings; {show}", **here)

    assert seen.stdout == f"{most}\n"


@pytest.mark.parametrize(
    ("value", "line"), [(None, "required\n"), ("required", "required\n"), ("off", "off\n")]
)
def test_on_this_machine_a_second_factor_may_be_switched_off(value, line):
    here = {"DJANGO_SETTINGS_MODULE": "aspires.settings.dev", "SECOND_FACTOR": value}

    seen = start("from django.conf import settings; print(settings.SECOND_FACTOR)", **here)

    assert seen.stdout == line


def test_another_value_for_the_second_factor_stops_with_one_line_everywhere():
    result = start(DJANGO_SETTINGS_MODULE="aspires.settings.dev", SECOND_FACTOR="maybe")

    [line] = result.stderr.splitlines()
    assert result.returncode == 1
    assert line.startswith("SECOND_FACTOR ")
    refused = start(SECOND_FACTOR="maybe").stderr.splitlines()
    assert sum("SECOND_FACTOR" in line for line in refused) == 1


OIDC = {
    "OIDC_ISSUER": "https://login.microsoftonline.com/7a1f2c9e-3b4d-4e5f-8a6b-9c0d1e2f3a4b/v2.0",
    "OIDC_CLIENT_ID": "aspires",
    "OIDC_CLIENT_SECRET": "secret-of-the-client",
}
SHOW_OIDC = "from django.conf import settings; print(json.dumps(settings.OIDC))"


def test_staff_sign_in_elsewhere_only_if_it_is_set():
    assert json.loads(start(f"import json; {SHOW_OIDC}").stdout) == {}


def test_an_identity_provider_needs_three_values_and_has_names_for_its_roles():
    seen = json.loads(start(f"import json; {SHOW_OIDC}", **OIDC, OIDC_ROLE_DESK="spoc").stdout)

    assert seen == {
        "issuer": OIDC["OIDC_ISSUER"],
        "client_id": "aspires",
        "client_secret": "secret-of-the-client",
        "name": "Islington Council",
        "roles": {
            "Administrators": "administrators",
            "Editors": "editors",
            "Enquiry desk": "spoc",
        },
    }


@pytest.mark.parametrize("settings", ["production", "dev"])
@pytest.mark.parametrize("missing", list(OIDC))
def test_half_an_identity_provider_stops_with_one_line(settings, missing):
    module = f"aspires.settings.{settings}"

    result = start(**{**OIDC, missing: "", "DJANGO_SETTINGS_MODULE": module})

    assert result.returncode == 1
    assert f"{missing} is missing" in result.stderr
    assert result.stderr.count("OIDC_") == 2
    assert "secret-of-the-client" not in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "value",
    [
        "http://login.example.org/tenant",
        "http://127.0.0.1:9000/tenant",
        "https://login.microsoftonline.com/common/v2.0",
        "https://login.microsoftonline.com/Organizations/v2.0",
        "https://login.example.org/?tenant=1",
        "https://[bad",
        "garbage",
        f"https://login.example.org/{'x' * 200}",
    ],
)
def test_production_refuses_an_issuer_that_is_unsafe_or_not_one_tenant(value):
    result = start(**{**OIDC, "OIDC_ISSUER": value})

    assert result.returncode == 1
    assert result.stderr.count("- OIDC_ISSUER ") == 1
    assert "Traceback" not in result.stderr


def test_an_issuer_on_this_machine_is_for_trying_it():
    here = {"DJANGO_SETTINGS_MODULE": "aspires.settings.dev"}
    local = "http://127.0.0.1:9000/tenant"

    seen = json.loads(
        start(f"import json; {SHOW_OIDC}", **{**OIDC, "OIDC_ISSUER": local}, **here).stdout
    )

    assert seen["issuer"] == local


def test_production_has_strict_headers_and_cookies():
    code = """
import json
from django.test import Client
from django.conf import settings
plain = Client(SERVER_NAME="aspires.example.org").get("/")
secure = Client(SERVER_NAME="aspires.example.org").get("/livez", secure=True)
print(json.dumps({
    "plain": [plain.status_code, plain["Location"]],
    "headers": dict(secure.headers),
    "cookies": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE,
                settings.SESSION_COOKIE_HTTPONLY, settings.SESSION_COOKIE_SAMESITE],
}))
"""
    seen = json.loads(start(code).stdout)

    assert seen["plain"] == [301, "https://aspires.example.org/"]
    assert seen["cookies"] == [True, True, True, "Lax"]
    headers = seen["headers"]
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_production_passes_the_deployment_check():
    result = subprocess.run(
        [sys.executable, "deploy/check_production.py"],
        cwd=ROOT,
        # Browser tests set it for this process; nobody deploys with it.
        env={name: os.environ[name] for name in os.environ if name != "DJANGO_ALLOW_ASYNC_UNSAFE"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stderr
    assert "0 silenced" in result.stdout
