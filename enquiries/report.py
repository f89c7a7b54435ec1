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

from django.db.models import Case, Count, Expression, F, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce, TruncMonth

from core.working_days import LONDON, begin_and_end, counts_as_received, day, working_days_between
from offers.choices import Size

from .models import KEPT, DeskSettings, Enquiry, EnquiryQuerySet, FormDay, Interest, TimelineEntry

Cell = str | int | float | None  # None: there is nothing to say, as the share of nothing
NOT_SAID, ALL, OPEN = "Not said", "All", "Still open"
Kind, State = TimelineEntry.Kind, Interest.State

_GOOD = Q(outcome__in=Interest.OF_PEOPLE)


@dataclass(frozen=True)
class Period:
    """Days in London, both included."""

    first: date
    last: date

    def moments(self) -> tuple[datetime, datetime]:
        """When it begins, and when it is over."""
        return begin_and_end(self.first, self.last)

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

    `drawn` is the column that is drawn as bars, if one is; `says` tells what is counted.
    """

    code: str
    title: str
    says: str
    headings: list[str]
    rows: list[list[Cell]]
    drawn: int | None = 1
    full: int | None = None  # what a bar of full length stands for, if it is not the largest

    def drawn_rows(self) -> list[tuple[list[Cell], str]]:
        """Each row with the length of its bar in per cent of the longest, or ""."""
        if self.drawn is None:
            return [(row, "") for row in self.rows]
        # Drawn, what sums up the others would make them look small.
        numbers = [
            0 if row[0] == ALL and not self.full else row[self.drawn] or 0 for row in self.rows
        ]
        longest = self.full or max(numbers, default=0) or 1
        lengths = [100 * number / longest for number in numbers]
        return [
            (row, f"{length:.1f}%" if length else "")
            for row, length in zip(self.rows, lengths, strict=True)
        ]


def tables(period: Period, desk: DeskSettings, now: datetime) -> list[Table]:
    """Every table of the report for a period."""
    enquiries = Enquiry.objects.counted().received(period.first, period.last)
    interests = Interest.objects.counted().filter(enquiry__in=enquiries)
    replies = _replies(period, enquiries, desk, day(now))
    outcomes = _outcomes(interests)
    return [
        _in_all(enquiries, outcomes, replies),
        _funnel(period, enquiries),
        replies,
        outcomes,
        _recorded(period),
        _partners(interests),
        *(_conversion(group, period, interests) for group in _GROUPS),
    ]


def percent(part: int, whole: int) -> int | None:
    """How many in a hundred, halves rounded up; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None


def _in_all(enquiries: EnquiryQuerySet, outcomes: Table, replies: Table) -> Table:
    told = {row[0]: row for row in outcomes.rows}
    kept = replies.rows[-1]
    good = [told[label] for label in (outcome.label for outcome in Interest.OF_PEOPLE)]
    rows = [
        ["Enquiries", enquiries.count()],
        ["Interests", told[ALL][1]],
        ["Interests still open", told[OPEN][1]],
        ["Interests placed or matched", sum(row[1] for row in good)],
        ["People placed or matched", sum(row[2] for row in good)],
        ["Website enquiries to which a reply was due", kept[1]],
        ["Of these replied to on time, %", kept[4]],
    ]
    return Table("all", "In all", "", ["What", "Number"], rows, drawn=None)


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
        "replied": "A person replied, or a partner took it up",
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
            # More are sent than were opened only while openings were not counted yet.
            [label, number, percent(number, last) if number <= last else None]
            for label, number, last in zip(labels.values(), numbers, before, strict=False)
        ],
    )


def _replies(period: Period, enquiries: EnquiryQuerySet, desk: DeskSettings, today: date) -> Table:
    """How soon a person replied, by the month in which the enquiry came; the last row is all."""
    waits, judged, on_time = defaultdict(list), defaultdict(int), defaultdict(int)
    sent = enquiries.filter(source=Enquiry.Source.SITE).judged(today)
    kept = Case(When(KEPT, then=1), default=0)
    rows = sent.values_list("created_at", "first_reply_at", kept)
    for created_at, replied_at, is_kept in rows.iterator():
        month = day(created_at).replace(day=1)
        judged[month] += 1
        on_time[month] += is_kept
        if replied_at is not None:
            received = counts_as_received(created_at, desk.hours)
            waits[month].append(working_days_between(received, day(replied_at)))

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
        "The website’s enquiries, by the month in which they came: who called was spoken to. Due: "
        "answered, or the promised day is past; withdrawn before that is not due. Automatic "
        "mails are no reply. Median: working days from the day it counts as received to the "
        "first reply, of those that have one.",
        ["Month", "Reply due", "Replied", "On time", "% on time", "Median, working days"],
        [*by_month, row(ALL, period.months())],
        drawn=4,
        full=100,
    )


