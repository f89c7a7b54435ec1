"""A session is one that Django made, and what a visitor typed outlives it."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError

from core.sessions import SessionStore

pytestmark = pytest.mark.django_db
ODD = [
    '"abcdefgh\\000ijkl"',
    '"abcdefgh\\377ijkl"',
    "abcdefgh%00ijkl",
    "ABCDEFGHIJKL",
    "x" * 5_000,
    "",
    "short",
]


@pytest.mark.parametrize("name", ["sessionid", "__Host-sessionid"])
@pytest.mark.parametrize("key", ODD, ids=lambda key: ascii(key[:20]))
def test_an_odd_session_cookie_is_no_session(client, home, settings, name, key):
    settings.SESSION_COOKIE_NAME = name

    for address in ("/enquire/check/", "/accounts/login/"):
        response = client.get(address, headers={"cookie": f"{name}={key}"})
        assert response.status_code == 200


def ended(**data):
    """A session that another window ended while this one had it open."""
    session = SessionStore()
    session.update(data)
    session.save()
    SessionStore().delete(session.session_key)
    return session


def test_what_a_visitor_typed_is_kept_in_a_new_session():
    session = ended(answers="kept")
    old = session.session_key
    session["more"] = "kept too"

    session.save()

    again = SessionStore(session.session_key)
    assert session.session_key != old
    assert (again["answers"], again["more"]) == ("kept", "kept too")
    assert not SessionStore().exists(old)


def test_signing_out_in_another_window_is_not_undone():
    session = ended(**{SESSION_KEY: "1"})

    with pytest.raises(UpdateError):
        session.save()
