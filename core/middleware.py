from collections.abc import Callable
from http import HTTPStatus

from csp.constants import HEADER, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponse
from django.views.defaults import page_not_found

GetResponse = Callable[[HttpRequest], HttpResponse]


class ContentSecurityPolicy(CSPMiddleware):
    """
    The strict policy of the settings, loosened under `/admin/` and only there.

    Wagtail's own screens still print inline scripts and styles, and show previews in a frame.
    A nonce must never be printed there: with one, browsers ignore 'unsafe-inline'.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Wagtail draws a preview as a public page first: its policy must give way to this one."""
        if request.path.startswith("/admin/"):
            del response[HEADER]
        return super().process_response(request, response)

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponse, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path.startswith("/admin/") and not report_only:
            parts.replace = {"frame-ancestors": [SELF]}  # the preview beside the editor
            parts.update = {
                "script-src": [UNSAFE_INLINE],
                "style-src": [UNSAFE_INLINE],
                "img-src": ["data:", "blob:"],
                "frame-src": [SELF],
            }
        return parts


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
