"""Links that only the site can make: signed, for one purpose, with nothing personal in them."""

from uuid import UUID

from django.core import signing
from django.db.models import QuerySet

_SALT = "aspires.link"


class BadToken(ValueError):
    """The link was not made by this site for this purpose."""


def make_token(purpose: str, subject: UUID, version: int) -> str:
    """
    A token for the URL of one object.

    The object keeps `version` and decides until when the link holds; raising its version revokes
    every link made before.
    """
    return signing.dumps([purpose, subject.hex, version], salt=_SALT)


def read_token(purpose: str, token: str) -> tuple[UUID, int]:
    """
    The object's UUID and the version the link was made for.

    :raises BadToken: if it was tampered with, or made for another purpose.
    """
    try:
        kind, subject, version = signing.loads(token, salt=_SALT)
        if kind == purpose:
            return UUID(hex=subject), int(version)
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        pass
    raise BadToken


def behind(things: QuerySet, purpose: str, token: str, *, version: str = "version") -> QuerySet:
    """
    The one of these whose link this is: one or none, whatever is wrong with it.

    They are known by their `uuid`; `version` names the field that is raised to revoke links.
    """
    try:
        subject, made_for = read_token(purpose, token)
    except BadToken:
        return things.none()
    return things.filter(uuid=subject, **{version: made_for})
