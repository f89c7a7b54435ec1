"""
For real use. Refuses to start until every value is there and safe, and says all that is wrong.
"""

import sys
from urllib.parse import urlsplit

from environs import EnvValidationError

from .base import *  # noqa: F403 - settings modules extend each other
from .base import (
    ALLOWED_HOSTS,
    BASE_URL,
    OIDC,
    OUTBOX_MAIL,
    SECOND_FACTOR,
    SECRET_KEY,
    UNREADABLE,
    env,
)

DEBUG = False
SHORTEST_KEY = 50  # characters, as Django's own check asks


def problems() -> list[str]:
    """A line for each value that is missing or unsafe."""
    found = list(UNREADABLE)
    if len(SECRET_KEY) < SHORTEST_KEY:
        found.append(f"SECRET_KEY must be {SHORTEST_KEY} random characters or more")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        found.append("ALLOWED_HOSTS must name the site’s hosts, separated by commas, without *")
    address = urlsplit(BASE_URL)
    if address.scheme != "https":
        found.append("BASE_URL must be the site’s address and start with https://")
    elif ALLOWED_HOSTS and address.hostname not in ALLOWED_HOSTS:
        found.append("BASE_URL must be an address of one of ALLOWED_HOSTS")
    if not env.str("DATABASE_URL", ""):
        found.append("DATABASE_URL must be set: to PostgreSQL (postgres://…) for real use")
    if not OUTBOX_MAIL["EMAIL_HOST"] and not any("EMAIL_URL" in line for line in found):
        found.append("EMAIL_URL must be set and lead to a mail server (submission://…)")
    if SECOND_FACTOR != "required":
        found.append("SECOND_FACTOR must be ‘required’ or left out")
    if OIDC and not OIDC["issuer"].startswith("https://"):
        found.append("OIDC_ISSUER must start with https://")
    try:
        env.seal()
    except EnvValidationError as error:
        found += [f"{name}: {'; '.join(words)}" for name, words in error.error_messages.items()]
    return found


if _found := problems():
    sys.exit("The site cannot start:\n" + "\n".join(f"- {line}" for line in _found))

# -- HTTPS only ---------------------------------------------------------------------------

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]  # asked by the machine that runs the site
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000  # one year
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
# A browser takes a cookie of such a name only over HTTPS, from this very host, for all its paths:
# no other host of the council's domain can set it.
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
