"""
What somebody should know of the connection.

The desk reads it in its morning mail, whoever looks after the connection on the home of the CMS;
and they are mailed when the portal takes nothing.
"""

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


def concerns(now: datetime) -> list[Concern]:
    """What is wrong now, each with where to look. No query while nobody is connected."""
    if not door.known().is_connected:
        return []
    return [*_out_of_order(), *_given_up(), *_unacknowledged(day(now))]


def unacknowledged(today: date) -> EnquiryQuerySet:
    """
    Enquiries that the portal took more than a working day ago without a word on them since, and
    that still need somebody; the first first. Each has `taken_at`.
    """
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


def tell_administrators(circuit: Circuit) -> None:
    """Mail those who look after the connection that the portal is away; once, and of a pause."""
    what = "paused" if circuit.paused_at else "away"
    for person in _administrators():
        queue_mail(
            purpose="portal_away",
            dedupe_key=f"portal_{what}:{circuit.failing_since.isoformat()}:{person.pk}",
            to=person.email,
            context={"circuit": circuit, "cms_path": reverse(SCREEN)},
        )


def _administrators():
    """Everyone who looks after the connection."""
    return User.objects.with_perm(
        "portal.operate_circuit", backend="django.contrib.auth.backends.ModelBackend"
    ).filter(is_active=True)


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
            f"The Business Portal refused a message, ‘{message.about}’ ({message.uuid}): an "
            "administrator has to decide about it",
            reverse(SCREEN),
        )
        for message in dead[:MOST]
    ]
    return named + _more(dead.count(), "{} more messages are refused", reverse(SCREEN))


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
    more = "{} more enquiries that reached it are not acknowledged either"
    return named + _more(found.count() if len(named) == MOST else 0, more, reverse(SCREEN))


def _more(count: int, words: str, path: str) -> list[Concern]:
    """A line for those beyond the first ones."""
    return [Concern(words.format(count - MOST), path)] if count > MOST else []
