"""What members enter about what their partner offers, and the names that each form posts."""

from datetime import date

from django import forms

from core.forms import EmailField, PlainForm, Radios, TextField
from core.text import clean_text
from outbox.forms import CodeField
from partners.member_forms import ButtonForm
from partners.profile_forms import ChangeForm

from .models import OfferLink, OfferPage, OfferQuerySet

FIELDS = ["role", "what_we_do", "room", "from_on", "contact_email"]
# By the name of the address. An expired form keeps these.
POSTED = {
    "partner_offer_add": ["offer", *FIELDS, "once"],
    "partner_offer_edit": [*FIELDS, "base", "once"],
    "partner_offer_take_back": ["base", "once"],
    "partner_offer_pause": ["once"],
    "partner_offer_withdraw": ["once"],
    "partner_offer_contact": ["once"],
    "partner_offer_code": ["code", "once"],
    "partner_still_right": ["answer", "seen"],
    "still_right": ["answer", "seen"],
}
MONTHS_AHEAD = 24
WHICH_OFFER = "Select what you offer"
WHICH_ROLE = "Select whether you run it or support it"
WHICH_ROOM = "Select whether there is room"
WHICH_MONTH = "Select from which month there is room"


class FreshnessForm(PlainForm):
    """Whether all is right, or which link has no room any more; and what was shown."""

    RIGHT = "right"

    answer = forms.CharField(
        max_length=40,
        widget=forms.HiddenInput,
        error_messages={
            "required": "Press one of the buttons",
            "max_length": "Press one of the buttons",
            "null_characters_not_allowed": "Press one of the buttons",
        },
    )
    seen = TextField(name="What was shown", limit=10_000, required=False, widget=forms.HiddenInput)


class LinkForm(ChangeForm):
    """A link that there is; `today` decides which months are ahead."""

    first = "what_we_do"

    role = forms.ChoiceField(
        label="Do you run it or support it?",
        choices=[
            (OfferLink.Role.LEAD, "We run it"),
            (OfferLink.Role.SUPPORT, "We support those who run it"),
        ],
        error_messages={"required": WHICH_ROLE, "invalid_choice": WHICH_ROLE},
        widget=Radios,
    )
    what_we_do = TextField(
        name="What you do",
        limit=200,
        multiline=True,
        label="What do you do for employers, in a sentence?",
        help_text="Everybody can read it",
        widget=forms.Textarea(attrs={"rows": 3, "data-max": 200}),
        error_messages={"required": "Enter what you do for employers"},
    )
    room = forms.ChoiceField(
        label="Is there room for more employers?",
        choices=[
            (OfferLink.Room.NOW, "Yes, now"),
            (OfferLink.Room.FROM, "Yes, from a later month"),
            (OfferLink.Room.FULL, "No"),
        ],
        error_messages={"required": WHICH_ROOM, "invalid_choice": WHICH_ROOM},
        widget=Radios,
    )
    from_on = forms.ChoiceField(
        label="From which month?",
        help_text="If you selected ‘Yes, from a later month’",
        required=False,
        error_messages={"invalid_choice": WHICH_MONTH},
        widget=forms.Select(attrs={"class": "w-20"}),
    )
    contact_email = EmailField(
        name="Email address",
        required=False,
        label="Email address for enquiries",
        help_text="We tell this address of employers for this offer. It is not public. You prove "
        "with a code that somebody reads it",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(
        self, *args, today: date, is_member: bool, draft: OfferLink | None = None, **kwargs
    ):
        """Where employers are told of is for the partner's own members to say."""
        self.kept_day = draft.from_on if draft else None
        initial = {}
        if draft:
            initial = {name: getattr(draft, name) for name in FIELDS}
            initial["from_on"] = f"{draft.from_on:%Y-%m}" if draft.from_on else ""
            initial["base"] = draft.latest_revision_id
        super().__init__(*args, initial=initial, **kwargs)
        if not is_member:
            del self.fields["contact_email"]
        months = {f"{day:%Y-%m}": day for day in _months(today)}
        if self.kept_day:
            months.setdefault(f"{self.kept_day:%Y-%m}", self.kept_day)
        self.fields["from_on"].choices = [
            ("", "Select one"),
            *((value, f"{months[value]:%B %Y}") for value in sorted(months)),
        ]

    def clean_what_we_do(self) -> str:
        """In one line, as it stands on pages."""
        return " ".join(self.cleaned_data["what_we_do"].split())

    def clean(self) -> dict:
        data = super().clean()
        if data.get("room") != OfferLink.Room.FROM:
            data["from_on"] = ""
            self.errors.pop("from_on", None)
        elif not data.get("from_on") and "from_on" not in self.errors:
            self.add_error("from_on", WHICH_MONTH)
        return data

    @property
    def changes(self) -> dict[str, object]:
        """What was entered, by the names of the link's fields; a month as its first day."""
        values = {name: self.cleaned_data[name] for name in FIELDS if name in self.fields}
        month = values["from_on"]
        if self.kept_day and month == f"{self.kept_day:%Y-%m}":
            return {**values, "from_on": self.kept_day}
        return {**values, "from_on": date.fromisoformat(f"{month}-01") if month else None}


class OfferField(forms.ModelChoiceField):
    """One offer by its slug, from text that may hold anything."""

    def to_python(self, value: object) -> OfferPage | None:
        return super().to_python(clean_text(str(value or "")))


class NewLinkForm(LinkForm):
    offer = OfferField(
        None,
        to_field_name="slug",
        label="What do you offer?",
        empty_label="Select one",
        error_messages={"required": WHICH_OFFER, "invalid_choice": WHICH_OFFER},
    )
    field_order = ["base", "once", "offer"]

    def __init__(self, *args, offers: OfferQuerySet, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["offer"].queryset = offers
        del self.fields["base"]


class ProofForm(ButtonForm):
    code = CodeField(
        label="Code",
        help_text="6 digits, from the email ‘Your code for Islington Aspires’",
        error_messages={"required": "Enter the code"},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "w-10"}
        ),
    )


def _months(today: date) -> list[date]:
    """The first days of the months ahead, the next one first."""
    first = today.year * 12 + today.month
    return [date(number // 12, number % 12 + 1, 1) for number in range(first, first + MONTHS_AHEAD)]
