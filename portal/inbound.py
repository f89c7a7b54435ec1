"""What the portal tells and sends: each under an id that it chose, so that a repeat is harmless."""

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import User
from core.text import clean_text
from enquiries.forms import EnquiryForm
from enquiries.models import NOT_SURE, DeskSettings, Enquiry, Interest
from enquiries.services import (
    AlreadySent,
    NobodyToHaveIt,
    PartnerIsUnwanted,
    hear_from_portal,
    note_reading,
    send,
)
from offers.models import OfferPage, Sector
from partners.models import Partner

from . import feed, representations, schemas
from .models import Change, PortalUpdate
from .problems import Problem

Status = PortalUpdate.Status
# What a status of the portal's means here; `received` says only that it knows of the enquiry.
STATES = {
    Status.WITH_PARTNER: Interest.State.HANDED_OVER,
    Status.IN_PROGRESS: Interest.State.ACCEPTED,
    Status.RESOLVED: Interest.State.CLOSED,
    Status.CLOSED: Interest.State.CLOSED,
    Status.WITHDRAWN: Interest.State.WITHDRAWN,
}
# Fields of our form, by where they stand in what the portal sends.
_PLACES = {
    "offers": ["offers"],
    "organisation": ["organisation", "name"],
    "size": ["organisation", "size_band"],
    "sector": ["organisation", "sector"],
    "postcode": ["organisation", "postcode"],
    "name": ["contact", "name"],
    "role": ["contact", "role"],
    "email": ["contact", "email"],
    "phone": ["contact", "phone"],
    "message": ["message"],
}


def _held(uuid: UUID) -> Enquiry:
    """
    The enquiry, if the portal may know of it, locked until the transaction ends.

    :raises Problem: 410 if it knew of it and may not any more, 404 if it never did.
    """
    Enquiry.objects.select_for_update().filter(uuid=uuid).first()
    enquiry = Enquiry.objects.shared().filter(uuid=uuid).first()
    if enquiry is not None:
        return enquiry
    if Change.objects.enquiries().filter(uuid=uuid).exists():
        raise Problem(HTTPStatus.GONE, "The enquiry is not there any more")
    raise Problem(HTTPStatus.NOT_FOUND, "There is no enquiry with this id")


@transaction.atomic
def read(uuid: UUID, *, by: User, now: datetime) -> representations.Data:
    """
    All that the portal needs of an enquiry; that it was read is noted.

    :raises Problem: if it may not be read.
    """
    enquiry = _held(uuid)
    note_reading(enquiry=enquiry, by=by, now=now)
    return representations.of_enquiry(enquiry)


def update(
    *, enquiry: UUID, id: UUID, news: schemas.Update, by: User, now: datetime
) -> tuple[PortalUpdate, bool]:
    """
    Keep what the portal tells of an enquiry; whether it was new.

    :raises Problem: if it cannot be kept.
    """
    try:
        with transaction.atomic():
            return _update(enquiry, id, news, by, now)
    except IntegrityError:  # the same id for another enquiry, at the same moment
        raise _conflict("update") from None


def _update(
    enquiry: UUID, id: UUID, news: schemas.Update, by: User, now: datetime
) -> tuple[PortalUpdate, bool]:
    found = _held(enquiry)
    digest = feed.digest({"enquiry": str(enquiry), **news.model_dump(mode="json")})
    before = PortalUpdate.objects.filter(uuid=id).first()
    if before is not None:
        if before.digest != digest:
            raise _conflict("update")
        return before, False
    interest = _interest(found, news)
    given = {"enquiry": found, "interest": interest, "by": by, "now": now}
    text = clean_text(news.note, multiline=True)
    is_applied = interest is None or news.status == Status.RECEIVED or _is_news(interest, id, news)
    if news.status in STATES and is_applied:
        _apply(news, text, **given)
        interest.refresh_from_db(fields=["state"])
    else:
        late = "" if is_applied else " before what is known here"
        told = f"{Status(news.status).label}{late}"
        hear_from_portal(text=f"{told}: {text}" if text else told, **given)
    if reference := _reference(news):
        Enquiry.objects.filter(pk=found.pk).update(portal_reference=reference)
    kept = PortalUpdate.objects.create(
        uuid=id,
        enquiry=found,
        interest=interest,
        status=news.status,
        occurred_at=news.occurred_at,
        received_at=now,
        digest=digest,
        is_applied=is_applied,
        interest_state=interest.state if interest else "",
    )
    return kept, True


