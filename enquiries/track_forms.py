"""What an employer enters on the tracking page, and the names that each of its forms posts."""

from django import forms
from django.core.exceptions import ValidationError

from core.forms import EmailField, OnceField, PlainForm, TextField
from core.text import on_the_wire

from .forms import PhoneField
from .models import Enquiry

# By the name of the address. An expired form keeps these.
POSTED = {
    "track_lost": ["email"],
    "track_add": ["text", "once"],
    "track_phone": ["phone", "once"],
    "track_email": ["email", "once"],
    "track_withdraw": ["once"],
    "track_withdraw_all": ["once"],
    "track_other_partner": ["text", "partner", "once"],
    "track_download": ["once"],
    "track_erase": ["once"],
    "track_email_code": ["once"],
    "track_download_code": ["once", "file"],
    "track_erase_code": ["once"],
}


class OnceForm(PlainForm):
    """The frame of all: a form with nothing else is a button."""

    once = OnceField()

    def __init__(self, *args, enquiry: Enquiry, **kwargs):
        super().__init__(*args, **kwargs)
        self.enquiry = enquiry


class WordsForm(OnceForm):
    text = TextField(
        name="Message",
        limit=2_000,
        multiline=True,
        label="What would you like to add?",
        help_text="The person who looks after your enquiry reads it",
        error_messages={"required": "Enter what you would like to add"},
    )


class OtherPhoneForm(OnceForm):
    phone = PhoneField(
        label="Phone number",
        help_text="Leave this empty if we should not call you",
        required=False,
        widget=forms.TelInput(attrs={"autocomplete": "tel", "class": "w-20"}),
    )


class OtherEmailForm(OnceForm):
    email = EmailField(
        name="Email address",
        label="New email address",
        help_text="We send a link to it that you open to confirm it",
        error_messages={"required": "Enter your new email address"},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )

    def clean_email(self) -> str:
        """Another one than the enquiry has."""
        email = self.cleaned_data["email"]
        if self.enquiry.email and on_the_wire(email) == on_the_wire(self.enquiry.email):
            raise ValidationError("Enter another email address than the one we have")
        return email


class OtherPartnerForm(OnceForm):
    """With the partner that whoever sends it has seen."""

    partner = forms.CharField(widget=forms.HiddenInput, required=False)
    text = TextField(
        name="Reason",
        limit=1_000,
        multiline=True,
        label="Why?",
        help_text="Our team reads it. The partner does not",
        required=False,
    )


class LostLinkForm(PlainForm):
    email = EmailField(
        name="Email address",
        label="Email address",
        help_text="The one that you gave us in your enquiry",
        error_messages={"required": "Enter your email address"},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
