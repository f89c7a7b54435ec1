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
REMOVED = "partners.member_removed"
LOG_ACTIONS = {  # what each is called, and how it is told
    JOINED: ("Join as a member", "Joined as a member"),
    MADE_LEAD: ("Make a member a lead", "A member became a lead"),
    REMOVED: ("Remove a member", "A member was removed"),
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
def remove_member(*, membership: Membership, by: User) -> None:
    """
    End a membership: the next page that the person opens is closed to them.

    :raises NotAMember: if they were removed meanwhile.
    :raises LastLead: if no other open account leads the partner.
    """
    membership = locked_member(membership)
    others = Membership.objects.filter(partner=membership.partner_id, user__is_active=True).leads()
    if membership.is_lead and not others.exclude(pk=membership.pk).exists():
        raise LastLead
    note(membership.partner, REMOVED, by, membership.user_id, membership=str(membership.uuid))
    membership.delete()


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
    """
    return Partner.objects.select_for_update().get(pk=partner.pk)


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
