import pytest
from django.core.cache import cache

from home.demo.loader import PASSWORD


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
