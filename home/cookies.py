"""
Every cookie that the site can set, by the names and times that the settings give.

The cookies page draws its list from here, and a test compares it with what browsers get.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from enquiries.stamps import OLDEST

WITH_THE_BROWSER = "when you close the browser"


@dataclass(frozen=True)
class Cookie:
    """`set_when`, `set_by` and `ends` are the rest of a sentence, without its full stop."""

    name: str
    purpose: str
    set_when: str
    ends: str
    set_by: str = "by this website"


def cookies_of_the_site() -> list[Cookie]:
    """In the order in which somebody may meet them: first what everybody gets."""
    return [
        Cookie(
            name=settings.CSRF_COOKIE_NAME,
            purpose="Proves that the form you send is the one that we gave you. This protects you "
            "from other websites that try to send a form in your name.",
            set_when="when you open a page with a form that sends us something",
            ends=_ends(settings.CSRF_COOKIE_AGE),
        ),
        Cookie(
            name=settings.SESSION_COOKIE_NAME,
            purpose="Keeps your answers until you have checked them.",
            set_when="when you continue from the first page of an enquiry",
            ends=f"when you send the enquiry, or after {_hours(int(OLDEST.total_seconds()))}",
        ),
        Cookie(
            name=settings.SESSION_COOKIE_NAME,
            purpose="Keeps people who manage the website, and members of partner organisations, "
            "signed in.",
            set_when="when they sign in",
            ends="when they sign out or close the browser, "
            f"or after {_hours(settings.SESSION_COOKIE_AGE)}",
        ),
        Cookie(
            name="wagtail_sidebar_collapsed",
            purpose="Remembers whether they have folded the menu of the content management system.",
            set_when="when they fold the menu",
            ends=WITH_THE_BROWSER,
        ),
    ]


def _ends(seconds: int | None) -> str:
    return WITH_THE_BROWSER if seconds is None else f"after {_hours(seconds)}"


def _hours(seconds: int) -> str:
    hours = round(timedelta(seconds=seconds) / timedelta(hours=1))
    return f"{hours} hour{'' if hours == 1 else 's'}"
