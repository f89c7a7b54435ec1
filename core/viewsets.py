"""
The screens that edit pages and snippets, where two who post at once come one after the other.

Wagtail writes a draft whole, as it was when the request came: of two together the one would undo
that the other has published it. And it fails where somebody has decided already.
"""

from collections.abc import Callable
from functools import cached_property, wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, TaskState, WorkflowMixin
from wagtail.snippets.views.snippets import SnippetViewSet

from .alone import alone

DONE_BEFORE = "That was sent twice, and was done once."
DECIDED = "Somebody else has decided on this meanwhile. What you changed was saved as a draft."
CHANGED = "This was changed after you opened it, so nothing was decided or saved. Look at it again."

View = Callable[..., HttpResponse]


def one_at_a_time(view: View, model: type[WorkflowMixin]) -> View:
    """A view that edits one `model`, by its key in `page_id` or `pk`."""

    @wraps(view)
    def edit(request: HttpRequest, *args: object, **which: object) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **which)
        key = which.get("page_id", which.get("pk"))
        with alone(model, key):
            if told := _too_late(request, model, key):
                messages.warning(request, told)
                if told != DECIDED:
                    return redirect(request.path)
                request.POST = request.POST.copy()
                del request.POST["action-workflow-action"]
            return view(request, *args, **which)

    return edit


class OneAtATime(SnippetViewSet):
    """A snippet that people propose and approve."""

    @property
    def edit_view(self) -> View:
        return one_at_a_time(super().edit_view, self.model)

    @property
    def revisions_revert_view(self) -> View:
        return one_at_a_time(super().revisions_revert_view, self.model)

    @property
    def workflow_action_view(self) -> View:
        return one_at_a_time(super().workflow_action_view, self.model)

    @property
    def confirm_workflow_cancellation_view(self) -> View:
        return one_at_a_time(super().confirm_workflow_cancellation_view, self.model)


class OnePageAtATime(PageViewSet):
    """Every kind of page, in the place of Wagtail's own."""

    model = Page

    @cached_property
    def edit_view(self) -> View:
        return one_at_a_time(super().edit_view, Page)

    @cached_property
    def revisions_revert_view(self) -> View:
        return one_at_a_time(super().revisions_revert_view, Page)

    @cached_property
    def workflow_action_view(self) -> View:
        return one_at_a_time(super().workflow_action_view, Page)

    @cached_property
    def confirm_workflow_cancellation_view(self) -> View:
        return one_at_a_time(super().confirm_workflow_cancellation_view, Page)


def _too_late(request: HttpRequest, model: type[WorkflowMixin], key: object) -> str:
    """What to tell somebody whose decision is not about what is there now; empty if it is."""
    thing = model.objects.filter(pk=key).first()
    if thing is None or "action-workflow-action" not in request.POST:
        return ""
    if thing.current_workflow_task:
        seen = request.POST.get("loaded_revision_id", "")
        return CHANGED if seen and seen != str(thing.latest_revision_id) else ""
    of_thing = TaskState.objects.filter(
        workflow_state__object_id=str(key),
        workflow_state__base_content_type=thing.get_base_content_type(),
    )
    last = of_thing.exclude(finished_at=None).order_by("-finished_at", "-pk").first()
    if last is None or last.status == TaskState.STATUS_CANCELLED:
        return CHANGED
    return DONE_BEFORE if last.finished_by_id == request.user.pk else DECIDED
