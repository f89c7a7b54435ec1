"""What the portal is told of each thing: plain values of JSON, without a query of their own."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Prefetch
from django.utils.html import escape
from wagtail.rich_text import get_text_for_indexing

from casestudies.models import CaseStudyPage
from core.structured_data import full
from core.text import clean_text
from enquiries.models import Enquiry, Interest
from offers.models import OfferLink, OfferPage
from partners.models import Partner

from .models import Change

Kind = Change.Kind
Thing = tuple[str, UUID]  # its kind and its lasting id
Data = dict[str, object]


def public_things() -> Iterator[tuple[Thing, Data]]:
    """
    All that everybody may read, as it is now. A few queries, however much it is.

    Pages are known by their `translation_key`: a copy of a page is another thing.
    """
    links = OfferLink.objects.published().select_related("partner").lead_first()
    offers = OfferPage.objects.published().filter(alias_of=None).in_order()
    for offer in offers.prefetch_related(Prefetch("offer_links", links, to_attr="linked")):
        yield (Kind.OFFER, offer.translation_key), _offer(offer)
    for study in CaseStudyPage.objects.published().filter(alias_of=None).for_its_page():
        yield (Kind.CASE_STUDY, study.translation_key), _case_study(study)
    for partner in Partner.objects.published().in_order():
        yield (Kind.PARTNER, partner.uuid), _partner(partner)


def of_enquiry(enquiry: Enquiry) -> Data:
    """An enquiry with all that the portal needs to help. Two queries."""
    interests = enquiry.interests.select_related("offer", "partner").in_order()
    return {
        "id": str(enquiry.uuid),
        "reference": enquiry.reference,
        "source": enquiry.source,
        "created_at": moment(enquiry.created_at),
        "organisation": {
            "name": enquiry.organisation,
            "size_band": enquiry.size or None,
            "sector": enquiry.sector.slug if enquiry.sector else None,
            "postcode": enquiry.postcode or None,
        },
        "contact": {
            "name": enquiry.name,
            "role": enquiry.role or None,
            "email": enquiry.email,
            "phone": enquiry.phone or None,
        },
        "message": enquiry.message,
        "interests": [_interest(interest) for interest in interests],
        "privacy_notice": enquiry.privacy_notice.version if enquiry.privacy_notice else None,
        "portal_reference": enquiry.portal_reference or None,
    }


def _interest(interest: Interest) -> Data:
    offer, partner = interest.offer, interest.partner
    return {
        "id": str(interest.uuid),
        "topic": interest.topic,
        "offer": offer and {"id": str(offer.translation_key), "name": offer.title},
        "state": interest.state,
        "state_since": moment(interest.state_since),
        "partner": partner and {"id": str(partner.uuid), "name": partner.name},
        "outcome": interest.outcome or None,
        "count": interest.outcome_count,
    }


def _page(page: OfferPage | CaseStudyPage) -> Data:
    return {
        "id": str(page.translation_key),
        "name": page.title,
        "url": full(page.get_url() or ""),
        "last_modified": moment(page.last_published_at),
    }


def moment(at: datetime | None) -> str | None:
    """In UTC, to the second: "2026-11-21T10:15:00Z"."""
    return at and at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _offer(offer: OfferPage) -> Data:
    return {
        **_page(offer),
        "description": offer.summary,
        "description_html": f"<p>{escape(offer.summary)}</p>",
        "status": "active" if offer.is_open else "inactive",
        "goals": [*offer.goals],
        "sizes": [*offer.sizes],
        "time_needed": offer.time_needed,
        "duration": offer.duration,
        "cost": offer.cost,
        "is_demonstration": offer.to_be_confirmed,
        "partners": [
            {
                "id": str(link.partner.uuid),
                "name": link.partner.name,
                "role": "delivers" if link.role == OfferLink.Role.LEAD else "supports",
            }
            for link in offer.linked
        ],
        "start_url": full(f"/start/{offer.slug}/"),
    }


def _case_study(study: CaseStudyPage) -> Data:
    return {
        **_page(study),
        "description": study.summary,
        "description_html": f"<p>{escape(study.summary)}</p>",
        "status": "active",
        "employer": study.employer,
        "sector": study.sector.name if study.sector else None,
        "size_band": study.size or None,
        "is_example": study.is_example,
        "offers": [
            {"id": str(offer.translation_key), "name": offer.title} for offer in study.offers
        ],
        "partners": [
            {"id": str(partner.uuid), "name": partner.name} for partner in study.partners_named
        ],
    }


def _partner(partner: Partner) -> Data:
    return {
        "id": str(partner.uuid),
        "name": partner.name,
        "url": full(partner.get_absolute_url()),
        "status": "active",
        "description": clean_text(get_text_for_indexing(partner.about)),
        "kind": partner.kind,
        "role": partner.role,
        "website": partner.website or None,
        "email": partner.public_email or None,
        "phone": partner.public_phone or None,
        "is_demonstration": partner.to_be_confirmed,
        "last_modified": moment(partner.last_published_at),
    }
