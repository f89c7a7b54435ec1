from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from .models import Partner


@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """The partnership."""
    partners = Partner.objects.published().in_order().with_logos()
    return render(request, "partners/partners.html", {"partners": partners})


@require_safe
def partner(request: HttpRequest, slug: str) -> HttpResponse:
    """One partner: what it does, and the offers it delivers."""
    found = Partner.objects.published().with_logos().filter(slug=slug).first()
    if found is None:
        retired_on = get_object_or_404(Partner.objects.retired(), slug=slug).retired_on
        return render(request, "partners/retired.html", {"retired_on": retired_on}, status=410)
    return render(request, "partners/partner.html", {"partner": found})
