from .invitation import Invitation, InvitationQuerySet
from .membership import Membership, MembershipQuerySet
from .partner import Partner, PartnerQuerySet

__all__ = [
    "Invitation",
    "InvitationQuerySet",
    "Membership",
    "MembershipQuerySet",
    "Partner",
    "PartnerQuerySet",
]
