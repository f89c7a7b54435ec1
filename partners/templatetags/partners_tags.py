from datetime import datetime

from django import template

from partners.models import Invitation, Membership, Partner, PartnerQuerySet

register = template.Library()


@register.simple_tag
def all_partners() -> PartnerQuerySet:
    """Every published partner. One query."""
    return Partner.objects.published().in_order()


@register.simple_tag(takes_context=True)
def own_membership(context: template.Context, partner: Partner) -> Membership | None:
    """
    What makes the visitor a member of a partner; None for a coordinator who proposes for it. One
    query.
    """
    return Membership.objects.active().of(context["request"].user).filter(partner=partner).first()


@register.filter
def has_expired(invitation: Invitation, now: datetime) -> bool:
    """Whether its link opens nothing any more because it is old."""
    return invitation.has_expired(now)
