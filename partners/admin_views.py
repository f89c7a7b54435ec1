"""What the council does about members in the CMS."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.forms import EmailField, Question

from . import services
from .models import Partner

IS_MEMBER = "Whoever has this address is a member of the partner already"
TOO_MANY = "This partner’s members were sent 20 invitations in a day. Send more tomorrow"
TOO_OFTEN = "This address was sent 3 invitations in a day. Invite it again tomorrow"


class InviteForm(forms.Form):
    """Whom to invite for which partner."""

    bound_field_class = Question

    partner = forms.ModelChoiceField(
        Partner.objects.filter(is_active=True).in_order(),
        error_messages={
            "required": "Select a partner",
            "invalid_choice": "Select a partner from the list",
        },
    )
    email = EmailField(
        name="Email address",
        label="Email address",
        help_text="An invitation is sent there. Only whoever reads it can accept.",
        error_messages={"required": "Enter an email address"},
    )
    is_lead = forms.BooleanField(
        label="Lead",
        required=False,
        help_text="Can invite and remove members of the partner. Each needs one at least.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite the first member of a partner, or another one."""
    if not request.user.has_perm("partners.add_invitation"):
        raise PermissionDenied
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.invite(
                **form.cleaned_data, by=request.user, key=uuid.uuid4(), now=timezone.now()
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
