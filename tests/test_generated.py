"""
Generated inputs to each public form and query string: a clear answer, never a 500.

GENERATED says how many each gets; `make proof` sends 5,000.
"""

import os
import re

import pytest
from django.test import Client

from tests.generated import encoded, inputs
from tests.hostile import FORMS, GOOD, QUERIES

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

COUNT = int(os.environ.get("GENERATED", "40"))
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def visitor(settings) -> Client:
    """Somebody whom no limit on attempts stops, and whose failing answers are looked at too."""
    settings.ACCOUNT_RATE_LIMITS = False
    return Client(raise_request_exception=False)


def hidden(visitor: Client, path: str) -> dict[str, str]:
    """The values of the hidden fields of a page's form."""
    text = visitor.get(path).content.decode()
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def good_answers(visitor: Client, path: str) -> dict[str, str]:
    """Answers that are taken, with those that the page itself brings."""
    if path == "/enquire/check/":
        visitor.post("/enquire/", {**GOOD, **hidden(visitor, "/enquire/")})
    return {**GOOD, **hidden(visitor, path)}


@pytest.mark.parametrize("path", FORMS)
def test_no_form_fails_on_what_is_sent(visitor, path):
    good, statuses = good_answers(visitor, path), set()
    for pairs in inputs(path, FORMS[path], good, COUNT):
        response = visitor.generic("POST", path, encoded(pairs), content_type=FORM)
        statuses.add(response.status_code)
        assert response.status_code < 500, pairs
        if response.status_code in {303, 409}:  # sent: there is a new form, with a new stamp
            good |= good_answers(visitor, path)

    # Good ones and bad ones were among them; but nobody of the good ones has an account.
    assert len(statuses) > 1 or COUNT < 1_000 or path == "/accounts/login/"


@pytest.mark.parametrize("path", QUERIES)
def test_no_page_fails_on_what_its_address_asks(visitor, path):
    for pairs in inputs(path, QUERIES[path], GOOD, COUNT):
        response = visitor.generic("GET", path, QUERY_STRING=encoded(pairs))
        assert response.status_code < 500, pairs


def test_the_same_seed_makes_the_same_inputs():
    first, second = ([*inputs("seed", ["q", "page"], GOOD, 200)] for _ in range(2))

    assert first == second
    assert len(first) == 200
    assert len({encoded(pairs) for pairs in first}) > 150
