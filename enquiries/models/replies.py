import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from core.admin_forms import ModelForm
from core.text import clean_text
from offers.models import OfferPage

from .desk import DeskSettings
from .enquiry import Enquiry
from .interest import NOT_SURE_LABEL, Interest

# What may stand in a template, and what it is for.
PLACEHOLDERS = {
    "name": "the person’s name",
    "organisation": "the organisation",
    "reference": "the reference",
    "topics": "what they asked about",
    "team": "the name of the team",
    "phone": "the team’s phone number",
}
TAKEN = "There is a reply for this situation and offer already"
_PLACE = re.compile(r"\{([^{}]*)\}")
_GAP = re.compile(r"\{[^{}]*\}|\[[^\[\]]*\]")


def gaps(text: str) -> list[str]:
    """What is still to be filled in: whatever stands in {} or []."""
    return list(dict.fromkeys(_GAP.findall(text)))


class ReplyTemplateQuerySet(models.QuerySet):
    def fitting(self, enquiry: Enquiry):
        """Those for any offer, and those for the offers the enquiry is about."""
        about = enquiry.interests.still_wanted().exclude(offer=None).values("offer")
        return self.filter(Q(offer=None) | Q(offer__in=about))

    def in_order(self):
        """For one offer before those for any, then by name."""
        return self.order_by(models.F("offer").asc(nulls_last=True), "name", "pk")


class ReplyTemplate(models.Model):
    """Words the desk often writes, for one situation, and perhaps for one offer."""

    name = models.CharField(
        "situation",
        max_length=60,
        help_text="For example ‘First answer’.",
        error_messages={"blank": "Enter the situation this is for"},
    )
    offer = models.ForeignKey(
        OfferPage,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Empty: for any offer.",
    )
    text = models.TextField(
        help_text="These are filled in: "
        + ", ".join(f"{{{name}}} – {what}" for name, what in PLACEHOLDERS.items())
        + ". What stands in square brackets, like [date], must be filled in before it is sent.",
        error_messages={"blank": "Enter the words of the reply"},
    )

    base_form_class = ModelForm
    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("offer")]), FieldPanel("text")]

    objects = ReplyTemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "offer"],
                name="replytemplate_one_a_situation",
                violation_error_message=TAKEN,
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(offer=None),
                name="replytemplate_one_for_any_offer",
                violation_error_message=TAKEN,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.offer.topic}" if self.offer else self.name

    def clean(self) -> None:
        self.text = clean_text(self.text, multiline=True)
        unknown = sorted(set(_PLACE.findall(self.text)) - PLACEHOLDERS.keys())
        if unknown:
            named = ", ".join(f"{{{name}}}" for name in unknown)
            raise ValidationError({"text": f"Nothing fills in {named}"})
        if re.search("[{}]", _PLACE.sub("", self.text)):
            raise ValidationError({"text": "Write { and } only around what is filled in"})

    def fill_in(self, enquiry: Enquiry, desk: DeskSettings) -> str:
        """The words for one enquiry; what we do not know stays as it is, for a person to see."""
        interests = enquiry.interests.still_wanted().in_order()
        known = {
            "name": enquiry.name,
            "organisation": enquiry.organisation,
            "reference": enquiry.reference,
            "topics": ", ".join(_topic(interest) for interest in interests),
            "team": desk.team_name,
            "phone": desk.phone,
        }
        return _PLACE.sub(lambda place: known.get(place[1]) or place[0], self.text)


def _topic(interest: Interest) -> str:
    """What it is about, within a sentence."""
    return "how to get involved" if interest.topic == NOT_SURE_LABEL else interest.topic
