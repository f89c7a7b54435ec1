"""When somebody does not agree any more: the page leaves the site, and editors know."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from wagtail.log_actions import log

from accounts.models import User
from core.one_by_one import each_by_itself
from core.working_days import day
from outbox.services import queue_mail

from ..models import Basis, CaseStudyPage, CaseStudyQuerySet, Permission
from .people import everybody_of, people_of

WARNINGS = (timedelta(days=60), timedelta(days=14))  # before a permission is over
STORY_DELETED = "Its case study was deleted"
WITHDRAWN, TAKEN_OFF = "casestudies.withdraw_permission", "casestudies.take_off"


class WithdrawnBefore(Exception):
    """The permission was withdrawn already."""


@transaction.atomic
def withdraw_permission(
    *, permission: Permission, why: str, by: User | None, now: datetime
) -> Permission:
    """
    Note that somebody does not agree any more; pages that need it leave the site at once.

    The row stays: it says by what right something was shown until then.

    :raises WithdrawnBefore: if it was withdrawn already.
    """
    if permission.case_study_id:  # the page first, as publishing does it
        CaseStudyPage.objects.select_for_update(of=("self",)).get(pk=permission.case_study_id)
    permission = Permission.objects.select_for_update(of=("self",)).get(pk=permission.pk)
    if permission.withdrawn_on:
        raise WithdrawnBefore
    _end(permission, why, by, now)
    for page in without_permission(day(now)):
        take_off(page=page, by=by, now=now)
    return permission


@transaction.atomic
def end_with_story(*, page: CaseStudyPage, now: datetime) -> None:
    """
    End what was permitted for a case study that is about to be deleted.

    Its rows lose their page, and one without a page counts for every story: nobody gave that.
    """
    given = Permission.objects.for_story(page).filter(withdrawn_on=None, until__gte=day(now))
    for permission in given.order_by("pk"):
        _end(permission, STORY_DELETED, None, now)


@transaction.atomic
def take_off(*, page: CaseStudyPage, by: User | None, now: datetime) -> bool:
    """
    Unpublish a case study that nobody agrees to any more, and mail the editors; False if it is
    agreed to again, or was unpublished, meanwhile.
    """
    CaseStudyPage.objects.select_for_update(of=("self",)).filter(pk=page.pk).first()
    page = without_permission(day(now)).filter(pk=page.pk).first()
    if page is None:
        return False
    published = page.live_revision_id or page.pk
    page.unpublish(user=by, log_action=TAKEN_OFF)
    for person in everybody_of(page):
        queue_mail(
            purpose="case_study_taken_off",
            dedupe_key=f"case_study_taken_off:{page.pk}:{published}:{day(now)}:{person.pk}",
            to=person.email,
            context=_of_page(page),
        )
    return True


def take_off_all(*, now: datetime) -> int:
    """
    Take off every case study that nobody agrees to any more; how many.

    Each by itself: one that fails is logged, is tried again the next time, and stops no other.
    """
    found = without_permission(day(now))
    return each_by_itself(
        found, lambda page: take_off(page=page, by=None, now=now), task="Taking off"
    )


def warn(*, now: datetime) -> int:
    """
    Mail whoever looks after a case study 60 and 14 days before a permission for it is over, or one
    for its picture that was given for no story in particular, once each; how many mails are new.

    One that is over later for the same thing makes the warning needless. What nobody was warned
    of in time, as it was given for less, is warned of at once, once. Each by itself, as above.
    """
    today = day(now)
    has_story = Q(case_study__isnull=False) | Q(picture__isnull=False)
    lapsing = Permission.objects.lapsing(today, max(WARNINGS)).filter(has_story).not_renewed()
    found = lapsing.select_related("case_study__story_owner").first_to_end()
    return sum(_warn(permission, today) for permission in found)


def without_permission(today: date) -> CaseStudyQuerySet:
    """
    Live case studies that nobody agrees to any more: to their words, or to the picture of one for
    which the register has permissions.

    Example employers are made up: nobody can agree for them. Aliases follow their original.
    """
    mine = Permission.objects.filter(case_study=OuterRef("pk"))
    of_picture = Permission.objects.filter(
        Q(case_study=OuterRef("pk")) | Q(case_study=None), picture=OuterRef("image")
    )
    needs_words = Q(basis=Basis.APPROVAL, is_example=False)
    lost_words = needs_words & ~Exists(mine.in_force(today).for_words())
    lost_picture = Exists(of_picture) & ~Exists(of_picture.in_force(today))
    live = CaseStudyPage.objects.filter(live=True, alias_of=None)
    return live.filter(lost_words | lost_picture).order_by("pk")


def _end(permission: Permission, why: str, by: User | None, now: datetime) -> None:
    permission.withdrawn_on = max(day(now), permission.given_on)
    permission.withdrawn_why = why
    permission.save(update_fields=["withdrawn_on", "withdrawn_why"])
    log(permission, WITHDRAWN, user=by)


def _stories_of(permission: Permission) -> list[CaseStudyPage]:
    """
    The case study that it is for. If it is for none in particular: those on the site that show its
    picture, and that no other one lets show it on the day after.
    """
    if permission.case_study:
        return [permission.case_study]
    day_after = permission.until + timedelta(days=1)
    longer = Permission.objects.filter(
        Q(case_study=OuterRef("pk")) | Q(case_study=None), picture=permission.picture_id
    )
    shown = CaseStudyPage.objects.filter(live=True, alias_of=None, image=permission.picture_id)
    return list(shown.filter(~Exists(longer.in_force(day_after))).order_by("pk"))


def _warn(permission: Permission, today: date) -> int:
    """How many mails are new."""

    def warn_of(page: CaseStudyPage) -> int:
        return _mail(permission, page, today)

    return each_by_itself(_stories_of(permission), warn_of, task="Warning")


def _mail(permission: Permission, page: CaseStudyPage, today: date) -> int:
    """The mails of the nearest warning that is due; how many are new."""
    left = permission.until - today
    due = min(days for days in WARNINGS if left <= days)
    new = 0
    for person in people_of(page):
        _, is_new = queue_mail(
            purpose="permission_lapsing",
            # A permission whose end was moved is warned of again.
            dedupe_key=f"permission_lapsing:{permission.uuid}:{permission.until}:{due.days}"
            f":{page.pk}:{person.pk}",
            to=person.email,
            context={
                "permission": permission,
                "last_day": permission.until,
                **_of_page(page),
            },
        )
        new += is_new
    return new


def _of_page(page: CaseStudyPage) -> dict[str, object]:
    return {
        "page": page,
        "cms_path": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "register_path": reverse("permissions:index"),
    }
