"""
Inviting somebody to act for a partner, and accepting it.

GET shows, POST acts. The link of one that was accepted leads to the partner area, and lets nobody
in; whatever else is wrong with a link, the answer is the same "not found".
"""

from datetime import datetime
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from core.http import SeeOther, get_or_post, never_stored, nowhere
from core.tokens import behind

from . import services
from .area import done, for_leads, form_page
from .member_forms import AcceptForm, ButtonForm, InviteForm
from .models import INVITATION_PURPOSE, Invitation, Partner


@get_or_post
@for_leads
def invite(request: HttpRequest, partner: Partner) -> HttpResponse:
    """Invite an address. The answer is the same whether there is an account of it or not."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, "invite", form, partner)
    try:
        services.invite(
            partner=partner,
            email=form.cleaned_data["email"],
            is_lead=form.is_lead,
            by=request.user,
            key=form.cleaned_data["once"],
            now=timezone.now(),
        )
    except services.IsMember as refused:
        form.add_error("email", refused.words)
        return _page(request, "invite", form, partner)
    except services.TooManyInvitations as refused:
        form.add_error("email", refused.words)
        return _page(request, "invite", form, partner, status=429)
    except services.AddressInvitedTooOften as refused:
        form.add_error("email", refused.words)
        return _page(request, "invite", form, partner, status=429)
    return done(partner, "partner_members", "invited")


@get_or_post
@for_leads
def again(request: HttpRequest, partner: Partner, invitation: UUID) -> HttpResponse:
    """Send an invitation again, with a new link."""
    found = partner.invitations.filter(uuid=invitation).first()
    if found is None:
        return nowhere(request)
    form = ButtonForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, "invitation_again", form, partner, invitation=found)
    key, now = form.cleaned_data["once"], timezone.now()
    try:
        services.send_invitation_again(invitation=found, by=request.user, key=key, now=now)
    except (services.InvitationEnded, services.IsMember):
        return done(partner, "partner_members", "ended")
    except (services.TooManyInvitations, services.AddressInvitedTooOften) as refused:
        context = {"invitation": found, "refused": refused.words}
        return _page(request, "invitation_again", ButtonForm(), partner, status=429, **context)
    return done(partner, "partner_members", "again")


@get_or_post
@for_leads
def withdraw(request: HttpRequest, partner: Partner, invitation: UUID) -> HttpResponse:
    """Have the link of an invitation open nothing any more."""
    found = partner.invitations.filter(uuid=invitation).first()
    if found is None:
        return nowhere(request)
    if request.method != "POST":
        return _page(request, "invitation_withdraw", ButtonForm(), partner, invitation=found)
    try:
        services.withdraw_invitation(invitation=found, by=request.user, now=timezone.now())
    except services.InvitationEnded:
        found.refresh_from_db()
        return done(partner, "partner_members", "withdrawn" if found.withdrawn_at else "ended")
    return done(partner, "partner_members", "withdrawn")


@get_or_post
@never_stored
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """
    Become a member: with the account one is signed in with, or with a new one.

    Nobody becomes one with an account that they have not signed in with.
    """
    now = timezone.now()
    invitation = _invitation(token, now)
    if invitation is None:
        return _ended(request, token)
    if request.user.is_authenticated:
        return _accept_signed_in(request, invitation, now)
    if services.has_account(invitation):
        return _accept_page(request, invitation, "sign_in")
    return _accept_as_new(request, invitation, now)


def _accept_as_new(request: HttpRequest, invitation: Invitation, now: datetime) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = AcceptForm(data, email=invitation.email)
    if not form.is_valid():
        return _accept_page(request, invitation, "new", form)
    try:
        membership = services.accept_with_new_account(
            invitation=invitation,
            name=form.cleaned_data["name"],
            password=form.cleaned_data["password"],
            now=now,
        )
    except services.InvitationEnded:
        return _ended(request, invitation.token)
    except services.HasAccount:
        return _accept_page(request, invitation, "sign_in", status=409)
    record_authentication(request, membership.user, method="password", email=invitation.email)
    perform_login(request, membership.user, email_verification="none")
    return SeeOther(reverse("partner_area"))


def _accept_signed_in(request: HttpRequest, invitation: Invitation, now: datetime) -> HttpResponse:
    if not services.is_account_of(invitation, request.user):
        status = 409 if request.method == "POST" else 200
        return _accept_page(request, invitation, "other_account", status=status)
    if request.method != "POST":
        return _accept_page(request, invitation, "join", ButtonForm())
    try:
        services.accept_as(invitation=invitation, user=request.user, now=now)
    except services.InvitationEnded:
        return SeeOther(reverse("partner_area"))
    except services.SomebodyElses:
        return _accept_page(request, invitation, "other_account", status=409)
    return SeeOther(reverse("partner_area"))


def _invitation(token: str, now: datetime) -> Invitation | None:
    """The invitation whose link this is, if it opens something; None whatever is wrong."""
    found = Invitation.objects.open(now).select_related("partner")
    return behind(found, INVITATION_PURPOSE, token).first()


def _ended(request: HttpRequest, token: str) -> HttpResponse:
    """A link that was used leads where it led then, after a sign-in; all else is not found."""
    accepted = Invitation.objects.filter(accepted_at__isnull=False)
    if behind(accepted, INVITATION_PURPOSE, token).exists():
        return SeeOther(reverse("partner_area"))
    return nowhere(request)


def _accept_page(
    request: HttpRequest,
    invitation: Invitation,
    name: str,
    form: ButtonForm | None = None,
    *,
    status: int = 0,
) -> HttpResponse:
    form = form or ButtonForm()
    context = {
        "form": form,
        "partner": invitation.partner,
        "action": request.path,
        "sign_in": f"{settings.LOGIN_URL}?next={request.path}",
    }
    status = status or (422 if form.errors else 200)
    return render(request, f"partners/invitation_{name}.html", context, status=status)


def _page(
    request: HttpRequest, name: str, form: ButtonForm, partner: Partner, **more: object
) -> HttpResponse:
    template = f"partners/{name}.html"
    back = {"back": "partner_members", "back_to": "members"}
    return form_page(request, template, form, partner, **back, **more)
