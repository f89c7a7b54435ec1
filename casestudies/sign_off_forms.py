"""What an employer enters about their story, and what each form posts."""

from django import forms

from core.forms import Checkboxes, PlainForm, Radios, TextField

from .models import HOLDS_FOR_MONTHS

MONTHS = [(12, "1 year"), (HOLDS_FOR_MONTHS, "2 years"), (36, "3 years")]
HOW_LONG = "Select for how long we may show it"
CONFIRM = "Tick to confirm that you may speak for your organisation"
TICK = "Tick the picture if it may be shown, or leave it empty"
# By the name of the address. An expired form keeps these.
POSTED = {
    "sign_off": ["answer", "person", "role", "speaks_for", "picture", "months", "comment", "read"],
}


class ApprovalForm(PlainForm):
    person = TextField(
        name="Full name",
        limit=200,
        label="Full name",
        error_messages={"required": "Enter your full name"},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    role = TextField(
        name="Role",
        limit=120,
        label="Your role",
        help_text="For example, owner or head of people",
        error_messages={"required": "Enter your role"},
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    months = forms.TypedChoiceField(
        label="For how long may we show it?",
        help_text="We take the story down after that, unless you agree again",
        choices=MONTHS,
        coerce=int,
        initial=HOLDS_FOR_MONTHS,
        widget=Radios,
        error_messages=dict.fromkeys(("required", "invalid", "invalid_choice"), HOW_LONG),
    )
    speaks_for = forms.MultipleChoiceField(
        choices=[],
        widget=Checkboxes,
        error_messages=dict.fromkeys(("required", "invalid_choice", "invalid_list"), CONFIRM),
    )
    picture = forms.MultipleChoiceField(
        label="The picture",
        choices=[("on", "The picture may be shown too, and everybody in it agrees")],
        required=False,
        widget=Checkboxes,
        error_messages=dict.fromkeys(("invalid_choice", "invalid_list"), TICK),
    )

    def __init__(self, *args, employer: str, with_picture: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["speaks_for"].label = f"Do you decide this for {employer}?"
        self.fields["speaks_for"].choices = [("on", f"I may speak for {employer}")]
        if not with_picture:
            del self.fields["picture"]


class CommentForm(PlainForm):
    comment = TextField(
        name="What should be different",
        limit=4_000,
        multiline=True,
        label="What should be different?",
        error_messages={"required": "Enter what should be different"},
    )
