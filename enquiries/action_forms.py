"""What somebody at the desk enters to act on an enquiry."""

import uuid
from collections.abc import Iterable, Set
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.forms.renderers import TemplatesSetting

from accounts.models import User
from core.forms import TextField
from offers.models import OfferLink, OfferPage
from partners.models import Partner

from . import clock
from .forms import EnquiryForm
from .models import NOT_SURE, NOT_SURE_LABEL, Enquiry, Handover, Interest, gaps
from .references import BadReference, read_reference

WORDS = 4_000  # characters of a mail or a note
OLD_FORM = "This form was not ours. Open it again"
PEOPLE = 10_000  # more than any employer takes on
_WAS = {
    Handover.End.DECLINED: "declined",
    Handover.End.GIVEN_BACK: "gave it back",
    Handover.End.SILENT: "did not answer",
    Handover.End.TAKEN_BACK: "taken back",
    Handover.End.UNWANTED: "not wanted by the employer",
}


class ActionForm(forms.Form):
    """The frame of all: its key makes it act once; `seen` is the last entry it was drawn with."""

    use_required_attribute = False

    seen = forms.IntegerField(
        widget=forms.HiddenInput,
        required=False,
        min_value=0,
        max_value=models.BigAutoField.MAX_BIGINT,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), OLD_FORM),
    )

    key = forms.UUIDField(
        widget=forms.HiddenInput, required=False, error_messages={"invalid": OLD_FORM}
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())

    def has_seen(self, entry: int) -> None:
        """Sent once more, the form rests on what was told up to this entry."""
        self.data = self.data.copy()
        self.data["seen"] = entry

    def clean(self) -> dict:
        """With other words the same form is another: nothing that was typed is lost."""
        data = super().clean()
        data["key"] = uuid.uuid5(data.get("key") or uuid.uuid4(), data.get("text", ""))
        return data


def _words(label: str, required: str = "", **kwargs) -> TextField:
    """Several lines; with `required`, the message if there are none."""
    return TextField(
        name="Text",
        limit=WORDS,
        multiline=True,
        label=label,
        required=bool(required),
        error_messages={"required": required},
        widget=forms.Textarea(attrs={"rows": kwargs.pop("rows", 4)}),
        **kwargs,
    )


def _ready_to_send(text: str, enquiry: Enquiry) -> str:
    """The words, if nothing is left to fill in; what the employer is called like that may stay."""
    names = (enquiry.organisation, enquiry.name, *enquiry.interests.values_list("topic", flat=True))
    if missing := [gap for gap in gaps(text) if not any(gap in name for name in names)]:
        raise ValidationError(f"Fill in {', '.join(missing)}")
    return text


class WhyForm(ActionForm):
    """Nothing but, perhaps, why."""

    text = _words("Note for colleagues")


class SettleForm(ActionForm):
    """With the number of messages that were shown."""

    number = forms.IntegerField(
        widget=forms.HiddenInput,
        required=False,
        error_messages={"invalid": OLD_FORM},
    )


