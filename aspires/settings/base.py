"""
Settings shared by every way of running the site.

Values that differ between machines come from environment variables; each is listed with its
unit and default in `docs/operations.md` and `.env.example`.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import dj_email_url
import django_cache_url
from csp.constants import NONE, SELF
from environs import Env

BASE_DIR = Path(__file__).resolve().parents[2]
env = Env(eager=False)
VAR_DIR = Path(env.str("VAR_DIR", "") or BASE_DIR / "var")  # database, pictures, mail as files

INSTALLED_APPS = [
    "home",
    "portal",
    "enquiries",
    "casestudies",
    "offers",
    "partners",
    "search",
    "impact",
    "outbox",
    "core",
    "accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",  # its tables; its pages are not, see accounts.urls
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "csp",
    "django_filters",
    "django.contrib.postgres",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "core.middleware.SecurityHeaders",  # first: an answer of any other middleware gets them too
    "core.middleware.InUtf8",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.NeverStored",
    "accounts.middleware.RequireSecondFactor",
    "core.middleware.Redirects",
    "core.middleware.WordsForEditors",
]

ROOT_URLCONF = "aspires.urls"
WSGI_APPLICATION = "aspires.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# -- Reading the environment ----------------------------------------------------------------

# One try at the top of every transaction, a lock that waits, and commits that survive a power
# cut: without IMMEDIATE more than half of concurrent read-then-write transactions fail.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,  # seconds
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}
LONGEST_ISSUER = 200  # characters; allauth keeps it with each account
UNREADABLE: list[str] = []  # a line for each variable that makes no sense


def read(name: str, default: str, parse: Callable[[str], Any]) -> Any:
    """
    One variable, parsed. If it makes no sense it is noted in `UNREADABLE`, without its value,
    which may hold a password; the default stands in.
    """
    try:
        return parse(env.str(name, default))
    except Exception:  # noqa: BLE001 - each parser fails in its own ways
        UNREADABLE.append(f"{name} cannot be read: docs/operations.md shows what it may be")
        return parse(default)


def database(url: str) -> dict:
    """The `DATABASES` entry for one address; keeps connections for 60 seconds."""
    entry = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    if not entry["NAME"]:
        raise ValueError("no database is named")
    if entry["ENGINE"].endswith("sqlite3"):
        entry["OPTIONS"] = dict(SQLITE_OPTIONS)
        entry["CONN_MAX_AGE"] = None
    return entry


def cache(url: str) -> dict:
    """The `CACHES` entry for one address: in the process, in a table or in a folder."""
    entry = django_cache_url.parse(url)
    kinds = ("locmem.LocMemCache", "db.DatabaseCache", "filebased.FileBasedCache")
    if not entry["BACKEND"].endswith(kinds):
        raise ValueError("a kind that needs what is not installed")
    # Room for every picture's sizes beside the counts of attempts: a full cache forgets those too.
    entry.setdefault("OPTIONS", {}).setdefault("MAX_ENTRIES", 10_000)
    return entry


def mail_server(url: str) -> dict:
    """Django's mail settings for one address: a mail server, or a folder for files."""
    settings = dj_email_url.parse(url)
    if not settings["EMAIL_BACKEND"].endswith(("smtp.EmailBackend", "filebased.EmailBackend")):
        raise ValueError("neither a mail server nor a folder")
    if not (settings["EMAIL_HOST"] or settings["EMAIL_FILE_PATH"]):
        raise ValueError("no host")
    return settings


def web_address(url: str) -> str:
    """An address that paths can be appended to."""
    parts = urlsplit(url)
    bare = parts.hostname and not (parts.query or parts.fragment or parts.username)
    if parts.scheme not in {"http", "https"} or not bare or (parts.port or 1) < 1:
        raise ValueError("no address of a website")
    return url.rstrip("/")


def issuer(url: str) -> str:
    """
    The address of an identity provider, as its tokens name it: of one tenant, and encrypted unless
    it is on this machine.
    """
    parts = urlsplit(web_address(url))
    if parts.scheme != "https" and parts.hostname != "127.0.0.1":
        raise ValueError("not encrypted")
    if {"common", "consumers", "organizations"} & set(parts.path.casefold().split("/")):
        raise ValueError("any tenant")
    if len(url) > LONGEST_ISSUER:
        raise ValueError("too long")
    return url


