"""By when something happens next: dates of the working-day clock."""

from datetime import date, datetime

from django.conf import settings

from core.working_days import add_working_days, day, is_working_day, promised_day

from .models import RETENTION, DeskSettings, Interest, SchoolTerm


def reply_due(now: datetime, desk: DeskSettings) -> date:
    """When the team has answered what reaches it now: the promise made to employers."""
    return promised_day(now, desk.hours, desk.reply_promise_days)


def handover_due(now: datetime, interest: Interest) -> date:
    """When a partner has accepted or declined; schools are given days of term."""
    return _after(now, settings.HANDOVER_ANSWER_DAYS, interest)


def reminder_due(now: datetime, interest: Interest) -> date:
    """When a partner that has not answered is reminded; schools are given days of term."""
    return _after(now, settings.HANDOVER_REMINDER_DAYS, interest)


def outcome_due(now: datetime, interest: Interest) -> date:
    """When the team asks a partner what came of it; schools are given days of term."""
    return _after(now, settings.LOOK_AGAIN_DAYS_PARTNER, interest)


def look_again_due(now: datetime) -> date:
    """When the team looks again at what it has answered."""
    return add_working_days(day(now), settings.LOOK_AGAIN_DAYS)


def chase_due(now: datetime) -> date:
    """When the team asks an employer again who has not answered its question."""
    return add_working_days(day(now), settings.CHASE_EMPLOYER_DAYS)


def _after(now: datetime, days: int, interest: Interest) -> date:
    for_schools = interest.offer is not None and interest.offer.involves_under_18s
    counts = SchoolTerm.objects.all().calendar() if for_schools else is_working_day
    return add_working_days(day(now), days, counts)


def retention_ends(now: datetime) -> date:
    """When personal details are removed if nothing more is heard after `now`."""
    return day(now + RETENTION)
