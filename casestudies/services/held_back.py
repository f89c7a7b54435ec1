"""Telling editors of what was scheduled and could not go live."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import Revision

from accounts.models import User
from core.models import NotWhole
from core.one_by_one import each_by_itself
from outbox.services import queue_mail

from .. import publishing
from ..models import CaseStudyPage
from .people import people_of


def tell_of_held_back(*, now: datetime) -> int:
    """
    Mail whoever looks after a case study that was due to go live and may not, once for each
    schedule; how many were told of. One that fails is logged and stops no other.
    """
    kind = ContentType.objects.get_for_model(CaseStudyPage)
    due = Revision.objects.filter(content_type=kind, approved_go_live_at__lt=now).order_by("pk")
    return each_by_itself(due, lambda revision: _tell(revision, now), task="Telling")


def _tell(revision: Revision, now: datetime) -> bool:
    page = revision.content_object
    try:
        publishing.check(page=page, revision=revision, by=None, now=now)
    except NotWhole as refused:
        told = [_mail(person, page, revision, refused) for person in people_of(page)]
        return any(told)
    return False  # it goes out with the next turn, or waits for the end of an election


def _mail(person: User, page: CaseStudyPage, revision: Revision, refused: NotWhole) -> bool:
    _, is_new = queue_mail(
        purpose="schedule_held_back",
        dedupe_key=f"schedule_held_back:{revision.pk}:{revision.approved_go_live_at}:{person.pk}",
        to=person.email,
        context={
            "page": page,
            "why": str(refused),
            "cms_path": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        },
    )
    return is_new
