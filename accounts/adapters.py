from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


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
        """The CMS for those who may enter it, the front page for members of partners."""
        may_enter = request.user.has_perm("wagtailadmin.access_admin")
        return reverse("wagtailadmin_home") if may_enter else "/"

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On the site's own address: what the request claims as its host is not believed."""
        return settings.BASE_URL + reverse(
            "account_reset_password_from_key", args=key.split("-", 1)
        )

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
