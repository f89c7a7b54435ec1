"""Screens of the CMS that know no subject: secret previews of a page, and editing one at a time."""

import uuid
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.pages.edit import EditView
from wagtail.models import Page, WorkflowMixin

from . import services
from .forms import OnceField
from .http import get_or_post
from .models import NotWhole, PreviewLink

ADDRESS = "secret_previews"
DECIDED = "Nothing was done again: somebody has decided on this already, or took it back."


@get_or_post
def secret_previews(request: HttpRequest, page_id: int) -> HttpResponse:
    """The links of one page; POST makes one more."""
    page = _page_to_edit(request, page_id)
    now = timezone.now()
    if request.method == "POST":
        key = OnceField().clean(request.POST.get("once"))
        link = services.share_preview(page=page, by=request.user, now=now, key=key)
        until = f"{link.works_until.day} {link.works_until:%B %Y}"
        messages.success(request, f"There is a new link. It works until {until}.")
        return redirect(ADDRESS, page.pk)
    links = PreviewLink.objects.filter(page=page).open(now).select_related("created_by")
    context = {
        "page": page,
        "links": [(link, _address(link)) for link in links.newest_first()],
        "once": uuid.uuid4(),
        "days": services.PREVIEW_WORKS.days,
        "page_title": "Secret preview",
        "page_subtitle": page.get_admin_display_title(),
        "header_icon": "view",
    }
    return render(request, "core_admin/secret_previews.html", context)


@require_POST
def withdraw_preview(request: HttpRequest, page_id: int, link_id: int) -> HttpResponse:
    """Have one link of the page lead nowhere."""
    page = _page_to_edit(request, page_id)
    link = get_object_or_404(PreviewLink, page=page, pk=link_id)
    services.withdraw_preview(link=link, by=request.user, now=timezone.now())
    messages.success(request, "That link does not work any more.")
    return redirect(ADDRESS, page.pk)


def _page_to_edit(request: HttpRequest, page_id: int) -> Page:
    """:raises PermissionDenied: if the person may not edit it."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


def _address(link: PreviewLink) -> str:
    return settings.BASE_URL + reverse("preview", args=[link.token])


def one_at_a_time(
    view: Callable[..., HttpResponse], model: type[WorkflowMixin]
) -> Callable[..., HttpResponse]:
    """
    A screen that edits one `model`, where two who post at once come one after the other.

    Wagtail writes a draft whole, as it was when the request came: of two together the one would
    undo that the other has published it. And it fails where a decision was made already.
    """

    @wraps(view)
    def edit(request: HttpRequest, **which: int | str) -> HttpResponse:
        if request.method != "POST":
            return view(request, **which)
        with transaction.atomic():
            (key,) = which.values()
            thing = model.objects.select_for_update(no_key=True).filter(pk=key).first()
            decides = "action-workflow-action" in request.POST
            if decides and thing and thing.current_workflow_task is None:
                messages.warning(request, DECIDED)
                return redirect(request.path)
            try:
                return view(request, **which)
            except NotWhole as error:
                refused = error  # raised outside: the draft was saved and stays
        raise refused

    return edit


edit_page = require_admin_access(one_at_a_time(EditView.as_view(), Page))
