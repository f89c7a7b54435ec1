"""What enquiries and messages about the website hold on one person, for `core.personal_data`."""

from datetime import datetime

from django.db.models import Model, QuerySet

from core.personal_data import of_address

from . import services
from .models import Enquiry, EnquiryQuerySet, TimelineEntry, WebsiteMessage, WebsiteMessageQuerySet
from .standing import MAILS

_OF_ENQUIRIES = [
    *("reference", "organisation", "size", "postcode", "name", "role", "email", "phone", "message"),
    "pending_email",
    "portal_reference",
    *("source", "came_from", "quarantine_reason", "created_at", "reply_due_on", "first_reply_at"),
    *("anonymise_on",),
]
_OF_WEBSITE_MESSAGES = [
    *("topic", "page", "message", "name", "email", "quarantine_reason", "created_at", "due_on"),
    *("handled_at", "anonymise_on"),
]


def find_enquiries(address: str) -> EnquiryQuerySet:
    """Enquiries that gave the address."""
    return of_address(Enquiry.objects.all(), address, "email")


def export_enquiry(enquiry: Enquiry) -> dict:
    """
    Everything on one enquiry: answers, interests, what was written, and what the employer was sent.

    Of what others were sent only that it was: a partner's mail holds the link to its page.
    """
    timeline = enquiry.timeline.select_related("message", "partner", "interest")
    return {
        **_plain(enquiry, _OF_ENQUIRIES),
        "sector": str(enquiry.sector or ""),
        "privacy_notice": str(enquiry.privacy_notice or ""),
        "interests": [
            {
                "about": interest.topic,
                "state": interest.get_state_display(),
                "since": interest.state_since.isoformat(),
                "partner": str(interest.partner or ""),
                "outcome": interest.get_outcome_display(),
                "how_many": interest.outcome_count,
            }
            for interest in enquiry.interests.select_related("partner").in_order()
        ],
        "timeline": [_export_entry(entry) for entry in timeline.order_by("at", "pk")],
    }


def erase_enquiry(enquiry: Enquiry, now: datetime) -> None:
    """Have it name nobody."""
    services.erase(enquiry=enquiry, now=now)


def find_addresses(address: str) -> QuerySet:
    """Where the address was entered on an employer's page, or left when another was confirmed."""
    kinds = (TimelineEntry.Kind.EMAIL_CHANGE_ASKED, TimelineEntry.Kind.EMAIL_CHANGED)
    return of_address(TimelineEntry.objects.filter(kind__in=kinds), address, "text")


def export_address(entry: TimelineEntry) -> dict:
    """When, and nothing of the enquiry: it may be somebody else's."""
    return {"at": entry.at.isoformat(), "address": entry.text}


def erase_address(entry: TimelineEntry, now: datetime) -> None:
    """Forget the address, and do not wait any more for its owner."""
    services.forget_address(entry=entry)


def find_website_messages(address: str) -> WebsiteMessageQuerySet:
    """Messages about the website that gave the address."""
    return of_address(WebsiteMessage.objects.all(), address, "email")


def export_website_message(message: WebsiteMessage) -> dict:
    """Everything on one message about the website."""
    return {
        **_plain(message, _OF_WEBSITE_MESSAGES),
        "privacy_notice": str(message.privacy_notice or ""),
    }


def erase_website_message(message: WebsiteMessage, now: datetime) -> None:
    """Have it name nobody."""
    services.erase_website_message(message=message, now=now)


def _export_entry(entry: TimelineEntry) -> dict:
    about = entry.interest.topic if entry.interest else ""
    exported = {
        "at": entry.at.isoformat(),
        "what": entry.get_kind_display(),
        "about": about,
        "partner": str(entry.partner or ""),
        "text": entry.text,
    }
    if entry.message:
        names = ("created_at",)
        if entry.kind in MAILS:
            names += ("recipient", "reply_to", "subject", "body", "state", "last_error")
        exported["message"] = _plain(entry.message, names)
    return exported


def _plain(thing: Model, names: list[str] | tuple[str, ...]) -> dict:
    """These fields as JSON has them; moments and days as ISO 8601."""
    values = {name: getattr(thing, name) for name in names}
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in values.items()
    }
