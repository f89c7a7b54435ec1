"""The profile of a partner as its members change it: text alone."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from wagtail.api.rich_text import APIRichText, RichTextFormatError

from core.forms import EmailField, TextField

from .member_forms import ButtonForm
from .models import Partner

FIELDS = ["role", "about", "website", "public_email", "public_phone"]
POSTED = {
    "partner_profile_edit": [*FIELDS, "base", "once"],
    "partner_profile_take_back": ["base", "once"],
}
_ADDRESS = re.compile(r"(https?://|mailto:|/(?![/\\]))[\w.~%-]")
LONGEST_ABOUT = 5_000  # characters
_OF_THE_SITE = re.compile(r"wagtail://[^\s)]*")  # links that only editors make
# What Markdown takes for more than text, and the form does not name: a sign of its own that is
# typed gets a backslash, and loses it again where it is read.
_BULLET = re.compile(r"(?m)^( *)[*+•] ")
_NUMBER = re.compile(r"( *)([0-9]{1,9})([.)] .*)")
_NO_FRAME = re.compile(
    r"(?m)^( *)(?=>|(?:#{1,2}|#{4,}) |~{3}|[-=]{2,} *$|(?:- *){3,}$|(?:\* *){2,}$)"
)
_NO_STYLE = re.compile(r"(\\|_|`|!(?=\[)|(?<!\*)\*(?!\*))")
_ESCAPED = re.compile(r"\\([!-/:-@[-`{-~]|(?=\n))")  # any punctuation, and breaks of lines
UNREADABLE = "Enter the text without links that are no full web address"


class Base(forms.IntegerField):
    """The number of the revision on which changes rest; what is none rests on none."""

    widget = forms.HiddenInput

    def __init__(self):
        super().__init__(required=False)

    def clean(self, value: object) -> int | None:
        text = str(value or "")
        return int(text) if re.fullmatch("[0-9]{1,18}", text) else None


class TakeBackForm(ButtonForm):
    """A button, with the revision that is to be taken back."""

    base = Base()


class ChangeForm(ButtonForm):
    """The frame of what is proposed for something that there is; `first` is its first question."""

    first = ""

    base = Base()

    def rest_on(self, revision: int | None) -> None:
        """Have the form, as it was sent, rest on this revision when it is sent once more."""
        self.data = self.data.copy()
        self.data["base"] = str(revision or "")


class ProfileForm(ChangeForm):
    first = "role"

    role = TextField(
        name="What you do here",
        limit=80,
        label="What you do here, in a few words",
        help_text="Like ‘Mentoring and volunteering’",
        error_messages={"required": "Enter what you do here, in a few words"},
    )
    about = TextField(
        name="About your organisation",
        limit=LONGEST_ABOUT,
        multiline=True,
        required=False,
        label="About your organisation",
        help_text="Leave an empty line between paragraphs. Lines that start with - are a list, "
        "lines that start with ### are headings",
        widget=forms.Textarea(attrs={"rows": 14, "data-max": LONGEST_ABOUT}),
    )
    website = TextField(
        name="Website",
        limit=200,
        required=False,
        label="Website",
        help_text="Like www.example.org",
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
    )
    public_email = EmailField(
        name="Email address",
        required=False,
        label="Email address for the public",
        help_text="Everybody can read it",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    public_phone = TextField(
        name="Phone number",
        limit=40,
        required=False,
        label="Phone number for the public",
        help_text="Everybody can read it",
        widget=forms.TelInput(attrs={"autocomplete": "off", "class": "w-20"}),
    )

    def __init__(self, *args, draft: Partner, **kwargs):
        self.draft = draft
        self.text_before = as_typed(draft.about)
        before = {name: getattr(draft, name) for name in FIELDS}
        initial = {**before, "about": self.text_before, "base": draft.latest_revision_id}
        super().__init__(*args, initial=initial, **kwargs)

    def clean_website(self) -> str:
        website = self.cleaned_data["website"]
        if website and "://" not in website:
            website = f"https://{website}"
        if website:
            URLValidator(["https"], message="Enter an address that starts with https://")(website)
        return website

    def clean_public_phone(self) -> str:
        phone = self.cleaned_data["public_phone"]
        if phone and not re.search("[0-9]", phone):
            raise ValidationError("Enter a phone number, like 020 7946 0000 or 07700 900 982")
        return phone

    def clean_about(self) -> str:
        """
        As Wagtail keeps it, with nothing in it that the field does not allow.

        What was not touched stays as the editors wrote it.
        """
        text = self.cleaned_data["about"]
        if text == self.text_before:
            return self.draft.about
        known = set(_OF_THE_SITE.findall(self.text_before))
        if not known.issuperset(_OF_THE_SITE.findall(text)):
            raise ValidationError(UNREADABLE)
        features = Partner._meta.get_field("about").features
        try:
            html, _ = APIRichText.convert_input(
                {"format": APIRichText.FORMAT_DB_MARKDOWN, "content": _as_markdown(text)},
                features=features,
            )
        except RichTextFormatError:
            raise ValidationError(UNREADABLE) from None
        if any(_is_odd(link) for link in BeautifulSoup(html, "html.parser").select("a")):
            raise ValidationError(UNREADABLE)
        return html

    @property
    def changes(self) -> dict[str, str]:
        """What was entered, by the names of the partner's fields."""
        return {name: self.cleaned_data[name] for name in FIELDS}


def _as_markdown(text: str) -> str:
    """What was typed, with all for text that is no paragraph, list, heading, link or bold word."""
    text = _NO_STYLE.sub(r"\\\1", _BULLET.sub(r"\1- ", text))
    return _NO_FRAME.sub(r"\1\\", "\n".join(_numbered(text.split("\n"))))


def _numbered(lines: list[str]) -> Iterator[str]:
    """Lines that count from 1 are a list; any other number is text, a year or a day, and stays."""
    following = 1
    for line in lines:
        counted = _NUMBER.fullmatch(line)
        if counted and int(counted[2]) == following:
            following += 1
        elif line.strip():
            following = 1
        is_text = counted and following == 1
        yield f"{counted[1]}{counted[2]}\\{counted[3]}" if is_text else line


def _is_odd(link: Tag) -> bool:
    """Whether it leads nowhere that a browser and a reader would both recognise."""
    is_of_the_site = "linktype" in link.attrs
    return not is_of_the_site and not _ADDRESS.match(link.get("href", ""))


def as_typed(html: str) -> str:
    """Rich text of the CMS as somebody would type it here."""
    features = Partner._meta.get_field("about").features
    text = APIRichText.serialize(html, format=APIRichText.FORMAT_DB_MARKDOWN, features=features)
    return TextField(name="", limit=0, multiline=True).to_python(_ESCAPED.sub(r"\1", text))