def identity_provider() -> dict[str, Any]:
    """
    Where staff sign in, and which of its roles opens what; empty if nothing is set.

    Half of it is noted in `UNREADABLE`, a line for each variable that is missing.
    """
    needed = ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
    roles = {
        "Administrators": "OIDC_ROLE_ADMINISTRATORS",
        "Editors": "OIDC_ROLE_EDITORS",
        "Enquiry desk": "OIDC_ROLE_DESK",
    }
    given = {name: env.str(name, "") for name in (*needed, "OIDC_NAME", *roles.values())}
    if not any(given.values()):
        return {}
    missing = [name for name in needed if not given[name]]
    UNREADABLE.extend(
        f"{name} is missing: the first 3 of OIDC_… are set together or not at all"
        for name in missing
    )
    address = read("OIDC_ISSUER", "", lambda url: url and issuer(url))
    if missing or not address:
        return {}
    return {
        "issuer": address,
        "client_id": given["OIDC_CLIENT_ID"],
        "client_secret": given["OIDC_CLIENT_SECRET"],
        "name": given["OIDC_NAME"] or "Islington Council",
        "roles": {
            group: given[name] or name.removeprefix("OIDC_ROLE_").lower()
            for group, name in roles.items()
        },
    }


# -- Data ---------------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": read("DATABASE_URL", f"sqlite:///{VAR_DIR / 'aspires.sqlite3'}", database)}
CACHES = {"default": read("CACHE_URL", "locmem://", cache)}

# -- Addresses ----------------------------------------------------------------------------

SECRET_KEY = env.str("SECRET_KEY", "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [])
BASE_URL = read("BASE_URL", "http://127.0.0.1:8000", web_address)
WAGTAILADMIN_BASE_URL = BASE_URL
LOG_FORMAT = read("LOG_FORMAT", "text", {"text": "text", "json": "json"}.__getitem__)

# -- Language and time --------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"

# -- Files --------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_HANDLERS = [
    "core.uploads.OnlyWhereAsked",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000  # bytes of a form; files are counted apart
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # Wagtail's editor sends many

# -- Signing in ---------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
ACCOUNT_ADAPTER = "accounts.adapters.ClosedSignUp"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reset_password": "accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "change_password": "accounts.forms.ChangePasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
# Somebody signed in who may not see a page is told so, instead of being sent in circles.
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
# allauth counts attempts for one address and for one caller; this is its lockout.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key,10/d/key",
}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to strangers
ACCOUNT_EMAIL_NOTIFICATIONS = True  # whoever owns an account hears of changes to it
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)

# Whether everybody who may enter the CMS needs more than a password; "off" is for trying the site.
SECOND_FACTOR = read(
    "SECOND_FACTOR", "required", {"required": "required", "off": "off"}.__getitem__
)
MFA_ADAPTER = "accounts.adapters.SecondFactors"
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.CodeAgainForm",
    "activate_totp": "accounts.forms.SetUpAppForm",
    "add_webauthn": "accounts.forms.AddPasskeyForm",
    "authenticate_webauthn": "accounts.forms.PasskeyForm",
    "reauthenticate_webauthn": "accounts.forms.PasskeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "Islington Aspires"
MFA_TOTP_TOLERANCE = 1  # codes before and after: clocks differ, and people type slowly
MFA_ALLOW_UNVERIFIED_EMAIL = True  # administrators make the accounts, nobody signs up

# Staff sign in at an identity provider, if there is one; its roles by the names of our groups.
OIDC = identity_provider()
SOCIALACCOUNT_ADAPTER = "accounts.adapters.StaffFromElsewhere"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # who has an address does not have its account

# So many may one caller send in an hour before more are quarantined, by form. A whole office shares
# one address: 20 enquiries are more than any sends, and as many as the desk can look through.
FORMS_AN_HOUR = {
    "enquiry": read("ENQUIRIES_AN_HOUR", "20", int),
    "website": read("WEBSITE_MESSAGES_AN_HOUR", "10", int),
}

