"""
The screens that edit pages and snippets, where two who post at once come one after the other.

Wagtail writes a draft whole, as it was when the request came: of two together the one would undo
that the other has published it. And it fails where somebody has decided already.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, WorkflowMixin
from wagtail.snippets.views.snippets import SnippetViewSet

from .alone import alone
from .too_late import AS_A_DRAFT, MEANWHILE, too_late

View = Callable[..., HttpResponse]


def one_at_a_time(view: View, model: type[WorkflowMixin]) -> View:
    """A view that edits one `model`, by its key in `page_id` or `pk`."""

    @wraps(view)
    def edit(request: HttpRequest, *args: object, **which: object) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **which)
        key = which.get("page_id", which.get("pk"))
        with alone(model, key):
            told = too_late(request.POST, request.user, model, key)
            if told and told not in AS_A_DRAFT:
                messages.warning(request, told)
                return redirect(request.path)
            if told:
                request.POST = request.POST.copy()
                del request.POST[AS_A_DRAFT[told]]
            response = view(request, *args, **which)
            if told:  # without a redirect nothing was saved
                is_saved = isinstance(response, HttpResponseRedirect)
                messages.warning(request, told if is_saved else MEANWHILE)
            return response

    return edit


def _guarded(name: str) -> property:
    """The view of that name of the viewset behind this one."""
    return property(
        lambda self: one_at_a_time(getattr(super(_Guarded, self), name), self.model),
    )


class _Guarded:
    """In front of a viewset: each of its screens that saves or decides."""

    edit_view = _guarded("edit_view")
    revisions_revert_view = _guarded("revisions_revert_view")
    workflow_action_view = _guarded("workflow_action_view")
    confirm_workflow_cancellation_view = _guarded("confirm_workflow_cancellation_view")


class OneAtATime(_Guarded, SnippetViewSet):
    """A snippet that people propose and approve."""


class OnePageAtATime(_Guarded, PageViewSet):
    """Every kind of page, in the place of Wagtail's own."""

    model = Page
