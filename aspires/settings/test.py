"""For the test suite: quick password hashes, files in a throw-away folder."""

import os
import tempfile
from pathlib import Path

from .base import *  # noqa: F403 - settings modules extend each other
from .base import FORMS_AN_HOUR, STORAGES, env

DEBUG = False
SECRET_KEY = "for-tests-only"  # noqa: S105 - no secret
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SECOND_FACTOR = "off"  # its own tests switch it on
OIDC = {}  # its own tests switch it on
FORMS_AN_HOUR = dict.fromkeys(FORMS_AN_HOUR, 1_000_000)  # all tests are one caller
MEDIA_ROOT = Path(os.environ.get("TEST_MEDIA_ROOT") or tempfile.mkdtemp(prefix="aspires-media-"))
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Each client of a test starts the middleware anew: it must not read all static files each time.
WHITENOISE_AUTOREFRESH = True

env.seal()
