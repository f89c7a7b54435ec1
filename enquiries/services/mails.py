"""The mails that an enquiry causes: rows of the outbox, in the caller's transaction."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac

from core.text import on_the_wire
from core.working_days import day
from outbox.models import Message, MessageQuerySet
from outbox.services import queue_mail, send_copy

from ..models import DeskSettings, Enquiry, Handover, Interest, TimelineEntry
from .timeline import Anonymised, NoAddress, locked, note

# What is mailed to a partner with the link to a handover.
WITH_LINK = ("interest_handed_over", "handover_reminder", "handover_new_link")
# What an employer did, for the mail to the desk.
DID = {
    TimelineEntry.Kind.ADDED_TO: "added something",
    TimelineEntry.Kind.PHONE_CHANGED: "changed their phone number",
    TimelineEntry.Kind.EMAIL_CHANGED: "changed their email address",
    TimelineEntry.Kind.UNWANTED: "would rather work with another partner",
    TimelineEntry.Kind.WITHDRAWN: "withdrew",
}
ACKNOWLEDGEMENTS_A_DAY = 3  # to one address, so that nobody can have us flood a stranger


def announce(enquiry: Enquiry, desk: DeskSettings, *, cause: TimelineEntry) -> None:
    """Mail the desk and the employer that an enquiry is there."""
    tell_desk(enquiry, desk, cause=cause, purpose="enquiry_received")
    acknowledge(enquiry, desk, cause.at)


def tell_desk(
    enquiry: Enquiry,
    desk: DeskSettings,
    *,
    cause: TimelineEntry,
    purpose: str,
    changes: Sequence[str] = (),
    act_by: date | None = None,
) -> None:
    """
    Mail the single point of contact about what happened; with no mailbox proven, say so on the
    timeline. `act_by` is when something of it is due at the desk, if anything is.
    """
    to = desk.receives_at
    if not to:
        note(enquiry, TimelineEntry.Kind.NO_MAILBOX, cause.at)
        return
    message, _ = queue_mail(
        purpose=purpose,
        dedupe_key=told_desk_key(purpose, cause),
        to=to,
        reply_to=enquiry.email,
        context={
            "enquiry": enquiry,
            "topics": topics(enquiry),
            "changes": changes,
            "act_by": act_by,
            "did": DID.get(cause.kind, DID[TimelineEntry.Kind.ADDED_TO]),
            "cms_path": reverse("enquiries:inspect", args=[enquiry.pk]),
        },
    )
    note(enquiry, TimelineEntry.Kind.DESK_TOLD, cause.at, message=message)


def told_desk_key(purpose: str, cause: TimelineEntry) -> str:
    """By which the mail is known that tells the desk what stands in an entry."""
    return f"{purpose}:{cause.enquiry.uuid}:{cause.pk}"


@transaction.atomic
def turn_to_backup(*, entry: TimelineEntry, desk: DeskSettings, now: datetime) -> Message | None:
    """
    Send what a mailbox of the desk refused to the other one, once; None if there is none, or if
    the enquiry names nobody any more.

    `entry` is the one whose message was refused.
    """
    to = desk.receives_at
    try:
        enquiry = locked(entry.enquiry)
    except Anonymised:
        return None
    if not to:
        return None
    message, is_new = send_copy(message=Message.objects.get(pk=entry.message_id), to=to)
    if is_new:
        note(enquiry, TimelineEntry.Kind.BACKUP_TOLD, now, message=message)
    return message


def write_to_employer(
    enquiry: Enquiry, desk: DeskSettings, *, text: str, key: str, asks: bool = False
) -> Message:
    """
    Mail the employer what a person at the desk wrote, or `asks`, with the link to their page.

    :raises NoAddress: if there is no e-mail address.
    """
    if not enquiry.email:
        raise NoAddress("They gave no email address: call them")
    message, _ = queue_mail(
        purpose="enquiry_reply",
        dedupe_key=f"enquiry_reply:{enquiry.uuid}:{key}",
        to=enquiry.email,
        reply_to=desk.mailbox,
        context={
            "enquiry": enquiry,
            "desk": desk,
            "text": text,
            "asks": asks,
            "path": reverse("track", args=[enquiry.track_token]),
        },
    )
    return message


def tell_partner(handover: Handover, desk: DeskSettings, *, to: str, purpose: str) -> Message:
    """
    Mail a partner that an interest is handed to it, that its answer is awaited, or the link as it
    is now; each once, as long as the link is the same. `purpose` is one of `WITH_LINK`.

    Nothing personal stands in the mail: its link shows what it is about.
    """
    message, _ = queue_mail(
        purpose=purpose,
        dedupe_key=_link_key(purpose, handover),
        to=to,
        reply_to=desk.mailbox,
        context=_about_handover(handover, desk),
    )
    return message


def tell_partner_words(handover: Handover, desk: DeskSettings, *, to: str, key: UUID) -> Message:
    """Mail a partner that the desk has written something for it, without it; a key once."""
    message, _ = queue_mail(
        purpose="handover_words",
        dedupe_key=f"handover_words:{handover.uuid}:{key}",
        to=to,
        reply_to=desk.mailbox,
        context=_about_handover(handover, desk),
    )
    return message


def mails_with_link(handover: Handover) -> MessageQuerySet:
    """The mails that hold the partner's link as it is now, the latest first."""
    keys = [_link_key(purpose, handover) for purpose in WITH_LINK]
    return Message.objects.filter(dedupe_key__in=keys).order_by("-pk")


