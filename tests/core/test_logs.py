"""Whoever reads the log can open nothing with it."""

import logging
from io import StringIO

import pytest

from core.logs import HideTokens


@pytest.fixture
def log(monkeypatch):
    """What the console gets."""
    console = next(
        handler
        for handler in logging.getLogger().handlers
        if any(isinstance(each, HideTokens) for each in handler.filters)
    )
    stream = StringIO()
    monkeypatch.setattr(console, "stream", stream)
    return stream


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["options", "post", "put", "get"])
@pytest.mark.parametrize(
    "address",
    [
        "/enquire/sent/SECRET:1/",
        "/enquire/sent/SECRET/more/",
        "/enquire/sent/a%20SECRET/",
        "/ENQUIRE/SENT/SECRET/",
        "/enquire/sent/a%0ASECRET",
        "/contact/website/sent/SECRET/",
        "/accounts/password/reset/key/1-SECRET/x/",
        "/accounts/invitation/SECRET/",
        "/accounts/login/?next=/accounts/invitation/SECRET/",
        "/accounts/reauthenticate/?next=%2Faccounts%2Finvitation%2FSECRET%2F",
        "/track/SECRET/",
        "/track/x/email/SECRET/",
        "/track/SECRET/email/x/",
        "/track/x/erase/SECRET/",
        *(f"/{name}/SECRET/" for name in ("still-right", "sign-off", "story", "preview")),
    ],
)
def test_no_token_of_an_address_is_in_the_log(client, home, log, address, method):
    getattr(client, method)(address)

    assert "SECRET" not in log.getvalue()


@pytest.mark.django_db
def test_other_addresses_are_in_the_log(client, home, log):
    client.get("/nowhere/else/")

    assert "Not Found: /nowhere/else/" in log.getvalue()


def test_no_other_console_prints_what_is_hidden_in_this_one():
    """Django brings one of its own for development."""
    for name in ("django", "django.request"):
        assert not logging.getLogger(name).handlers
        assert logging.getLogger(name).propagate


def test_a_line_whose_words_and_values_do_not_fit_stops_nobody():
    record = logging.LogRecord("library", logging.INFO, "", 1, "%d of %d", ("one",), None)

    assert HideTokens(["/track/"]).filter(record)
