"""allauth's forms with the site's own words."""

from allauth.account import forms

FORMAT = "Enter an email address in the correct format, like name@example.com"
WORDS = {
    "login": {"required": "Enter your email address", "invalid": FORMAT},
    "email": {"required": "Enter your email address", "invalid": FORMAT},
    "password": {"required": "Enter your password"},
    "oldpassword": {"required": "Enter the password you have now"},
    "password1": {"required": "Enter a new password"},
    "password2": {"required": "Enter the new password once more"},
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
    pass


class NewPasswordForm(_OwnWords, forms.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(_OwnWords, forms.ChangePasswordForm):
    pass
