"""The cookies page lists what browsers get, by the names and times of the settings."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client

from enquiries.stamps import OLDEST
from home.cookies import cookies_of_the_site
from tests.enquiries.conftest import ANSWERS, Employer
from tests.public_pages import all_paths

pytestmark = pytest.mark.django_db
WITH_A_FORM = {"/enquire/", "/contact/website/", "/track/"}


def listed(client):
    page = BeautifulSoup(client.get("/cookies/").content, "html.parser")
    return {
        row.dt.get_text(strip=True): row.dd.get_text(" ", strip=True)
        for row in reversed(page.select("main dl.summary > div"))
    }


def test_the_page_lists_each_cookie_with_purpose_origin_and_end(client, home):
    for text in listed(client).values():
        for words in ("Set by this website when ", "Ends "):
            assert words in text


def test_the_names_and_times_are_those_of_the_settings(client, home, settings):
    settings.CSRF_COOKIE_NAME = "__Host-csrf"
    settings.SESSION_COOKIE_NAME = "__Host-session"
    settings.CSRF_COOKIE_AGE = 3600
    settings.SESSION_COOKIE_AGE = 7200

    page = client.get("/cookies/").content.decode()

    assert {"__Host-csrf", "__Host-session"} <= set(listed(client))
    assert "Ends after 1 hour." in page
    assert "or after 2 hours." in page
    assert "after 24 hours" in page


def test_no_page_sets_a_cookie_but_those_with_a_form_and_they_set_one(home):
    got = {path: set(Client().get(path).cookies) for path in all_paths()}

    assert {path for path, names in got.items() if names} == WITH_A_FORM
    assert {name for names in got.values() for name in names} == {settings.CSRF_COOKIE_NAME}


def test_an_enquiry_sets_exactly_the_first_two_and_gives_one_back(home):
    visitor = Employer(Client())
    first, second = (cookie.name for cookie in cookies_of_the_site()[:2])
    stamp = visitor.open_form()
    assert set(visitor.client.cookies) == {first}

    visitor.post(stamp, **{**ANSWERS, "email": "wrong"})
    assert set(visitor.client.cookies) == {first}

    response = visitor.post(stamp)
    assert set(visitor.client.cookies) == {first, second}
    cookie = response.cookies[second]
    assert cookie["max-age"] == OLDEST.total_seconds()

    visitor.send(visitor.key())
    assert visitor.client.cookies[second].value == ""


def test_signing_in_and_out_sets_only_what_is_listed_and_leaves_nothing_behind(client, person):
    names = {cookie.name for cookie in cookies_of_the_site()}
    who = {"login": person("editor").email, "password": "open-a-door-2015"}

    for address in ("/accounts/logout/", "/admin/logout/"):
        client.post("/accounts/login/", who)
        client.get("/admin/")
        assert set(client.cookies) <= names
        client.post(address)
        client.get("/")
        assert client.cookies[settings.SESSION_COOKIE_NAME].value == "", address
