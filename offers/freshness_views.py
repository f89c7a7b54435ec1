"""
A partner says whether what it offers is still right: by the link of its mail, or as a member.

GET shows, POST acts. What is confirmed is what was shown.
"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.alone import alone
from core.http import SeeOther, get_or_post, never_stored, nowhere
from core.tokens import behind
from partners.area import for_members
from partners.models import Partner

from . import services
from .member_forms import FreshnessForm
from .models import STILL_RIGHT_PURPOSE, FreshnessCheck, OfferLink

# What is said after an action, by its name in `?done=`.
DONE = {
    "right": "Thank you. What you offer is confirmed, and the public sees it.",
    "paused": "The public reads now that there is no room. We have told the council.",
}


@get_or_post
@never_stored
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link of the monthly mail."""
    check = _check(token, timezone.now())
    if check is None:
        return nowhere(request)
    return _still_right(request, check.partner, member=None)


@get_or_post
@for_members
def by_membership(request: HttpRequest, partner: Partner) -> HttpResponse:
    """The same in the partner area."""
    return _still_right(request, partner, member=request.user)


def _still_right(request: HttpRequest, partner: Partner, *, member: User | None) -> HttpResponse:
    links = list(
        OfferLink.objects.kept_up()
        .filter(partner=partner)
        .select_related("offer", "partner")
        .order_by("offer__path", "pk")
    )
    form = FreshnessForm(request.POST if request.method == "POST" else None)
    context = {
        "form": form,
        "partner": partner,
        "links": links,
        "seen": services.fingerprint(links),
        "action": request.path,
        "member": member,
        "done": DONE.get(request.GET.get("done", ""), ""),
        "has_changed": False,
    }
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "offers/still_right.html", context, status=status)
    now, pressed = timezone.now(), form.cleaned_data["answer"]
    if pressed != form.RIGHT:
        link = next((link for link in links if str(link.uuid) == pressed), None)
        if link is None:
            return render(request, "offers/still_right.html", context, status=409)
        with alone(OfferLink, link.pk):
            services.pause(link=link, by=member, now=now)
        return SeeOther(f"{request.path}?done=paused")
    try:
        services.confirm(partner=partner, seen=form.cleaned_data["seen"], by=member, now=now)
    except services.HasChanged:
        context["has_changed"] = True
        return render(request, "offers/still_right.html", context, status=409)
    if member is not None:
        return SeeOther(f"{reverse('partner_offers', args=[partner.slug])}?done=right")
    return SeeOther(f"{request.path}?done=right")


def _check(token: str, now: datetime) -> FreshnessCheck | None:
    """The question whose link this is; None whatever is wrong."""
    found = FreshnessCheck.objects.select_related("partner").filter(partner__is_active=True)
    check = behind(found, STILL_RIGHT_PURPOSE, token, version="link_version").first()
    return check if check and check.link_holds(now) else None
