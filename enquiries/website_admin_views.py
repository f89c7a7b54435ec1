"""What the desk does to one message about the website: one POST each, with permission."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from . import services
from .models import DeskSettings, WebsiteMessage


@require_POST
def release_website_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one message about the website out of quarantine."""
    services.release_website_message(
        message=_changeable_website_message(request, pk),
        by=request.user,
        desk=DeskSettings.for_request(request),
        now=timezone.now(),
    )
    messages.success(request, "The message is out of quarantine.")
    return redirect("website_messages:inspect", pk)


@require_POST
def handle_website_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that one message about the website is dealt with."""
    services.handle_website_message(
        message=_changeable_website_message(request, pk), by=request.user, now=timezone.now()
    )
    messages.success(request, "The message is handled.")
    return redirect("website_messages:index")


def _changeable_website_message(request: HttpRequest, pk: int) -> WebsiteMessage:
    if not request.user.has_perm("enquiries.change_websitemessage"):
        raise PermissionDenied
    return get_object_or_404(WebsiteMessage, pk=pk)
