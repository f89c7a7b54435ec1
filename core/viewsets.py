"""
The screens that edit pages and snippets, where two who post at once come one after the other.

Wagtail writes a draft whole, as it was when the request came: of two together the one would undo
that the other has published it. And it fails where somebody has decided already.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, wraps
from time import monotonic, sleep

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, TaskState, WorkflowMixin
from wagtail.snippets.views.snippets import SnippetViewSet

WAITS = 10  # seconds for whoever is before; then it goes on, for nobody must be kept out
HELD = 30  # seconds after which somebody who never came out is forgotten
LOOKS_EVERY = 0.05  # seconds
DONE_BEFORE = "That was sent twice, and was done once."
DECIDED = "Somebody else has decided on this meanwhile. What you changed was saved as a draft."

_log = logging.getLogger(__name__)
View = Callable[..., HttpResponse]


def one_at_a_time(view: View, model: type[WorkflowMixin]) -> View:
    """A view that edits one `model`, by its key in `page_id` or `pk`."""

    @wraps(view)
    def edit(request: HttpRequest, *args: object, **which: object) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **which)
        key = which.get("page_id", which.get("pk"))
        with _alone(f"{model._meta.label_lower}:{key}"):
            if _decides_too_late(request, model, key):
                if _was_them(request, model, key):
                    messages.warning(request, DONE_BEFORE)
                    return redirect(request.path)
                messages.warning(request, DECIDED)
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


class OnePageAtATime(PageViewSet):
    """Every kind of page, in the place of Wagtail's own."""

    model = Page

    @cached_property
    def edit_view(self) -> View:
        return one_at_a_time(super().edit_view, Page)

    @cached_property
    def revisions_revert_view(self) -> View:
        return one_at_a_time(super().revisions_revert_view, Page)


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """
    While nobody else is inside, in any process that shares the cache.

    Not by a lock in the database: Wagtail's screens hold rows in an order of their own, and with
    one more before them two of them could block each other.
    """
    key, until = f"core.alone:{name}", monotonic() + WAITS
    while not (is_mine := _in_cache(cache.add, key, True, HELD)) and monotonic() < until:
        sleep(LOOKS_EVERY)
    try:
        yield
    finally:
        if is_mine:
            _in_cache(cache.delete, key)


def _in_cache(do: Callable[..., bool], *given: object) -> bool:
    """What the cache says; without one, as if nobody else were there."""
    try:
        return do(*given)
    except Exception:  # noqa: BLE001 - a cache that is away must stop nobody
        _log.exception("Nobody could be kept apart")
        return True


def _decides_too_late(request: HttpRequest, model: type[WorkflowMixin], key: object) -> bool:
    """Whether somebody approves or returns what waits for nobody any more."""
    if "action-workflow-action" not in request.POST:
        return False
    thing = model.objects.filter(pk=key).first()
    return thing is not None and thing.current_workflow_task is None


def _was_them(request: HttpRequest, model: type[WorkflowMixin], key: object) -> bool:
    """Whether the last decision was that of the same person."""
    of_thing = TaskState.objects.filter(
        workflow_state__object_id=str(key),
        workflow_state__base_content_type=model(pk=key).get_base_content_type(),
    )
    last = of_thing.exclude(finished_at=None).order_by("-finished_at", "-pk").first()
    return last is not None and last.finished_by_id == request.user.pk
