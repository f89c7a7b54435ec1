import re
from collections.abc import Iterable

from django import forms
from django.http import QueryDict

from core.forms import PlainForm, Radios
from core.text import clean_text

from .choices import Goal, Size
from .finder import NO_LIMIT, NOT_SURE, Answers
from .models import Sector

HOURS = (1, 4, 10, NO_LIMIT)  # a month


class FinderForm(PlainForm):
    """
    The questions of ‘What suits us?’, from the query of an address.

    What is no answer to its question is dropped: the form has no errors.
    """

    goal = forms.ChoiceField(
        label="What would you like most?",
        choices=[*Goal.choices, (NOT_SURE, "I am not sure yet")],
        required=False,
        widget=Radios,
    )
    size = forms.ChoiceField(
        label="How many people work for you?",
        choices=Size.choices,
        required=False,
        widget=Radios,
    )
    hours = forms.ChoiceField(
        label="How much time can you give?",
        help_text="All your people together, in a month when something happens",
        required=False,
        widget=Radios,
    )
    sector = forms.ChoiceField(
        label="What does your organisation do?",
        required=False,
        widget=forms.Select(attrs={"class": "w-20"}),
    )

    def __init__(self, query: QueryDict, *, sectors: Iterable[Sector]):
        super().__init__({})
        given = {name: clean_text(query.get(name, "")) for name in self.fields}
        # Whoever writes an address by hand may ask for hours that the form does not offer.
        by_hand = []
        if re.fullmatch("[1-9][0-9]{0,2}", given["hours"]):
            by_hand = [min(int(given["hours"]), NO_LIMIT)]
            given["hours"] = str(by_hand[0])
        self.sector_names = {sector.slug: sector.name for sector in sectors}
        self.fields["hours"].choices = [
            (str(hours), _label(hours)) for hours in sorted({*HOURS, *by_hand})
        ]
        self.fields["sector"].choices = [("", "Select one"), *self.sector_names.items()]
        self.data = {
            name: value for name, value in given.items() if self.fields[name].valid_value(value)
        }

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer to any question."""
        return any(self.data.values())

    @property
    def answers(self) -> Answers:
        """What was answered, for the rule."""
        sector = self.data.get("sector", "")
        return Answers(
            goal=self.data.get("goal", ""),
            size=self.data.get("size", ""),
            hours=int(self.data.get("hours", 0)) or None,
            sector=sector,
            sector_name=self.sector_names.get(sector, ""),
        )


def _label(hours: int) -> str:
    if hours == NO_LIMIT:
        return f"{hours} hours or more"
    return "About 1 hour" if hours == 1 else f"About {hours} hours"
