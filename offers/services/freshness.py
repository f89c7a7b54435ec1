"""
Whether what partners offer still holds: each is asked once a month, and confirms it by one button.

What nobody confirms is marked, and then leaves the finder and every list until somebody does.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from wagtail.log_actions import log

from accounts.models import User
from core.one_by_one import each_by_itself
from outbox.services import queue_mail, usable_addresses
from partners import services as partners
from partners.models import Partner

from ..models import FreshnessCheck, OfferLink, OfferLinkQuerySet
from .links import editors

CONFIRMED = "offers.confirmed"
LAPSED = "offers.lapsed"


class HasChanged(Exception):
    """What was confirmed is not what is published now."""


def ask_partners(now: datetime) -> int:
    """
    Mail each partner that has not confirmed what it offers for 30 days, at most every 30 days; how
    many were asked. One that fails is logged and keeps no other.
    """
    due = OfferLink.objects.kept_up().not_confirmed_since(now - settings.OFFER_LINKS_ASKED_AFTER)
    asked = FreshnessCheck.objects.filter(asked_at__gt=now - settings.OFFER_LINKS_ASKED_AFTER)
    to_ask = Partner.objects.filter(pk__in=due.values("partner"))
    to_ask = to_ask.exclude(pk__in=asked.values("partner")).order_by("pk")
    return each_by_itself(to_ask, lambda one: _write(one, now, "still_right"), task="Asking")


def hide_unconfirmed(now: datetime) -> int:
    """
    Take what nobody has confirmed for 90 days off the public site, and mail the partner; how many
    partners that were.
    """
    old = OfferLink.objects.kept_up().filter(lapsed_at=None)
    old = old.not_confirmed_since(now - settings.OFFER_LINKS_SHOWN_FOR)
    to_tell = Partner.objects.filter(pk__in=old.values("partner")).order_by("pk")
    return each_by_itself(
        to_tell, lambda one: _write(one, now, "offer_links_lapsed"), task="Hiding"
    )


@transaction.atomic
def confirm(*, partner: Partner, seen: str, by: User | None, now: datetime) -> int:
    """
    Note that all that a partner offers is still right: the public sees all of it again. Returns
    how many links. `by` is None for whoever opens the link of a mail.

    :raises HasChanged: if `seen` is not the fingerprint of what is published now.
    """
    partners.locked(partner)
    links = list(OfferLink.objects.kept_up().filter(partner=partner).order_by("pk"))
    if fingerprint(links) != seen:
        raise HasChanged
    for link in links:
        was_confirmed(link, now)
        log(link, CONFIRMED, user=by)
    return len(links)


def fingerprint(links: Iterable[OfferLink]) -> str:
    """Which links were shown, and which version of each: "12.340-15.377"."""
    shown = sorted((link.pk, link.live_revision_id or 0, link.room) for link in links)
    return "-".join(".".join(map(str, one)) for one in shown)


def end_links(partner: Partner) -> None:
    """
    Have the links of all mails sent until now open nothing: somebody who may have one left.

    Whoever is still a member confirms in the partner area, or by the link of the next mail.
    """
    FreshnessCheck.objects.filter(partner=partner).update(link_version=F("link_version") + 1)


def recipients(partner: Partner) -> list[str]:
    """
    Who is asked: proven contacts for its offers, else those who lead it, else all its members.
    Empty if there is nobody.
    """
    contacts = OfferLink.objects.approved().filter(partner=partner).exclude(contact_email="")
    addresses = dict.fromkeys(contacts.order_by("pk").values_list("contact_email", flat=True))
    proven = usable_addresses(addresses)
    if usable := [one for one in addresses if one in proven]:
        return usable
    members = partner.memberships.active().in_order()
    chosen = list(members.leads().values_list("user__email", flat=True))
    return chosen or list(members.values_list("user__email", flat=True))


def _write(partner: Partner, now: datetime, purpose: str) -> bool:
    """Mail the partner; with nobody there to mail, the editors. False if it was quicker."""
    partners.locked(partner)
    links = OfferLink.objects.kept_up().filter(partner=partner)
    if purpose == "offer_links_lapsed":
        links = _hide(links, now)
        is_due = links.exists()
    else:
        since = now - settings.OFFER_LINKS_ASKED_AFTER
        is_due = links.not_confirmed_since(since).exists()
    if not is_due:
        return False
    check = FreshnessCheck.objects.create(partner=partner, asked_at=now)
    shown = [(link.offer.title, link.what_we_do) for link in links.select_related("offer")]
    to = recipients(partner)
    if not to:
        to, purpose = [editor.email for editor in editors()], "partner_without_contact"
    for number, address in enumerate(to):
        queue_mail(
            purpose=purpose,
            dedupe_key=f"{purpose}:{check.uuid}:{number}",
            to=address,
            context={
                "partner": partner,
                "links": shown,
                "path": reverse("still_right", args=[check.token]),
                "area_path": reverse("partner_offers", args=[partner.slug]),
                "cms_path": reverse("wagtailsnippets_partners_partner:edit", args=[partner.pk]),
                "days": settings.OFFER_LINKS_SHOWN_FOR.days,
            },
        )
    return True


def _hide(links: OfferLinkQuerySet, now: datetime) -> OfferLinkQuerySet:
    """Hide those of a partner that nobody has confirmed in time; returns them."""
    old = links.filter(lapsed_at=None)
    old = old.not_confirmed_since(now - settings.OFFER_LINKS_SHOWN_FOR)
    keys = list(old.values_list("pk", flat=True))
    for link in OfferLink.objects.filter(pk__in=keys):
        log(link, LAPSED)
    OfferLink.objects.filter(pk__in=keys).update(lapsed_at=now)
    return OfferLink.objects.filter(pk__in=keys)


def was_confirmed(link: OfferLink, now: datetime) -> None:
    """Somebody has looked at a link, who published it or confirmed it: the public sees it again."""
    OfferLink.objects.filter(pk=link.pk).update(confirmed_at=now, lapsed_at=None)
