from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .finder import rank
from .forms import FinderForm
from .models import OfferPage, Sector

CLOSEST = 3  # offers shown where none fits


@require_safe
def finder(request: HttpRequest) -> HttpResponse:
    """‘What suits us?’: the questions, and under the same address the offers that answer them."""
    form = FinderForm(request.GET, sectors=Sector.objects.in_order())
    asked = any(name in request.GET for name in form.fields)
    context = {"form": form, "unanswered": asked and not form.is_answered}
    if form.is_answered:
        offers = OfferPage.objects.published().in_order().prefetch_related("sectors")
        ranked = rank(offers, form.answers)
        fitting = [match for match in ranked if match.fits]
        now = sum(match.offer.is_open for match in fitting)
        shown = fitting if now else ranked[:CLOSEST]
        context |= {
            "fitting": now,
            "later": len(fitting) - now,
            "matches": shown,
            "can_ask": any(match.offer.is_open for match in shown),
        }
    return render(request, "offers/finder.html", context)
