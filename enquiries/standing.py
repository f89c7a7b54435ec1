"""Where an enquiry stands, in words for the employer: what their tracking page shows."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from outbox.models import Message

from .models import DeskSettings, Enquiry, Interest, TimelineEntry
from .services.sending import HEARD

Kind, State = TimelineEntry.Kind, Interest.State

# What was mailed to the employer, by the entry that says so.
MAILS = {
    Kind.EMPLOYER_TOLD: "Your reference and what happens next",
    Kind.REPLIED: "Our reply",
    Kind.ASKED: "A question for you",
    Kind.EMAIL_CHANGE_ASKED: "A link to confirm your new email address",
    Kind.EMAIL_CHANGED: "Your new link to this page",
    Kind.INTRODUCED: "Who helps you",
    Kind.STORY_ASKED: "A question whether you tell us how it went",
    Kind.LINKS_SENT: "Your link to this page",
    Kind.DOWNLOAD_LINK: "A link to download what we hold",
    Kind.ERASURE_LINK: "A link to ask us to remove your details",
}
BEING_SENT = "Being sent"
DELIVERY = {
    Message.State.WAITING: BEING_SENT,
    Message.State.SENT: "Delivered",
    Message.State.DEAD: "Could not be delivered",
}


@dataclass(frozen=True)
class Standing:
    """
    One interest: what happens with it now, who has it since when, and by when something is heard.

    `who` is empty and `by` None once nothing more happens; `by` is None too while it is the
    employer's turn. `partner` has agreed to help; empty if none has.
    """

    uuid: UUID
    topic: str
    state: str
    who: str
    since: datetime
    by: date | None
    is_late: bool
    is_open: bool
    partner: str


@dataclass(frozen=True)
class Mail:
    """Something mailed to the employer."""

    at: datetime
    what: str
    delivery: str


@dataclass(frozen=True)
class Said:
    """Something the employer added or changed."""

    at: datetime
    text: str


def standings(enquiry: Enquiry, desk: DeskSettings, today: date) -> list[Standing]:
    """Each interest of the enquiry, in the order of the form. One query."""
    interests = enquiry.interests.select_related("partner").in_order()
    return [_standing(interest, enquiry, desk, today) for interest in interests]


def mails(enquiry: Enquiry) -> list[Mail]:
    """
    What was mailed to the employer, the oldest first, without addresses. One query.

    In quarantine nothing is mailed: it looks as if it were about to be.
    """
    entries = enquiry.timeline.filter(kind__in=MAILS).select_related("message")
    entries = list(entries.order_by("at", "pk"))
    found = [
        Mail(
            entry.at,
            MAILS[entry.kind],
            DELIVERY[entry.message.state] if entry.message else BEING_SENT,
        )
        for entry in entries
    ]
    acknowledged = any(entry.kind == Kind.EMPLOYER_TOLD for entry in entries)
    if enquiry.is_quarantined and enquiry.source == Enquiry.Source.SITE and not acknowledged:
        found.insert(0, Mail(enquiry.created_at, MAILS[Kind.EMPLOYER_TOLD], BEING_SENT))
    return found


def said(enquiry: Enquiry) -> list[Said]:
    """
    What the employer added by this enquiry's link, the oldest first. One or two queries.

    What was said by the link of a duplicate belongs to the duplicate's page alone.
    """
    own = enquiry.timeline.filter(other=None)
    if enquiry.merged_into_id:
        own |= TimelineEntry.objects.filter(other=enquiry)
    entries = own.filter(kind__in=HEARD).order_by("at", "pk")
    return [Said(entry.at, _words_of(entry)) for entry in entries]


def question(enquiry: Enquiry) -> str:
    """What the team asked and waits for; empty if nothing. One query."""
    if enquiry.asked_at is None or enquiry.merged_into_id:
        return ""
    asked = enquiry.timeline.filter(kind=Kind.ASKED).order_by("-pk").first()
    return asked.text if asked else ""


def _words_of(entry: TimelineEntry) -> str:
    """An earlier address may be somebody else's: it is not shown."""
    return "You changed your email address" if entry.kind == Kind.EMAIL_CHANGED else entry.text


def _standing(interest: Interest, enquiry: Enquiry, desk: DeskSettings, today: date) -> Standing:
    is_their_turn = interest.is_at_the_desk and enquiry.asked_at is not None
    by = None if is_their_turn else interest.due_on
    return Standing(
        uuid=interest.uuid,
        topic=interest.topic,
        state=_state(interest, enquiry, is_their_turn=is_their_turn),
        who=_who(interest, desk),
        since=interest.state_since,
        by=by,
        is_late=by is not None and by < today,
        is_open=interest.is_open,
        partner=interest.partner.name if interest.is_accepted else "",
    )


def _state(interest: Interest, enquiry: Enquiry, *, is_their_turn: bool) -> str:
    if is_their_turn:
        return "We asked you a question and wait for your answer"
    if interest.is_at_the_desk:
        return "We are working on it" if enquiry.first_reply_at else "We have it and will reply"
    return {
        State.HANDED_OVER: "We have asked a partner if it can help you",
        State.ACCEPTED: "A partner has agreed to help you",
        State.CLOSED: "Finished",
        State.WITHDRAWN: "You do not want this any more",
    }[interest.state]


def _who(interest: Interest, desk: DeskSettings) -> str:
    """A partner is named once it has agreed; until then the team has it."""
    if interest.state == State.ACCEPTED:
        return interest.partner.name
    return desk.team_name if interest.is_open else ""
