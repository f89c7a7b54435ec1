import re
from datetime import time, timedelta
from string import ascii_uppercase

from django.core.cache import cache
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

from core.working_days import WorkingHours, today
from outbox.services import first_usable

from .enquiry import Enquiry

LATELY = timedelta(days=90)
FEWEST_TOLD = 10  # fewer would say something about single people, and nothing about the team
_REPLIES = "enquiries.replies_lately"
_AN_HOUR = 3600


def _replies_lately() -> tuple[int, int]:
    now = today()
    lately = Enquiry.objects.counted().received(now - LATELY, now)
    return lately.filter(source=Enquiry.Source.SITE).judged(now).promises_kept()


@register_setting(icon="mail")
class DeskSettings(BaseSiteSetting):
    """The single point of contact: who answers, when, and what is promised."""

    team_name = models.CharField(max_length=80, default="Employer engagement team")
    phone = models.CharField(max_length=40, blank=True, help_text="Shown on every page.")
    opens = models.TimeField(default=time(9), help_text="Monday to Friday, without bank holidays.")
    closes = models.TimeField(
        default=time(17), help_text="What comes in later counts as received the next working day."
    )
    mailbox = models.EmailField(
        blank=True,
        help_text="Shown to the public. Every new enquiry is sent here, once it is proven by a "
        "code under Mailboxes.",
    )
    backup_mailbox = models.EmailField(
        blank=True,
        help_text="Enquiries go here while the mailbox above is empty, not proven or refuses mail. "
        "It is proven in the same way.",
    )
    reply_promise_days = models.PositiveSmallIntegerField(
        "reply promise",
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text="In working days. Each employer is told the date that follows from it.",
    )
    postcode_districts = models.CharField(
        "postcode districts we serve",
        max_length=200,
        blank=True,
        help_text="Like ‘EC1 N1 N7’. An employer with another postcode is told before sending. "
        "Empty: nobody is.",
    )
    to_be_confirmed = models.BooleanField(
        "demonstration details",
        default=False,
        help_text="Ticked: the contact details say so, and a deployment check fails.",
    )

    panels = [
        FieldPanel("team_name"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("phone"), FieldPanel("opens"), FieldPanel("closes")]),
                FieldRowPanel([FieldPanel("mailbox"), FieldPanel("backup_mailbox")]),
            ],
            "How to reach the team",
        ),
        FieldPanel("reply_promise_days"),
        FieldPanel("postcode_districts"),
        FieldPanel("to_be_confirmed"),
    ]

    class Meta:
        verbose_name = "enquiry desk"

    def __str__(self) -> str:
        return self.team_name

    @classmethod
    def of_default_site(cls) -> "DeskSettings":
        """The desk, where there is no request that says which site's."""
        return cls.for_site(Site.objects.get(is_default_site=True))

    @property
    def hours(self) -> WorkingHours:
        """The team's hours for the working-day clock."""
        return WorkingHours(self.opens, self.closes)

    @property
    def receives_at(self) -> str:
        """Where new enquiries are mailed: the first mailbox that is proven; empty if none is."""
        return first_usable(self.mailboxes)

    @property
    def mailboxes(self) -> list[str]:
        """The addresses of the team, the first one first."""
        return [address for address in (self.mailbox, self.backup_mailbox) if address]

    @property
    def replies_lately(self) -> str:
        """
        How many of the website's employers a person answered by the promised day: "46 of 50".

        Of those who wrote in the last 90 days; empty below ten. At most an hour old.
        """
        kept, due = cache.get_or_set(_REPLIES, _replies_lately, _AN_HOUR)
        return f"{kept} of {due}" if due >= FEWEST_TOLD else ""

    def is_outside(self, postcode: str) -> bool:
        """
        Whether a full postcode, like "N1 2UD", lies in none of the districts served.

        "EC1" stands for "EC1A" and its like too, but "N1" not for "N16".
        """
        served = set(re.findall(r"\w+", self.postcode_districts.upper()))
        district = postcode.partition(" ")[0]
        names = {district, district.rstrip(ascii_uppercase)}
        return bool(served and district) and served.isdisjoint(names)
