"""The draft of a page for somebody without an account: GET shows it, and nothing else is done."""

import copy

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from .http import never_stored, nowhere
from .models import PreviewLink


@require_safe
@never_stored
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The latest draft, as the public would see it, with a line above that says what it is."""
    found = PreviewLink.objects.behind(token, timezone.now()).select_related("page")
    if not (link := found.first()):
        return nowhere(request)
    draft = link.page.get_latest_revision_as_object()
    response = draft.serve_preview(
        _as_the_public(request, draft.url, link), draft.default_preview_mode
    )
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _as_the_public(request: HttpRequest, address: str | None, link: PreviewLink) -> HttpRequest:
    """
    The same request as if nobody was signed in and the page's own address was asked for: menus and
    breadcrumbs are those of the page, and the token stands nowhere in it.
    """
    public = copy.copy(request)
    public.path = public.path_info = address or "/"
    public.user = AnonymousUser()
    public.secret_preview = link
    return public
