from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignUp(DefaultAccountAdapter):
    """Accounts are made by an administrator or by invitation, never by the visitor."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed. Ask an administrator to open it",
        "email_password_mismatch": "Enter the email address and password of your account",
        "enter_current_password": "Enter the password you have now",
        "incorrect_password": "Enter the password of your account",
        "too_many_login_attempts": "Too many attempts to sign in. Wait 5 minutes and try again",
        "rate_limited": "Too many attempts. Wait a few minutes and try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
