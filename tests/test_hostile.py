"""
Hostile text in every parameter, path and method of the public site: a clear answer, never a 500.

Every day each text goes into all parameters of a page at once, and each method meets each page
with a few texts. HOSTILE_FULL=1 tries every text in every parameter and method by itself.
"""

import os
from itertools import product
from urllib.parse import quote

import pytest
from django.test import Client

from tests.hostile import CORPUS

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FULL = os.environ.get("HOSTILE_FULL") == "1"
PAGES = [
    "/",
    "/ways-to-get-involved/",
    "/ways-to-get-involved/hire-flexibly/",
    "/case-studies/",
    "/case-studies/kings-cross-jobs/",
    "/partners/",
    "/partners/timewise/",
    "/impact/",
    "/search/",
    "/about/",
    "/start/hire-flexibly/",
    "/enquire/",
    "/enquire/check/",
    "/enquire/sent/x/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/livez",
    "/readyz",
]
PREFIXES = [
    "/",
    "/case-studies/",
    "/partners/",
    "/start/",
    "/enquire/sent/",
    "/ways-to-get-involved/",
]
PARAMETERS = ["q", "page", "type", "offer", "sector", "size", "tag", "via", "next", "portal", "x"]
FORMS = {
    "/enquire/": [
        *("offers", "organisation", "size", "sector", "postcode", "name", "role", "email"),
        *("phone", "message", "stamp", "website", "again"),
    ],
    "/enquire/check/": ["key"],
    "/accounts/login/": ["login", "password", "next", "remember"],
    "/accounts/password/reset/": ["email"],
}
GOOD = {
    "offers": "hire-flexibly",
    "organisation": "Canal Bakery",
    "name": "Sam Okafor",
    "email": "sam@example.com",
}
METHODS = ["HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]
FEW = ["\x00", '"', "a" * 10_000, "%00"]


@pytest.fixture
def visitor() -> Client:
    """Somebody whose every answer is looked at, a failing one too."""
    return Client(raise_request_exception=False)


def answered(response, what: object) -> None:
    assert response.status_code < 500, what
    if response.status_code in {200, 404, 409, 422} and "html" in response["Content-Type"]:
        assert b"<h1" in response.content, what


@pytest.mark.parametrize("text", CORPUS, ids=lambda text: ascii(text[:20]))
def test_hostile_text_in_parameters(visitor, text):
    together = [dict.fromkeys(PARAMETERS, text)]
    alone = [{name: text} for name in PARAMETERS]
    for path, parameters in product(PAGES, alone if FULL else together):
        response = visitor.get(path, parameters)
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
        together = [dict.fromkeys(fields, text)]
        alone = [{**GOOD, name: text} for name in fields]
        for data in together + (alone if FULL or path == "/enquire/" else []):
            answered(visitor.post(path, data), (path, data.keys(), text[:50]))
    if visitor.session.get("enquiry"):
        answered(visitor.get("/enquire/check/"), text[:50])


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
