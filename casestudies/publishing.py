"""
What publishing a case study needs of people: the employer, whoever is in the picture, and somebody
other than its last author.

Asked wherever it can go live, so that no way leads past it: on the editing screen before anything
is published (`wagtail_hooks.py`), in the page's `publish` by all others, and once more where it is
saved as live (`models/agreed.py`).
"""

from datetime import datetime

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from wagtail.log_actions import get_active_log_context
from wagtail.models import Revision, TaskState

from accounts.models import User
from core.models import NotWhole, SiteImage
from core.text import has_phrase
from core.working_days import day

from . import digests
from .models import Basis, CaseStudyPage, Permission, Review, SignOff

# A picture under one of these may be shown by anybody, so nobody is asked. Where people can be
# recognised in it, the register says that they agree: then that decides.
OPEN_LICENCES = (
    *("open government licence", "creative commons", "cc0", "cc by", "cc-by", "public domain"),
)

NOT_OPEN = ("not", "no", "permission")  # "not Creative Commons", "by permission of CC BY Ltd"

ASK = "press ‘Ask the employer to approve’"
NOT_APPROVED = f"The employer has not approved it: {ASK}"
CHANGED_SINCE = f"The words are not those that the employer approved: {ASK} again"
NO_PERMISSION = f"The register has no permission for the words that is in force: {ASK} again"
NO_PICTURE = (
    "The register has no permission for this picture that is in force. Add one, "
    "or enter an open licence with the picture"
)
NEEDS_ANOTHER = (
    "Somebody other than the person who changed it last must publish it: "
    "press ‘Submit to Second pair of eyes’"
)


@transaction.atomic
def allow(*, page: CaseStudyPage, revision: Revision, by: User | None, now: datetime) -> Review:
    """
    Note who looks at a revision before it is published.

    :raises NotWhole: if it must not be published; nothing is noted then.
    """
    # What is withdrawn at the same moment is withdrawn before or after, not in between.
    CaseStudyPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    check(page=page, revision=revision, by=by, now=now)
    digest = digests.of_content(revision)
    author, reviewer = last_author(page, revision), _reviewer(page, revision, by)
    review, _ = Review.objects.get_or_create(
        case_study=page,
        digest=digest,
        defaults={"author_id": author, "reviewer_id": reviewer, "at": now},
    )
    return review


def check(*, page: CaseStudyPage, revision: Revision, by: User | None, now: datetime) -> None:
    """:raises NotWhole: if this person must not publish the revision, or nobody may."""
    draft = revision.as_object()
    today = day(now)
    draft.check_whole(today=today)
    wrong = _not_agreed(draft, now)
    needed = [*wrong.pop(NON_FIELD_ERRORS, [])]
    if not _is_reviewed(page, revision) and _reviewer(page, revision, by) is None:
        needed.append(NEEDS_ANOTHER)
    problems = {name: words[0] for name, words in wrong.items()}
    if needed:
        problems[NON_FIELD_ERRORS] = ". ".join(needed)
    if problems:
        raise NotWhole(draft, problems)


def last_author(page: CaseStudyPage, revision: Revision) -> int | None:
    """
    The key of who made the last change in a revision; None if nobody knows.

    Pressing ‘Publish’ makes a revision too: one that says the same as the one before it has that
    one's author.
    """
    digest, author = digests.of_content(revision), revision.user_id
    for before in page.revisions.filter(pk__lt=revision.pk).order_by("-pk").iterator():
        if digests.of_content(before) != digest:
            break
        author = before.user_id
    return author


def is_relied_on(revision: Revision) -> bool:
    """Whether somebody was asked about a version, or the public reads it or soon will."""
    return (
        TaskState.objects.filter(revision=revision).exists()
        or SignOff.objects.filter(revision=revision).exists()
        or CaseStudyPage.objects.filter(live_revision=revision).exists()
        or Revision.objects.filter(pk=revision.pk, approved_go_live_at__isnull=False).exists()
    )


def needs_no_permission(image: SiteImage) -> bool:
    """Whether the licence of a picture says that anybody may show it."""
    is_open = any(has_phrase(image.licence, name) for name in OPEN_LICENCES)
    return is_open and not any(has_phrase(image.licence, word) for word in NOT_OPEN)


def _not_agreed(draft: CaseStudyPage, now: datetime) -> dict[str, list[str]]:
    """What nobody agreed to, or does not any more: words by field name."""
    wrong = {}
    if draft.basis == Basis.APPROVAL and not draft.is_example:
        approved = SignOff.objects.approved().filter(case_study=draft.pk)
        of_words = approved.of_words(draft, digests.of_words(draft))
        in_force = Permission.objects.for_story(draft).for_words().in_force(day(now))
        # What was approved once and is not agreed to any more is not shown by what came later.
        theirs = in_force.filter(sign_off__in=of_words) | in_force.entered_by_editor()
        needed = []
        if not approved.exists():
            needed.append(NOT_APPROVED)
        elif not of_words.exists():
            needed.append(CHANGED_SINCE)
        elif not theirs.exists():
            needed.append(NO_PERMISSION)
        if needed:
            wrong[NON_FIELD_ERRORS] = needed
    if draft.image and not picture_may_be_shown(draft.image, draft, now):
        wrong["image"] = [NO_PICTURE]
    return wrong


def picture_may_be_shown(image: SiteImage, page: CaseStudyPage, now: datetime) -> bool:
    """Whether the register, or else its licence, says that a case study may show a picture."""
    known = Permission.objects.for_picture(image).for_story_or_any(page)
    if not known.exists():
        return needs_no_permission(image)
    return known.in_force(day(now)).exists()


def _is_reviewed(page: CaseStudyPage, revision: Revision) -> bool:
    return Review.objects.of_content(page, digests.of_content(revision)).exists()


def _reviewer(page: CaseStudyPage, revision: Revision, by: User | None) -> int | None:
    """The key of somebody who publishes it, or approved it, and did not write it."""
    # Wagtail writes a version over in place, with a new time: what was approved before is not it.
    approvals = TaskState.objects.filter(
        revision=revision,
        status=TaskState.STATUS_APPROVED,
        finished_at__gte=revision.created_at,
    )
    people = [
        *(user.pk for user in (by, get_active_log_context().user) if user and user.pk),
        *approvals.order_by("pk").values_list("finished_by", flat=True),
    ]
    author = last_author(page, revision)
    return next((person for person in people if person and person != author), None)
