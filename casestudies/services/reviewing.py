"""Reminding those who look after a case study that somebody must check whether it still holds."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from core.working_days import add_working_days
from outbox.services import queue_mail

from ..clock import day
from ..models import CaseStudyPage
from .people import editors, people_of

REVIEW_SOON = timedelta(days=30)  # before the day: enough to reach the employer
REVIEW_LATE = 10  # working days after it, every editor is told


@transaction.atomic
def remind_of_reviews(*, now: datetime) -> int:
    """
    Mail whoever looks after a case study 30 days before its day of review, and every editor when
    it is 10 working days late; each once for one day of review. How many mails are new.
    """
    today = day(now)
    due = CaseStudyPage.objects.due_for_review(today + REVIEW_SOON).select_related("story_owner")
    new = 0
    for page in due:
        new += _mail(page, "review_due", people_of(page))
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
