import time

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from home.demo.loader import PASSWORD
from tests import totp

SET_UP = "/accounts/2fa/totp/activate/"
ASK = "/accounts/2fa/authenticate/"


@pytest.fixture(autouse=True)
def _no_attempts_yet(settings):
    """allauth counts attempts in the cache, which no transaction rolls back."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def sign_in(client, home):
    """Post the sign-in form."""

    def sign_in(email="editor@example.org", password=PASSWORD, **extra):
        return client.post("/accounts/login/", {"login": email, "password": password}, **extra)

    return sign_in


class Clock:
    """The time by which codes of apps are made and checked; it only goes forward."""

    def __init__(self, monkeypatch):
        self._ahead = 0
        now = time.time
        monkeypatch.setattr(time, "time", lambda: now() + self._ahead)

    def forward(self, seconds):
        self._ahead += seconds


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


class Person:
    """Somebody with a browser and, once it is set up, an authenticator app."""

    def __init__(self, email, clock):
        self.email = email
        self.browser = Client()
        self.key = None
        self._clock = clock

    def get(self, address, **extra):
        return self.browser.get(address, **extra)

    def post(self, address, data=None, **extra):
        return self.browser.post(address, data or {}, **extra)

    def give_password(self, next_page="/admin/"):
        data = {"login": self.email, "password": PASSWORD, "next": next_page}
        return self.post("/accounts/login/", data)

    def new_code(self):
        """The code the app shows once the last one is over."""
        self._clock.forward(totp.PERIOD)
        return totp.code_of(self.key)

    def set_up(self):
        """Sign in with the password and set up an app: the answer to its first code."""
        self.give_password()
        self.key = self.get(SET_UP).context["form"].secret
        return self.post(SET_UP, {"code": totp.code_of(self.key)})

    def sign_out(self):
        self.post("/accounts/logout/")

    def sign_in(self, next_page="/admin/"):
        """With password and code."""
        self.give_password(next_page)
        return self.post(ASK, {"code": self.new_code()})

    def is_in(self):
        return self.get("/admin/").status_code == 200


@pytest.fixture
def somebody(home, settings, clock, monkeypatch):
    """Where second factors are required: `somebody("editor")`, with a browser of their own."""
    settings.SECOND_FACTOR = "required"
    # The transaction around a test never commits, and allauth tells at the commit what it did.
    monkeypatch.setattr(transaction, "on_commit", lambda told, **_: told())
    return lambda name: Person(f"{name}@example.org", clock)


@pytest.fixture
def editor(somebody):
    return somebody("editor")
