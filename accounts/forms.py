"""allauth's forms with the site's own words."""

import json
import re

from allauth.account import forms
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as code_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as app_forms
from allauth.mfa.webauthn import forms as passkey_forms
from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from . import services
from .models import User
from .permissions import signs_in_elsewhere

FORMAT = "Enter an email address in the correct format, like name@example.com"
CODE = "Enter the 6 digits that your app shows"
PASSKEY = "The browser gave no passkey. Try again, or use a code"
LONGEST_NAME = 60  # characters of a passkey's name
WORDS = {
    "login": {"required": "Enter your email address", "invalid": FORMAT},
    "email": {"required": "Enter your email address", "invalid": FORMAT},
    "password": {"required": "Enter your password"},
    "oldpassword": {"required": "Enter the password you have now"},
    "password1": {"required": "Enter a new password"},
    "password2": {"required": "Enter the new password once more"},
    "code": {"required": CODE, "null_characters_not_allowed": CODE},
    "credential": {"required": PASSKEY, "invalid": PASSKEY},
    "name": {
        "null_characters_not_allowed": "Enter the name in letters and numbers",
        "max_length": "The name must be 60 characters or fewer",
    },
}


class _OwnWords:
    """Puts our messages in place of the framework's; the page, not the browser, says them."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.error_messages |= WORDS.get(name, {})


class SignInForm(_OwnWords, forms.LoginForm):
    pass


class ForgottenPasswordForm(_OwnWords, forms.ResetPasswordForm):
    def clean_email(self) -> str:
        """No link for an account that is entered at the identity provider: it would open nothing"""
        email = super().clean_email()
        self.users = [user for user in self.users if not signs_in_elsewhere(user)]
        return email


class NewPasswordForm(_OwnWords, forms.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(_OwnWords, forms.ChangePasswordForm):
    pass


def _use(user: User, code: str) -> None:
    """:raises ValidationError: the code was used before."""
    digits = re.sub("[^0-9]", "", code)
    try:
        services.use_code(user=user, code=digits, now=timezone.now())
    except services.CodeUsed:
        raise get_adapter().validation_error("incorrect_code") from None


class _CodeOnce(_OwnWords):
    """A code of an app, which works once, or a recovery code, which allauth crosses out itself."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code"
        self.fields["code"].help_text = "6 digits from your app, or one of your recovery codes"

    def clean_code(self) -> str:
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            _use(self.user, code)
        return code


class CodeForm(_CodeOnce, code_forms.AuthenticateForm):
    pass


class CodeAgainForm(_CodeOnce, code_forms.ReauthenticateForm):
    pass


class SetUpAppForm(_OwnWords, app_forms.ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code"
        self.fields["code"].help_text = "The 6 digits that the app shows now"
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    @property
    def key(self) -> str:
        """The key to type into an app, in groups of four letters."""
        return " ".join(re.findall(".{1,4}", self.secret))

    def clean_code(self) -> str:
        code = super().clean_code()
        _use(self.user, code)
        return code


class _OfTheBrowser(_OwnWords):
    """What a browser says of a passkey. Anything else is refused in words, whatever it is."""

    def add_error(self, field: str | None, error: ValidationError | str) -> None:
        """allauth has one message for a wrong passkey and a wrong code; here it is a passkey."""
        if getattr(error, "code", None) == "incorrect_code":
            field, error = "credential", PASSKEY
        super().add_error(field, error)

    def full_clean(self) -> None:
        try:
            super().full_clean()
        except Exception:  # noqa: BLE001 - the library fails in many ways on what no browser sends
            self.cleaned_data = {}
            self.add_error("credential", PASSKEY)


def only_ascii(value: object) -> None:
    """Passkeys are; PostgreSQL stores no NUL and no half of a pair. :raises ValidationError:"""
    text = json.dumps(value, ensure_ascii=False)
    if not text.isascii() or "\\u" in text:
        raise ValidationError(PASSKEY)


class AddPasskeyForm(_OfTheBrowser, passkey_forms.AddWebAuthnForm):
    name = django_forms.CharField(
        required=False,
        max_length=LONGEST_NAME,
        label="Name",
        help_text="So that you can tell your passkeys apart",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"].validators.append(only_ascii)


class PasskeyForm(_OfTheBrowser, passkey_forms.AuthenticateWebAuthnForm):
    pass


class PasskeyAgainForm(_OfTheBrowser, passkey_forms.ReauthenticateWebAuthnForm):
    pass
