"""The shapes of what the portal reads and writes, as its contract shows them."""

from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

from django.utils import timezone
from ninja import Field, Schema
from pydantic import AwareDatetime, field_validator
from pydantic.fields import FieldInfo

EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)  # nothing was told of before
AHEAD = timedelta(minutes=5)  # by how much the portal’s clock may be fast
Size = Literal["1-9", "10-49", "50-249", "250-plus"]


class Named(Schema):
    """Another thing, by its lasting id."""

    id: UUID
    name: str


class Delivers(Named):
    """A partner of an offer."""

    role: Literal["delivers", "supports"]


class Offer(Schema):
    """One way for an employer to get involved."""

    id: UUID
    name: str
    status: Literal["active", "inactive"] = Field(
        description="Inactive: the page stays, and nobody can ask about it now"
    )
    url: str
    description: str
    description_html: str
    goals: list[str] = Field(description="What it helps with; empty means everything")
    sizes: list[str] = Field(description="Employers of which size it suits; empty means all")
    time_needed: str
    duration: str
    cost: str
    is_demonstration: bool = Field(description="The council has not confirmed the text yet")
    partners: list[Delivers]
    start_url: str = Field(description="Where an employer begins")
    last_modified: str | None


class CaseStudy(Schema):
    """What an employer did, and what changed."""

    id: UUID
    name: str
    status: Literal["active"]
    url: str
    description: str
    description_html: str
    employer: str = Field(description="As it must be printed, with ‘(example)’ if it is one")
    sector: str | None
    size_band: str | None
    is_example: bool
    offers: list[Named]
    partners: list[Named]
    last_modified: str | None


class Partner(Schema):
    """An organisation that delivers offers."""

    id: UUID
    name: str
    status: Literal["active"]
    url: str
    description: str
    kind: str
    role: str
    website: str | None
    email: str | None
    phone: str | None
    is_demonstration: bool = Field(description="The council has not confirmed the text yet")
    last_modified: str | None


class ContentItem(Schema):
    """One thing in the content feed; without `data` when it is gone."""

    state: Literal["updated", "deleted"]
    kind: Literal["offer", "case-study", "partner"]
    id: UUID
    modified: int
    data: Offer | CaseStudy | Partner | None = None


class ContentFeed(Schema):
    """A page of the content feed, as in OpenActive's RPDE 1.0."""

    next: str
    items: list[ContentItem]
    license: str


class ErrorInRequest(Schema):
    """What is wrong with one part of a request."""

    loc: list[str | int]
    msg: str
    type: str


