"""
What the site holds on one person, known by an e-mail address.

Each app registers what it keeps in `AppConfig.ready()`. Addresses are one if a mail to them goes
to the same mailbox: in any case of letters, with the domain spelled either way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from .text import clean_text, on_the_wire


class NotAnAddress(ValueError):
    """What was given is no e-mail address."""


class AlreadyRegistered(ValueError):
    """Two kinds of things want the same name."""


@dataclass(frozen=True)
class Kind:
    """
    One kind of things that may name a person, as "enquiries".

    `find` gives those of an address, as `of_address` reads it; `export` all that one of them
    holds, as plain data for JSON; `erase` makes one of them name nobody.
    """

    name: str
    find: Callable[[str], QuerySet]
    export: Callable[[Model], dict]
    erase: Callable[[Model, datetime], object]


_kinds: dict[str, Kind] = {}


def register(
    name: str,
    *,
    find: Callable[[str], QuerySet],
    export: Callable[[Model], dict],
    erase: Callable[[Model, datetime], object],
) -> None:
    """
    Have these things found, exported and erased with a person.

    :raises AlreadyRegistered: if the name is taken.
    """
    if name in _kinds:
        raise AlreadyRegistered(name)
    _kinds[name] = Kind(name, find, export, erase)


def read_address(typed: str) -> str:
    """
    An e-mail address as a mail to it is sent.

    :raises NotAnAddress: if it is none.
    """
    cleaned = clean_text(typed)
    name, _, domain = cleaned.rpartition("@")
    if not name or not domain or " " in cleaned:
        raise NotAnAddress(f"‘{cleaned}’ is not an email address")
    try:
        return on_the_wire(cleaned)
    except UnicodeError:
        raise NotAnAddress(f"No mail can be sent to ‘{cleaned}’") from None


def of_address(things: QuerySet, address: str, *fields: str) -> QuerySet:
    """Those with this address, however it is spelled, in one of the fields."""
    begins = f"{address.rpartition('@')[0]}@"
    alike = Q()
    for field in fields:
        alike |= Q(**{f"{field}__istartswith": begins})
    rows = things.filter(alike).values_list("pk", *fields)
    found = [pk for pk, *held in rows if any(_is_spelling_of(address, one) for one in held)]
    return things.filter(pk__in=found).order_by("pk")


def export_person(typed: str) -> dict[str, list[dict]]:
    """
    Everything held on an address, as plain data: {"enquiries": [{…}], "messages": []}.

    :raises NotAnAddress: if it is none.
    """
    address = read_address(typed)
    return {
        kind.name: [kind.export(thing) for thing in kind.find(address)] for kind in _kinds.values()
    }


@transaction.atomic
def erase_person(typed: str, now: datetime) -> dict[str, int]:
    """
    Have nothing name the person any more, all or none; how many of each kind: {"enquiries": 1}.

    :raises NotAnAddress: if it is none.
    """
    address = read_address(typed)
    found = [(kind, list(kind.find(address))) for kind in _kinds.values()]
    for kind, things in found:
        for thing in things:
            kind.erase(thing, now)
    # Erasing may write a mail: as to a member, that an employer is somebody else's now.
    for kind, _ in found:
        for thing in kind.find(address):
            kind.erase(thing, now)
    return {kind.name: len(things) for kind, things in found}


def _is_spelling_of(address: str, held: str) -> bool:
    try:
        return on_the_wire(held) == address
    except UnicodeError:
        return False
