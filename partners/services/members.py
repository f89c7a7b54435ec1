"""Who acts for a partner. Every change is in Wagtail's log of that partner, without addresses."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from wagtail.log_actions import log
from wagtail.log_actions import registry as log_registry

from accounts.models import User

from ..models import Membership, Partner

JOINED = "partners.member_joined"
MADE_LEAD = "partners.member_made_lead"
LEAD_ENDED = "partners.member_lead_ended"
MADE_COORDINATOR = "partners.member_made_coordinator"
COORDINATOR_ENDED = "partners.member_coordinator_ended"
REMOVED = "partners.member_removed"
LOG_ACTIONS = {  # what each is called, and how it is told
    JOINED: ("Join as a member", "Joined as a member"),
    MADE_LEAD: ("Make a member a lead", "A member became a lead"),
    LEAD_ENDED: ("Have a member lead no longer", "A member is no longer a lead"),
    MADE_COORDINATOR: ("Make a member a coordinator", "A member became a coordinator"),
    COORDINATOR_ENDED: (
        "Have a member coordinate no longer",
        "A member is no longer a coordinator",
    ),
    REMOVED: ("Remove a member", "A member was removed"),
}


_CHANGES = {  # by the name of the field, and what it became
    ("is_lead", True): MADE_LEAD,
    ("is_lead", False): LEAD_ENDED,
    ("is_coordinator", True): MADE_COORDINATOR,
    ("is_coordinator", False): COORDINATOR_ENDED,
}


class LastLead(Exception):
    """Without this member nobody could invite others."""


class NotAMember(Exception):
    """The membership ended meanwhile."""


@transaction.atomic
def make_lead(*, membership: Membership, by: User) -> Membership:
    """
    Let a member invite and remove others; one who may already stays so.

    :raises NotAMember: if they were removed meanwhile.
    """
    membership = locked_member(membership)
    if not membership.is_lead:
        membership.is_lead = True
        membership.save(update_fields=["is_lead"])
        note(membership.partner, MADE_LEAD, by, membership.user_id)
    return membership


@transaction.atomic
def change_member(
    *, membership: Membership, is_lead: bool, is_coordinator: bool, by: User
) -> Membership:
    """
    Have a member do what the council says, also if nobody leads the partner then.

    :raises NotAMember: if they were removed meanwhile.
    """
    membership = locked_member(membership)
    for name, value in {"is_lead": is_lead, "is_coordinator": is_coordinator}.items():
        if getattr(membership, name) != value:
            setattr(membership, name, value)
            note(membership.partner, _CHANGES[name, value], by, membership.user_id)
    membership.save(update_fields=["is_lead", "is_coordinator"])
    return membership


@transaction.atomic
def remove_member(*, membership: Membership, by: User, may_be_last_lead: bool = False) -> None:
    """
    End a membership: the next page that the person opens is closed to them.

    `may_be_last_lead` is for the council, which can invite another one.

    :raises NotAMember: if they were removed meanwhile.
    :raises LastLead: if no other open account leads the partner, and one has to.
    """
    membership = locked_member(membership)
    needs_another = membership.is_lead and not may_be_last_lead
    if needs_another and not is_led(membership.partner, without=membership):
        raise LastLead
    note(membership.partner, REMOVED, by, membership.user_id, membership=str(membership.uuid))
    membership.delete()


def is_led(partner: Partner, *, without: Membership | None = None) -> bool:
    """Whether an open account leads it, other than `without`: somebody who can invite others."""
    leads = Membership.objects.filter(partner=partner, user__is_active=True).leads()
    if without is not None:
        leads = leads.exclude(pk=without.pk)
    return leads.exists()


def was_removed(*, partner: Partner, member: UUID) -> bool:
    """Whether a membership of this partner, by its uuid, was ended."""
    removals = log_registry.get_logs_for_instance(partner).filter(action=REMOVED)
    return any(entry.data.get("membership") == str(member) for entry in removals)


def add_member(*, partner: Partner, user: User, is_lead: bool, at: datetime) -> Membership:
    """Have somebody act for a partner; a member stays one, and may become a lead."""
    membership, is_new = Membership.objects.get_or_create(
        partner=partner, user=user, defaults={"is_lead": is_lead, "joined_at": at}
    )
    if is_new:
        note(partner, JOINED, user, user.pk)
    elif is_lead and not membership.is_lead:
        membership.is_lead = True
        membership.save(update_fields=["is_lead"])
        note(partner, MADE_LEAD, user, user.pk)
    return membership


def locked_partner(partner: Partner) -> Partner:
    """
    The partner, locked until the transaction ends: who acts for it is changed by one at a time.

    Its key stays free, so that whoever holds an enquiry can still write down what the partner did.
    """
    return Partner.objects.select_for_update(no_key=True).get(pk=partner.pk)


def locked_member(membership: Membership) -> Membership:
    """:raises NotAMember: if they were removed meanwhile."""
    partner = locked_partner(membership.partner)
    found = Membership.objects.filter(pk=membership.pk, partner=partner).first()
    if found is None:
        raise NotAMember
    return found


def note(
    partner: Partner, action: str, by: User | None, member: int | None = None, **more: str
) -> None:
    """Write in the log of a partner what happened, and to whom by number: no address, no name."""
    data = {"user": member, **more} if member else None
    log(partner, action, user=by, data=data)
