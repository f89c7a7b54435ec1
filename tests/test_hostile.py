"""
Hostile text in every parameter, path and method of the public site: a clear answer, never a 500.

Each text goes into all parameters of a page, or fields of a form, at once; `test_generated.py`
tries each by itself. Every day each method meets each page with a few texts. With HOSTILE_FULL=1 it
meets all of them, and they go into each field of a form by itself.
"""

import os
from itertools import product
from urllib.parse import quote

import pytest
from django.test import Client

from enquiries.views import DRAFTS
from tests.hostile import CORPUS, FORMS, GOOD

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FULL = os.environ.get("HOSTILE_FULL") == "1"
PAGES = [
    "/",
    "/ways-to-get-involved/",
    "/ways-to-get-involved/hire-flexibly/",
    "/case-studies/",
    "/case-studies/kings-cross-jobs/",
    "/case-studies/feed/",
    "/partners/",
    "/partners/timewise/",
    "/impact/",
    "/search/",
    "/what-suits-us/",
    "/about/",
    "/start/hire-flexibly/",
    "/enquire/",
    "/enquire/check/",
    "/enquire/sent/x/",
    "/track/",
    "/track/x/",
    "/track/x/add/",
    "/track/x/email/y/",
    "/contact/website/",
    "/contact/website/sent/x/",
    "/privacy/",
    "/privacy/x/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/robots.txt",
    "/sitemap.xml",
    "/livez",
    "/readyz",
]
PREFIXES = [
    "/",
    "/case-studies/",
    "/partners/",
    "/start/",
    "/enquire/sent/",
    "/track/",
    "/contact/website/sent/",
    "/privacy/",
    "/ways-to-get-involved/",
]
PARAMETERS = [
    *("q", "page", "type", "offer", "sector", "size", "tag", "via", "next", "topic", "x"),
    *("goal", "hours", "p"),
]
METHODS = ["HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]
TAKEN = {"'; DROP TABLE enquiries_enquiry; --", "<script>alert(1)</script>", "{}", "null"}
FEW = ["\x00", '"', "a" * 10_000, "%00"]


@pytest.fixture
def visitor(settings) -> Client:
    """Somebody whom no limit on attempts stops, and whose failing answers are looked at too."""
    settings.ACCOUNT_RATE_LIMITS = False
    return Client(raise_request_exception=False)


def answered(response, what: object) -> None:
    assert response.status_code < 500, what
    if response.status_code in {200, 404, 409, 422} and "html" in response["Content-Type"]:
        assert b"<h1" in response.content, what


@pytest.mark.parametrize("text", CORPUS, ids=lambda text: ascii(text[:20]))
def test_hostile_text_in_parameters(visitor, text):
    for path in PAGES:
        response = visitor.get(path, dict.fromkeys(PARAMETERS, text))
        if path not in {"/livez", "/readyz"}:
            answered(response, (path, text[:50]))


@pytest.mark.parametrize("text", CORPUS, ids=lambda text: ascii(text[:20]))
def test_hostile_text_in_paths(visitor, text):
    for prefix in PREFIXES:
        for path in (f"{prefix}{quote(text, safe='')}/", f"{prefix}{quote(text)}"):
            answered(visitor.get(path), path[:80])


@pytest.mark.parametrize("text", CORPUS, ids=lambda text: ascii(text[:20]))
def test_hostile_text_in_forms(visitor, text):
    for path, fields in FORMS.items():
        together = [dict.fromkeys(fields, text), {**GOOD, "message": text}]
        alone = [{**GOOD, name: text} for name in fields]
        for data in together + (alone if FULL else []):
            answered(visitor.post(path, data), (path, data.keys(), text[:50]))
        if path == "/enquire/":
            answered(visitor.get("/enquire/check/"), text[:50])
            assert visitor.session.get(DRAFTS) or text not in TAKEN


def test_odd_methods_on_every_page(visitor):
    for path, method in product(PAGES, METHODS):
        for text in CORPUS if FULL else FEW:
            response = visitor.generic(method, path, data=text, QUERY_STRING=quote(f"q={text}"))
            if path not in {"/livez", "/readyz"}:
                assert response.status_code < 500, (method, path, text[:50])


def test_odd_bodies_and_headers(visitor):
    odd = [
        ("multipart/form-data; boundary=x", b"--x\r\nnonsense"),
        ("multipart/form-data", b"no boundary"),
        ("application/x-www-form-urlencoded; charset=nonsense", b"name=%ff%fe&email=%00"),
        ("application/x-www-form-urlencoded; charset=iso-8859-1", b"a=1"),
        ("application/json", b"{not json"),
        ("application/x-www-form-urlencoded", b"&".join(b"a=1" for _ in range(6_000))),
        ("application/x-www-form-urlencoded", b"message=" + b"a" * 1_100_000),
    ]
    for path, (kind, body) in product(FORMS, odd):
        assert visitor.generic("POST", path, body, content_type=kind).status_code < 500, (
            path,
            kind,
        )
    for text in CORPUS:
        if text.isprintable() and text.isascii():
            headers = {"referer": text, "cookie": f"sessionid={text}; csrftoken={text}"}
            answered(visitor.get("/enquire/", headers=headers), text[:50])
            assert visitor.get("/", headers={"host": text}).status_code < 500, text


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages", "x"])
def test_odd_cookies(visitor, name):
    """Between quotes a cookie may hold any byte, as three octal digits."""
    octal = [f'"abcdefgh\\{number:03o}ijkl"' for number in range(256)]
    for value in (*octal, '"', '"\\', "=", "abcdefgh%00", "x" * 4_000):
        headers = {"cookie": f"{name}={value}"}
        answered(visitor.get("/enquire/check/", headers=headers), value[:50])
    for path in PAGES:
        if path not in {"/livez", "/readyz"}:
            headers = {"cookie": f'{name}="abcdefgh\\000ijkl"'}
            answered(visitor.get(path, headers=headers), path)
            answered(visitor.post(path, {"x": "y"}, headers=headers), path)
