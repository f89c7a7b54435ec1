"""Where an offer begins at this moment: our form, or the portal."""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.core.cache import cache
from django.db import DatabaseError
from django.urls import reverse

from offers.models import OfferPage

from .addresses import refusal, start_of
from .models import HEALTH_HOLDS, KNOWN, KNOWN_FOR, OfferRoute, PortalHealth, PortalSettings

Stage, Way = PortalSettings.Stage, OfferRoute.Way


@dataclass(frozen=True)
class Known:
    """What every process knows of the portal, for at most half a minute."""

    stage: str = Stage.OFF
    is_connected: bool = False
    secret_version: int = 1
    previous_secret_until: datetime | None = None
    announcement: str = ""
    base_url: str = ""
    link_template: str = ""
    health_url: str = ""  # empty where nobody needs to ask
    ways: tuple[tuple[UUID, str], ...] = ()  # of offers that go their own way
    is_healthy: bool = False
    checked_at: datetime | None = None

    def way_of(self, offer: UUID) -> str:
        """One of form and portal. Off is off: whatever an offer's own way is."""
        if self.stage == Stage.OFF:
            return Way.FORM
        way = dict(self.ways).get(offer, Way.INHERIT)
        if way == Way.INHERIT:
            return Way.PORTAL if self.stage == Stage.LIVE else Way.FORM
        return way

    def is_well(self, now: datetime) -> bool:
        """Whether the portal answered when it was asked, and somebody still asks."""
        if not (self.is_healthy and self.checked_at):
            return False
        return abs(now - self.checked_at) < HEALTH_HOLDS  # ahead: from a clock that was wrong

    @property
    def may_lead_away(self) -> bool:
        """Whether any offer may begin in the portal."""
        if self.stage == Stage.OFF:
            return False
        return self.stage == Stage.LIVE or any(way == Way.PORTAL for _, way in self.ways)


def known() -> Known:
    """The portal as it was at most 30 seconds ago: a look into the cache, seldom three queries."""
    try:
        return cache.get_or_set(KNOWN, _look, KNOWN_FOR)
    except DatabaseError:
        raise
    except Exception:  # noqa: BLE001 - no page is lost to a cache that is away
        return _look()


def form_of(slug: str) -> str:
    """The address of our form, with the offer ticked."""
    return f"{reverse('enquire')}?{urlencode({'offer': slug})}"


def leads_to(slug: str, *, now: datetime) -> str:
    """The address where the offer with this slug begins. No query while the portal is off."""
    portal = known()
    if not portal.may_lead_away:
        return form_of(slug)
    offer = OfferPage.objects.published().filter(slug=slug).only("slug", "translation_key").first()
    return leads_from(portal, offer, now=now) if offer else form_of(slug)


def leads_from(portal: Known, offer: OfferPage, *, now: datetime) -> str:
    """The address where the offer would begin if the portal were as given. No query."""
    form = form_of(offer.slug)
    if portal.way_of(offer.translation_key) == Way.FORM:
        return form
    there = start_of(portal.base_url, portal.link_template, offer.translation_key)
    # Also one that was allowed when it was entered and is not any more.
    if not portal.is_well(now) or refusal(there):
        return f"{form}&portal=unavailable"
    return there


def forget() -> None:
    """Have the next one who asks look anew."""
    cache.delete(KNOWN)


def _look() -> Known:
    switch = PortalSettings.objects.filter(site__is_default_site=True).first()
    if switch is None:
        return Known()
    ways = tuple(
        OfferRoute.objects.filter(settings=switch)
        .exclude(way=Way.INHERIT)
        .order_by("pk")
        .values_list("offer__translation_key", "way")
    )
    seen = PortalHealth.objects.first()
    found = Known(
        stage=switch.stage,
        is_connected=switch.is_connected,
        secret_version=switch.secret_version,
        previous_secret_until=switch.previous_secret_until,
        announcement=switch.announcement if switch.stage == Stage.ANNOUNCED else "",
        base_url=switch.base_url,
        link_template=switch.link_template,
        ways=ways if switch.base_url else (),
        is_healthy=bool(seen and seen.is_healthy),
        checked_at=seen.checked_at if seen else None,
    )
    needs_health = found.may_lead_away or switch.is_connected
    asks = bool(switch.base_url and needs_health)
    return replace(found, health_url=switch.health_url) if asks else found
