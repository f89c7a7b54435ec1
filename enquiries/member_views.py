"""What members see in the partner area of the employers that were handed to their organisation."""

from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.http import get_or_post, nowhere
from core.paging import page_of
from partners.area import for_members
from partners.models import Partner

from .handover_views import Door, View, acted
from .models import Handover

PER_PAGE = 20


@require_safe
@for_members
def interests(request: HttpRequest, partner: Partner) -> HttpResponse:
    """What waits for an answer, what was taken up, and what is over."""
    handed = Handover.objects.filter(partner=partner).with_all()
    open_ones = handed.shown_to_partners().open()
    over = handed.exclude(ended_at=None).order_by("-ended_at", "-pk")
    context = {
        "partner": partner,
        "waiting": open_ones.unanswered().order_by("answer_by", "pk"),
        "accepted": open_ones.exclude(accepted_at=None).order_by("interest__due_on", "pk"),
        "page_obj": page_of(over, request.GET.get("page"), PER_PAGE),
    }
    return render(request, "enquiries/partner_interests.html", context)


def by_membership(view: View) -> View:
    """Open a handover to the partner's own members, for `view(request, handover, door)`."""

    @wraps(view)
    @get_or_post
    @for_members
    def open_it(request: HttpRequest, partner: Partner, handover: UUID) -> HttpResponse:
        found = Handover.objects.shown_to_partners().with_all().filter(partner=partner)
        one = found.filter(uuid=handover).first()
        if one is None:
            return nowhere(request)
        door = Door(
            "partner_interest",
            (partner.slug, str(handover)),
            "enquiries/by_membership.html",
            request.user,
        )
        return acted(view, request, one, door)

    return open_it
