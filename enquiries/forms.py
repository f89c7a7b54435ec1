import re
from collections.abc import Iterable
from dataclasses import dataclass

from django import forms

from core.forms import Checkboxes, EmailField, PlainForm, Radios, TextField
from offers.choices import Size
from offers.models import OfferPage, Sector

from .models import NOT_SURE, NOT_SURE_LABEL, Enquiry, WebsiteMessage

CHOOSE = "Select what you would like to talk about, or select ‘I am not sure yet’"

_POSTCODE = re.compile(
    r"(GIR0AA|[A-PR-UWYZ](?:\d{1,2}|\d[A-HJKPS-UW]|[A-HK-Y]\d(?:\d|[ABEHMNPRV-Y])?)"
    r"\d[ABD-HJLNP-UW-Z]{2})"
)
_EXTENSION = re.compile(r"\s*(?:ext\.?|extension|x|#)\s*\d{1,6}$", re.IGNORECASE)
_BRITISH = re.compile(r"(?:0|\+44|0044)\d{9,10}")
_FOREIGN = re.compile(r"(?:\+|00)(?!44|0044)[1-9]\d{6,14}")


@dataclass(frozen=True)
class Row:
    """One line of the check page; `answer` is text or a list of text, empty if nothing was said."""

    id: str
    label: str
    answer: str | list[str]
    multiline: bool


class PostcodeField(TextField):
    """A UK postcode in any case and spacing, kept as "N1 2UD"."""

    def __init__(self, **kwargs):
        super().__init__(name="Postcode", limit=10, **kwargs)
        self.validators = []  # what is too long gets the one message of this field

    def clean(self, value: object) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        code = re.sub(r"[^A-Z0-9]", "", typed.upper()[:40])
        if not _POSTCODE.fullmatch(code):
            raise forms.ValidationError("Enter a full UK postcode")
        return f"{code[:-3]} {code[-3:]}"


class PhoneField(TextField):
    """A phone number that can be right. Kept as typed: a reformatted one confuses people."""

    def __init__(self, **kwargs):
        super().__init__(name="Phone number", limit=40, **kwargs)

    def clean(self, value: object) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        number = re.sub(r"[\s().\-–—/]", "", _EXTENSION.sub("", typed)).replace("+440", "+44")
        if not (_BRITISH.fullmatch(number) or _FOREIGN.fullmatch(number)):
            raise forms.ValidationError("Enter a phone number, like 020 7946 0000 or 07700 900 982")
        return typed


class EnquiryForm(PlainForm):
    """
    What an employer wants to talk about, and who they are.

    `cleaned_data` is plain text and lists of text, so that a session can hold it.
    """

    offers = forms.MultipleChoiceField(
        label="What would you like to talk about?",
        help_text="Select all that apply",
        widget=Checkboxes,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE, "invalid_list": CHOOSE},
    )
    organisation = TextField(
        name="Organisation name",
        limit=200,
        label="Organisation name",
        error_messages={"required": "Enter your organisation name"},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    size = forms.ChoiceField(
        label="How many people work there?",
        choices=Size.choices,
        required=False,
        widget=Radios,
        error_messages={"invalid_choice": "Select how many people work there"},
    )
    sector = forms.ChoiceField(
        label="What does your organisation do?",
        required=False,
        error_messages={"invalid_choice": "Select what your organisation does"},
        widget=forms.Select(attrs={"class": "w-20"}),
    )
    postcode = PostcodeField(
        label="Postcode",
        help_text="So we can suggest partners and schools near you",
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "postal-code", "class": "w-10", "spellcheck": "false"}
        ),
    )
    name = TextField(
        name="Full name",
        limit=200,
        label="Full name",
        error_messages={"required": "Enter your full name"},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    role = TextField(
        name="Job title",
        limit=120,
        label="Job title",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    email = EmailField(
        name="Email address",
        label="Email address",
        help_text="We will only use this to reply to you",
        error_messages={"required": "Enter your email address"},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    phone = PhoneField(
        label="Phone number",
        help_text="Add this if you would like us to call you",
        required=False,
        widget=forms.TelInput(attrs={"autocomplete": "tel", "class": "w-20"}),
    )
    message = TextField(
        name="Message",
        limit=1_000,
        multiline=True,
        label="Anything else you want to tell us?",
        help_text="For example, what you have done before or when you would like to start",
        required=False,
    )

    def __init__(
        self, *args, open_offers: Iterable[OfferPage], sectors: Iterable[Sector], **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.topics = {offer.slug: offer.topic for offer in open_offers}
        self.sector_names = {sector.slug: sector.name for sector in sectors}
        self.fields["offers"].choices = [*self.topics.items(), (NOT_SURE, NOT_SURE_LABEL)]
        self.fields["sector"].choices = [("", "Select one"), *self.sector_names.items()]

    def clean_offers(self) -> list[str]:
        """Either offers, or ‘not sure’ alone."""
        chosen = self.cleaned_data["offers"]
        if NOT_SURE in chosen and len(chosen) > 1:
            raise forms.ValidationError(CHOOSE)
        return list(dict.fromkeys(chosen))

    def answer(self, field: str) -> str | list[str]:
        """What was answered, as the check page shows it; empty if nothing was."""
        value = self.cleaned_data[field]
        if field == "offers":
            return [self.topics.get(slug, NOT_SURE_LABEL) for slug in value]
        if field == "size" and value:
            return f"{Size(value).label} people"
        if field == "sector":
            return self.sector_names.get(value, "")
        return value

    @property
    def rows(self) -> list[Row]:
        """The answers of a valid form, for the check page."""
        return [
            Row(self[name].auto_id, field.label, self.answer(name), name == "message")
            for name, field in self.fields.items()
        ]

    def changes_to(self, enquiry: Enquiry) -> list[str]:
        """A line for the desk for each answer that differs from what was sent: "Label: answer"."""
        before = {name: getattr(enquiry, name) for name in self.fields if name != "offers"}
        before["sector"] = enquiry.sector.slug if enquiry.sector else ""
        before["offers"] = {interest.topic for interest in enquiry.interests.all()}
        now = {**self.cleaned_data, "offers": set(self.answer("offers"))}
        lines = []
        for name, field in self.fields.items():
            if now[name] != before[name]:
                answer = self.answer(name)
                said = ", ".join(answer) if isinstance(answer, list) else answer
                lines.append(f"{field.label}: {said or 'nothing any more'}")
        return lines or ["All answers are again as they were first sent"]


class WebsiteMessageForm(PlainForm):
    """What somebody tells us about the website; an email address only where we must answer."""

    topic = forms.ChoiceField(
        label="What is it about?",
        choices=WebsiteMessage.Topic.choices,
        widget=Radios,
        error_messages={
            "required": "Select what your message is about",
            "invalid_choice": "Select what your message is about",
        },
    )
    page = TextField(
        name="Page",
        limit=300,
        label="Which page is it about?",
        help_text="Its address or its name",
        required=False,
        widget=forms.TextInput(attrs={"spellcheck": "false"}),
    )
    message = TextField(
        name="Message",
        limit=2_000,
        multiline=True,
        label="Your message",
        help_text="Say what happened, or what you need from us",
        error_messages={"required": "Enter your message"},
    )
    name = TextField(
        name="Full name",
        limit=200,
        label="Full name",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    email = EmailField(
        name="Email address",
        label="Email address",
        help_text="We need it to send another format or to answer about your personal data",
        required=False,
        error_messages={"required": "Enter your email address so that we can answer you"},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        must_answer = self["topic"].value() in WebsiteMessage.NEED_AN_ANSWER
        self.fields["email"].required = must_answer
