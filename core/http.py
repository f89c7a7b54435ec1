"""How requests are read; what views with forms answer, and what may become of their pages."""

from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods
from django.views.defaults import page_not_found

# Going back, a browser may show the form as it was left, with its stamp; `site.js` does the same
# where the browser asks for it anew.
as_it_was_left = cache_control(private=True, no_cache=True)
never_stored = cache_control(private=True, no_store=True)
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


class TextRequest(WSGIRequest):
    """
    A request on whose encoding or number of names Django fails before any of our code.

    One that says it is in an encoding of Python's which is none of texts, as "rot13", is taken for
    UTF-8, as with one that nobody knows.
    """

    def _set_content_type_params(self, meta: dict) -> None:
        try:
            super()._set_content_type_params(meta)
        except (LookupError, UnicodeError):
            self._encoding = None
        except SuspiciousOperation:
            pass  # raised again by whoever asks for GET, where it is answered


class SeeOther(HttpResponseRedirect):
    """The answer to a POST, and the door's answer: browsers do not remember it."""

    status_code = 303


def nowhere(request: HttpRequest) -> HttpResponse:
    """
    "Not found", as a return value: it is cached as little as the page itself would be, and is the
    same whatever is wrong with a link.
    """
    return page_not_found(request, Http404())
