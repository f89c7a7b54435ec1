from django import forms

from core.forms import EmailField, OnceField, TextField
from offers.choices import Size
from offers.models import OfferPage, Sector

WHICH_SIZE = "Select how many people work there"


class AskForm(forms.Form):
    """Whom an editor asks for a story."""

    use_required_attribute = False

    once = OnceField()
    organisation = TextField(
        name="Organisation name",
        limit=120,
        label="Organisation",
        error_messages={"required": "Enter the organisation’s name"},
    )
    person = TextField(
        name="Name",
        limit=200,
        label="Whom do you ask?",
        help_text="Their name: the email begins with it.",
        error_messages={"required": "Enter whom you ask"},
    )
    email = EmailField(
        name="Email address",
        label="Email address",
        help_text="Only somebody who knows you or the site. We mail the link to the form there.",
        error_messages={"required": "Enter their email address"},
    )
    offers = forms.ModelMultipleChoiceField(
        queryset=OfferPage.objects.none(),
        label="What did they do?",
        help_text="If you know it: it is ticked for them.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(
            ("invalid_choice", "invalid_pk_value", "invalid_list"), "Select what they did"
        ),
    )
    sector = forms.ModelChoiceField(
        queryset=Sector.objects.none(),
        required=False,
        empty_label="I do not know",
        error_messages={"invalid_choice": "Select the employer’s sector"},
    )
    size = forms.ChoiceField(
        label="People employed",
        choices=[("", "I do not know"), *Size.choices],
        required=False,
        error_messages={"invalid_choice": WHICH_SIZE},
    )
    note = TextField(
        name="Note",
        limit=1_000,
        multiline=True,
        label="Note for editors",
        help_text="It stands in the staff notes of the draft. The employer never sees it.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["offers"].queryset = OfferPage.objects.published().order_by("path")
        self.fields["sector"].queryset = Sector.objects.in_order()
