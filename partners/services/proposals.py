"""
What members propose: a draft that the council approves. The public keeps the approved version.

For everything with Wagtail's drafts and workflow: partners here, offer links in `offers`. Nothing
is overwritten unseen: whoever sends a change says on which version it rests.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, models, transaction
from wagtail.models import TaskState, Workflow, WorkflowState

from accounts.models import User

from ..models import Membership

ENTER_CMS = "wagtailadmin.access_admin"


LOCK_NOT_AVAILABLE = "55P03"  # of PostgreSQL


class ChangedMeanwhile(Exception):
    """Somebody changed it since the form was opened: look at that first."""


class BeingChanged(Exception):
    """The council is changing it: what it wrote waits for its own approval."""


class ApprovedMeanwhile(Exception):
    """What is to be taken back was approved."""


class NobodyApproves(ValidationError):
    """
    No workflow is assigned to it and active, or nobody has a task in it.

    A ValidationError, so that every form that sends something to the council says so.
    """

    def __init__(self):
        super().__init__(
            "Nobody at the council can approve this at the moment. What you entered is still "
            "here: call our team, and send it again later"
        )


class NothingChanged(Exception):
    """What was sent is what the public reads already."""


@dataclass(frozen=True)
class Standing:
    """Where a thing stands for its members. `reason` is what the reviewer wrote who returned it."""

    class Code(models.TextChoices):
        PUBLISHED = "published", "Published"
        WAITING = "waiting", "Waiting for the council"
        RETURNED = "returned", "Returned by the council"
        WITH_COUNCIL = "with-council", "The council is changing this"
        DRAFT = "draft", "Published, with a change that was not sent"
        UNSENT = "unsent", "Not sent to the council"
        WITHDRAWN = "withdrawn", "Withdrawn"

    code: Code
    reason: str = ""

    @property
    def label(self) -> str:
        return self.Code(self.code).label

    @property
    def is_waiting(self) -> bool:
        return self.code == self.Code.WAITING

    @property
    def is_returned(self) -> bool:
        return self.code == self.Code.RETURNED

    @property
    def may_change(self) -> bool:
        return self.code != self.Code.WITH_COUNCIL

    @property
    def may_take_back(self) -> bool:
        return self.code in (self.Code.WAITING, self.Code.RETURNED)


def standing(thing) -> Standing:
    """Where it stands. A few queries."""
    return standings([thing])[0]


def standings(things: Sequence) -> list[Standing]:
    """
    Where each of some things of one kind stands, in their order.

    A few queries for all, and two for each of those who proposed something and are no members.
    """
    if not things:
        return []
    active = WorkflowState.objects.active().filter(
        base_content_type=things[0].get_base_content_type(),
        object_id__in=[str(thing.pk) for thing in things],
    )
    active = active.select_related("requested_by", "current_task_state")
    states = {state.object_id: state for state in active}
    proposers = {state.requested_by for state in states.values() if state.requested_by}
    members = _members_among(proposers)
    return [_standing(thing, states.get(str(thing.pk)), members) for thing in things]


def _standing(thing, state: WorkflowState | None, members: set[User]) -> Standing:
    code = Standing.Code
    if thing.locked or (state and state.requested_by not in members):
        return Standing(code.WITH_COUNCIL)
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return Standing(code.RETURNED, reason_of(state))
    if state:
        return Standing(code.WAITING)
    if not thing.live:
        was_public = thing.first_published_at is not None
        return Standing(code.WITHDRAWN if was_public else code.UNSENT)
    return Standing(code.DRAFT if thing.has_unpublished_changes else code.PUBLISHED)


def reason_of(state: WorkflowState) -> str:
    """What the reviewer wrote who returned it; may be empty."""
    return state.current_task_state.get_comment() if state.current_task_state else ""


@transaction.atomic
def propose(*, thing, changes: Mapping[str, object], base: int | None, by: User):
    """
    Send changes of some fields to the council, in place of what waits there from a member.

    `base` is the number of the latest revision on which the changes rest. The same changes once
    more change nothing. Returns the thing, as it is public.

    :raises BeingChanged: if the council is changing it.
    :raises ChangedMeanwhile: if there is a newer revision.
    :raises NothingChanged: if the public reads this already.
    :raises NobodyApproves: if the council has no workflow for it.
    :raises ValidationError: if the model refuses it.
    """
    row = locked_with_workflow(thing, ChangedMeanwhile)
    now = standing(row)
    if not now.may_change:
        raise BeingChanged
    draft = row.get_latest_revision_as_object()
    is_the_same = _holds(draft, changes)
    if is_the_same and now.is_waiting:
        return row  # a second press of the same button
    if row.latest_revision_id != base:
        raise ChangedMeanwhile
    if row.live and not now.is_returned and _holds(row, changes):
        if not row.has_unpublished_changes:
            raise NothingChanged
        if now.is_waiting:  # back to what the public reads
            return take_back(thing=row, by=by)
    _end(row, by)
    for name, value in changes.items():
        setattr(draft, name, value)
    send_to_council(draft, by)
    return row


@transaction.atomic
def take_back(*, thing, by: User, base: int | None = None):
    """
    Have the council look at what a member proposed no longer; the draft goes with it.

    One that was never public stays as it is, to be sent later. Nothing happens if it was taken back
    before. `base` is the number of the revision that is meant; None for whichever waits.

    :raises BeingChanged: if what waits is the council's own.
    :raises ApprovedMeanwhile: if it was approved.
    :raises ChangedMeanwhile: if another waits by now.
    """
    row = locked_with_workflow(thing, BeingChanged)
    now = standing(row)
    if not now.may_change:
        raise BeingChanged
    if not now.may_take_back:
        last = row.workflow_states.order_by("-created_at", "-pk").first()
        if last and last.status == last.STATUS_APPROVED:
            raise ApprovedMeanwhile
        return row
    if base not in (None, row.latest_revision_id):
        raise ChangedMeanwhile
    _end(row, by)
    if row.live:
        # Whoever edits it next begins with what is public.
        revision = row.save_revision(user=by, changed=False, clean=False, log_action=True)
        row.live_revision = revision
        row.has_unpublished_changes = False
        row.save(update_fields=["live_revision", "has_unpublished_changes"])
    return row


def send_to_council(draft, by: User) -> None:
    """
    Save it as the latest draft and begin its workflow, which tells the editors.

    :raises NobodyApproves: if there is none that can begin.
    """
    workflow = _workflow_of(draft)
    draft.save_revision(user=by, log_action=True)
    workflow.start(draft, by)


def _workflow_of(draft) -> Workflow:
    workflow = draft.get_workflow()
    # One without a task is over at once, as if somebody had approved.
    if workflow is None or not workflow.tasks.filter(active=True).exists():
        raise NobodyApproves
    return workflow


def locked(thing):
    """A fresh copy of the public row, locked until the transaction ends."""
    return type(thing)._default_manager.select_for_update().get(pk=thing.pk)


def locked_with_workflow(thing, refusal: type[Exception]):
    """
    The same, with what waits for the council. It never waits for whoever approves it: Wagtail locks
    these in another order, and each would wait for the other.

    :raises refusal: if somebody is at it in this moment.
    """
    nowait = {"nowait": connection.features.has_select_for_update_nowait}
    states = WorkflowState.objects.active().for_instance(thing)
    try:
        list(TaskState.objects.select_for_update(**nowait).filter(workflow_state__in=states))
        list(states.select_for_update(of=("self",), **nowait))
        return type(thing)._default_manager.select_for_update(**nowait).get(pk=thing.pk)
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") != LOCK_NOT_AVAILABLE:
            raise
        raise refusal from None


def _end(row, by: User) -> None:
    if state := row.current_workflow_state:
        state.cancel(user=by)


def _holds(thing, changes: Mapping[str, object]) -> bool:
    return all(getattr(thing, name) == value for name, value in changes.items())


def _members_among(proposers: set[User]) -> set[User]:
    """Those who propose as members, or did when they were; what others propose is the council's."""
    active = Membership.objects.active().filter(user__in=proposers)
    members = set(active.values_list("user", flat=True))
    return {one for one in proposers if one.pk in members or not one.has_perm(ENTER_CMS)}
