"""The members of a partner, as they see themselves; those who lead change who belongs to them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.http import SeeOther, get_or_post, nowhere

from . import services
from .area import done, for_leads, for_members, form_page
from .member_forms import ButtonForm
from .models import Partner
from .permissions import led_by

# What is said on the page of the members after an action, by its name in `?done=`.
DONE = {
    "invited": "We have sent the invitation.",
    "again": "We have sent a new invitation. The one before opens nothing any more.",
    "withdrawn": "The invitation is withdrawn. Its link opens nothing any more.",
    "ended": "Nothing was done: that invitation has ended. It was accepted, or somebody else "
    "withdrew it or sent it again.",
    "lead": "They can invite and remove members now.",
    "removed": "They are no longer a member and cannot open these pages any more.",
}
LAST_LEAD = "Make another member a lead first. Somebody has to be able to invite members"


@require_safe
@for_members
def members(request: HttpRequest, partner: Partner) -> HttpResponse:
    """Who acts for the partner; to those who lead also who is invited."""
    context = {
        "partner": partner,
        "members": partner.memberships.select_related("user").in_order(),
        "leads": led_by(request.user).filter(pk=partner.pk).exists(),
        "invitations": partner.invitations.unanswered().newest_first(),
        "now": timezone.now(),
        "done": DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, "partners/members.html", context)


@get_or_post
@for_leads
def make_lead(request: HttpRequest, partner: Partner, member: UUID) -> HttpResponse:
    """Let a member invite and remove others."""
    found = partner.memberships.filter(uuid=member).select_related("user").first()
    if found is None:
        return nowhere(request)
    if request.method != "POST":
        return _page(request, "member_lead", ButtonForm(), partner, member=found)
    try:
        services.make_lead(membership=found, by=request.user)
    except services.NotAMember:
        return nowhere(request)
    return done(partner, "partner_members", "lead")


@get_or_post
@for_leads
def remove(request: HttpRequest, partner: Partner, member: UUID) -> HttpResponse:
    """End a membership. A second press leads where the first did."""
    found = partner.memberships.filter(uuid=member).select_related("user").first()
    if found is None:
        was_here = request.method == "POST" and services.was_removed(partner=partner, member=member)
        return done(partner, "partner_members", "removed") if was_here else nowhere(request)
    if request.method != "POST":
        return _page(request, "member_remove", ButtonForm(), partner, member=found)
    try:
        services.remove_member(membership=found, by=request.user)
    except services.NotAMember:
        pass  # another press of the same button was quicker
    except services.LastLead:
        more = {"member": found, "refused": LAST_LEAD}
        return _page(request, "member_remove", ButtonForm(), partner, status=409, **more)
    if found.user_id == request.user.pk:
        return SeeOther(reverse("partner_area"))
    return done(partner, "partner_members", "removed")


def _page(
    request: HttpRequest, name: str, form: ButtonForm, partner: Partner, **more: object
) -> HttpResponse:
    template = f"partners/{name}.html"
    back = {"back": "partner_members", "back_to": "members"}
    return form_page(request, template, form, partner, **back, **more)
