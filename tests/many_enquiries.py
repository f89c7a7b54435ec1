"""
Many enquiries in a few seconds, as two years at a busy desk leave them.

The first 400 are open: what a desk has in hand does not grow with what it did. Two runs make the
same apart from references, keys and the moment they count back from.
"""

import uuid
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from enquiries import clock
from enquiries.models import DeskSettings, Enquiry, Interest, TimelineEntry
from enquiries.references import new_reference
from offers.choices import Size
from offers.models import OfferPage, Sector
from outbox.models import Message
from partners.models import Partner

TRADES = ["Bakery", "Studio", "Workshop", "Kitchen", "Nursery", "Garage", "Law", "Printers"]
PLACES = ["Angel", "Archway", "Barnsbury", "Canonbury", "Highbury", "Holloway", "Pentonville"]
PERIOD = timedelta(days=700)
AT_ONCE = 2_000  # rows of one statement
OPEN = 400  # the first of them, which came in the last days
Kind, State, Outcome = TimelineEntry.Kind, Interest.State, Interest.Outcome


def many_enquiries(count: int) -> None:
    """Add enquiries, with 1 or 2 interests, entries and 2 mails each, until so many."""
    with transaction.atomic():
        _add_until(count)
    with connection.cursor() as cursor:  # as a database does by itself when so much was added
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _add_until(count: int) -> None:
    start = Enquiry.objects.count()
    desk = DeskSettings.objects.first()
    sectors, partners = list(Sector.objects.in_order()), list(Partner.objects.in_order())
    offers = list(OfferPage.objects.published().in_order())
    references = _references(count)
    for first in range(start, count, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, count))
        enquiries = Enquiry.objects.bulk_create(
            _enquiry(number, count, desk, sectors, references.pop()) for number in numbers
        )
        interests = Interest.objects.bulk_create(
            _interest(number, place, enquiry, offers, partners)
            for number, enquiry in zip(numbers, enquiries, strict=True)
            for place in range(number % 2 + 1)
        )
        _story(enquiries, interests)


def _references(count: int) -> list[str]:
    taken = set(Enquiry.objects.values_list("reference", flat=True))
    found = set()
    while len(found) < count:
        found.add(new_reference())
    return list(found - taken)


def _is_open(number: int) -> bool:
    return number < OPEN


def _enquiry(number: int, count: int, desk: DeskSettings, sectors: list, reference: str) -> Enquiry:
    place, trade = PLACES[number % len(PLACES)], TRADES[number // len(PLACES) % len(TRADES)]
    age = timedelta(hours=number % 90) if _is_open(number) else PERIOD * number / count
    at = timezone.now() - age
    enquiry = Enquiry(
        reference=reference,
        idempotency_key=uuid.uuid4(),
        digest=f"{number:064x}",
        organisation=f"{place} {trade} {number}",
        size=Size.values[number % len(Size.values)],
        sector=sectors[number % len(sectors)],
        postcode=f"N{number % 8 + 1} 1AA",
        name=f"Sam {place} {number}",
        email=f"sam{number}@{place.lower()}{number % 5_000}.example",
        phone=f"020 7946 {number % 10_000:04}",
        message=f"We are a {trade.lower()} in {place} and would like to help. Number {number}.",
        source=Enquiry.Source.values[number % 10 % 3],
        reply_due_on=clock.reply_due(at, desk),
        first_reply_at=None if _is_open(number) else at + timedelta(hours=number % 60),
        created_at=at,
        anonymise_on=clock.retention_ends(at),
    )
    enquiry.fill_in_what_is_searched()
    return enquiry


def _interest(number: int, place: int, enquiry: Enquiry, offers: list, partners: list) -> Interest:
    offer = offers[(number + 3 * place) % len(offers)]
    is_open = _is_open(number)
    state = State.values[number % 4] if is_open else State.CLOSED
    outcome = "" if is_open else Outcome.values[number % len(Outcome.values)]
    with_partner = state in Interest.WITH_A_PARTNER or number % 3 == 0
    return Interest(
        enquiry=enquiry,
        offer=offer,
        topic=offer.topic,
        partner=partners[number % len(partners)] if with_partner else None,
        state=state,
        state_since=enquiry.created_at,
        due_on=enquiry.reply_due_on if is_open else None,
        outcome=outcome,
        outcome_count=number % 4 + 1 if outcome in (Outcome.PLACED, Outcome.MATCHED) else None,
    )


def _story(enquiries: list[Enquiry], interests: list[Interest]) -> None:
    """The entries and mails that such enquiries have left."""
    sent = []
    for enquiry in enquiries:
        for purpose in ("enquiry_received", "enquiry_acknowledgement"):
            to_employer = purpose == "enquiry_acknowledgement"
            sent.append(
                Message(
                    channel=Message.Channel.MAIL,
                    purpose=purpose,
                    dedupe_key=f"{purpose}:{enquiry.uuid}",
                    recipient=enquiry.email if to_employer else "desk@example.org",
                    reply_to="" if to_employer else enquiry.email,
                    subject=f"{enquiry.reference} {enquiry.organisation}",
                    body=enquiry.message,
                    state=Message.State.SENT,
                    settled_at=enquiry.created_at,
                    created_at=enquiry.created_at,
                )
            )
    sent = Message.objects.bulk_create(sent)
    entries = [
        TimelineEntry(enquiry=enquiry, kind=Kind.RECEIVED, at=enquiry.created_at)
        for enquiry in enquiries
    ]
    kinds = (Kind.DESK_TOLD, Kind.EMPLOYER_TOLD)
    entries += [
        TimelineEntry(
            enquiry=enquiries[place // 2],
            kind=kinds[place % 2],
            message=message,
            at=message.created_at,
        )
        for place, message in enumerate(sent)
    ]
    entries += [
        TimelineEntry(
            enquiry=interest.enquiry,
            interest=interest,
            kind=Kind.HANDED_OVER if interest.partner else Kind.CLOSED,
            partner=interest.partner,
            at=interest.state_since,
        )
        for interest in interests
        if interest.partner or interest.outcome
    ]
    TimelineEntry.objects.bulk_create(entries)
