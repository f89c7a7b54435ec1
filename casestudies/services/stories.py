"""Asking an employer for their story, taking it in, and forgetting who told it."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from accounts.models import User
from core.one_by_one import each_by_itself
from core.working_days import begin_and_end, day
from offers.models import OfferPage, Sector
from outbox.models import Message, MessageQuerySet
from outbox.personal_data import ON_REQUEST
from outbox.services import queue_mail

from ..models import STORY_LINK_HOLDS, StoryRequest
from .people import editors
from .privacy import erase_permission
from .story_drafts import delete_copy, draft_from, title_of

# Actions in Wagtail's audit log.
STORY_ASKED = "casestudies.story.ask"
STORY_WITHDRAWN = "casestudies.story.withdraw"

ERASED = "A story that was erased"
_PERSONAL = ("organisation", "person", "sent_to", "note")


class StoryClosed(Exception):
    """The request was answered, withdrawn or is over: nothing more can be done with it."""


class AnotherWasSent(StoryClosed):
    """The story was sent before, from another window: what comes now is not taken."""


class NoAddress(ValueError):
    """There is no e-mail address to send the link to."""


@transaction.atomic
def ask_for_story(
    *,
    organisation: str,
    person: str,
    email: str,
    sector: Sector | None,
    size: str,
    offers: Iterable[OfferPage],
    by: User | None,
    now: datetime,
    note: str = "",
    key: uuid.UUID | None = None,
) -> StoryRequest:
    """
    Mail an employer the link to a form for their story, which works for 60 days.

    `size` is one of `offers.choices.Size` or empty; `note` is for editors alone, the employer never
    sees it. `by` gets the mail when the story comes, and owns its draft. With a `key` that asked
    already, what was asked then is given and nothing is mailed.

    :raises NoAddress: if `email` is empty.
    """
    if not email:
        raise NoAddress
    today = day(now)
    made, is_new = StoryRequest.objects.get_or_create(
        uuid=key or uuid.uuid4(),
        defaults={
            "organisation": organisation,
            "person": person,
            "sent_to": email,
            "sector": sector,
            "size": size,
            "note": note,
            "asked_by": by,
            "asked_at": now,
            "expires_at": begin_and_end(today, today + STORY_LINK_HOLDS)[1],
        },
    )
    if not is_new:
        return made
    made.offers.set(offers)
    queue_mail(
        purpose="story_asked",
        dedupe_key=f"story_asked:{made.uuid}",
        to=email,
        reply_to=by.email if by else "",
        context={
            "story": made,
            "by": by,
            "path": reverse("story", args=[made.token]),
        },
    )
    log(made, STORY_ASKED, user=by)
    return made


@transaction.atomic
def receive_story(
    *,
    story: StoryRequest,
    answers: dict,
    picture: ContentFile | None,
    key: uuid.UUID,
    now: datetime,
) -> StoryRequest:
    """
    Keep what an employer sent, make a draft of it, note what they permit, and mail the editor.

    `answers` is what `StoryForm` cleaned, without the picture; `picture` is as `core.photos` left
    it. The same form again, by its `key`, changes nothing; a draft that exists is never touched.

    :raises AnotherWasSent: if another form was sent before.
    :raises StoryClosed: if it was withdrawn or is over.
    """
    story = StoryRequest.objects.select_for_update().get(pk=story.pk)
    if story.answered_at and story.answer_key == key:
        return story
    if story.answered_at:
        raise AnotherWasSent
    if not StoryRequest.objects.waiting(now).filter(pk=story.pk).exists():
        raise StoryClosed
    story.answered_at, story.answer_key, story.answers = now, key, answers
    if story.case_study_id is None:
        story.case_study = draft_from(story, picture=picture, now=now)
    story.save()
    _tell_editors(story)
    return story


@transaction.atomic
def withdraw_story_request(*, story: StoryRequest, by: User, now: datetime) -> StoryRequest:
    """
    Have the link lead nowhere from now on. Safe to repeat.

    :raises StoryClosed: if the story has come.
    """
    story = StoryRequest.objects.select_for_update().get(pk=story.pk)
    if story.answered_at:
        raise StoryClosed("Their story has come meanwhile")
    if story.withdrawn_at is None:
        story.withdrawn_at = now
        story.version += 1
        story.save(update_fields=["withdrawn_at", "version"])
        log(story, STORY_WITHDRAWN, user=by)
    return story


@transaction.atomic
def erase_story(*, story: StoryRequest, now: datetime) -> StoryRequest:
    """
    Remove at once, on request, whom we asked and what they wrote; an unsent mail stays unsent.

    A draft that is nothing but a copy of it goes too, with its picture unless that is shown
    elsewhere: what was permitted for it ends then. One that somebody has edited stays, for its
    editors to decide. The names in permissions that came with it go when `erase_permission` lets
    them. Safe to repeat.
    """
    story = StoryRequest.objects.select_for_update().get(pk=story.pk)
    if story.anonymised_at is None:
        delete_copy(story)
        _take_from_the_log(story)
        _mails_of(story).settle_unsent(reason=ON_REQUEST)
        _blank(story, now)
    return story


def forget_stories(*, now: datetime) -> int:
    """
    Remove whom we asked where they never answered, and what they wrote after 24 months; how many.

    The names in the permissions that came with it go too: no address leads to them afterwards.
    Never before its mails are settled: those are left to the next run. One that fails is logged,
    is tried again the next time, and stops no other.
    """
    found = StoryRequest.objects.to_forget(now).order_by("pk")
    return each_by_itself(found, lambda story: _forget(story, now), task="Forgetting")


def _forget(story: StoryRequest, now: datetime) -> bool:
    """Whether it was forgotten now."""
    story = StoryRequest.objects.select_for_update().get(pk=story.pk)
    if story.anonymised_at or _mails_of(story).waiting().exists():
        return False
    _blank(story, now)
    return True


def _blank(story: StoryRequest, now: datetime) -> None:
    """Leave what can be counted: offers, sector, size and days."""
    for permission in story.permissions.order_by("pk"):
        erase_permission(permission=permission, now=now)
    _mails_of(story).blank()
    for name in _PERSONAL:
        setattr(story, name, "")
    story.answers, story.answer_key = {}, None
    story.version += 1
    story.anonymised_at = now
    story.save()


def _take_from_the_log(story: StoryRequest) -> None:
    """Wagtail's log of pages keeps their titles, and the first one named the organisation."""
    others = StoryRequest.objects.exclude(pk=story.pk).filter(case_study__isnull=False)
    entries = PageLogEntry.objects.filter(label=title_of(story))
    # Another employer may have the same name.
    entries.exclude(page__in=others.values("case_study")).update(label=ERASED)


def _mails_of(story: StoryRequest) -> MessageQuerySet:
    asked = Message.objects.filter(dedupe_key=f"story_asked:{story.uuid}")
    return asked | Message.objects.filter(dedupe_key__startswith=f"story_received:{story.uuid}:")


def _tell_editors(story: StoryRequest) -> None:
    """Whoever asked, while they work here; else every editor."""
    by = story.asked_by
    works_here = by and by.is_active and by.has_perm("wagtailadmin.access_admin")
    for editor in [by] if works_here else editors():
        queue_mail(
            purpose="story_received",
            dedupe_key=f"story_received:{story.uuid}:{editor.pk}",
            to=editor.email,
            context={
                "story": story,
                "cms_path": reverse("wagtailadmin_pages:edit", args=[story.case_study_id])
                if story.case_study_id
                else reverse("story_requests"),
            },
        )
