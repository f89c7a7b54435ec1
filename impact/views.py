from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from .models import ImpactFact


@require_safe
def impact(request: HttpRequest) -> HttpResponse:
    """Every fresh figure, with its period, source and method."""
    facts = ImpactFact.objects.fresh(timezone.localdate()).in_order()
    return render(request, "impact/impact.html", {"facts": facts})
