"""The shapes of what the portal reads and writes, as its contract shows them."""

from typing import Literal
from uuid import UUID

from ninja import Field, Schema


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