# Working days; school offers, those with people under 18, count days of term for partners.
HANDOVER_ANSWER_DAYS = 5  # for a partner to accept or decline an interest
HANDOVER_REMINDER_DAYS = 3  # then a partner that has not answered is reminded, once
LOOK_AGAIN_DAYS = 10  # after our reply: an employer who wants to go on has written by then
LOOK_AGAIN_DAYS_PARTNER = 20  # after a partner accepted: a first placement takes about a month
# What partners offer, since somebody last said that it is right. Days of the calendar.
OFFER_LINKS_ASKED_AFTER = timedelta(days=30)  # the partner is mailed, at most as often
OFFER_LINKS_MARKED_AFTER = timedelta(days=60)  # two mails without an answer: the council is shown
OFFER_LINKS_SHOWN_FOR = timedelta(days=90)  # then the public sees it no more
CHASE_EMPLOYER_DAYS = 5  # after we asked an employer something

# Where the Business Portal may be: hosts, with their port if it is not 443.
PORTAL_ALLOWED_HOSTS = [host.lower() for host in env.list("PORTAL_ALLOWED_HOSTS", [])]

SESSION_ENGINE = "core.sessions"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # ends with the browser
CSRF_FAILURE_VIEW = "enquiries.views.csrf_failure"

# -- Headers ------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "img-src": [SELF],
        "style-src": [SELF],
        "script-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "require-trusted-types-for": ["'script'"],
    },
}
# Everything a page needs comes from this host, and nothing of it is for pages of another.
SECURITY_HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no web fonts or scripts for other sites
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no third cookie

# -- Wagtail ------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Islington Aspires"
# Off, in milliseconds after a change. It sends along the decision that somebody has just pressed,
# and writes over a version that was approved.
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # passwords are allauth's
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # the address is the user's name
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["h3", "ul", "ol", "link", "bold"]},
    },
}
WAGTAILIMAGES_IMAGE_MODEL = "core.SiteImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "casestudies.image_forms.ImageForm"
WAGTAILIMAGES_WEBP_QUALITY = 60  # of 100: drawings and photographs alike stay clear
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 30_000_000
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "aspires"},
}
TAGGIT_CASE_INSENSITIVE = True

# -- Mail: every mail of the site waits in the outbox; the worker sends it by EMAIL_URL -----

EMAIL_BACKEND = "outbox.mail.OutboxBackend"
# On this machine the host is an IP address, which is no domain for mail.
MAIL_HOST = urlsplit(BASE_URL).hostname if BASE_URL.startswith("https://") else "example.org"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", f"Islington Aspires <no-reply@{MAIL_HOST}>"
)
OUTBOX_MAIL = read("EMAIL_URL", f"file:///{VAR_DIR / 'mail'}", mail_server)
OUTBOX_MAIL_TIMEOUT = timedelta(seconds=10)  # for one answer of the mail server
OUTBOX_LEASE = OUTBOX_MAIL_TIMEOUT * 15  # one mail needs 12 answers, with encryption and password
OUTBOX_MAIL_FIRST_WAIT = timedelta(minutes=1)  # after the first failure; then it doubles
OUTBOX_MAIL_LONGEST_WAIT = timedelta(hours=4)
OUTBOX_MAIL_GIVE_UP_AFTER = timedelta(hours=72)
# Six digits prove that somebody reads a mailbox. With these three, who guesses without a pause is
# right once in 2 years and more.
MAILBOX_CODE_HOLDS = timedelta(minutes=30)  # mail may be slow; whoever asked is at the screen
MAILBOX_CODE_TRIES = 5  # wrong ones; people mistype once or twice
MAILBOX_CODES_AN_HOUR = 3  # to one address, so that nobody can have us flood a stranger

# -- Logs ---------------------------------------------------------------------------------

TOKEN_ADDRESSES = [  # what stands behind them opens something
    "/enquire/sent/",
    "/contact/website/sent/",
    "/accounts/password/reset/key/",
    "/accounts/invitation/",
    "/accounts/oidc/callback/",
    *("/track/", "/handover/", "/still-right/", "/sign-off/", "/story/", "/preview/"),
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "core.logs.JsonFormatter"},
    },
    "filters": {"tokens": {"()": "core.logs.HideTokens", "addresses": TOKEN_ADDRESSES}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["tokens"],
        },
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": []},  # its own for development would print what is hidden here
        "django.dispatch": {"level": "ERROR"},  # what `send_robust` swallows
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},  # who published what is in Wagtail's own audit log
    },
}
