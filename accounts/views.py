import logging

from allauth.account.utils import get_next_redirect_url
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.internal.statekit import unstash_state
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string

from .provider import IdentityProvider
from .refusals import BegunElsewhere, NotTrusted, Refused, Stopped

logger = logging.getLogger(__name__)
NONCE = 32  # letters and digits: more than anybody guesses


class ConfirmByPasskeyView(ReauthenticateWebAuthnView):
    """allauth leads a failure to the sign-in page; here one tries again where one is."""

    def form_invalid(self, form: ReauthenticateWebAuthnForm) -> HttpResponse:
        super().form_invalid(form)  # what was wrong is told on the next page
        return redirect(self.passthrough_next_url(self.request.path))


def oidc_start(request: HttpRequest) -> HttpResponse:
    """
    Send somebody to the identity provider, by a page of our own: a policy for forms would have to
    name every address that the provider leads on to.
    """
    provider = _provider_or_404(request)
    if request.method != "POST":
        return redirect("account_login")
    try:
        there = provider.start(
            next_url=get_next_redirect_url(request), nonce=get_random_string(NONCE)
        )
    except Refused as refused:
        return _say(request, refused)
    return render(request, "account/leave.html", {"there": there, "provider": provider.app.name})


def oidc_callback(request: HttpRequest) -> HttpResponse:
    """Whoever comes back from the identity provider is signed in, or told why not."""
    provider = _provider_or_404(request)
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    try:
        login = provider.finish(code=request.GET.get("code", ""), state=_begun(request, provider))
        return complete_social_login(request, login)
    except Refused as refused:
        return _say(request, refused)


def _provider_or_404(request: HttpRequest) -> IdentityProvider:
    if not settings.OIDC:
        raise Http404
    return get_adapter(request).get_provider(request, settings.OIDC["issuer"])


def _begun(request: HttpRequest, provider: IdentityProvider) -> dict:
    """
    What the session noted when the sign-in was begun; it is used up.

    :raises BegunElsewhere: if there is nothing.
    :raises Stopped: if the person gave up.
    :raises NotTrusted: if the provider reports a failure, or another provider answers.
    """
    state = unstash_state(
        request, state_id=request.GET.get("state", ""), provider_id=provider.sub_id
    )
    if state is None:
        raise BegunElsewhere("nothing was begun")
    if request.GET.get("iss", settings.OIDC["issuer"]) != settings.OIDC["issuer"]:
        raise NotTrusted("another issuer answers")
    if request.GET.get("error") == "access_denied":
        raise Stopped("access denied")
    if "error" in request.GET:
        raise NotTrusted(f"the provider reports {request.GET['error'][:40]!a}")
    return state


def _say(request: HttpRequest, refused: Refused) -> HttpResponse:
    logger.warning("Sign-in at the identity provider: %s %s", type(refused).__name__, refused)
    context = {"refused": refused, "provider": settings.OIDC["name"]}
    return render(request, "account/refused.html", context, status=refused.status)
