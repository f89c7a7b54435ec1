"""What an employer is asked for their story."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError

from core.forms import Checkboxes, OnceField, PlainForm, TextField
from core.photos import LARGEST_FILE, TOO_LARGE, PhotoField
from offers.models import OfferPage

from .models import StoryRequest

URL_NAME = "story"
PICTURE = "picture"
PERIOD = "Enter the period this figure covers"
MAY_WORDS = "Select that we may publish your words. Without it, we cannot use your story"
WHAT_THEY_DID = "Select what you did"
AGAIN = "Choose the picture again: browsers do not keep it"
# The parts of the page: a heading, and what is asked under it.
PARTS = {
    "What you did": ["did", "started", "people", "time_given"],
    "Your story": ["challenge", "what_they_did", "what_changed", "what_was_hard", "advice"],
    "In your own words": ["quote", "quote_person", "quote_role"],
    "A figure, if you have one": ["figure", "label", "period"],
    "A picture, if you have one": [PICTURE, "picture_shows", "picture_credit"],
    "What we may publish": ["may", "giver", "giver_role"],
}


def _line(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs=attrs)


class StoryForm(PlainForm):
    """The whole story on one page; `cleaned_data` without picture and key is plain data."""

    sometimes_needed = ("label", "period", "picture_shows", "picture_credit")

    once = OnceField()

    did = forms.MultipleChoiceField(
        label="What did you do?",
        help_text="Select all that apply",
        widget=Checkboxes,
        error_messages={
            "required": WHAT_THEY_DID,
            "invalid_choice": WHAT_THEY_DID,
            "invalid_list": WHAT_THEY_DID,
        },
    )
    started = TextField(
        name="When you started",
        limit=40,
        label="When did you start?",
        help_text="For example, September 2025",
        required=False,
        widget=_line(**{"class": "w-20"}),
    )
    people = TextField(
        name="How many people took part",
        limit=120,
        label="How many people took part?",
        help_text="For example, 3 trainees and 2 of our managers",
        required=False,
    )
    time_given = TextField(
        name="How much time it took",
        limit=60,
        label="How much time did it take you?",
        help_text="For example, 2 hours a month for a year",
        required=False,
    )

    challenge = TextField(
        name="What you wanted to change",
        limit=1_500,
        multiline=True,
        label="What did you want to change?",
        help_text="For example, jobs that stayed empty, or a team that nobody local joined",
        error_messages={"required": "Enter what you wanted to change"},
    )
    what_they_did = TextField(
        name="What you did",
        limit=2_000,
        multiline=True,
        label="What did you do about it?",
        help_text="From the first call on, and who helped you",
        error_messages={"required": "Enter what you did about it"},
    )
    what_changed = TextField(
        name="What changed",
        limit=1_500,
        multiline=True,
        label="What changed?",
        help_text="For your organisation, and for the people you took on or met",
        error_messages={"required": "Enter what changed"},
    )
    what_was_hard = TextField(
        name="What was hard",
        limit=1_500,
        multiline=True,
        label="What was hard?",
        help_text="Other employers trust stories that say so",
        error_messages={"required": "Enter what was hard"},
    )
    advice = TextField(
        name="Your advice",
        limit=1_000,
        multiline=True,
        label="What would you tell another employer?",
        required=False,
    )

    quote = TextField(
        name="What we can quote",
        limit=280,
        multiline=True,
        label="How would you say it in a sentence or two?",
        help_text="We quote this word for word",
        error_messages={"required": "Enter a sentence or two that we can quote"},
    )
    quote_person = TextField(
        name="Name",
        limit=80,
        label="Whose words are these?",
        error_messages={"required": "Enter whose words these are"},
        widget=_line(spellcheck="false"),
    )
    quote_role = TextField(
        name="Job title", limit=80, label="Their job title", required=False, widget=_line()
    )

    figure = TextField(
        name="Figure",
        limit=8,
        label="Figure",
        help_text="For example, 3 or 40%",
        required=False,
        widget=_line(**{"class": "w-10"}),
    )
    label = TextField(
        name="What the figure counts",
        limit=60,
        label="What does it count?",
        help_text="Needed if you give a figure. For example, apprentices who stayed with us",
        required=False,
    )
    period = TextField(
        name="Period",
        limit=40,
        label="What period does it cover?",
        help_text="Needed if you give a figure. For example, September 2024 to July 2025",
        required=False,
        widget=_line(**{"class": "w-20"}),
    )

    picture = PhotoField(
        label="Picture",
        help_text=f"A JPEG, PNG or WebP file smaller than {LARGEST_FILE // 1_000_000} MB. We "
        "remove where and when it was taken",
        required=False,
    )
    picture_shows = TextField(
        name="What the picture shows",
        limit=140,
        label="What does the picture show?",
        help_text="Needed if you add a picture. For people who cannot see it",
        required=False,
    )
    picture_credit = TextField(
        name="Who took the picture",
        limit=120,
        label="Who took the picture?",
        help_text="Needed if you add a picture",
        required=False,
    )

    may = forms.MultipleChoiceField(
        label="What may we publish on this website?",
        help_text="Select all that apply. You can take this back at any time",
        widget=Checkboxes,
        choices=[
            ("words", "Our words, and the name of our organisation"),
            ("picture", "The picture. Everybody in it has agreed to that"),
            ("names", "Names of people. Everybody named has agreed to that"),
        ],
        error_messages={
            "required": MAY_WORDS,
            "invalid_choice": MAY_WORDS,
            "invalid_list": MAY_WORDS,
        },
    )
    giver = TextField(
        name="Full name",
        limit=200,
        label="Your full name",
        help_text="Who gives this permission for your organisation. We do not publish this",
        error_messages={"required": "Enter your full name"},
        widget=_line(autocomplete="name", spellcheck="false"),
    )
    giver_role = TextField(
        name="Job title",
        limit=120,
        label="Your job title",
        error_messages={"required": "Enter your job title"},
        widget=_line(autocomplete="organization-title"),
    )

    def __init__(
        self, *args, story: StoryRequest, offers: Iterable[OfferPage], too_large: bool, **kwargs
    ):
        """`too_large` says that a picture came and was left out because of its size."""
        super().__init__(*args, **kwargs)
        self.fields["did"].choices = [(offer.slug, offer.title) for offer in offers]
        self.initial |= {
            "did": [offer.slug for offer in story.offers.all()],
            "giver": story.person,
        }
        self.too_large = too_large

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The questions in their parts, in the order of the page."""
        return [(heading, [self[name] for name in names]) for heading, names in PARTS.items()]

    def clean_may(self) -> list[str]:
        if "words" not in self.cleaned_data["may"]:
            raise ValidationError(MAY_WORDS)
        return self.cleaned_data["may"]

    def clean(self) -> dict:
        data = super().clean()
        self._check_figure(data)
        if self.too_large:
            self.add_error(PICTURE, TOO_LARGE)
        elif data.get(PICTURE):
            self._check_picture(data)
        elif PICTURE not in self.errors and self._says_something_of_a_picture(data):
            self.add_error(PICTURE, "Choose the picture, or remove what you entered about it below")
        return data

    def _check_figure(self, data: dict) -> None:
        needed = {
            "figure": "Enter the figure",
            "label": "Enter what the figure counts",
            "period": PERIOD,
        }
        if any(data.get(name) for name in needed):
            for name, words in needed.items():
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, words)

    def _check_picture(self, data: dict) -> None:
        if not data.get("picture_shows") and "picture_shows" not in self.errors:
            self.add_error("picture_shows", "Enter what the picture shows")
        if not data.get("picture_credit") and "picture_credit" not in self.errors:
            self.add_error("picture_credit", "Enter who took the picture")
        if "may" in data and "picture" not in data["may"]:
            self.add_error("may", "Select that we may publish the picture, or leave it out")
        if self.errors:
            self.add_error(PICTURE, AGAIN)

    def _says_something_of_a_picture(self, data: dict) -> bool:
        about = data.get("picture_shows") or data.get("picture_credit")
        return bool(about or "picture" in data.get("may", []))


def answers_of(form: StoryForm) -> dict:
    """What was answered, as plain data."""
    return {name: form.cleaned_data[name] for name in form.fields if name not in {"once", PICTURE}}


def typed_in(form: StoryForm) -> list[tuple[str, str]]:
    """The texts of a form as they were typed, each with its question."""
    return [
        (form[name].label, form.cleaned_data[name])
        for name, field in form.fields.items()
        if isinstance(field, TextField) and form.cleaned_data.get(name)
    ]
