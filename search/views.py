from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.models import OtherHelp
from core.paging import page_of
from core.text import clean_text

from . import services
from .sources import PAGES, registered

PER_PAGE = 10


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search over everything public."""
    text = clean_text(request.GET.get("q", ""))[: services.LONGEST_QUERY]
    if not text:
        return render(request, "search/search.html", {"text": ""})
    key = request.GET.get("type", "")
    key = key if any(kind.key == key for kind in registered()) else ""
    promoted = services.promoted(text)
    answer = services.look_for(text)
    others = answer.without([pick.page for pick in promoted if pick.page])
    picks, shown = ([], answer) if key else (promoted, others)
    places_of = {PAGES.key: services.places_for(text)}
    places_of[""] = places_of[PAGES.key]
    places = places_of.get(key, [])
    page = page_of(shown.of(key), request.GET.get("page"), PER_PAGE)
    page.object_list = services.show(page.object_list, words=answer.words, request=request)
    number = shown.number(key)
    context = {
        "text": text,
        "heading": _heading(
            text, number + len(picks) + len(places), exact=answer.exact or not number
        ),
        "type": key,
        "filters": [("", "All", others.number() + len(promoted) + len(places_of[""]))]
        + [
            (kind.key, kind.plural, answer.number(kind.key) + len(places_of.get(kind.key, [])))
            for kind in registered()
        ],
        "most": services.MOST_SHOWN,
        "more": number > services.MOST_SHOWN,
        "exact": answer.exact,
        "results": page,
        "picks": picks if page.number == 1 else [],
        "places": places if page.number == 1 else [],
        "steps": OtherHelp.for_request(request).for_words(text),
    }
    return render(request, "search/search.html", context)


def _heading(text: str, number: int, *, exact: bool) -> str:
    """ "12 results for ‘mentor’", honest where not all were counted or other words were found."""
    if number > services.MOST_SHOWN:
        results = f"More than {services.MOST_SHOWN} results"
    else:
        results = f"{number} result" if number == 1 else f"{number} results"
    return (
        f"{results} for words like ‘{text}’" if number and not exact else f"{results} for ‘{text}’"
    )
