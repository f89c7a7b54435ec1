from collections.abc import Iterable

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.timezone import localdate

from offers.models import OfferLink, OfferLinkQuerySet, OfferPage, OfferQuerySet, room_in_words
from partners import services as partners
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
def with_offers(shown: Iterable[Partner]) -> list[tuple[Partner, list[OfferLink]]]:
    """Each partner with its approved links to published offers, leads first. One query."""
    found = {partner.pk: (partner, []) for partner in shown}
    links = OfferLink.objects.published().filter(partner__in=[*found]).select_related("offer")
    for link in links.order_by("role", "offer__path", "pk"):
        found[link.partner_id][1].append(link)
    return list(found.values())


@register.simple_tag
def links_of(partner: Partner) -> dict[str, int]:
    """
    How many links of a partner there are. A few queries.

    Shape: {"public": 3, "full": 1, "returned": 0, "old": 2}: those the public reads, those of them
    without room, those with a change that the council returned, those that nobody confirmed for so
    long that the partner is asked.
    """
    rooms = OfferLink.objects.published().filter(partner=partner).values_list("room", flat=True)
    standings = partners.standings(list(partner.offer_links.all()))
    since = timezone.now() - settings.OFFER_LINKS_ASKED_AFTER
    return {
        "public": len(rooms),
        "full": list(rooms).count(OfferLink.Room.FULL),
        "returned": sum(standing.is_returned for standing in standings),
        "old": partner.offer_links.kept_up().not_confirmed_since(since).count(),
    }
