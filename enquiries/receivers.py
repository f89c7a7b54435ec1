from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from accounts.models import User
from partners.models import Membership, Partner

from . import services
from .models import DeskSettings


@receiver(post_delete, sender=Membership, dispatch_uid="enquiries.member_left")
def end_links_of_member(instance: Membership, **kwargs: object) -> None:
    """A member left, who may have been mailed the links to employers."""
    _end_links(instance.partner)


@receiver(post_save, sender=User, dispatch_uid="enquiries.account_saved")
def end_links_of_closed(instance: User, **kwargs: object) -> None:
    """An account was closed: it is a member's still, and opens nothing."""
    if not instance.is_active:
        for membership in instance.memberships.select_related("partner").order_by("pk"):
            _end_links(membership.partner)


def _end_links(partner: Partner) -> None:
    desk = DeskSettings.of_default_site()
    services.end_links(partner=partner, desk=desk, now=timezone.now())