class StoryForm(ActionForm):
    editor = forms.ModelChoiceField(
        queryset=None,
        label="Who writes the case study?",
        required=False,
        empty_label="Any editor",
        help_text="They are mailed when the story comes.",
        error_messages={"invalid_choice": "Select an editor"},
    )
    text = _words("Note for the editor", help_text="The employer does not see it.")

    def __init__(self, *args, editors: QuerySet[User], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["editor"].queryset = editors


class AssignForm(ActionForm):
    owner = forms.ModelChoiceField(
        queryset=None,
        label="Who looks after it?",
        required=False,
        empty_label="Nobody",
        error_messages={"invalid_choice": "Select somebody at the desk"},
    )

    def __init__(self, *args, people: Iterable[User], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people


class NoteForm(ActionForm):
    text = _words("Note", "Enter a note")
    spoke = forms.BooleanField(
        label="I spoke to the employer",
        required=False,
        help_text="Ticked: this counts as our reply.",
    )

    def clean(self) -> dict:
        data = super().clean()
        if data.get("spoke"):  # another thing than a note of the same words
            data["key"] = uuid.uuid5(data["key"], "spoke")
        return data


class AnsweredForm(ActionForm):
    text = _words("What they answered", "Enter what they answered", rows=8)


class ReplyForm(ActionForm):
    """Words for the employer. Nothing that is still to be filled in goes out."""

    text = _words("What you write", "Enter what you want to write", rows=14)

    def __init__(self, *args, enquiry: Enquiry, **kwargs):
        super().__init__(*args, **kwargs)
        self.enquiry = enquiry

    def clean_text(self) -> str:
        return _ready_to_send(self.cleaned_data["text"], self.enquiry)


class BriefForm(ActionForm):
    text = _words("What you write", "Enter what you want to write", rows=8)


class HandOverForm(ActionForm):
    partner = forms.ModelChoiceField(
        queryset=None,
        label="To which partner?",
        empty_label="Select one",
        error_messages={"required": "Select a partner", "invalid_choice": "Select a partner"},
    )
    briefing = _words(
        "What the partner should know",
        help_text="They read it once they have accepted. For example when to call, or what you "
        "talked about.",
    )
    text = _words("Note for colleagues")

    def __init__(self, *args, interest: Interest, today: date, mailable: Set[int], **kwargs):
        super().__init__(*args, **kwargs)
        partners = Partner.objects.published().in_order()
        self.mailable = mailable
        links = interest.offer.delivery_by_room(today) if interest.offer else []
        had = {one.partner_id: one for one in interest.handovers.order_by("pk")}
        tried = {pk for pk, one in had.items() if one.end in Handover.BACK_TO_DESK}
        links = sorted(links, key=lambda link: link.partner_id in tried)  # those come last
        self.fields["partner"].queryset = partners
        self.fields["partner"].choices = [
            ("", "Select one"),
            (
                "Deliver this offer",
                [
                    (
                        link.partner_id,
                        f"{_suggested(link, today)}{self._also(link.partner_id, had)}",
                    )
                    for link in links
                ],
            ),
            (
                "Others",
                [
                    (one.pk, f"{one}{self._also(one.pk, had)}")
                    for one in partners
                    if one.pk not in {link.partner_id for link in links}
                ],
            ),
        ]
        if links and links[0].has_room(today) and links[0].partner_id not in tried:
            self.initial.setdefault("partner", links[0].partner_id)

    def _also(self, partner: int, had: dict[int, Handover]) -> str:
        """What to know before it is chosen."""
        unmailed = "" if partner in self.mailable else " (we have no address: tell them yourself)"
        return f"{unmailed}{_what_was(partner, had)}"


def _suggested(link: OfferLink, today: date) -> str:
    """ "KX Recruit: runs it, has room now" """
    return f"{link.partner}: {link.get_role_display().lower()}, {link.room_text(today).lower()}"


def _what_was(partner: int, had: dict[int, Handover]) -> str:
    """What came of it when the partner had this before: " (declined on 3 October 2026)"."""
    handover = had.get(partner)
    if handover is None or handover.end not in _WAS:
        return ""
    day = clock.day(handover.ended_at)
    return f" ({_WAS[handover.end]} on {day.day} {day:%B %Y})"


def _outcome(choices: Iterable[tuple[str, str]], help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label="What came of it?",
        choices=[("", "Select one"), *choices],
        error_messages={
            "required": "Select what came of it",
            "invalid_choice": "Select what came of it",
        },
        help_text=help_text,
    )


class CloseSeveralForm(ActionForm):
    """What came of them, and why, for the desk."""

    outcome = _outcome(
        [one for one in Interest.CHOSEN if one[0] not in Interest.OF_PEOPLE],
        "Close what was placed or matched one by one: there you enter how many people.",
    )
    text = _words("Note for colleagues")


class CloseForm(ActionForm):
    outcome = _outcome(Interest.CHOSEN)
    text = _words("Note for colleagues")
    outcome_count = forms.IntegerField(
        label="How many people?",
        required=False,
        min_value=0,
        max_value=PEOPLE,
        help_text="Needed if somebody was placed or matched.",
        error_messages={
            "invalid": "Enter a whole number",
            "min_value": "Enter 0 or more",
            "max_value": f"Enter {PEOPLE:,} or less",
        },
    )
    tell = _words(
        "What you write to the employer", help_text="Empty: it is closed quietly.", rows=8
    )

    field_order = ["outcome", "outcome_count", "text", "tell"]

    def __init__(self, *args, enquiry: Enquiry, **kwargs):
        super().__init__(*args, **kwargs)
        self.enquiry = enquiry

    def clean_tell(self) -> str:
        return _ready_to_send(self.cleaned_data["tell"], self.enquiry)

    def clean(self) -> dict:
        data = super().clean()
        needs_count = data.get("outcome") in Interest.OF_PEOPLE
        if needs_count and "outcome_count" in data and not data["outcome_count"]:
            self.add_error("outcome_count", "Enter how many people")
        return data


class QuarantineForm(ActionForm):
    reason = TextField(
        name="Reason",
        limit=200,
        label="Why is it spam?",
        error_messages={"required": "Enter why it is spam"},
    )


class EraseForm(ActionForm):
    """Why, from a list: what is typed here would stay."""

    WHY = [
        "The person asked for it",
        "Somebody else sent their details",
        "It holds details we should not have",
    ]

    why = forms.ChoiceField(
        label="Why",
        choices=[(reason, reason) for reason in WHY],
        widget=forms.RadioSelect,
        error_messages={"required": "Select why"},
    )


class MergeForm(ActionForm):
    reference = TextField(
        name="Reference",
        limit=40,
        label="Reference of the other enquiry",
        help_text="The one that stays. This one is kept as its duplicate.",
        error_messages={"required": "Enter the reference of the other enquiry"},
    )
    sure = forms.BooleanField(
        label="Both come from the same employer",
        required=False,
        help_text="Needed if organisation and email address differ. Joining cannot be undone.",
    )

    def __init__(self, *args, enquiry: Enquiry, **kwargs):
        super().__init__(*args, **kwargs)
        self.enquiry = enquiry

    def clean_reference(self) -> Enquiry:
        try:
            reference = read_reference(self.cleaned_data["reference"])
            return Enquiry.objects.get(reference=reference, anonymised_at=None)
        except (BadReference, Enquiry.DoesNotExist):
            raise ValidationError("There is no enquiry with this reference") from None

    def clean(self) -> dict:
        data = super().clean()
        other = data.get("reference")
        if other is None or other == self.enquiry or data.get("sure"):
            return data
        if not Enquiry.objects.of_the_same_employer(self.enquiry).filter(pk=other.pk).exists():
            self.add_error(
                "sure",
                f"{other} is from {other.organisation}, {other.name}. Tick this if it is the same "
                "employer",
            )
        return data


class OffersForm(ActionForm):
    offers = forms.MultipleChoiceField(
        label="What is it about?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Select from the list"},
    )

    def __init__(self, *args, offers: Iterable[OfferPage], **kwargs):
        super().__init__(*args, **kwargs)
        self.offers = {offer.slug: offer for offer in offers}
        self.fields["offers"].choices = [
            *((slug, offer.topic) for slug, offer in self.offers.items()),
            (NOT_SURE, NOT_SURE_LABEL),
        ]

    def clean_offers(self) -> list[OfferPage | None]:
        """None is ‘not sure yet’."""
        return [self.offers.get(slug) for slug in self.cleaned_data["offers"]]


class LoggedEnquiryForm(EnquiryForm):
    """What an employer said on the phone or at an event; e-mail or phone is enough."""

    default_renderer = TemplatesSetting

    key = forms.UUIDField(
        widget=forms.HiddenInput, required=False, error_messages={"invalid": OLD_FORM}
    )
    source = forms.ChoiceField(
        label="How did it come in?",
        choices=[
            (choice.value, choice.label) for choice in (Enquiry.Source.PHONE, Enquiry.Source.EVENT)
        ],
        help_text="Choose Phone for an email or a visit too.",
        error_messages={
            "required": "Select how it came in",
            "invalid_choice": "Select how it came in",
        },
    )
    acknowledge = forms.BooleanField(
        label="Mail the employer the reference and the link to their page",
        required=False,
        initial=True,
    )

    field_order = ["source"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())
        self.fields["offers"].widget = forms.CheckboxSelectMultiple(
            choices=self.fields["offers"].choices
        )
        self.fields["size"].widget = forms.RadioSelect(choices=self.fields["size"].choices)
        self.fields["email"].required = False
        for field in self.fields.values():
            field.widget.attrs.pop("class", None)
            field.widget.attrs.pop("autocomplete", None)
        self.fields["email"].help_text = self.fields["phone"].help_text = ""
        self.fields["offers"].label = "What do they want to talk about?"
        self.fields["message"].label = "What they said"
        self.fields["message"].help_text = ""

    def clean_key(self) -> uuid.UUID:
        return self.cleaned_data["key"] or uuid.uuid4()

    def clean(self) -> dict:
        data = super().clean()
        reachable = data.get("email") or data.get("phone")
        if not reachable and not self.errors.keys() & {"email", "phone"}:
            self.add_error("email", "Enter an email address or a phone number")
        return data

    @property
    def answers(self) -> dict:
        """What the employer said, of a valid form."""
        return {name: self.cleaned_data[name] for name in EnquiryForm.base_fields}
