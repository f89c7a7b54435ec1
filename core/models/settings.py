from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from ..text import has_phrase


@register_setting(icon="info-circle")
class SiteMessage(BaseSiteSetting):
    """One line above every page; empty, there is none."""

    text = models.CharField(
        max_length=200,
        blank=True,
        help_text="Shown at the top of every page, to everybody, as soon as you save.",
    )

    panels = [FieldPanel("text")]

    class Meta:
        verbose_name = "site message"


@dataclass(frozen=True)
class NextStep:
    """Where somebody goes whom this site is not for; `link` and `address` are both set or empty."""

    who: str
    text: str
    link: str
    address: str


def _what_to_say() -> models.CharField:
    return models.CharField(
        "what we say to them", max_length=200, blank=True, help_text="Empty: they are left out."
    )


def _link_words() -> models.CharField:
    return models.CharField("words of the link", max_length=60, blank=True)


def _address() -> models.CharField:
    return models.CharField(
        "where it leads",
        max_length=200,
        blank=True,
        validators=[
            RegexValidator(
                r"\A(/(?![/\\])|https://[\w-])\S*\Z",
                "Enter an address that starts with / or https://",
            )
        ],
        help_text="A page of this site, like /partners/, or an address that starts with https://",
    )


def _search_words() -> models.CharField:
    return models.CharField(
        "shown first for these words in a search",
        max_length=500,
        blank=True,
        help_text="With commas between them: jobs, vacancies, looking for work.",
    )


@register_setting(icon="redirect")
class OtherHelp(BaseSiteSetting):
    """What somebody can do whom this site is not for: no door is the wrong one."""

    jobseeker_text = _what_to_say()
    jobseeker_link = _link_words()
    jobseeker_address = _address()
    jobseeker_words = _search_words()
    outside_text = _what_to_say()
    outside_link = _link_words()
    outside_address = _address()
    outside_words = _search_words()
    other_text = _what_to_say()
    other_link = _link_words()
    other_address = _address()
    other_words = _search_words()

    PEOPLE = {
        "jobseeker": "You are looking for work",
        "outside": "Your organisation is outside Islington",
        "other": "You want something else",
    }

    panels = [
        MultiFieldPanel(
            [
                FieldPanel(f"{person}_text"),
                FieldRowPanel([FieldPanel(f"{person}_link"), FieldPanel(f"{person}_address")]),
                FieldPanel(f"{person}_words"),
            ],
            who,
        )
        for person, who in PEOPLE.items()
    ]

    class Meta:
        verbose_name = "help elsewhere"

    def clean(self) -> None:
        super().clean()
        wrong = {}
        for person in self.PEOPLE:
            link, address = (getattr(self, f"{person}_{part}") for part in ("link", "address"))
            if link and not address:
                wrong[f"{person}_address"] = "Enter where the link leads"
            elif address and not link:
                wrong[f"{person}_link"] = "Enter the words of the link"
        if wrong:
            raise ValidationError(wrong)

    def for_person(self, person: str) -> NextStep | None:
        """The next step of a key of `PEOPLE`; None if nothing is said to them."""
        parts = [getattr(self, f"{person}_{part}") for part in ("text", "link", "address")]
        return NextStep(self.PEOPLE[person], *parts) if parts[0] else None

    def for_words(self, text: str) -> list[NextStep]:
        """The next steps of those who search for this, if one of their phrases stands in it."""
        meant = [
            person
            for person in self.PEOPLE
            if any(has_phrase(text, words) for words in getattr(self, f"{person}_words").split(","))
        ]
        return [step for step in map(self.for_person, meant) if step]

    @property
    def next_steps(self) -> list[NextStep]:
        """Those that are filled in."""
        return [step for step in map(self.for_person, self.PEOPLE) if step]

    @property
    def outside(self) -> NextStep | None:
        """The next step of an employer outside the borough."""
        return self.for_person("outside")


class PreElectionPeriodQuerySet(models.QuerySet):
    def on(self, day: date):
        """The period that the day lies in: one, or none."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)


@register_setting(icon="calendar-alt")
class PreElectionPeriod(BaseSiteSetting):
    """The weeks before an election, in which a council takes care with what it publishes."""

    starts_on = models.DateField("first day", null=True, blank=True)
    ends_on = models.DateField(
        "last day",
        null=True,
        blank=True,
        help_text="Usually the day of the election. Editors are warned until then, and scheduled "
        "pages that feature a councillor wait.",
    )

    panels = [FieldPanel("starts_on"), FieldPanel("ends_on")]

    objects = PreElectionPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "pre-election period"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on=None, ends_on=None)
                | models.Q(
                    starts_on__isnull=False,
                    ends_on__isnull=False,
                    starts_on__lte=models.F("ends_on"),
                ),
                name="preelectionperiod_has_both_days_in_order",
                violation_error_message="Enter both days, the first before the last, or neither",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} to {self.ends_on}"

    @property
    def warning(self) -> str:
        """What editors are told while it lasts."""
        return (
            f"Pre-election period until {self.ends_on.day} {self.ends_on:%B %Y}: publish only "
            "what cannot wait, and nothing that could be seen as support for a party or candidate."
        )
