"""What is held on one enquiry, for the employer to download."""

from datetime import datetime

from django.utils.timezone import localtime

from .models import DeskSettings, Enquiry
from .standing import mails, said, standings

Held = dict[str, str | list[dict[str, str]]]


def held(enquiry: Enquiry, desk: DeskSettings, now: datetime) -> Held:
    """
    Everything that the employer sent or was sent, as plain data: text, and lists of rows of text.

    Keys are words that people read. Nothing of another enquiry, and no notes of colleagues.
    """
    return {
        "Reference": enquiry.reference,
        "Received": _moment(enquiry.created_at),
        "How it came in": enquiry.get_source_display(),
        "Page it came from": enquiry.came_from,
        "Organisation name": enquiry.organisation,
        "People employed": enquiry.get_size_display() if enquiry.size else "",
        "Sector": enquiry.sector.name if enquiry.sector else "",
        "Postcode": enquiry.postcode,
        "Full name": enquiry.name,
        "Job title": enquiry.role,
        "Email address": enquiry.email,
        "Email address to be confirmed": enquiry.pending_email,
        "Phone number": enquiry.phone,
        "Message": enquiry.message,
        "Privacy notice": enquiry.privacy_notice.version if enquiry.privacy_notice else "",
        "Details are removed on": enquiry.anonymise_on.isoformat(),
        "What it is about": [] if enquiry.merged_into_id else _interests(enquiry, desk, now),
        "What you added": [{"When": _moment(one.at), "Text": one.text} for one in said(enquiry)],
        "Emails to you": [
            {"When": _moment(mail.at), "What": mail.what, "Delivery": mail.delivery}
            for mail in mails(enquiry)
        ],
        "What we wrote to you": [
            {"When": _moment(entry.at), "Text": entry.text}
            for entry in enquiry.timeline.filter(kind__in=("replied", "asked")).order_by("at", "pk")
        ],
    }


def _interests(enquiry: Enquiry, desk: DeskSettings, now: datetime) -> list[dict[str, str]]:
    return [
        {
            "About": one.topic,
            "State": one.state,
            "Who has it": one.who,
            "Since": _moment(one.since),
        }
        for one in standings(enquiry, desk, localtime(now).date())
    ]


def _moment(at: datetime) -> str:
    """In London time, with its offset: "2026-10-05T12:00:00+01:00"."""
    return localtime(at).isoformat(timespec="seconds")