def _outcomes(interests: QuerySet[Interest]) -> Table:
    found = {
        (state, outcome): (number, people or 0)
        for state, outcome, number, people in interests.values("state", "outcome")
        .annotate(number=Count("pk"), people=Sum("outcome_count"))
        .order_by()
        .values_list("state", "outcome", "number", "people")
    }
    rows = [
        [label, *found.get((State.CLOSED, outcome), (0, 0))] for outcome, label in Interest.CHOSEN
    ]
    still_open = sum(number for (state, _), (number, _) in found.items() if state in Interest.OPEN)
    withdrawn, _ = found.get((State.WITHDRAWN, ""), (0, 0))
    rows += [[OPEN, still_open, 0], [State.WITHDRAWN.label, withdrawn, 0]]
    return Table(
        "outcomes",
        "Outcomes",
        "Of the interests in what was received, and how many people that were.",
        ["Outcome", "Interests", "People"],
        [*rows, _sum(rows)],
    )


def _recorded(period: Period) -> Table:
    """What was closed in the period, whenever it came."""
    enquiries = Enquiry.objects.counted()
    closed = Interest.objects.counted().filter(enquiry__in=enquiries, state=State.CLOSED)
    month = TruncMonth("state_since", tzinfo=LONDON)
    counts = closed.values(month=month).annotate(
        closed=Count("pk"),
        good=Count("pk", filter=_GOOD),
        people=Sum("outcome_count", filter=_GOOD, default=0),
    )
    begins, ends = period.moments()
    found = {
        day(row.pop("month")): list(row.values())
        for row in counts.filter(state_since__gte=begins, state_since__lt=ends).order_by()
    }
    rows = [[_month(month), *found.get(month, [0, 0, 0])] for month in period.months()]
    return Table(
        "recorded",
        "Outcomes by the month in which they were recorded",
        "Whenever the enquiry came: for what was reached in a year.",
        ["Month", "Closed", "Placed or matched", "People placed or matched"],
        [*rows, _sum(rows)],
        drawn=2,
    )


def _partners(interests: QuerySet[Interest]) -> Table:
    """What partners did with what was handed to them, whoever has it now."""
    kinds = (Kind.HANDED_OVER, Kind.ACCEPTED, Kind.DECLINED, Kind.SILENT, Kind.TAKEN_BACK)
    entries = TimelineEntry.objects.filter(interest__in=interests, partner__isnull=False)
    moved = entries.values_list("partner__name").annotate(
        **{kind: Count("interest", distinct=True, filter=Q(kind=kind)) for kind in kinds}
    )
    good = interests.filter(_GOOD, partner__isnull=False).values_list("partner__name")
    counts = good.annotate(number=Count("pk"), people=Sum("outcome_count", default=0)).order_by()
    placed = {name: numbers for name, *numbers in counts}
    rows = [[name, *numbers, *placed.get(name, (0, 0))] for name, *numbers in moved.order_by()]
    return Table(
        "partner",
        "By partner",
        "What was handed to each, whatever came later; one interest may pass through several "
        "hands. Placed or matched: while the partner had it.",
        [
            *("Partner", "Handed over", "Taken up", "Declined", "No answer", "Taken back"),
            *("Placed or matched", "People placed or matched", "% placed or matched"),
        ],
        [
            [*row, percent(row[6], row[1])]
            for row in sorted(rows, key=lambda row: (-row[1], row[0]))
        ],
    )


def _sum(rows: list[list[Cell]]) -> list[Cell]:
    """The last row of a table of numbers."""
    return [ALL, *(sum(column) for column in list(zip(*rows, strict=True))[1:])]


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
        keys = sorted(found, key=lambda key: (key is None, -found[key][0], label(key)))
    rows = [[label(key), *found.get(key, [0] * 6)] for key in keys]
    return Table(
        group.code,
        group.title,
        "",
        [
            group.title.removeprefix("By ").capitalize(),
            *("Interests", "Handed over", "Taken up", "Closed", "Placed or matched"),
            *("People placed or matched", "% placed or matched"),
        ],
        [[*row, percent(row[5], row[1])] for row in ([*rows, _sum(rows)] if rows else [])],
    )


def _entries(kind: TimelineEntry.Kind) -> QuerySet[TimelineEntry]:
    """Where something happened to an interest."""
    return TimelineEntry.objects.filter(kind=kind, interest__isnull=False)
