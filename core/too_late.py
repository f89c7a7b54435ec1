"""Who decides on a thing, or publishes it, that somebody changed after the screen was opened."""

from django.contrib.auth.models import AbstractBaseUser
from django.http import QueryDict
from wagtail.models import TaskState, WorkflowMixin

DONE_BEFORE = "That was sent twice, and was done once."
DECIDED = "This was decided meanwhile. What you changed was saved as a draft."
CHANGED = (
    "This was changed after you opened it, so nothing was decided or saved. Look at it again. With "
    "your browser’s Back you find what you had entered."
)
NOT_PUBLISHED = (
    "Somebody else changed this after you opened it, so it was not published. What you entered is "
    "saved as the latest draft, and theirs is in the history."
)
MEANWHILE = "Somebody else changed this after you opened it. What they wrote is in the history."
_DECIDE, _PUBLISH = "action-workflow-action", "action-publish"
# After which what was entered is saved all the same, and what is not done then: by what is told.
AS_A_DRAFT = {DECIDED: _DECIDE, NOT_PUBLISHED: _PUBLISH}
_STATUS = {"approve": TaskState.STATUS_APPROVED, "reject": TaskState.STATUS_REJECTED}


def too_late(
    posted: QueryDict, by: AbstractBaseUser, model: type[WorkflowMixin], key: object
) -> str:
    """What to tell who decides or publishes what is not there any more; empty if it is."""
    thing = model.objects.filter(pk=key).first()
    if thing is None or not {_DECIDE, _PUBLISH} & posted.keys():
        return ""
    is_changed = _was_changed(thing, posted.get("loaded_revision_id", ""), by)
    if thing.current_workflow_task:
        return CHANGED if is_changed else ""
    if _DECIDE not in posted:
        return NOT_PUBLISHED if is_changed else ""
    last = _last_decision(thing)
    if last is None or last.status == TaskState.STATUS_CANCELLED:
        return CHANGED
    is_same = last.status == _STATUS.get(posted.get("workflow-action-name", ""))
    if is_same and last.finished_by_id == by.pk:
        return DONE_BEFORE
    return CHANGED if is_changed else DECIDED


def _was_changed(thing: WorkflowMixin, seen: str, by: AbstractBaseUser) -> bool:
    """By somebody else since the revision `seen`; of two windows of one person the later wins."""
    if not seen.isdecimal():
        return False
    return thing.revisions.filter(pk__gt=int(seen[:18])).exclude(user=by.pk).exists()


def _last_decision(thing: WorkflowMixin) -> TaskState | None:
    of_thing = TaskState.objects.filter(
        workflow_state__object_id=str(thing.pk),
        workflow_state__base_content_type=thing.get_base_content_type(),
    )
    return of_thing.exclude(finished_at=None).order_by("-finished_at", "-pk").first()
