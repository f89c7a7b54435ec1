from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.functional import SimpleLazyObject

from . import permissions
from .models import User

GetResponse = Callable[[HttpRequest], HttpResponse]
CMS = "/admin/"
ACCOUNTS = "/accounts/"
# What changes how an account is entered. Somebody with a second factor has to have used it.
GUARDED = ("/accounts/2fa/", "/accounts/password/change/")
# What a member does for a partner, and becomes one by: nobody's without the factor either.
MEMBERS = ("/partner/", "/accounts/invitation/")
WAITING_FOR = "second_factor_for"  # in the session: where somebody wanted to go


class NeverStored:
    """Keeps every page about signing in and passwords out of caches, the browser's too."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith(ACCOUNTS):
            patch_cache_control(response, private=True, no_store=True)
        return response


class RequireSecondFactor:
    """
    A session that was entered with a password alone opens nothing of the CMS.

    Under `/admin/` it is led to where a second factor is set up or asked for, before any view runs;
    so it is in the partner area, also if it is of somebody who has a factor without having to.
    Everywhere else but at `/accounts/` it counts as nobody's, so that it sees what the public sees.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not permissions.is_required():
            return self.get_response(request)
        user = request.user
        if request.path_info.startswith(CMS):
            if _is_half_signed_in(request, user):
                return _lead_to_second_factor(request, user)
            request.session.pop(WAITING_FOR, None)
        elif request.path_info.startswith(MEMBERS):
            if _is_half_signed_in(request, user) or _hides_from_its_factor(request, user):
                return _lead_to_second_factor(request, user)
            request.session.pop(WAITING_FOR, None)
        elif request.path_info.startswith(GUARDED):
            if _hides_from_its_factor(request, user):
                return _lead_to_second_factor(request, user)
        elif not request.path_info.startswith(ACCOUNTS):
            # Asked for by few pages: who is signed in is looked up only then.
            request.user = SimpleLazyObject(
                lambda: AnonymousUser() if _is_half_signed_in(request, user) else user
            )
        return self.get_response(request)


def _is_half_signed_in(request: HttpRequest, user: User | AnonymousUser) -> bool:
    """Whether somebody who may enter the CMS has shown a password and nothing else."""
    return (
        user.is_authenticated
        and user.has_perm("wagtailadmin.access_admin")
        and not permissions.entered_with_second_factor(request, user)
    )


def _hides_from_its_factor(request: HttpRequest, user: User | AnonymousUser) -> bool:
    """Whether the account has a second factor which this session was not asked for yet."""
    asking = {reverse("mfa_reauthenticate"), reverse("mfa_reauthenticate_webauthn")}
    return (
        user.is_authenticated
        and request.path not in asking
        and permissions.has_second_factor(user)
        and not permissions.entered_with_second_factor(request, user)
    )


def _lead_to_second_factor(request: HttpRequest, user: User) -> HttpResponse:
    """
    To the page that asks for the factor, or else to where one is set up; from there back to here.

    :raises PermissionDenied: if a script asks, which could do nothing with such a page.
    """
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        raise PermissionDenied
    begin = MEMBERS[0] if request.path_info.startswith(MEMBERS) else CMS
    here = request.get_full_path() if request.method == "GET" else begin
    if permissions.has_second_factor(user):
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': here})}")
    request.session[WAITING_FOR] = here
    return redirect("mfa_activate_totp")