class Problem(Schema):
    """Why a request was refused, as in RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[ErrorInRequest] | None = None


class EnquiryHref(Schema):
    """Which enquiry, and where it can be read."""

    id: UUID
    href: str


class EnquiryItem(Schema):
    """One enquiry in the feed; without `data` when it is gone."""

    state: Literal["updated", "deleted"]
    kind: Literal["enquiry"]
    id: UUID
    modified: int
    data: EnquiryHref | None = None


class EnquiryFeed(Schema):
    """A page of the feed of enquiries."""

    next: str
    items: list[EnquiryItem]
    license: str


class Organisation(Schema):
    """The employer."""

    name: str
    size_band: Size | None = None
    sector: str | None = Field(None, description="As the site’s form names it, like `retail`")
    postcode: str | None = Field(None, description="A full UK postcode")


class Contact(Schema):
    """Who wrote for the employer."""

    name: str
    role: str | None = Field(None, description="Job title")
    email: str
    phone: str | None = Field(None, description="As it was typed")


class InterestOf(Schema):
    """One thing the employer wants to talk about, and where that stands."""

    id: UUID
    topic: str
    offer: Named | None = Field(description="None: not sure yet, or the offer is gone")
    state: Literal["new", "with_desk", "handed_over", "accepted", "closed", "withdrawn"]
    state_since: str
    partner: Named | None
    outcome: str | None
    count: int | None


class Enquiry(Schema):
    """What an employer sent, and where it stands."""

    id: UUID
    reference: str
    source: Literal["site", "phone", "event", "portal"]
    created_at: str
    organisation: Organisation
    contact: Contact
    message: str
    interests: list[InterestOf]
    privacy_notice: str | None = Field(description="The version it was sent under")
    portal_reference: str | None


class Update(Schema):
    """What became of an interest, under an id that the portal chose."""

    model_config = {
        "json_schema_extra": {
            "examples": [
                {"status": "received", "occurred_at": "2026-11-21T11:00:00Z"},
                {"status": "with_partner", "occurred_at": "2026-11-23T09:30:00Z"},
                {
                    "status": "resolved",
                    "occurred_at": "2026-11-25T16:00:00Z",
                    "outcome": "placed",
                    "count": 2,
                    "note": "Two people begin in January.",
                },
            ]
        }
    }

    interest: UUID | None = Field(
        None, description="May be left out where the enquiry has one alone, and with `received`"
    )
    status: Literal["received", "with_partner", "in_progress", "resolved", "closed", "withdrawn"]
    occurred_at: AwareDatetime = Field(description="With its time zone")
    partner: UUID | None = Field(
        None, description="Who has it; without, whoever has it already or leads the offer"
    )
    outcome: (
        Literal["placed", "matched", "advised", "not_suitable", "no_answer", "already", "other"]
        | None
    ) = Field(None, description="With `resolved` and `closed`")
    count: int | None = Field(None, ge=0, le=100_000, description="How many people that were")
    portal_reference: str | None = Field(None, max_length=100)
    note: str = Field("", max_length=1_000, description="In words, for the desk")

    @field_validator("occurred_at")
    @classmethod
    def _is_likely(cls, at: datetime) -> datetime:
        if not EARLIEST <= at <= timezone.now() + AHEAD:
            raise ValueError("Must lie between 2020 and now")
        return at.astimezone(UTC).replace(microsecond=0)  # times are told to the second


class UpdateAnswer(Schema):
    """What was made of an update. A repeat gets the same."""

    id: UUID
    applied: bool = Field(description="False: it was older than what is known, and is history")
    interest_state: str | None


def _text(description: str, *, default: object = ..., **limits: object) -> FieldInfo:
    """A text whose limits the contract shows; the form checks them, with words of its own."""
    return Field(default, description=description, json_schema_extra=limits)


class NewOrganisation(Organisation):
    """The employer, as the portal hands it over."""

    name: str = _text("At most 200 characters", minLength=1, maxLength=200)


class NewContact(Contact):
    """Who wrote for the employer, as the portal hands it over."""

    name: str = _text("At most 200 characters", minLength=1, maxLength=200)
    role: str | None = _text("Job title, at most 120 characters", default=None, maxLength=120)
    email: str = _text("An email address, at most 254 characters", format="email", maxLength=254)
    phone: str | None = _text("At most 40 characters, as typed", default=None, maxLength=40)


class NewEnquiry(Schema):
    """An enquiry that an employer made in the portal, under an id that it chose."""

    model_config = {
        "json_schema_extra": {
            "examples": [
                {
                    "offers": [],
                    "organisation": {"name": "Canal Bikes (example)", "size_band": "10-49"},
                    "contact": {"name": "Jo Bloggs", "email": "jo@example.org"},
                    "message": "We could take somebody in spring.",
                    "portal_reference": "BP-009112",
                }
            ]
        }
    }

    offers: list[UUID] = Field([], max_length=50, description="Empty: not sure yet")
    organisation: NewOrganisation
    contact: NewContact
    message: str | None = _text("At most 1,000 characters", default=None, maxLength=1_000)
    portal_reference: str | None = Field(None, max_length=100)


class EnquiryAnswer(Schema):
    """How the site calls the enquiry. A repeat gets the same."""

    id: UUID
    reference: str
    created_at: str


class EventData(Schema):
    """What the event is about; a ping says nothing here."""

    id: UUID | None = None
    kind: str | None = None
    change_number: int | None = None
    href: str | None = None


class Event(Schema):
    """A CloudEvent 1.0."""

    specversion: Literal["1.0"]
    id: UUID
    source: str
    type: str = Field(
        description="`uk.gov.islington.aspires.` and one of enquiry.created, enquiry.updated, "
        "enquiry.deleted, content.changed, portal.ping; there may be others"
    )
    subject: str
    time: str
    datacontenttype: Literal["application/json"]
    data: EventData
