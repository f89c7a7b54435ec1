from django import template

from offers.models import OfferLink, OfferLinkQuerySet, OfferPage, OfferQuerySet
from partners.models import Partner

register = template.Library()


@register.simple_tag
def all_offers() -> OfferQuerySet:
    """Every published offer. One query."""
    return OfferPage.objects.published().in_order()


@register.simple_tag
def who_delivers(offer: OfferPage) -> list[OfferLink]:
    """The approved links of active partners to one offer, leads first. One query."""
    return list(offer.offer_links.published().select_related("partner").lead_first())


@register.simple_tag
def delivered_by(partner: Partner) -> OfferLinkQuerySet:
    """The approved links of one partner to published offers. One query."""
    links = partner.offer_links.published().select_related("offer")
    return links.order_by("role", "offer__path", "pk")
