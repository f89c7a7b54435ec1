"""What at the desk needs a person: counted, and each one click from its list."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Value

from .models import Enquiry, EnquiryQuerySet


@dataclass(frozen=True)
class Need:
    """One reason to look at enquiries; `find` narrows a queryset to them, for a day."""

    code: str
    label: str
    find: Callable[[EnquiryQuerySet, date], EnquiryQuerySet]
    is_urgent: bool = False


NEEDS = [
    Need("new", "New", lambda found, _: found.new()),
    Need("overdue", "Overdue", lambda found, today: found.overdue(today), is_urgent=True),
    Need("due", "Due today", lambda found, today: found.due(today)),
    Need("returned", "Returned by a partner", lambda found, _: found.returned()),
    Need("answered", "The employer wrote", lambda found, _: found.answered()),
    Need(
        "undelivered",
        "A message could not be delivered",
        lambda found, _: found.undelivered(),
        is_urgent=True,
    ),
    Need(
        "erasure",
        "Asked for their details to be removed",
        lambda found, _: found.erasure_asked(),
        is_urgent=True,
    ),
    Need("quarantined", "In quarantine", lambda found, _: found.quarantined()),
]
BY_CODE = {need.code: need for need in NEEDS}


def counted(today: date) -> list[tuple[Need, int]]:
    """Each need with the number of enquiries that have it: one query."""
    counts = [
        need.find(Enquiry.objects.all(), today)
        .values(code=Value(need.code))
        .annotate(number=Count("pk"))
        .values_list("code", "number")
        for need in NEEDS
    ]
    numbers = dict(counts[0].union(*counts[1:], all=True))
    return [(need, numbers.get(need.code, 0)) for need in NEEDS]


def in_all(today: date) -> int:
    """Enquiries that need somebody now: all but those in quarantine, each once."""
    urgent = Enquiry.objects.none()
    for need in NEEDS[:-1]:
        urgent |= need.find(Enquiry.objects.all(), today)
    return urgent.count()
