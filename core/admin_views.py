"""Secret previews in the CMS, for those who may edit the page: see, make and withdraw links."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.models import Page

from . import services
from .forms import OnceField
from .http import get_or_post
from .models import PreviewLink

ADDRESS = "secret_previews"


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
