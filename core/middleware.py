import codecs
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from http import HTTPStatus
from urllib.parse import urlsplit

from csp.constants import HEADER, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.encoding import iri_to_uri
from django.views.defaults import page_not_found
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from .models import NotWhole, PublicPageQuerySet

GetResponse = Callable[[HttpRequest], HttpResponse]
TECHNICAL_PAGES = {HTTPStatus.BAD_REQUEST, HTTPStatus.INTERNAL_SERVER_ERROR}  # with DEBUG


class SecurityHeaders(CSPMiddleware):
    """
    The headers of every answer, whatever it is; as the first middleware it also sees refused hosts.

    The policy of the settings is loosened under `/admin/`, where Wagtail's own screens still print
    inline scripts and styles, and show previews in a frame; and, with DEBUG, for Django's technical
    pages. A nonce must never be printed there: with one, browsers ignore 'unsafe-inline'.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        for name, value in settings.SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        if request.path.startswith("/admin/"):
            # Wagtail draws a preview as a public page first: its policy must give way to this one.
            del response[HEADER]
        response = super().process_response(request, response)
        if HEADER not in response:  # the library leaves out errors with DEBUG
            response[HEADER] = build_policy(**asdict(self.get_policy_parts(request, response)))
        return response

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponse, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if report_only:
            return parts
        if request.path.startswith("/admin/"):
            parts.replace = {
                "frame-ancestors": [SELF],  # the preview beside the editor
                "require-trusted-types-for": None,
            }
            parts.update = {
                "script-src": [UNSAFE_INLINE],
                "style-src": [UNSAFE_INLINE],
                "img-src": ["data:", "blob:"],
                "frame-src": [SELF],
            }
        elif settings.DEBUG and response.status_code in TECHNICAL_PAGES:
            parts.update = {"script-src": [UNSAFE_INLINE], "style-src": [UNSAFE_INLINE]}
        elif settings.SESSION_COOKIE_NAME in request.COOKIES:
            # Perhaps an editor: Wagtail's bar on public pages writes HTML by script.
            parts.replace = {"require-trusted-types-for": None}
        return parts


class InUtf8(MiddlewareMixin):
    """
    What is sent in another encoding than that of our pages is refused with 400, whatever it is: it
    may hold half characters that nothing behind could store.
    """

    def process_request(self, request: HttpRequest) -> None:
        encoding = request.encoding or "utf-8"
        with suppress(LookupError):  # Django takes one that it does not know for UTF-8
            if codecs.lookup(encoding).name != "utf-8":
                request.encoding = "utf-8"  # for the page that says so
                raise BadRequest("It is not in UTF-8")


class Redirects(RedirectMiddleware):
    """Wagtail's redirects of pages that moved, to public ones only; the query string goes along."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        answer = super().process_response(request, response)
        if answer is not response and self._hides_its_page(request):
            return response
        query = request.META.get("QUERY_STRING", "")
        if answer is not response and query and "?" not in answer["Location"]:
            page, mark, part = answer["Location"].partition("#")
            answer["Location"] = f"{page}?{iri_to_uri(query)}{mark}{part}"
        return answer

    def _hides_its_page(self, request: HttpRequest) -> bool:
        """Whether it leads to a page that the public may not know, not even by its address."""
        path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        found = get_redirect(request, path) or get_redirect(request, urlsplit(path).path)
        target = found.redirect_page_id
        return bool(target and not PublicPageQuerySet(Page).published().filter(pk=target).exists())


class WordsForEditors(MiddlewareMixin):
    """Who publishes what has gaps, from any screen, is led to where it is edited and told why."""

    def process_exception(self, request: HttpRequest, refused: Exception) -> HttpResponse | None:
        if not isinstance(refused, NotWhole):
            return None
        messages.error(request, str(refused))
        address = AdminURLFinder(request.user).get_edit_url(refused.thing)
        address = address or reverse("wagtailadmin_home")
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":  # a window in the screen
            return JsonResponse({"step": "success", "redirect": address})
        return redirect(address)


class FriendlyNotFound:
    """
    For development: the real "Page not found" instead of Django's technical one.

    With DEBUG on, an address that does not exist would show a list of URL patterns.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        technical = b"URLconf" in getattr(response, "content", b"")
        if response.status_code == HTTPStatus.NOT_FOUND and technical:
            return page_not_found(request, Exception("not found"))
        return response
