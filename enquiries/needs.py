"""What at the desk needs a person: counted, and each one click from its list."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Value
from django.http import HttpRequest
from django.utils.timezone import localdate

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


@dataclass(frozen=True)
class Counts:
    """How many enquiries have each need; and how many any but quarantine, each once."""

    each: list[tuple[Need, int]]
    in_all: int


def counted(today: date) -> Counts:
    """Count them as they are now: one query."""
    found = {need.code: need.find(Enquiry.objects.all(), today) for need in NEEDS}
    urgent = [enquiries.values("pk") for code, enquiries in found.items() if code != "quarantined"]
    found["in_all"] = Enquiry.objects.filter(pk__in=urgent[0].union(*urgent[1:]))
    counts = [
        enquiries.values(code=Value(code))
        .annotate(number=Count("pk"))
        .values_list("code", "number")
        .order_by()
        for code, enquiries in found.items()
    ]
    numbers = dict(counts[0].union(*counts[1:], all=True))
    return Counts([(need, numbers.get(need.code, 0)) for need in NEEDS], numbers.get("in_all", 0))


def counted_for(request: HttpRequest) -> Counts:
    """As they were when this page first asked for them: the menu asks too."""
    if not hasattr(request, "desk_counts"):
        request.desk_counts = counted(localdate())
    return request.desk_counts
