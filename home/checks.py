"""Duties with a date: what `check --deploy --database default` and the CMS say about them."""

from datetime import date, timedelta

from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.utils.timezone import localdate

REVIEW_EVERY = timedelta(days=365)
WARN_BEFORE = timedelta(days=30)


@register(Tags.database, deploy=True)
def duties_are_kept(databases: list[str] | None = None, **kwargs) -> list[CheckMessage]:
    """A message for each duty with a date that is not kept, or soon will not be."""
    return overdue_duties(localdate()) if databases else []


def overdue_duties(today: date) -> list[CheckMessage]:
    """The same, on any day."""
    return [*_statement(today), *_security(today), *_privacy(today)]


def _statement(today: date) -> list[CheckMessage]:
    from .models import AccessibilityStatementPage

    statement = AccessibilityStatementPage.objects.published().first()
    if statement is None:
        return [Error("No accessibility statement is published", id="home.E001")]
    reviewed_on = statement.reviewed_on
    if reviewed_on is None or today > reviewed_on + REVIEW_EVERY:
        words = "The accessibility statement was not reviewed in the last 12 months"
        return [Error(words, id="home.E002")]
    return []


def _security(today: date) -> list[CheckMessage]:
    from .models import SecurityContact

    contact = SecurityContact.objects.exclude(contact="").first()
    if contact is None or contact.expires_on is None:
        return [Error("No security contact is set, so there is no security.txt", id="home.E003")]
    if contact.expires_on <= today:
        return [Error("security.txt has run out: check the security contact", id="home.E004")]
    if contact.expires_on < today + WARN_BEFORE:
        words = "security.txt runs out in less than 30 days: check the security contact"
        return [Warning(words, id="home.W001")]
    return []


def _privacy(today: date) -> list[CheckMessage]:
    from enquiries.models import PrivacyNotice

    if PrivacyNotice.objects.in_force(today).exists():
        return []
    return [Error("No privacy notice is in force", id="home.E005")]
