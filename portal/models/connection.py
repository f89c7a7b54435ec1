"""Whether there is a Business Portal, where it is, and what employers see of it."""

import re
import uuid
from datetime import datetime, timedelta

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.html import strip_tags
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.log_actions import log

from core.admin_forms import ModelForm
from offers.models import OfferPage

from ..addresses import EXPAND, refusal, start_of
from .circuit import Circuit
from .feed import Change

STAGE_CHANGED = "portal.stage"
KNOWN = "portal.door"  # in the cache
KNOWN_FOR = 30  # seconds: a switch takes effect on every process within a minute
PORTAL_USER = "business-portal@portal.invalid"  # whose tokens the portal holds
HEALTH_HOLDS = timedelta(minutes=5)  # an older verdict means that nobody checks any more
HEALTH_PATH = re.compile(r"/[\w./~-]*", re.ASCII)
A_PATH = "Enter a path that starts with /, like /health"
ADDRESS_ALONE = "Enter the address without ? and #"
NO_ADDRESS = "Enter the portal’s address first"
NO_NOTICE = "Enter what employers read while the portal is announced"


@register_setting(icon="link")
class PortalSettings(BaseSiteSetting, ClusterableModel):
    """The switch of the portal. What employers see and whether data flows are two things."""

    class Stage(models.TextChoices):
        OFF = "off", "Off: employers see nothing of it"
        ANNOUNCED = "announced", "Announced: a notice on the pages"
        LIVE = "live", "Live: offers begin in the portal"

    stage = models.CharField(
        max_length=10,
        choices=Stage.choices,
        default=Stage.OFF,
        help_text="What employers see; in effect within a minute. Off and announced lead them to "
        "the form of this site.",
    )
    is_connected = models.BooleanField(
        "connected",
        default=False,
        help_text="The two systems exchange data. Employers see nothing of that. Tick it once the "
        "portal’s team says that it listens.",
    )
    base_url = models.URLField(
        "address",
        blank=True,
        help_text="Of the portal, like https://portal.example.gov.uk. Whoever runs this site has "
        "to allow its host first.",
    )
    link_template = models.CharField(
        max_length=300,
        default="{+base}/start{?offer,source}",
        help_text="Where an offer begins in the portal. Change it only if the portal’s team asks "
        "for that: {+base} becomes the address above, {offer} the offer’s id in the content feed, "
        "{source} the name of this site.",
    )
    health_path = models.CharField(
        max_length=200,
        default="/health",
        help_text="Asked every minute, at the address above: while it does not answer well, "
        "employers get the form of this site.",
    )
    secret_version = models.PositiveIntegerField(default=1, editable=False)
    previous_secret_until = models.DateTimeField(
        null=True, editable=False, help_text="Until when the secret before signs too."
    )
    announcement = RichTextField(
        blank=True,
        features=["bold", "link"],
        help_text="What every page says while the portal is announced.",
    )

    base_form_class = ModelForm
    panels = [
        FieldRowPanel([FieldPanel("stage"), FieldPanel("is_connected")]),
        MultiFieldPanel(
            [FieldPanel("base_url"), FieldPanel("link_template"), FieldPanel("health_path")],
            "Where it is",
        ),
        FieldPanel("announcement"),
        InlinePanel(
            "routes",
            label="offer",
            heading="Offers that go their own way",
            help_text="To begin with one offer alone, or to leave one out. Off holds for them too.",
        ),
    ]

    class Meta:
        verbose_name = "Business Portal"

    def __str__(self) -> str:
        return "Business Portal"

    def clean(self) -> None:
        super().clean()
        wrong = {}
        if self.base_url and (words := refusal(self.base_url)):
            wrong["base_url"] = words
        elif set("?#") & set(self.base_url):
            wrong["base_url"] = ADDRESS_ALONE
        elif self.base_url:
            wrong = self._wrong_paths()
        elif self.is_connected or self.stage == self.Stage.LIVE:
            wrong["base_url"] = NO_ADDRESS
        if self.stage == self.Stage.ANNOUNCED and not strip_tags(self.announcement).strip():
            wrong["announcement"] = NO_NOTICE
        if wrong:
            raise ValidationError(wrong)

    def save(self, *args, **kwargs):
        """Also write down who changed the stage, and have every page know it at once."""
        before = type(self).objects.filter(pk=self.pk).first() or type(self)()
        super().save(*args, **kwargs)
        if self.stage != before.stage:
            log(self, STAGE_CHANGED, data={"from": before.stage, "to": self.stage})
        if self.health_url != before.health_url:  # nobody has asked there yet
            PortalHealth.objects.all().delete()
        is_other = self.base_url != before.base_url
        if is_other:  # what another system took, this one was not told
            Change.objects.enquiries().update(taken_at=None)
        if is_other or (self.is_connected and not before.is_connected):
            Circuit.begin_anew()
        cache.delete(KNOWN)
        transaction.on_commit(lambda: cache.delete(KNOWN))  # somebody may have looked before it

    @property
    def health_url(self) -> str:
        return f"{self.base_url.rstrip('/')}{self.health_path}"

    def _wrong_paths(self) -> dict[str, str]:
        wrong = {}
        offer = uuid.uuid4()
        there = start_of(self.base_url, self.link_template, offer)
        if refusal(there) or str(offer) not in there:
            wrong["link_template"] = EXPAND
        if not HEALTH_PATH.fullmatch(self.health_path):
            wrong["health_path"] = A_PATH
        return wrong


class OfferRoute(models.Model):
    """One offer that goes another way than the stage says."""

    class Way(models.TextChoices):
        INHERIT = "inherit", "As the stage says"
        FORM = "form", "Always the form of this site"
        PORTAL = "portal", "The portal, also while it is only announced"

    settings = ParentalKey(PortalSettings, on_delete=models.CASCADE, related_name="routes")
    offer = models.ForeignKey(OfferPage, on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.INHERIT)

    panels = [FieldRowPanel([FieldPanel("offer"), FieldPanel("way")])]

    class Meta:
        default_permissions = ()
        ordering = ["pk"]  # of two rows for one offer the later one counts

    def __str__(self) -> str:
        return f"{self.offer}: {self.get_way_display()}"


class PortalHealth(models.Model):
    """Whether the portal answers: apart from the settings, so that no check overwrites an edit."""

    BAD, GOOD = 3, 2  # answers in a row that change the verdict

    is_healthy = models.BooleanField(default=False)
    in_a_row = models.PositiveSmallIntegerField(
        default=0, help_text="Answers that contradict the verdict, without one between."
    )
    checked_at = models.DateTimeField()
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return "Healthy" if self.is_healthy else "Not healthy"

    def hear(self, *, error: str, at: datetime) -> None:
        """Note one answer; `error` is empty if it was good."""
        is_good = not error
        # An old verdict says nothing about today, nor does one from a clock that was wrong.
        if abs(at - self.checked_at) >= HEALTH_HOLDS:
            self.is_healthy, self.in_a_row = False, 0
        self.in_a_row = 0 if is_good == self.is_healthy else self.in_a_row + 1
        if self.in_a_row >= (self.GOOD if is_good else self.BAD):
            self.is_healthy, self.in_a_row = is_good, 0
        self.checked_at, self.last_error = at, error
