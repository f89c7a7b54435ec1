from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.text import clean_text

from . import services


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search over everything public."""
    text = clean_text(request.GET.get("q", ""))[: services.LONGEST_QUERY]
    return render(
        request,
        "search/search.html",
        {"text": text, "found": services.search(text) if text else []},
    )
