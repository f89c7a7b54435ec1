"""What at the desk needs a person: counted, and each one click from its list."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Value
from django.http import HttpRequest

from core.working_days import today

from .models import Enquiry, EnquiryQuerySet


@dataclass(frozen=True)
class Need:
    """One reason to look at enquiries; `find` narrows a queryset to them, for a day."""

    code: str
    label: str
    find: Callable[[EnquiryQuerySet, date], EnquiryQuerySet]
    is_urgent: bool = False
    waits: bool = True  # for a person


NEEDS = [
    Need("new", "New", lambda found, _: found.new()),
    Need("overdue", "Overdue", lambda found, today: found.overdue(today), is_urgent=True),
    Need("due", "Due today", lambda found, today: found.due(today)),
    Need("returned", "Back from a partner", lambda found, _: found.returned()),
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
    Need("quarantined", "In quarantine", lambda found, _: found.quarantined(), waits=False),
]
BY_CODE = {need.code: need for need in NEEDS}


@dataclass(frozen=True)
class Counts:
    """How many enquiries have each need; and how many any but quarantine, each once."""

    each: list[tuple[Need, int]]
    in_all: int


def counted(today: date) -> Counts:
    """Count them as they are now: one query."""
    found = [need.find(Enquiry.objects.order_by(), today) for need in NEEDS]
    # What waits for a person is little, so each is fetched; of the rest only the number.
    rows = [
        enquiries.values(code=Value(need.code))
        .annotate(number=F("pk") if need.waits else Count("pk"))
        .values_list("code", "number")
        for need, enquiries in zip(NEEDS, found, strict=True)
    ]
    numbers = defaultdict(list)
    for code, number in rows[0].union(*rows[1:], all=True):
        numbers[code].append(number)
    each = [
        (need, len(numbers[need.code]) if need.waits else sum(numbers[need.code])) for need in NEEDS
    ]
    waiting = {key for need in NEEDS if need.waits for key in numbers[need.code]}
    return Counts(each, len(waiting))


def counted_for(request: HttpRequest) -> Counts:
    """As they were when this page first asked for them: the menu asks too."""
    if not hasattr(request, "desk_counts"):
        request.desk_counts = counted(today())
    return request.desk_counts
