"""Which partners somebody acts for: by membership alone, whatever else they may do in the CMS."""

from accounts.models import User

from .models import Membership, Partner, PartnerQuerySet


def partners_of(user: User) -> PartnerQuerySet:
    """Active partners of which somebody is a member."""
    return Partner.objects.filter(pk__in=_active(user).values("partner"))


def led_by(user: User) -> PartnerQuerySet:
    """Active partners whose members somebody may invite and remove."""
    return Partner.objects.filter(pk__in=_active(user).leads().values("partner"))


def open_to(user: User) -> PartnerQuerySet:
    """Active partners for which somebody may propose changes: a coordinator for every one."""
    if is_coordinator(user):
        return Partner.objects.filter(is_active=True)
    return partners_of(user)


def is_coordinator(user: User) -> bool:
    """Whether somebody may propose for partners that are not their own."""
    return _active(user).coordinators().exists()


def _active(user: User):
    return Membership.objects.active().of(user)
