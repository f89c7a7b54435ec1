"""A promise is printed as a date, so the clock has to know when nobody is at work."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.working_days import (
    LONDON,
    WorkingHours,
    add_working_days,
    counts_as_received,
    is_working_day,
    next_working_day,
    promised_day,
    working_days_between,
)

NINE_TO_FIVE = WorkingHours(time(9), time(17))


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-01-01", "New Year’s Day"),
        ("2022-01-03", "New Year’s Day, moved from a Saturday"),
        ("2026-04-03", "Good Friday"),
        ("2026-04-06", "Easter Monday"),
        ("2027-03-26", "Good Friday of the next year"),
        ("2027-03-29", "Easter Monday of the next year"),
        ("2026-05-04", "early May bank holiday"),
        ("2020-05-08", "early May bank holiday, moved to VE Day"),
        ("2026-05-25", "spring bank holiday"),
        ("2022-06-02", "spring bank holiday, moved for the jubilee"),
        ("2022-06-03", "platinum jubilee"),
        ("2022-09-19", "the Queen’s funeral"),
        ("2023-05-08", "the coronation"),
        ("2026-08-31", "summer bank holiday"),
        ("2026-12-25", "Christmas Day"),
        ("2026-12-28", "Boxing Day, moved from a Saturday"),
        ("2027-12-27", "Christmas Day, moved from a Saturday"),
        ("2027-12-28", "Boxing Day, moved from a Sunday"),
    ],
)
def test_nobody_works_on_a_bank_holiday_of_england(day, why):
    assert not is_working_day(date.fromisoformat(day)), why


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-01-02", "a bank holiday in Scotland only"),
        ("2026-03-17", "a bank holiday in Northern Ireland only"),
        ("2026-08-03", "the summer bank holiday of Scotland"),
        ("2026-11-30", "Saint Andrew’s Day"),
        ("2020-05-04", "the early May bank holiday was on the 8th that year"),
        ("2022-05-30", "the spring bank holiday was on 2 June that year"),
        ("2026-04-02", "Maundy Thursday"),
        ("2026-12-24", "Christmas Eve"),
    ],
)
def test_people_work_on_the_days_before_and_on_holidays_of_others(day, why):
    assert is_working_day(date.fromisoformat(day)), why


@pytest.mark.parametrize("day", ["2026-10-03", "2026-10-04"])
def test_nobody_works_at_the_weekend(day):
    assert not is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("moment", "received"),
    [
        ("2026-10-05T00:00", "2026-10-05"),  # before opening
        ("2026-10-05T08:59", "2026-10-05"),
        ("2026-10-05T12:00", "2026-10-05"),
        ("2026-10-05T16:59:59", "2026-10-05"),
        ("2026-10-05T17:00", "2026-10-06"),  # the door closes at five sharp
        ("2026-10-05T23:59:59", "2026-10-06"),
        ("2026-10-02T17:00", "2026-10-05"),  # Friday evening
        ("2026-10-03T10:00", "2026-10-05"),  # Saturday
        ("2026-10-04T10:00", "2026-10-05"),  # Sunday
        ("2026-04-02T17:01", "2026-04-07"),  # over Easter
        ("2026-12-25T10:00", "2026-12-29"),
    ],
)
def test_what_comes_in_after_closing_counts_from_the_next_working_day(moment, received):
    assert counts_as_received(london(moment), NINE_TO_FIVE) == date.fromisoformat(received)


@pytest.mark.parametrize(
    ("moment", "received"),
    [
        (datetime(2026, 7, 1, 15, 59, tzinfo=UTC), date(2026, 7, 1)),  # 16:59 in London
        (datetime(2026, 7, 1, 16, 0, tzinfo=UTC), date(2026, 7, 2)),  # 17:00 in London
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), date(2026, 7, 2)),  # 0:30 of the 2nd
        (datetime(2026, 12, 1, 16, 59, tzinfo=UTC), date(2026, 12, 1)),
        (datetime(2026, 12, 1, 17, 0, tzinfo=UTC), date(2026, 12, 2)),
        (datetime(2026, 3, 27, 17, 0, tzinfo=UTC), date(2026, 3, 30)),  # clocks change between
        (datetime(2026, 10, 26, 16, 59, tzinfo=UTC), date(2026, 10, 26)),  # the day after
    ],
)
def test_the_hours_are_those_of_london_in_summer_and_in_winter(moment, received):
    assert counts_as_received(moment, NINE_TO_FIVE) == received


@pytest.mark.parametrize(
    ("moment", "days", "promised"),
    [
        ("2026-10-05T10:00", 0, "2026-10-05"),
        ("2026-10-05T10:00", 2, "2026-10-07"),
        ("2026-10-05T18:00", 2, "2026-10-08"),
        ("2026-10-01T10:00", 2, "2026-10-05"),
        ("2026-10-02T18:00", 2, "2026-10-07"),
        ("2026-04-01T10:00", 2, "2026-04-07"),
        ("2026-12-24T10:00", 2, "2026-12-30"),
        ("2026-12-31T18:00", 1, "2027-01-05"),
        ("2026-10-05T10:00", 20, "2026-11-02"),
    ],
)
def test_a_promise_is_kept_by_this_day(moment, days, promised):
    assert promised_day(london(moment), NINE_TO_FIVE, days) == date.fromisoformat(promised)


def test_other_hours_make_another_promise():
    closes_at_noon = WorkingHours(time(8), time(12))

    assert counts_as_received(london("2026-10-05T11:59"), closes_at_noon) == date(2026, 10, 5)
    assert counts_as_received(london("2026-10-05T12:00"), closes_at_noon) == date(2026, 10, 6)


BEGUN = datetime(2015, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 30 * 365 * 24 * 60).map(lambda n: BEGUN + timedelta(minutes=n))


@settings(max_examples=300, deadline=None, database=None)
@given(moment=MOMENTS, days=st.integers(0, 20))
def test_no_promise_falls_on_a_day_off_or_before_its_own_moment(moment, days):
    received = counts_as_received(moment, NINE_TO_FIVE)
    promised = promised_day(moment, NINE_TO_FIVE, days)

    assert is_working_day(received)
    assert is_working_day(promised)
    assert moment.astimezone(LONDON).date() <= received <= promised
    between = (received + timedelta(days=n + 1) for n in range((promised - received).days))
    assert sum(is_working_day(day) for day in between) == days


@settings(max_examples=100, deadline=None, database=None)
@given(day=st.dates(date(2015, 1, 1), date(2045, 1, 1)))
def test_the_next_working_day_is_later_and_none_lies_between(day):
    following = next_working_day(day)

    assert following > day
    assert is_working_day(following)
    between = (day + timedelta(days=n + 1) for n in range((following - day).days - 1))
    assert not any(is_working_day(each) for each in between)
    assert add_working_days(day, 1) == following


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-10-05", "2026-10-05", 0),
        ("2026-10-05", "2026-10-07", 2),
        ("2026-10-02", "2026-10-05", 1),  # over a weekend
        ("2026-12-24", "2026-12-29", 1),  # Christmas; Boxing Day is made up for on the 28th
        ("2026-10-05", "2026-10-01", 0),
    ],
)
def test_working_days_between_two_days(first, last, days):
    assert working_days_between(date.fromisoformat(first), date.fromisoformat(last)) == days
