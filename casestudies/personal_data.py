"""What sign-offs, permissions and stories hold on one person, for `core.personal_data`."""

from datetime import datetime

from django.db.models import Model, Q

from core.personal_data import of_address

from . import services
from .models import (
    Permission,
    PermissionQuerySet,
    SignOff,
    SignOffQuerySet,
    StoryRequest,
    StoryRequestQuerySet,
)

_OF_SIGN_OFFS = [
    *("sent_to", "contact", "note", "asked_at", "expires_at", "answer", "comment", "person"),
    *("role", "answered_at", "withdrawn_at"),
]
_OF_PERMISSIONS = [
    *("organisation", "person", "role", "covers", "given_on", "until", "evidence"),
    *("withdrawn_on", "erase_asked_at"),
]


def find_sign_offs(address: str) -> SignOffQuerySet:
    """Those that were mailed to the address."""
    return of_address(SignOff.objects.all(), address, "sent_to")


def export_sign_off(sign_off: SignOff) -> dict:
    """Everything on one sign-off."""
    return {"story": sign_off.case_study.title, **_plain(sign_off, _OF_SIGN_OFFS)}


def erase_sign_off(sign_off: SignOff, now: datetime) -> None:
    """Have it name nobody."""
    services.erase_sign_off(sign_off=sign_off, now=now)


def find_permissions(address: str) -> PermissionQuerySet:
    """Those given on a page that was mailed to the address: others hold no address."""
    asked = Q(sign_off__in=find_sign_offs(address).values("pk"))
    asked |= Q(story_request__in=find_stories(address).values("pk"))
    return Permission.objects.filter(asked).order_by("pk")


def export_permission(permission: Permission) -> dict:
    """Everything on one permission."""
    return _plain(permission, _OF_PERMISSIONS)


def erase_permission(permission: Permission, now: datetime) -> None:
    """Have it name nobody, at once or when it is over."""
    services.erase_permission(permission=permission, now=now)


def find_stories(address: str) -> StoryRequestQuerySet:
    """Requests that went to the address."""
    return of_address(StoryRequest.objects.all(), address, "sent_to")


def export_story(story: StoryRequest) -> dict:
    """Everything on one request: whom we asked, and what they sent."""
    return {
        "organisation": story.organisation,
        "person": story.person,
        "sent_to": story.sent_to,
        "sector": str(story.sector or ""),
        "size": story.size,
        "offers": [offer.title for offer in story.offers.order_by("path")],
        "note": story.note,
        "asked_at": story.asked_at.isoformat(),
        "answered_at": story.answered_at and story.answered_at.isoformat(),
        "answers": story.answers,
        "case_study": str(story.case_study or ""),
    }


def erase_story(story: StoryRequest, now: datetime) -> None:
    """Have it name nobody."""
    services.erase_story(story=story, now=now)


def _plain(thing: Model, names: list[str]) -> dict:
    """These fields as JSON has them; moments and days as ISO 8601."""
    values = {name: getattr(thing, name) for name in names}
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in values.items()
    }
