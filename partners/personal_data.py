"""What partners hold on one person, for `core.personal_data`."""

from datetime import datetime

from accounts.models import User
from core.personal_data import of_address

from .models import Invitation, InvitationQuerySet, Membership, MembershipQuerySet


def find_invitations(address: str) -> InvitationQuerySet:
    """Invitations that were mailed to the address."""
    return of_address(Invitation.objects.all(), address, "email")


def export_invitation(invitation: Invitation) -> dict:
    """Which partner invited the address, and what became of it."""
    moments = ("created_at", "expires_at", "accepted_at", "withdrawn_at")
    return {
        "address": invitation.email,
        "partner": str(invitation.partner),
        "as_lead": invitation.is_lead,
        **{name: _plain(getattr(invitation, name)) for name in moments},
    }


def find_memberships(address: str) -> MembershipQuerySet:
    """What the account of the address may do for partners."""
    users = of_address(User.objects.all(), address, "email")
    return Membership.objects.filter(user__in=users).order_by("pk")


def export_membership(membership: Membership) -> dict:
    """For which partner somebody acts, and since when."""
    return {
        "partner": str(membership.partner),
        "lead": membership.is_lead,
        "coordinator": membership.is_coordinator,
        "joined_at": _plain(membership.joined_at),
    }


def erase(thing: Invitation | Membership, now: datetime) -> None:
    """Delete it; who was a member acts for nobody any more."""
    thing.delete()


def _plain(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
