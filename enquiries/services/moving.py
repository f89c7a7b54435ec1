"""
How one interest moves on: the only door to its state.

Each function locks the enquiry, looks at the state as it is now, and refuses what does not fit
it; the database holds the same rules. The enquiry's status follows from its interests. The `key`
of a form stays on the timeline, so that it is known to have acted.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Case, QuerySet, When

from accounts.models import User
from offers.models import OfferLink
from outbox.services import first_usable, usable_addresses
from partners.models import Membership, Partner

from .. import clock
from ..models import DeskSettings, Enquiry, Handover, Interest, TimelineEntry
from .mails import (
    introduce,
    mails_with_link,
    tell_partner,
    tell_partner_end,
    write_to_employer,
)
from .owning import taken
from .timeline import Refused, locked, note, read_by_the_desk, refuse_in_quarantine

End, Kind, State = Handover.End, TimelineEntry.Kind, Interest.State
# What partners themselves have just said they need not be told.
_KNOWN_TO_PARTNER = {End.DECLINED, End.GIVEN_BACK}


class WrongState(Refused):
    """The interest is not, or no longer, in a state from which it can move like that."""


class PartnerIsRetired(Refused):
    """Nothing is handed to a partner that is not active."""


class PartnerIsUnwanted(Refused):
    """The employer has said that it would rather not work with this partner."""


@transaction.atomic
def hand_over(
    *,
    interest: Interest,
    to: Partner,
    by: User,
    desk: DeskSettings,
    now: datetime,
    text: str = "",
    briefing: str = "",
    key: UUID | None = None,
) -> Interest:
    """
    Pass one interest to a partner and start the clock for its answer; whoever does takes the
    enquiry, if nobody has.

    `text` is a note for the desk; `briefing` the partner reads once it has accepted. The partner
    is mailed if there is somebody to write to.

    :raises WrongState: unless the interest is at the desk.
    :raises PartnerIsRetired: if the partner is not active.
    :raises PartnerIsUnwanted: if the employer does not want it for this.
    """
    if not to.is_active:
        raise PartnerIsRetired(f"{to.name} is not active any more")
    interest = held(interest, Interest.AT_THE_DESK, "handed over")
    refuse_unwanted(interest, to)
    interest.partner, interest.enquiry = to, taken(interest.enquiry, by, now)
    move(interest, State.HANDED_OVER, now, due_on=partners_day(interest, State.HANDED_OVER, now))
    handover = Handover.objects.create(
        interest=interest,
        partner=to,
        handed_at=now,
        remind_on=clock.reminder_due(now, interest),
        answer_by=clock.handover_due(now, interest),
    )
    put_down(interest, Kind.HANDED_OVER, now, by=by, text=text, key=key)
    if briefing:
        put_down(interest, Kind.BRIEFED, now, by=by, text=briefing)
    if address := contact_of(handover):
        message = tell_partner(handover, desk, to=address, purpose="interest_handed_over")
        put_down(interest, Kind.PARTNER_TOLD, now, message=message)
    return interest


@transaction.atomic
def accept(
    *,
    interest: Interest,
    desk: DeskSettings,
    now: datetime,
    by: User | None = None,
    member: User | None = None,
    text: str = "",
    key: UUID | None = None,
) -> Interest:
    """
    Note that the partner takes the employer up, and tell the employer who helps.

    `by` is who at the desk was told so, `member` who of the partner said so on the site.

    :raises WrongState: unless the interest is handed over.
    """
    interest = held(interest, (State.HANDED_OVER,), "accepted")
    interest.handovers.open().update(accepted_at=now)
    move(interest, State.ACCEPTED, now, due_on=partners_day(interest, State.ACCEPTED, now))
    entry = put_down(interest, Kind.ACCEPTED, now, by=by, member=member, text=text, key=key)
    if interest.enquiry.email:
        message = introduce(interest, desk, now, key=str(entry.pk))
        put_down(interest, Kind.INTRODUCED, now, message=message)
    return interest


@transaction.atomic
def decline(
    *,
    interest: Interest,
    desk: DeskSettings,
    now: datetime,
    by: User | None = None,
    member: User | None = None,
    text: str = "",
    key: UUID | None = None,
) -> Interest:
    """
    Note that the partner does not take the employer up: the interest is the desk's again.

    `by` and `member` as for `accept`.

    :raises WrongState: unless the interest is handed over.
    """
    interest = held(interest, (State.HANDED_OVER,), "declined")
    put_down(interest, Kind.DECLINED, now, by=by, member=member, text=text, key=key)
    back_to_desk(interest, desk, now, end=End.DECLINED, returned_at=now)
    return interest


@transaction.atomic
def take_back(
    *,
    interest: Interest,
    by: User,
    desk: DeskSettings,
    now: datetime,
    text: str = "",
    key: UUID | None = None,
) -> Interest:
    """
    Take an interest back from a partner, and tell the partner.

    :raises WrongState: unless a partner has it.
    """
    interest = held(interest, Interest.WITH_A_PARTNER, "taken back")
    put_down(interest, Kind.TAKEN_BACK, now, by=by, text=text, key=key)
    back_to_desk(interest, desk, now, end=End.TAKEN_BACK)
    return interest


@transaction.atomic
def close(
    *,
    interest: Interest,
    outcome: str,
    by: User | None,
    now: datetime,
    count: int | None = None,
    text: str = "",
    tell: str = "",
    desk: DeskSettings | None = None,
    member: User | None = None,
    is_told_by_partner: bool = False,
    is_removed: bool = False,
    key: UUID | None = None,
) -> Interest:
    """
    Record what came of an interest; `text` is the reason, for the desk. `by` is None for the site
    and for the partner that has it, whose `member` it was. With `is_removed` the enquiry is about
    to name nobody. What a partner was only asked to take counts as done by the desk.

    With words in `tell` the employer is mailed them, by `desk`, which is needed then; without, it
    is closed quietly.

    :raises WrongState: unless the interest is open.
    :raises NoAddress: if there are words and no e-mail address.
    """
    interest = held(interest, Interest.OPEN, "closed")
    interest.outcome, interest.outcome_count = outcome, count
    end_handover(interest, End.CLOSED, now, tell=not is_told_by_partner, is_removed=is_removed)
    if interest.is_handed_over:
        interest.partner = None
    move(interest, State.CLOSED, now)
    came = {"outcome": outcome, "outcome_count": count, "key": key}
    entry = put_down(interest, Kind.CLOSED, now, by=by, member=member, text=text, **came)
    if tell:
        interest.enquiry = taken(interest.enquiry, by, now)
        message = write_to_employer(interest.enquiry, desk, text=tell, key=str(entry.pk))
        note(interest.enquiry, Kind.REPLIED, now, actor=by, text=tell, message=message)
        replied(interest.enquiry, now)
    return interest


@transaction.atomic
def withdraw(
    *,
    interest: Interest,
    now: datetime,
    by: User | None = None,
    is_removed: bool = False,
    key: UUID | None = None,
) -> Interest:
    """
    Note that the employer does not want it any more; `by` whom at the desk, if they said so there.
    With `is_removed` the enquiry is about to name nobody.

    Employers themselves may do so in quarantine too: they are not told of it.

    :raises WrongState: unless the interest is open.
    """
    interest = held(interest, Interest.OPEN, "withdrawn", in_quarantine=by is None)
    end_handover(interest, End.WITHDRAWN, now, is_removed=is_removed)
    move(interest, State.WITHDRAWN, now)
    put_down(interest, Kind.WITHDRAWN, now, by=by, key=key)
    return interest


@transaction.atomic
def reopen(
    *,
    interest: Interest,
    by: User,
    desk: DeskSettings,
    now: datetime,
    text: str = "",
    key: UUID | None = None,
) -> Interest:
    """
    Take up an interest that was closed or withdrawn; its outcome stays on the timeline.

    :raises WrongState: if it is open, or its enquiry was joined with another.
    """
    interest = held(interest, (State.CLOSED, State.WITHDRAWN), "reopened")
    if interest.enquiry.merged_into_id:
        raise WrongState("It was joined with another enquiry: reopen it there")
    put_down(interest, Kind.REOPENED, now, by=by, text=text, key=key)
    back_to_desk(interest, desk, now)
    return interest


def replied(enquiry: Enquiry, now: datetime) -> None:
    """A person has written or spoken to the employer: the promise is kept, the next look set."""
    if enquiry.first_reply_at is None:
        enquiry.first_reply_at = now
    enquiry.asked_at = None
    enquiry.anonymise_on = clock.retention_ends(now)
    read_by_the_desk(enquiry)
    enquiry.save(update_fields=["first_reply_at", "asked_at", "anonymise_on", "employer_wrote_at"])
    again_on = clock.look_again_due(now)
    enquiry.interests.at_the_desk().update(due_on=again_on, returned_at=None)
    for interest in enquiry.interests.with_a_partner().select_related("offer"):
        interest.enquiry = enquiry
        interest.due_on = _partners_next_day(interest, now)
        interest.save(update_fields=["due_on"])


def held(
    interest: Interest, states: tuple[str, ...], what: str, *, in_quarantine: bool = False
) -> Interest:
    """The interest as it is now, with its enquiry locked."""
    enquiry = locked(interest.enquiry)
    topic = interest.topic
    interest = enquiry.interests.select_related("offer", "partner").filter(pk=interest.pk).first()
    if interest is None:
        raise WrongState(f"‘{topic}’ cannot be {what}: it was joined with another enquiry")
    interest.enquiry = enquiry
    if not in_quarantine:
        refuse_in_quarantine(enquiry)
    if interest.state not in states:
        state = interest.get_state_display().lower()
        raise WrongState(f"‘{interest.topic}’ cannot be {what}: it is {state} now")
    return interest


def unwanted_for(interest: Interest) -> QuerySet:
    """Ids of the partners that the employer would rather not work with for this."""
    said = TimelineEntry.objects.filter(interest=interest, kind=Kind.UNWANTED)
    return said.values("partner")


def refuse_unwanted(interest: Interest, partner: Partner) -> None:
    """:raises PartnerIsUnwanted: if the employer would rather not work with the partner."""
    if unwanted_for(interest).filter(partner=partner).exists():
        raise PartnerIsUnwanted(f"The employer would rather not work with {partner.name}")


def partners_day(interest: Interest, state: str, since: datetime) -> date:
    """By when a partner acts; as long as a reply is owed, not after the day that was promised."""
    due_for = {State.HANDED_OVER: clock.handover_due, State.ACCEPTED: clock.outcome_due}
    day = due_for[state](since, interest)
    enquiry = interest.enquiry
    return min(day, enquiry.reply_due_on) if enquiry.owes_reply else day


def contact_of(handover: Handover) -> str:
    """
    Where its partner hears of such interests now; empty if there is nobody.

    That is the proven contact for the offer, else one for another offer; of links that the council
    has approved, for anybody may propose an address and prove it. Without one it is whoever leads
    the partner, else another member: an invitation was mailed there.
    """
    partner, offer = handover.partner, handover.interest.offer_id
    links = OfferLink.objects.approved().filter(partner=partner)
    links = links.exclude(contact_email="")
    is_other = Case(When(offer=offer, then=0), default=1)
    links = links.order_by(is_other, "pk")
    members = partner.memberships.active().in_order()
    return (
        first_usable(links.values_list("contact_email", flat=True))
        or members.values_list("user__email", flat=True).first()
        or ""
    )


def mailable(partners: Iterable[Partner]) -> set[int]:
    """Those (their keys) for whom `contact_of` finds somebody to write to. 3 queries."""
    links = OfferLink.objects.approved().filter(partner__in=partners).exclude(contact_email="")
    contacts = dict(links.values_list("contact_email", "partner"))
    usable = usable_addresses(contacts)
    by_contact = set(links.filter(contact_email__in=usable).values_list("partner", flat=True))
    members = Membership.objects.active().filter(partner__in=partners)
    return by_contact | set(members.values_list("partner", flat=True))


def _partners_next_day(interest: Interest, now: datetime) -> date:
    """
    By when a partner acts, once a person has replied: what it was asked to answer stays so, of what
    it has taken up it is asked later, and never sooner than it was told.
    """
    if interest.is_accepted:
        return max(interest.due_on, partners_day(interest, State.ACCEPTED, now))
    return partners_day(interest, interest.state, interest.state_since)


def told_at(handover: Handover) -> str:
    """Where the partner has its link, unless mail is refused there; else where it would be told."""
    known = mails_with_link(handover).exclude(recipient="").filter(recipient_refused=False)
    address = known.values_list("recipient", flat=True).first()
    return address or contact_of(handover)


def move(
    interest: Interest,
    state: str,
    now: datetime,
    *,
    due_on: date | None = None,
    returned_at: datetime | None = None,
) -> None:
    """Write the new state; `due_on` is the day by which something happens next, if open."""
    interest.state, interest.state_since = state, now
    interest.due_on, interest.returned_at = due_on, returned_at
    interest.save()
    enquiry = interest.enquiry
    if enquiry.asked_at and not enquiry.interests.at_the_desk().exists():
        enquiry.asked_at = None  # nothing is left that an answer would be about
        enquiry.save(update_fields=["asked_at"])


def back_to_desk(
    interest: Interest,
    desk: DeskSettings,
    now: datetime,
    *,
    end: str = "",
    returned_at: datetime | None = None,
) -> None:
    """
    The team has it again, with its promise to answer; an outcome it had is history.

    `end` is how the handover ends, if a partner had it. The interest must be held.
    """
    if end:
        end_handover(interest, end, now, tell=end not in _KNOWN_TO_PARTNER)
    interest.partner = None
    interest.outcome, interest.outcome_count = "", None
    due_on = clock.reply_due(now, desk)
    move(interest, State.WITH_DESK, now, due_on=due_on, returned_at=returned_at)


def end_handover(
    interest: Interest, end: str, now: datetime, *, tell: bool = True, is_removed: bool = False
) -> None:
    """
    Whatever partner has it has it no more; with `tell` it is mailed so.

    The mail says nothing about the employer. If the details are about to be removed it stands on no
    timeline, so that it is still sent: who was given them is told to remove them too.
    """
    for handover in interest.handovers.open().select_related("partner"):
        handover.ended_at, handover.end = now, end
        handover.save(update_fields=["ended_at", "end"])
        address = told_at(handover) if tell else ""
        if not address:
            continue
        message = tell_partner_end(handover, to=address, is_removed=is_removed)
        if not is_removed:
            put_down(interest, Kind.PARTNER_TOLD_END, now, message=message)


def put_down(
    interest: Interest,
    kind: str,
    now: datetime,
    *,
    by: User | None = None,
    member: User | None = None,
    **fields: object,
) -> TimelineEntry:
    """
    Write it on the timeline, with the partner that has the interest.

    `by`, somebody at the desk, has read what the employer added; a `member` of the partner has not.
    """
    if by is not None and interest.enquiry.employer_wrote_at is not None:
        read_by_the_desk(interest.enquiry)
        interest.enquiry.save(update_fields=["employer_wrote_at"])
    return note(
        interest.enquiry,
        kind,
        now,
        interest=interest,
        partner=interest.partner,
        actor=by or member,
        **fields,
    )
