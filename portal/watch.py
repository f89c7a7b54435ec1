"""
What somebody should know of the connection.

The desk reads it in its morning mail, whoever looks after the connection on the home of the CMS;
and they are mailed when the portal takes nothing, or refuses something for good.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import DateTimeField, OuterRef, Subquery
from django.urls import reverse
from django.utils.timezone import localtime

from accounts.models import User
from core.working_days import begin_and_end, day, previous_working_day
from enquiries.models import Enquiry, EnquiryQuerySet, Interest
from enquiries.morning import Concern
from outbox.models import Message
from outbox.services import queue_mail

from . import door
from .models import Change, Circuit, PortalUpdate

SCREEN = "portal_connection"  # the name of its address in the CMS
MOST = 10  # of a kind, by name
LEADS_NOWHERE = (
    "Employers are led to the Business Portal, and it does not answer: they get our form"
)


def concerns(now: datetime) -> list[Concern]:
    """What is wrong now, each with where to look. No query while nobody needs the portal."""
    portal = door.known()
    leads_nowhere = portal.may_lead_away and not portal.is_well(now)
    found = [Concern(LEADS_NOWHERE, reverse(SCREEN))] if leads_nowhere else []
    if portal.is_connected:
        found += [*_out_of_order(), *_given_up(), *_unacknowledged(day(now))]
    return found


def unacknowledged(today: date) -> EnquiryQuerySet:
    """
    Enquiries that the portal took more than a working day ago, of which it has never said a word,
    and that still need somebody; the first first. Each has `taken_at`. None while nobody is
    connected.
    """
    if not door.known().is_connected:
        return Enquiry.objects.none()
    begins, _ = begin_and_end(previous_working_day(today), today)
    taken = Change.objects.enquiries().there().filter(taken_at__lt=begins, uuid=OuterRef("uuid"))
    heard_of = PortalUpdate.objects.values("enquiry")
    return (
        Enquiry.objects.shared()
        .exclude(source=Enquiry.Source.PORTAL)
        .exclude(pk__in=heard_of)
        .with_interest(state__in=Interest.OPEN)
        .annotate(taken_at=Subquery(taken.values("taken_at"), output_field=DateTimeField()))
        .filter(taken_at__isnull=False)
        .order_by("taken_at", "pk")
    )


def with_enquiries(events: Sequence[Message]) -> list[tuple[Message, Enquiry | None]]:
    """The messages, each with the enquiry that it is about."""
    ids = {event.pk: json.loads(event.body)["data"].get("id") for event in events}
    found = Enquiry.objects.filter(uuid__in=[id for id in ids.values() if id])
    about = {str(enquiry.uuid): enquiry for enquiry in found}
    return [(event, about.get(ids[event.pk])) for event in events]


def tell_of_outage(circuit: Circuit) -> None:
    """Mail that the portal is away to those who look after the connection; once, and of a pause."""
    what = "paused" if circuit.paused_at else "away"
    _tell(what, f"{circuit.failing_since.isoformat()}", circuit=circuit)


def tell_of_refusal(now: datetime) -> None:
    """Mail them, once a day, that the portal refused a message for good."""
    _tell("refused", f"{day(now)}")


def _tell(what: str, once: str, **context: object) -> None:
    people = User.objects.with_perm(
        "portal.operate_circuit", backend="django.contrib.auth.backends.ModelBackend"
    )
    for person in people:
        queue_mail(
            purpose="portal_concern",
            dedupe_key=f"portal_{what}:{once}:{person.pk}",
            to=person.email,
            context={"what": what, "cms_path": reverse(SCREEN), **context},
        )


def _out_of_order() -> list[Concern]:
    circuit = Circuit.objects.first()
    if circuit is None or not circuit.is_away:
        return []
    since = localtime(circuit.failing_since)
    away = f"The Business Portal has taken nothing since {since:%-d %B, %H:%M}"
    paused = "Delivery to the Business Portal is paused: it took nothing for five days"
    return [Concern(paused if circuit.paused_at else away, reverse(SCREEN))]


def _given_up() -> list[Concern]:
    dead = Message.objects.for_portal().dead()
    named = [
        Concern(
            f"The Business Portal refuses ‘{event.about}’ "
            f"({enquiry.reference if enquiry else event.uuid}): whoever looks after the connection "
            "decides about it",
            reverse(SCREEN),
        )
        for event, enquiry in with_enquiries(dead[:MOST])
    ]
    return named + _more(dead.count(), "More messages that it refused: {}", reverse(SCREEN))


def _unacknowledged(today: date) -> list[Concern]:
    found = unacknowledged(today)
    named = [
        Concern(
            f"{enquiry.reference} reached the Business Portal on "
            f"{localtime(enquiry.taken_at):%-d %B}, and it has not said since that it has it",
            reverse("enquiries:inspect", args=[enquiry.pk]),
        )
        for enquiry in found[:MOST]
    ]
    more = "More enquiries that reached it and are not acknowledged: {}"
    return named + _more(found.count() if len(named) == MOST else 0, more, reverse(SCREEN))


def _more(count: int, words: str, path: str) -> list[Concern]:
    """A line for those beyond the first ones."""
    return [Concern(words.format(count - MOST), path)] if count > MOST else []
