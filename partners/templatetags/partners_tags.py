from datetime import datetime

from django import template

from partners.models import Invitation, Membership, Partner, PartnerQuerySet
from partners.services import Standing, standing

register = template.Library()


@register.simple_tag
def all_partners() -> PartnerQuerySet:
    """Every published partner. One query."""
    return Partner.objects.published().in_order()


@register.simple_tag(takes_context=True)
def own_membership(context: template.Context, partner: Partner) -> Membership | None:
    """
    What makes the visitor a member of a partner; None for a coordinator who proposes for it.

    One query for a page, in however many of its blocks it is asked.
    """
    request = context["request"]
    known = request.__dict__.setdefault("own_memberships", {})
    if partner.pk not in known:
        own = Membership.objects.active().of(request.user).filter(partner=partner)
        known[partner.pk] = own.first()
    return known[partner.pk]


@register.simple_tag
def standing_of(partner: Partner) -> Standing:
    """Where the profile of a partner stands for its members. A few queries."""
    return standing(partner)


@register.filter
def has_expired(invitation: Invitation, now: datetime) -> bool:
    """Whether its link opens nothing any more because it is old."""
    return invitation.has_expired(now)