def not_mailed(enquiry: Enquiry) -> set[int]:
    """The keys of the interests handed over here without a mail that led the partner there."""
    found = Handover.objects.open().filter(interest__enquiry=enquiry)
    keys = {_link_key(purpose, one): one.interest_id for one in found for purpose in WITH_LINK}
    sent = Message.objects.filter(dedupe_key__in=keys).values_list("dedupe_key", flat=True)
    return set(keys.values()) - {keys[key] for key in sent}


def tell_partner_end(handover: Handover, *, to: str, is_removed: bool = False) -> Message:
    """Mail a partner that it has an interest no more, and why; once, and nothing personal."""
    desk = DeskSettings.of_default_site()
    message, _ = queue_mail(
        purpose="handover_ended",
        dedupe_key=f"handover_ended:{handover.uuid}",
        to=to,
        reply_to=desk.mailbox,
        context={**_about_handover(handover, desk), "is_removed": is_removed},
    )
    return message


def tell_partner_removed(handover: Handover, *, to: str) -> Message:
    """Mail a partner that had the details, and is done, to remove them too; once."""
    desk = DeskSettings.of_default_site()
    message, _ = queue_mail(
        purpose="details_removed",
        dedupe_key=f"details_removed:{handover.uuid}",
        to=to,
        reply_to=desk.mailbox,
        context=_about_handover(handover, desk),
    )
    return message


def introduce(interest: Interest, desk: DeskSettings, now: datetime, *, key: str) -> Message:
    """Mail the employer which partner helps them, and by when, as far as that was promised."""
    is_promised = interest.enquiry.owes_reply and interest.due_on >= day(now)
    message, _ = queue_mail(
        purpose="partner_introduced",
        dedupe_key=f"partner_introduced:{interest.uuid}:{key}",
        to=interest.enquiry.email,
        reply_to=desk.mailbox,
        context={
            "interest": interest,
            "enquiry": interest.enquiry,
            "partner": interest.partner,
            "by": interest.due_on if is_promised else None,
            "desk": desk,
            "path": reverse("track", args=[interest.enquiry.track_token]),
        },
    )
    return message


def _link_key(purpose: str, handover: Handover) -> str:
    """By which a mail is known that holds the link to a handover in its present version."""
    version = f":{handover.link_version}" if handover.link_version > 1 else ""
    return f"{purpose}:{handover.uuid}{version}"


def _about_handover(handover: Handover, desk: DeskSettings) -> dict[str, object]:
    return {
        "handover": handover,
        "interest": handover.interest,
        "enquiry": handover.interest.enquiry,
        "desk": desk,
        "path": reverse("handover", args=[handover.token]),
    }


def mail_back(
    *, purpose: str, to: str, desk: DeskSettings, now: datetime, context: dict[str, object]
) -> Message | None:
    """
    Mail somebody who wrote to us, at most 3 times a day to one address; None after that.

    Each of the day's three mails has a key of its own, so the limit also holds for what is sent
    at the same moment.
    """
    address = salted_hmac("enquiries.acknowledgement", _mailbox(to)).hexdigest()
    for number in range(ACKNOWLEDGEMENTS_A_DAY):
        message, created = queue_mail(
            purpose=purpose,
            dedupe_key=f"acknowledgement:{address}:{day(now)}:{number}",
            to=to,
            reply_to=desk.mailbox,
            context=context,
        )
        if created:
            return message
    return None


def topics(enquiry: Enquiry) -> list[str]:
    """What an enquiry is about, in the site's own words."""
    return [interest.topic for interest in enquiry.interests.in_order()]


def acknowledge(enquiry: Enquiry, desk: DeskSettings, now: datetime) -> None:
    """Mail the employer, if there is an address, the reference and the reply date."""
    if not enquiry.email:
        return
    message = mail_back(
        purpose="enquiry_acknowledgement",
        to=enquiry.email,
        desk=desk,
        now=now,
        context={
            "enquiry": enquiry,
            "desk": desk,
            "topics": topics(enquiry),
            "path": reverse("track", args=[enquiry.track_token]),
        },
    )
    told, withheld = TimelineEntry.Kind.EMPLOYER_TOLD, TimelineEntry.Kind.ACKNOWLEDGEMENT_WITHHELD
    note(enquiry, told if message else withheld, now, message=message)


def _mailbox(address: str) -> str:
    """Where a mail arrives: most providers put "sam+anything@" into the mailbox of "sam@"."""
    name, _, domain = on_the_wire(address).rpartition("@")
    return f"{name.partition('+')[0]}@{domain}"