def create(*, id: UUID, sent: schemas.NewEnquiry, now: datetime) -> tuple[Enquiry, bool]:
    """
    Store an enquiry that an employer made in the portal; whether it was new. It is checked, routed
    and mailed like one from our form.

    :raises Problem: if it cannot be stored.
    """
    digest = feed.digest(sent.model_dump(mode="json"))
    if before := _sent_before(id, digest):
        return before, False
    answers = _answers(sent)
    try:
        with transaction.atomic():
            enquiry = send(
                key=id,
                answers=answers,
                desk=DeskSettings.of_default_site(),
                now=now,
                uuid=id,
                source=Enquiry.Source.PORTAL,
                portal_reference=_reference(sent),
            )
            PortalUpdate.objects.create(
                uuid=id,
                enquiry=enquiry,
                status=Status.SENT,
                occurred_at=now,
                received_at=now,
                digest=digest,
                is_applied=True,
            )
    except (IntegrityError, AlreadySent):  # sent at the same moment, or an id that we gave
        if before := _sent_before(id, digest):
            return before, False
        raise _conflict("enquiry") from None
    return enquiry, True


def _sent_before(id: UUID, digest: str) -> Enquiry | None:
    """
    The enquiry that was sent under this id; None if none was.

    :raises Problem: if the id was used for something else, or the enquiry was erased.
    """
    before = PortalUpdate.objects.filter(uuid=id).select_related("enquiry").first()
    if before is None:
        return None
    if before.enquiry.is_anonymised:
        raise Problem(HTTPStatus.GONE, "The enquiry is not there any more")
    if before.digest != digest:
        raise _conflict("enquiry")
    return before.enquiry


def _reference(sent: schemas.Update | schemas.NewEnquiry) -> str:
    """What the portal calls the enquiry; some signs are longer once they are composed."""
    return clean_text(sent.portal_reference or "")[:100]


def _interest(enquiry: Enquiry, news: schemas.Update) -> Interest | None:
    """The interest it is about; of an enquiry with one alone it need not be named."""
    interests = list(enquiry.interests.in_order())
    if news.interest is not None:
        interests = [one for one in interests if one.uuid == news.interest]
        if not interests:
            raise _wrong(["interest"], "The enquiry has no interest with this id")
    if len(interests) == 1:
        return interests[0]
    if news.status == Status.RECEIVED:
        return None
    raise _wrong(["interest"], "Say which interest: the enquiry has several")


def _is_news(interest: Interest, id: UUID, news: schemas.Update) -> bool:
    """
    Whether it happened after what is known, to the second, as the portal is told of times; of two
    at one moment the greater id is later. What the portal handed over happened before we knew.
    """
    enquiry = interest.enquiry
    is_untouched = interest.state_since == enquiry.created_at
    if enquiry.source == Enquiry.Source.PORTAL and is_untouched:
        return True
    since = interest.state_since.replace(microsecond=0)
    if news.occurred_at != since:
        return news.occurred_at > since
    same = interest.portal_updates.filter(is_applied=True, occurred_at=news.occurred_at)
    return all(one.uuid < id for one in same)


def _apply(news: schemas.Update, text: str, **given: object) -> None:
    partner = None
    if news.partner is not None:
        partner = Partner.objects.published().filter(uuid=news.partner).first()
        if partner is None:
            raise _wrong(["partner"], "There is no partner with this id")
    state = STATES[Status(news.status)]
    is_closed = state == Interest.State.CLOSED
    try:
        hear_from_portal(
            state=state,
            since=news.occurred_at,
            partner=partner,
            outcome=(news.outcome or Interest.Outcome.OTHER) if is_closed else "",
            count=news.count if is_closed else None,
            text=text,
            **given,
        )
    except (NobodyToHaveIt, PartnerIsUnwanted) as refused:
        raise _wrong(["partner"], str(refused)) from None


def _answers(sent: schemas.NewEnquiry) -> dict[str, str | list[str]]:
    """What was sent, as our own form has it once it is checked."""
    offers = OfferPage.objects.published().open().in_order()
    slugs = {offer.translation_key: offer.slug for offer in offers}
    unknown = [place for place, offer in enumerate(sent.offers) if offer not in slugs]
    if unknown:
        raise _wrong(["offers", unknown[0]], "There is no open offer with this id")
    form = EnquiryForm(
        {
            "offers": [slugs[offer] for offer in sent.offers] or [NOT_SURE],
            "organisation": sent.organisation.name,
            "size": sent.organisation.size_band or "",
            "sector": sent.organisation.sector or "",
            "postcode": sent.organisation.postcode or "",
            "name": sent.contact.name,
            "role": sent.contact.role or "",
            "email": sent.contact.email,
            "phone": sent.contact.phone or "",
            "message": sent.message or "",
        },
        open_offers=offers,
        sectors=Sector.objects.in_order(),
    )
    if form.is_valid():
        return form.cleaned_data
    errors = [
        {"loc": ["body", *_PLACES.get(field, [])], "msg": words, "type": "invalid"}
        for field, all_words in form.errors.items()
        for words in all_words
    ]
    detail = "The enquiry is not as the contract says"
    raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=errors)


def _wrong(place: list[str | int], words: str) -> Problem:
    """One thing in the request is wrong."""
    error = {"loc": ["body", *place], "msg": words, "type": "invalid"}
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, words, errors=[error])


def _conflict(what: str) -> Problem:
    words = f"This {what} id was already used for something else"
    return Problem(HTTPStatus.CONFLICT, words, name=f"{what}-id-conflict")
