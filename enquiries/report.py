"""
What the enquiries of a period come to: tables for the desk and the board, counted from the rows.

They are about what was received in the period, as it stands now. Suspected spam and duplicates
are not counted.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.db.models import Count, Expression, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth

from core.working_days import LONDON, counts_as_received, working_days_between
from offers.choices import Size

from .clock import day
from .models import DeskSettings, Enquiry, EnquiryQuerySet, FormDay, Interest, TimelineEntry

Cell = str | int | float | None  # None: there is nothing to say, as the share of nothing
NOT_SAID = "Not said"
Kind = TimelineEntry.Kind

_GOOD = Q(outcome__in=Interest.OF_PEOPLE)


@dataclass(frozen=True)
class Period:
    """Days in London, both included."""

    first: date
    last: date

    def months(self) -> Iterator[date]:
        """The first day of each month that has a day in it."""
        month = self.first.replace(day=1)
        while month <= self.last:
            yield month
            month = (month + timedelta(days=31)).replace(day=1)


@dataclass(frozen=True)
class Table:
    """
    One table of the report. In each row the first cell says what it is about.

    `drawn` is the column that is drawn as bars; `says` tells what is counted.
    """

    code: str
    title: str
    says: str
    headings: list[str]
    rows: list[list[Cell]]
    drawn: int = 1

    def drawn_rows(self) -> list[tuple[list[Cell], str]]:
        """Each row with the length of its bar in per cent of the longest, or ""."""
        longest = max((row[self.drawn] or 0 for row in self.rows), default=0)
        lengths = [100 * (row[self.drawn] or 0) / (longest or 1) for row in self.rows]
        return [
            (row, f"{length:.1f}%" if length else "")
            for row, length in zip(self.rows, lengths, strict=True)
        ]


def tables(period: Period, desk: DeskSettings, now: datetime) -> list[Table]:
    """Every table of the report for a period."""
    enquiries = Enquiry.objects.counted().received(period.first, period.last)
    interests = Interest.objects.filter(enquiry__in=enquiries)
    return [
        _funnel(period, enquiries),
        _replies(period, enquiries, desk, day(now)),
        _outcomes(interests),
        *(_conversion(group, period, interests) for group in _GROUPS),
    ]


def percent(part: int, whole: int) -> int | None:
    """How many in a hundred, rounded; None of nothing."""
    return round(100 * part / whole) if whole else None


def _funnel(period: Period, enquiries: EnquiryQuerySet) -> Table:
    opened = FormDay.objects.filter(day__range=(period.first, period.last))
    accepted = Q(pk__in=_entries(Kind.ACCEPTED).values("interest__enquiry"))
    good = Q(pk__in=Interest.objects.filter(_GOOD).values("enquiry"))
    placed = Q(pk__in=Interest.objects.filter(outcome="placed").values("enquiry"))
    replied = Q(first_reply_at__isnull=False)
    steps = {
        "sent": Count("pk"),
        "replied": Count("pk", filter=replied | accepted | good),
        "taken": Count("pk", filter=accepted | good),
        "good": Count("pk", filter=good),
        "placed": Count("pk", filter=placed),
    }
    counts = enquiries.filter(source=Enquiry.Source.SITE).aggregate(**steps)
    counts = {"opened": opened.aggregate(all=Sum("opened"))["all"] or 0, **counts}
    labels = {
        "opened": "The form was opened",
        "sent": "An enquiry was sent",
        "replied": "A person replied",
        "taken": "A partner took it up, or the desk placed or matched",
        "good": "Somebody was placed or matched",
        "placed": "Somebody was placed",
    }
    numbers = [counts[step] for step in labels]
    before = [0, *numbers]
    return Table(
        "funnel",
        "From the form to a placement",
        "The website’s enquiries; each step counts those that got so far or further.",
        ["Step", "Number", "% of the step before"],
        [
            [label, number, percent(number, last)]
            for label, number, last in zip(labels.values(), numbers, before, strict=False)
        ],
    )


def _replies(period: Period, enquiries: EnquiryQuerySet, desk: DeskSettings, today: date) -> Table:
    """How soon a person replied, by the month in which the enquiry came; the last row is all."""
    waits, judged, on_time = defaultdict(list), defaultdict(int), defaultdict(int)
    columns = ("created_at", "first_reply_at", "reply_due_on")
    for created_at, replied_at, due_on in enquiries.judged(today).values_list(*columns).iterator():
        month = day(created_at).replace(day=1)
        judged[month] += 1
        if replied_at is not None:
            received = counts_as_received(created_at, desk.hours)
            waits[month].append(working_days_between(received, day(replied_at)))
            on_time[month] += day(replied_at) <= due_on

    def row(label: str, months: Iterable[date]) -> list[Cell]:
        months = list(months)
        all_waits = [wait for month in months for wait in waits[month]]
        due, kept = sum(judged[m] for m in months), sum(on_time[m] for m in months)
        middle = median(all_waits) if all_waits else None
        return [label, due, len(all_waits), kept, percent(kept, due), middle]

    by_month = [row(_month(month), [month]) for month in period.months()]
    return Table(
        "replies",
        "Replies",
        "By the month in which the enquiry came. Due: answered, or the promised day is past; "
        "withdrawn before that is not due. Automatic mails are no reply. Median: working days "
        "from the day it counts as received to the first reply, of those that have one.",
        ["Month", "Reply due", "Replied", "On time", "% on time", "Median, working days"],
        [*by_month, row("All", period.months())],
        drawn=4,
    )


def _outcomes(interests: QuerySet[Interest]) -> Table:
    counted = interests.filter(state="closed").values("outcome")
    found = {
        one["outcome"]: one
        for one in counted.annotate(number=Count("pk"), people=Sum("outcome_count")).order_by()
    }
    nothing = {"number": 0, "people": None}
    rows = [(label, found.get(outcome, nothing)) for outcome, label in Interest.Outcome.choices]
    return Table(
        "outcomes",
        "Outcomes",
        "Interests that are closed, by what came of them, and how many people that were.",
        ["Outcome", "Interests", "People"],
        [[label, one["number"], one["people"] or 0] for label, one in rows],
    )


@dataclass(frozen=True)
class _Group:
    """Something by which interests are told apart."""

    code: str
    title: str
    by: str | Expression
    label: Callable[[object], str] = str
    order: tuple[str, ...] = ()  # of the values; else the most frequent comes first


def _month(month: date) -> str:
    return f"{month:%B %Y}"


_GROUPS = [
    _Group("offer", "By offer", Coalesce("offer__topic", "topic")),
    _Group("partner", "By partner", "partner__name", lambda name: name or "With no partner"),
    _Group("sector", "By sector", "enquiry__sector__name", lambda name: name or NOT_SAID),
    _Group(
        "size",
        "By people employed",
        "enquiry__size",
        lambda size: Size(size).label if size else NOT_SAID,
        order=(*Size.values, ""),
    ),
    _Group(
        "source",
        "By how it came in",
        "enquiry__source",
        lambda source: Enquiry.Source(source).label,
        order=tuple(Enquiry.Source.values),
    ),
    _Group("month", "By month", TruncMonth("enquiry__created_at", tzinfo=LONDON)),
]


def _conversion(group: _Group, period: Period, interests: QuerySet[Interest]) -> Table:
    by = F(group.by) if isinstance(group.by, str) else group.by
    counts = (
        interests.values(which=by)
        .annotate(
            interests=Count("pk"),
            handed=Count("pk", filter=Q(pk__in=_entries(Kind.HANDED_OVER).values("interest"))),
            accepted=Count("pk", filter=Q(pk__in=_entries(Kind.ACCEPTED).values("interest"))),
            closed=Count("pk", filter=Q(state="closed")),
            good=Count("pk", filter=_GOOD),
            people=Sum("outcome_count", filter=_GOOD, default=0),
        )
        .order_by()
    )
    found = {one.pop("which"): list(one.values()) for one in counts}
    if group.code == "month":
        found = {day(month): numbers for month, numbers in found.items()}
        keys, label = list(period.months()), _month
    elif group.order:
        keys, label = [key for key in group.order if key in found], group.label
    else:
        label = group.label
        keys = sorted(found, key=lambda key: (-found[key][0], label(key)))
    rows = [(label(key), found.get(key, [0] * 6)) for key in keys]
    return Table(
        group.code,
        group.title,
        "Interests: one enquiry may have several. Handed over and taken up: ever, whatever came "
        "later. People: those placed or matched.",
        [
            group.title.removeprefix("By ").capitalize(),
            *("Interests", "Handed over", "Taken up", "Closed", "Placed or matched", "People"),
            "% placed or matched",
        ],
        [[name, *numbers, percent(numbers[4], numbers[0])] for name, numbers in rows],
    )


def _entries(kind: TimelineEntry.Kind) -> QuerySet[TimelineEntry]:
    """Where something happened to an interest."""
    return TimelineEntry.objects.filter(kind=kind, interest__isnull=False)
