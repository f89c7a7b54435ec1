import sys

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def livez(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is touched."""
    return HttpResponse("ok\n", content_type="text/plain")


def not_here(request: HttpRequest, *parts: str) -> HttpResponse:
    """An address of a library that this site does not use."""
    raise Http404


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """
    A request that cannot be read. Django's own view would look for a token in it once more, and so
    fail again where the form is in other letters than UTF-8.
    """
    return HttpResponse(render_to_string("400.html"), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """
    Something went wrong: 503 and when to try again if the database was away, else 500.

    Neither page needs the database.
    """
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    response = HttpResponse(
        render_to_string("503.html" if away else "500.html"), status=503 if away else 500
    )
    if away:
        response["Retry-After"] = "30"  # seconds
    return response
