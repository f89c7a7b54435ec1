from .invitation import INVITATION_PURPOSE, Invitation, InvitationQuerySet
from .membership import Membership, MembershipQuerySet
from .partner import Partner, PartnerQuerySet

__all__ = [
    "INVITATION_PURPOSE",
    "Invitation",
    "InvitationQuerySet",
    "Membership",
    "MembershipQuerySet",
    "Partner",
    "PartnerQuerySet",
]
