import re

from django import forms
from django.core.exceptions import ValidationError

from core.forms import EmailField, Question, TextField

_WHOLE_CODE = re.compile("[0-9]{6}")


class AddressForm(forms.Form):
    """Where to send a code."""

    bound_field_class = Question

    address = EmailField(
        name="Email address",
        label="Email address",
        help_text="Whoever reads the mail there gets a code and tells it to you.",
        error_messages={"required": "Enter an email address"},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class CodeField(TextField):
    """Six digits, with or without spaces and hyphens between them."""

    def __init__(self, **kwargs):
        super().__init__(name="Code", limit=20, **kwargs)
        self.validators = []  # what is too long gets the one message of this field

    def clean(self, value: object) -> str:
        code = re.sub(r"[ -]", "", super().clean(value))
        if not _WHOLE_CODE.fullmatch(code):
            raise ValidationError("Enter the 6 digits of the code, like 012345")
        return code


class CodeForm(forms.Form):
    """The code that was mailed."""

    bound_field_class = Question

    code = CodeField(
        label="Code",
        help_text="6 digits, from the mail ‘Your code for Islington Aspires’.",
        error_messages={"required": "Enter the code"},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
