"""Where the partner area begins."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from .area import for_proposers, for_signed_in
from .models import Partner
from .permissions import open_to, partners_of


@require_safe
@for_signed_in
def area(request: HttpRequest) -> HttpResponse:
    """
    The one partner that somebody acts for, or a choice of several; with `?all`, always a choice.

    Also where everybody without access to the CMS arrives who signs in: without a partner they are
    told so.
    """
    own = list(partners_of(request.user).in_order())
    others = list(open_to(request.user).exclude(pk__in=[one.pk for one in own]).in_order())
    if len(own) == 1 and not others and "all" not in request.GET:
        return redirect("partner_overview", own[0].slug)
    return render(request, "partners/area.html", {"own": own, "others": others})


@require_safe
@for_proposers
def overview(request: HttpRequest, partner: Partner) -> HttpResponse:
    """What a member can do for one partner, and what waits there."""
    return render(request, "partners/overview.html", {"partner": partner})
