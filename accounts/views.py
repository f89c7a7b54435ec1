from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.http import HttpResponse
from django.shortcuts import redirect


class ConfirmByPasskeyView(ReauthenticateWebAuthnView):
    """allauth leads a failure to the sign-in page; here one tries again where one is."""

    def form_invalid(self, form: ReauthenticateWebAuthnForm) -> HttpResponse:
        super().form_invalid(form)  # what was wrong is told on the next page
        return redirect(self.passthrough_next_url(self.request.path))
