"""What another system that helps the employer did with an enquiry: the Business Portal."""

from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from offers.models import OfferLink
from partners.models import Partner

from ..models import Enquiry, Handover, Interest, TimelineEntry
from .moving import (
    end_handover,
    held,
    move,
    partners_day,
    put_down,
    refuse_unwanted,
    unwanted_for,
)
from .timeline import Refused, locked, note

READ_BY_PORTAL = "enquiries.portal_read"  # action in Wagtail's audit log
_KINDS = {
    Interest.State.HANDED_OVER: TimelineEntry.Kind.HANDED_OVER,
    Interest.State.ACCEPTED: TimelineEntry.Kind.ACCEPTED,
    Interest.State.CLOSED: TimelineEntry.Kind.CLOSED,
    Interest.State.WITHDRAWN: TimelineEntry.Kind.WITHDRAWN,
}
_ENDS = {
    Interest.State.CLOSED: Handover.End.CLOSED,
    Interest.State.WITHDRAWN: Handover.End.WITHDRAWN,
}


class NobodyToHaveIt(Refused):
    """It is said that a partner has it, and neither that news nor the offer says which."""


@transaction.atomic
def hear_from_portal(
    *,
    enquiry: Enquiry,
    by: User,
    now: datetime,
    interest: Interest | None = None,
    state: str = "",
    since: datetime | None = None,
    partner: Partner | None = None,
    outcome: str = "",
    count: int | None = None,
    text: str = "",
) -> TimelineEntry:
    """
    Note what the portal says; with a `state`, the interest is in it since then, whatever it was in.

    The portal has told whom it concerns: nobody is mailed, but a partner that this site handed the
    interest to and that has it no more. `by` is the portal's user.

    :raises NobodyToHaveIt: if a partner has it and nothing says which.
    :raises PartnerIsUnwanted: if the employer has said that it would rather not work with it.
    """
    enquiry = locked(enquiry)
    if interest is None or not state:
        kind = TimelineEntry.Kind.PORTAL_TOLD
        return note(enquiry, kind, now, interest=interest, actor=by, text=text)
    interest = held(interest, tuple(Interest.State.values), "changed")
    with_a_partner = state in Interest.WITH_A_PARTNER
    if with_a_partner:
        partner = partner or interest.partner or _leading(interest)
        if partner is None:
            raise NobodyToHaveIt("Say which partner has it: nobody leads this offer")
        refuse_unwanted(interest, partner)
        if partner != interest.partner:
            end_handover(interest, Handover.End.TAKEN_BACK, now)
        interest.partner = partner
    else:
        end_handover(interest, _ENDS[state], now)
    interest.outcome, interest.outcome_count = outcome, count
    if with_a_partner:  # it sees who the employer is only while it has accepted
        accepted_at = now if state == Interest.State.ACCEPTED else None
        interest.handovers.open().update(accepted_at=accepted_at)
    move(
        interest,
        state,
        since,
        due_on=partners_day(interest, state, now) if with_a_partner else None,
    )
    came = {"outcome": outcome, "outcome_count": count}
    return put_down(interest, _KINDS[state], now, member=by, text=text, **came)


@transaction.atomic
def note_reading(*, enquiry: Enquiry, by: User, now: datetime) -> None:
    """Note that the portal was given the enquiry: on its timeline and in the audit log."""
    note(enquiry, TimelineEntry.Kind.PORTAL_READ, now, actor=by)
    log(enquiry, READ_BY_PORTAL, user=by)


def _leading(interest: Interest) -> Partner | None:
    """The first of those who lead the interest's offer, but none that the employer refused."""
    links = OfferLink.objects.published().filter(offer=interest.offer_id, role="lead")
    link = (
        links.exclude(partner__in=unwanted_for(interest))
        .select_related("partner")
        .lead_first()
        .first()
    )
    return link and link.partner
