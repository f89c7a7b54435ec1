"""What the desk does to one enquiry: one POST each, with permission, onto the timeline."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from . import services
from .models import DeskSettings, Enquiry


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one enquiry out of quarantine."""
    if not request.user.has_perm("enquiries.change_enquiry"):
        raise PermissionDenied
    enquiry = services.release(
        enquiry=get_object_or_404(Enquiry, pk=pk),
        by=request.user,
        desk=DeskSettings.for_request(request),
        now=timezone.now(),
    )
    messages.success(request, f"{enquiry.reference} is out of quarantine and its mails are sent.")
    return redirect("enquiries:inspect", pk)
