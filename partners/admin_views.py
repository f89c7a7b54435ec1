"""What the council does about members in the CMS."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from . import services
from .member_admin_forms import InviteForm

IS_MEMBER = "Whoever has this address is a member of the partner already"
TOO_MANY = "This partner’s members were sent 20 invitations in a day. Send more tomorrow"
TOO_OFTEN = "This address was sent 3 invitations in a day. Invite it again tomorrow"


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
        except services.IsMember:
            form.add_error("email", IS_MEMBER)
        except services.TooManyInvitations:
            form.add_error("partner", TOO_MANY)
        except services.AddressInvitedTooOften:
            form.add_error("email", TOO_OFTEN)
        else:
            messages.success(request, "The invitation is on its way.")
            return redirect("invitations:index")
    context = {"form": form, "title": "Invite a member"}
    status = 422 if form.errors else 200
    return render(request, "partners_admin/invite.html", context, status=status)
