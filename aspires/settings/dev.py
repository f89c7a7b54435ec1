"""For trying the site and working on it: SQLite, mail as files, no secrets needed."""

import sys

from .base import *  # noqa: F403 - settings modules extend each other
from .base import ALLOWED_HOSTS, MIDDLEWARE, SECRET_KEY, UNREADABLE, VAR_DIR, env

DEBUG = True
SECRET_KEY = SECRET_KEY or "for-development-only"
ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]
MIDDLEWARE = [*MIDDLEWARE, "core.middleware.FriendlyNotFound"]

# Serve what `collectstatic` compressed, as production does; `runserver` serves the sources.
WHITENOISE_AUTOREFRESH = False
WHITENOISE_USE_FINDERS = False

VAR_DIR.mkdir(parents=True, exist_ok=True)

env.seal()
if UNREADABLE:
    sys.exit("\n".join(UNREADABLE))
