from collections.abc import Iterable

from django import template
from django.utils.timezone import localdate

from offers.models import OfferLink, OfferLinkQuerySet, OfferPage, OfferQuerySet, room_in_words
from partners.models import Partner

register = template.Library()


@register.simple_tag
def all_offers() -> OfferQuerySet:
    """Every published offer. One query."""
    return OfferPage.objects.published().in_order()


@register.simple_tag
def who_delivers(offer: OfferPage) -> list[OfferLink]:
    """The approved links of active partners to one offer, leads first. One query."""
    return offer.delivery


@register.simple_tag
def room(links: list[OfferLink]) -> tuple[str, str] | None:
    """Whether there is room today, as a label and words; None if nobody delivers it. No query."""
    return room_in_words(links, today=localdate())


@register.filter
def room_text(link: OfferLink) -> str:
    """Whether this partner has room today, in words."""
    return link.room_text(localdate())


@register.simple_tag
def delivered_by(partner: Partner) -> OfferLinkQuerySet:
    """The approved links of one partner to published offers. One query."""
    links = OfferLink.objects.published().filter(partner__in=[partner.pk]).select_related("offer")
    return links.order_by("role", "offer__path", "pk")


@register.simple_tag
def with_offers(partners: Iterable[Partner]) -> list[tuple[Partner, list[OfferLink]]]:
    """Each partner with its approved links to published offers, leads first. One query."""
    found = {partner.pk: (partner, []) for partner in partners}
    links = OfferLink.objects.published().filter(partner__in=[*found]).select_related("offer")
    for link in links.order_by("role", "offer__path", "pk"):
        found[link.partner_id][1].append(link)
    return list(found.values())


@register.simple_tag
def links_of(partner: Partner) -> dict[str, int]:
    """How many links of a partner are public, and how many have no room, as `public`, `full`."""
    rooms = OfferLink.objects.published().filter(partner=partner).values_list("room", flat=True)
    return {"public": len(rooms), "full": list(rooms).count(OfferLink.Room.FULL)}
