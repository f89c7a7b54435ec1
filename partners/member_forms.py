"""What members enter about members and invitations, and the names that each form posts."""

from django import forms
from django.contrib.auth.password_validation import get_default_password_validators
from django.core.exceptions import ValidationError

from accounts.models import User
from core.forms import EmailField, Longest, OnceField, PlainForm, Radios, TextField

# By the name of the address. An expired form keeps these; a password never.
POSTED = {
    "partner_invite": ["email", "may", "once"],
    "partner_invitation_again": ["once"],
    "partner_invitation_withdraw": ["once"],
    "partner_member_lead": ["once"],
    "partner_member_remove": ["once"],
    "invitation": ["name", "once"],
}
LONGEST_PASSWORD = 1_000  # characters
WEAK = {  # by the code of Django's validators
    "password_too_short": "Password must be 12 characters or more",
    "password_too_common": "Enter a password that is harder to guess",
    "password_too_similar": "Password must not be like your name or email address",
}
LEAD = "lead"


class ButtonForm(PlainForm):
    """The frame of all: a form with nothing else is a button."""

    once = OnceField()


class InviteForm(ButtonForm):
    email = EmailField(
        name="Email address",
        label="Email address",
        help_text="We send an invitation there. Only whoever reads it can accept",
        error_messages={"required": "Enter the email address of the person you invite"},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    may = forms.ChoiceField(
        label="What can they do?",
        choices=[
            ("propose", "Propose changes, and answer for employers handed to us"),
            (LEAD, "The same, and invite and remove members"),
        ],
        error_messages={
            "required": "Select what they can do",
            "invalid_choice": "Select what they can do",
        },
        widget=Radios,
    )

    @property
    def is_lead(self) -> bool:
        return self.cleaned_data["may"] == LEAD


class AcceptForm(ButtonForm):
    """What makes an account: a name and a password."""

    name = TextField(
        name="Full name",
        limit=150,
        label="Full name",
        help_text="Other members of your organisation and the council team see it",
        error_messages={"required": "Enter your full name"},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label="Password",
        help_text="12 characters or more. Three random words are hard to guess and easy to keep",
        strip=False,
        error_messages={
            "required": "Enter a password",
            "null_characters_not_allowed": "Enter a password in letters, numbers and signs",
        },
        validators=[
            Longest(LONGEST_PASSWORD, f"Password must be {LONGEST_PASSWORD:,} characters or less")
        ],
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self) -> str:
        """One that the site's validators take, as every other password of the site."""
        password = self.cleaned_data["password"]
        first, _, last = self.cleaned_data.get("name", "").partition(" ")
        user = User(email=self.email, first_name=first, last_name=last)
        for validator in get_default_password_validators():
            try:
                validator.validate(password, user)
            except ValidationError as refused:
                raise ValidationError(WEAK.get(refused.code, refused.messages[0])) from None
        return password
