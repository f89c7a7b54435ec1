"""Reminding those who look after a case study that somebody must check whether it still holds."""

from datetime import date, datetime, timedelta

from django.urls import reverse

from core.one_by_one import each_by_itself
from core.working_days import add_working_days, day
from outbox.services import queue_mail

from ..models import CaseStudyPage
from .people import editors, people_of

REVIEW_SOON = timedelta(days=30)  # before the day: enough to reach the employer
REVIEW_LATE = 10  # working days after it, every editor is told


def remind_of_reviews(*, now: datetime) -> int:
    """
    Mail whoever looks after a case study 30 days before its day of review, and every editor when
    it is 10 working days late; each once for one day of review. How many mails are new. A case
    study that fails is logged and stops no other.
    """
    today = day(now)
    due = CaseStudyPage.objects.due_for_review(today + REVIEW_SOON).select_related("story_owner")
    return each_by_itself(due, lambda page: _remind(page, today), task="Reminding")


def _remind(page: CaseStudyPage, today: date) -> int:
    new = _mail(page, "review_due", people_of(page))
    if today > add_working_days(page.review_on, REVIEW_LATE):
        new += _mail(page, "review_late", editors())
    return new


def _mail(page: CaseStudyPage, purpose: str, people: list) -> int:
    new = 0
    for person in people:
        _, is_new = queue_mail(
            purpose=purpose,
            dedupe_key=f"{purpose}:{page.pk}:{page.review_on}:{person.pk}",
            to=person.email,
            context={
                "title": page.get_admin_display_title(),
                "review_on": page.review_on,
                "cms_path": reverse("wagtailadmin_pages:edit", args=[page.pk]),
            },
        )
        new += is_new
    return new
