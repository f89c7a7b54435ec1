"""The working-day clock: bank holidays of England and a team's hours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

LONDON = ZoneInfo("Europe/London")
_SATURDAY = 5


@dataclass(frozen=True)
class WorkingHours:
    """When a team answers, Monday to Friday, in London time."""

    opens: time
    closes: time


@cache
def _bank_holidays() -> holidays.HolidayBase:
    """Bank holidays of England; years are worked out as they are asked for."""
    return holidays.country_holidays("GB", subdiv="ENG")


def day(moment: datetime) -> date:
    """The day it is in London at that moment."""
    return moment.astimezone(LONDON).date()


def today() -> date:
    """The day it is in London, whatever zone an editor has chosen for the CMS."""
    return datetime.now(LONDON).date()


def is_working_day(day: date) -> bool:
    """Whether `day` is Monday to Friday and no bank holiday in England."""
    return day.weekday() < _SATURDAY and day not in _bank_holidays()


def next_working_day(day: date, counts: Callable[[date], bool] = is_working_day) -> date:
    """The first day after `day` that counts."""
    day += timedelta(days=1)
    while not counts(day):
        day += timedelta(days=1)
    return day


def previous_working_day(day: date) -> date:
    """The last working day before `day`."""
    day -= timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def add_working_days(
    day: date, count: int, counts: Callable[[date], bool] = is_working_day
) -> date:
    """The day that lies `count` days that count after `day`; `count` is 0 or more."""
    for _ in range(count):
        day = next_working_day(day, counts)
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days come after `first`, up to and with `last`; 0 if that is earlier."""
    days = 0
    while first < last:
        first += timedelta(days=1)
        days += is_working_day(first)
    return days


def begin_and_end(first: date, last: date) -> tuple[datetime, datetime]:
    """The moment at which the first day begins in London, and that at which the last is over."""
    begins, ends = (
        datetime.combine(day, time.min, LONDON) for day in (first, last + timedelta(days=1))
    )
    return begins, ends


def counts_as_received(moment: datetime, hours: WorkingHours) -> date:
    """
    The working day on which something that arrives at `moment` counts as received.

    After the team has gone home, at a weekend or on a bank holiday it is the next working day.
    """
    local = moment.astimezone(LONDON)
    if is_working_day(local.date()) and local.time() < hours.closes:
        return local.date()
    return next_working_day(local.date())


def promised_day(moment: datetime, hours: WorkingHours, days: int) -> date:
    """The day by which a promise of `days` working days, given at `moment`, is kept."""
    return add_working_days(counts_as_received(moment, hours), days)
