"""What a partner answers and tells about one interest, and the names that each form posts."""

from django import forms

from core.forms import Checkboxes, OnceField, PlainForm, Radios, TextField

from .action_forms import PEOPLE
from .models import Interest

# By the name of the address, without what stands before it for each door.
POSTED = {
    "": ["answer", "text"],
    "_report": ["spoken", "text", "once"],
    "_outcome": ["outcome", "outcome_count", "text"],
    "_give_back": ["text"],
}


def _words(label: str, required: str = "", help_text: str = "") -> TextField:
    return TextField(
        name="Text",
        limit=1_000,
        multiline=True,
        label=label,
        help_text=help_text,
        required=bool(required),
        error_messages={"required": required},
        widget=forms.Textarea(attrs={"rows": 4, "data-max": 1_000}),
    )


class AnswerForm(PlainForm):
    """Whether the partner takes the employer up; if not, why."""

    ACCEPT, DECLINE = "accept", "decline"
    sometimes_needed = ("text",)

    answer = forms.ChoiceField(
        choices=[(ACCEPT, ACCEPT), (DECLINE, DECLINE)],
        widget=forms.HiddenInput,
        error_messages={
            "required": "Press one of the two buttons",
            "invalid_choice": "Press one of the two buttons",
        },
    )
    text = _words(
        "Why can’t you take this up?",
        help_text="Needed if you can’t. Our team reads it. The employer does not.",
    )

    def clean(self) -> dict:
        data = super().clean()
        if (
            data.get("answer") == self.DECLINE
            and not data.get("text")
            and "text" not in self.errors
        ):
            self.add_error("text", "Enter why you can’t take this up")
        return data


class ReportForm(PlainForm):
    """How far it is."""

    spoken = forms.MultipleChoiceField(
        label="Have you been in touch with them?",
        choices=[("yes", "Yes, we have spoken or written to them")],
        required=False,
        widget=Checkboxes,
        error_messages=dict.fromkeys(
            ("invalid_choice", "invalid_list"), "Tick it if you have been in touch"
        ),
    )
    text = _words("How is it going?", help_text="Our team reads it. The employer does not.")
    once = OnceField()

    def clean(self) -> dict:
        data = super().clean()
        if not (data.get("text") or data.get("spoken") or self.errors):
            self.add_error("text", "Enter how it is going, or tick that you have been in touch")
        return data


class OutcomeForm(PlainForm):
    """What came of it."""

    sometimes_needed = ("outcome_count",)

    outcome = forms.ChoiceField(
        label="What came of it?",
        choices=Interest.CHOSEN,
        widget=Radios,
        error_messages={
            "required": "Select what came of it",
            "invalid_choice": "Select what came of it",
        },
    )
    outcome_count = forms.IntegerField(
        label="How many people?",
        help_text="Needed if somebody was placed or matched",
        required=False,
        min_value=0,
        max_value=PEOPLE,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-5"}),
        error_messages={
            "invalid": "Enter how many people as a whole number",
            "min_value": "Enter 0 or more people",
            "max_value": f"Enter {PEOPLE:,} people or less",
        },
    )
    text = _words("More about it", help_text="Our team reads it. The employer does not.")

    def clean(self) -> dict:
        data = super().clean()
        needs_count = data.get("outcome") in Interest.OF_PEOPLE
        if needs_count and "outcome_count" in data and not data["outcome_count"]:
            self.add_error("outcome_count", "Enter how many people")
        return data


class GiveBackForm(PlainForm):
    """Why the partner cannot go on."""

    text = _words(
        "Why can’t you go on?",
        "Enter why you can’t go on",
        "Our team reads it. The employer does not.",
    )
