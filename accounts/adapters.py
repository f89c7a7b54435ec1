import time

import segno
from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.emailkit import valid_email_or_none
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from . import permissions, services
from .models import User
from .provider import Line, the_app
from .refusals import NoAddress, NoRole, OnlyElsewhere

# What the owner of an account is told, by the name that allauth gives to the mail. Each is the
# subject, and the first sentence.
CHANGES = {
    "account/email/password_changed": "The password of your account was changed",
    "account/email/password_reset": "A new password was set for your account",
    "account/email/password_set": "A password was set for your account",
    "mfa/email/totp_activated": "A second factor was added to your account: an authenticator app",
    "mfa/email/totp_deactivated": (
        "A second factor was removed from your account: the authenticator app"
    ),
    "mfa/email/webauthn_added": "A second factor was added to your account: a passkey",
    "mfa/email/webauthn_removed": "A second factor was removed from your account: a passkey",
    "mfa/email/recovery_codes_generated": "New recovery codes were made for your account",
    "accounts/second_factors_removed": (
        "Every second factor was removed from your account by an administrator"
    ),
}
ENTER_CMS = "wagtailadmin.access_admin"
LONGEST_NAME = 150  # characters of a first or last name
WAYS_TO_CONFIRM = {
    "reauthenticate": "Use your password",
    "mfa_reauthenticate": "Use a code",
    "mfa_reauthenticate:webauthn": "Use a passkey",
}


class ClosedSignUp(DefaultAccountAdapter):
    """Accounts are made by an administrator or by invitation, never by the visitor."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed. Ask an administrator to open it",
        "email_password_mismatch": (
            "The email address or the password is wrong. Check both and try again"
        ),
        "enter_current_password": "Enter the password you have now",
        "incorrect_password": "Enter the password of your account",
        "too_many_login_attempts": "Too many attempts to sign in. Wait 5 minutes and try again",
        "rate_limited": "Too many attempts. Wait a few minutes and try again",
    }

    def is_safe_url(self, url: str | None) -> bool:
        """What cannot be read as an address at all is not safe; allauth would fail on it."""
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The CMS for those who may enter it, the partner area for everybody else."""
        may_enter = request.user.has_perm(ENTER_CMS)
        return reverse("wagtailadmin_home" if may_enter else "partner_area")

    def post_login(
        self, request: HttpRequest, user: User, *, redirect_url: str | None, **more: object
    ) -> HttpResponse:
        """Who came by the CMS and may not enter it is not led back to where they are refused."""
        cms = reverse("wagtailadmin_home").rstrip("/")
        if redirect_url and redirect_url.startswith(cms) and not user.has_perm(ENTER_CMS):
            redirect_url = reverse("partner_area")
        return super().post_login(request, user, redirect_url=redirect_url, **more)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On the site's own address: what the request claims as its host is not believed."""
        return settings.BASE_URL + reverse(
            "account_reset_password_from_key", args=key.split("-", 1)
        )

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(
        self, request: HttpRequest, user: User, *, signal_kwargs: dict | None, **kwargs
    ) -> HttpResponse | None:
        """
        Nobody whose account is entered at the identity provider comes in by another door: whoever
        leaves is locked out there.
        """
        answer = super().pre_login(request, user, signal_kwargs=signal_kwargs, **kwargs)
        came_from_there = "sociallogin" in (signal_kwargs or {})
        if answer is None and not came_from_there and permissions.signs_in_elsewhere(user):
            refused = OnlyElsewhere()
            context = {"refused": refused, "provider": settings.OIDC["name"]}
            return render(request, "account/refused.html", context, status=refused.status)
        return answer

    def get_login_stages(self) -> list[str]:
        """allauth's, where the second factor is our own stage."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "accounts.stages.AskForSecondFactor"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def get_reauthentication_methods(self, user: User) -> list[dict]:
        """With a second factor that one, and not the password; each with our words."""
        methods = super().get_reauthentication_methods(user)
        of_factors = [method for method in methods if method["id"] != "reauthenticate"]
        return [
            {**method, "description": WAYS_TO_CONFIRM[method["id"]]}
            for method in of_factors or methods
        ]

    def is_reauthentication_required(self, *, app: str, **kwargs: object) -> bool:
        """Not where somebody sets up a first factor and has only just typed the password."""
        if permissions.has_second_factor(self.request.user):
            return True
        records = get_authentication_records(self.request, self.request.user)
        typed_at = max((record["at"] for record in records), default=0)
        return time.time() - typed_at > account_settings.REAUTHENTICATION_TIMEOUT

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict | None = None, email: str = ""
    ) -> None:
        """Tell the owner of an account, by one mail with our words, what was changed."""
        self.send_mail(
            "account/email/change",
            email or user.email,
            {"change": CHANGES[template_prefix], "base_url": settings.BASE_URL},
        )


class StaffFromElsewhere(DefaultSocialAccountAdapter):
    """Lets in who comes from the identity provider, as far as their roles go."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The provider of the settings; rows of the database are not looked at."""
        return [the_app()] if settings.OIDC else []

    def get_requests_session(self) -> Line:
        return Line()

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """
        Bring groups in line with roles, and make an account for whoever has a role but none.

        :raises NoRole: if there is no role; what the person had is taken away first.
        :raises NoAddress: if the provider gives no e-mail address for a new account.
        :raises AddressTaken: if another account has it.
        """
        claims = sociallogin.claims
        names = permissions.opened_by(claims.get("roles"))
        is_new = sociallogin.user is None
        if is_new and names:
            sociallogin.user = services.make_staff(
                account=sociallogin.account, email=_address(claims), **_names(claims)
            )
        if sociallogin.user is None:
            raise NoRole
        if not sociallogin.user.is_active:
            return  # allauth says that the account is closed
        sociallogin.user = services.set_groups(user=sociallogin.user, names=names)
        if not names:
            raise NoRole


def _address(claims: dict) -> str:
    """:raises NoAddress:"""
    for name in ("email", "preferred_username", "upn"):
        value = claims.get(name)
        if isinstance(value, str) and (address := valid_email_or_none(value)):
            return address
    raise NoAddress


def _names(claims: dict) -> dict[str, str]:
    """First and last name, one line each, as long as an account can keep them."""
    whole = _text(claims.get("name")).partition(" ")
    return {
        "first_name": (_text(claims.get("given_name")) or whole[0])[:LONGEST_NAME],
        "last_name": (_text(claims.get("family_name")) or whole[2])[:LONGEST_NAME],
    }


def _text(value: object) -> str:
    """One line, without what no database or page can hold."""
    if not isinstance(value, str):
        return ""
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())


class SecondFactors(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This code is wrong or was used before. Enter the one your app shows now",
        "cannot_generate_recovery_codes": "Set up an app or a passkey first",
    }

    def build_totp_svg(self, url: str) -> str:
        """For the page itself: the policy lets no picture in that has no address of its own."""
        drawing = segno.make(url, micro=False)
        return drawing.svg_inline(scale=4, light="#fff", svgclass=None, lineclass=None)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """Passkey 1, Passkey 2, …"""
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """A passkey belongs to the host on which it was made; people see the site's name."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.WAGTAIL_SITE_NAME}
