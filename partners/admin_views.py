"""What the council does about members in the CMS."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from . import services
from .member_admin_forms import InviteForm


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite the first member of a partner, or another one."""
    if not request.user.has_perm("partners.add_invitation"):
        raise PermissionDenied
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.invite(
                partner=form.cleaned_data["partner"],
                email=form.cleaned_data["email"],
                is_lead=form.cleaned_data["is_lead"],
                by=request.user,
                key=form.cleaned_data["once"],
                now=timezone.now(),
            )
        except services.IsMember as refused:
            form.add_error("email", refused.words)
        except services.TooManyInvitations as refused:
            form.add_error("partner", refused.words)
        except services.AddressInvitedTooOften as refused:
            form.add_error("email", refused.words)
        else:
            messages.success(request, "The invitation is on its way.")
            return redirect("invitations:index")
    context = {"form": form, "title": "Invite a member"}
    status = 422 if form.errors else 200
    return render(request, "partners_admin/invite.html", context, status=status)
