"""Asking for stories in the CMS, for those who may add case studies."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from core.http import get_or_post
from core.paging import page_of

from . import services
from .models import CaseStudyIndexPage, StoryRequest
from .story_admin_forms import AskForm

LIST = "story_requests"
A_PAGE = 50  # rows


def may_ask_for_stories(user: User) -> bool:
    """Whether the person may add a case study: what a story becomes."""
    index = CaseStudyIndexPage.objects.order_by("path").first()
    return bool(index and index.permissions_for_user(user).can_add_subpage())


@require_safe
def story_requests(request: HttpRequest) -> HttpResponse:
    """Who was asked, the latest first, and where each stands."""
    _check_may_ask(request)
    now = timezone.now()
    asked = StoryRequest.objects.newest_first().select_related("asked_by", "case_study")
    shown = page_of(asked, request.GET.get("p"), A_PAGE)
    waiting = set(
        StoryRequest.objects.waiting(now)
        .filter(pk__in=[one.pk for one in shown])
        .values_list("pk", flat=True)
    )
    context = {
        "rows": [(one, one.status(now), one.pk in waiting) for one in shown],
        "shown": shown,
        "page_title": "Stories",
        "header_icon": "openquote",
    }
    return render(request, "casestudies_admin/story_requests.html", context)


@get_or_post
def ask_for_story(request: HttpRequest) -> HttpResponse:
    """Have the link to the form mailed to somebody."""
    _check_may_ask(request)
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        answers = dict(form.cleaned_data)
        key = answers.pop("once")
        story = services.ask_for_story(**answers, by=request.user, now=timezone.now(), key=key)
        messages.success(request, f"The link to the form goes to {story.organisation} by email.")
        return redirect(LIST)
    context = {
        "form": form,
        "page_title": "Ask for a story",
        "header_icon": "openquote",
    }
    status = 422 if form.errors else 200
    return render(request, "casestudies_admin/ask_for_story.html", context, status=status)


@require_POST
def withdraw_story_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Have one link lead nowhere."""
    _check_may_ask(request)
    story = get_object_or_404(StoryRequest, pk=pk)
    try:
        services.withdraw_story_request(story=story, by=request.user, now=timezone.now())
    except services.StoryClosed as refused:
        messages.error(request, f"Nothing was withdrawn. {refused}.")
    else:
        messages.success(request, "That link does not work any more.")
    return redirect(LIST)


def _check_may_ask(request: HttpRequest) -> None:
    """:raises PermissionDenied: if the person may not ask for stories."""
    if not may_ask_for_stories(request.user):
        raise PermissionDenied
