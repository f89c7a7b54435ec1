from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PreviewableMixin

from core.admin_forms import ModelForm

from . import figures

SOON = timedelta(days=60)  # editors hear of a stale date this long before: time to ask the source


class ImpactFactQuerySet(models.QuerySet):
    def fresh(self, on: date):
        """Facts that may be shown on that day: those not stale yet."""
        return self.filter(stale_after__gte=on)

    def stale(self, on: date):
        """Facts that have left every page by that day."""
        return self.filter(stale_after__lt=on)

    def soon_stale(self, on: date):
        """Facts still shown on that day that will leave every page within 60 days."""
        return self.fresh(on).filter(stale_after__lt=on + SOON)

    def for_home(self):
        """Facts the home page shows."""
        return self.filter(on_home=True)

    def in_order(self):
        """As the editors sorted them."""
        return self.order_by("order", "pk")

    def stalest_first(self):
        """Those that need an editor most before the others."""
        return self.order_by("stale_after", "order", "pk")


class ImpactFact(PreviewableMixin, models.Model):
    """A published figure: what it counts, when, where it comes from, until when it holds."""

    class Nature(models.TextChoices):
        CUMULATIVE = "cumulative", "Counted up since a date"
        ANNUAL = "annual", "In one year"
        SNAPSHOT = "snapshot", "As it stood at the time"

    figure = models.CharField(
        max_length=8,
        error_messages={"blank": "Enter the figure"},
        help_text="Digits as they should be printed, for example ‘1,023’, ‘40%’ or ‘1 in 3’. "
        "It is shown large, so keep to 8 characters.",
    )
    label = models.CharField(
        max_length=80,
        error_messages={"blank": "Enter what the figure counts"},
        help_text="What the figure counts, to be read after it, for example ‘people supported "
        "into work’. Start with a small letter and leave out ‘up to’.",
    )
    period = models.CharField(
        max_length=60,
        error_messages={"blank": "Enter the period this figure covers"},
        help_text="The time it counts, for example ‘2014/15’ or ‘January to November 2015’. It is "
        "printed with the figure everywhere, so that nobody takes history for today’s news.",
    )
    nature = models.CharField(
        "how it counts",
        max_length=12,
        choices=Nature.choices,
        default=Nature.ANNUAL,
        help_text="Printed on the impact page, for example ‘In one year’. Readers must not add up "
        "what was counted up already.",
    )
    comparison_figure = models.CharField(
        max_length=8,
        blank=True,
        help_text="The same count at an earlier time, for example ‘816’. With two exact numbers "
        "of one kind the impact page draws two bars; ‘60+’ gets a table without bars. Leave it "
        "empty if there is nothing to compare with.",
    )
    comparison_period = models.CharField(
        max_length=60,
        blank=True,
        help_text="The period of the earlier figure, for example ‘2013/14’. It is needed if you "
        "enter a figure to compare with.",
    )
    source_title = models.CharField(
        "source",
        max_length=200,
        error_messages={"blank": "Enter where this figure comes from"},
        help_text="The document that says so, for example ‘One Year On, report to Council’. A "
        "figure without a source cannot be saved.",
    )
    source_on = models.DateField(
        "date of the source",
        error_messages={"blank": "Enter the date of the source"},
        help_text="The day the document was published, for example 3 December 2015. It is "
        "printed after the source.",
    )
    source_date_text = models.CharField(
        "date as printed",
        max_length=40,
        blank=True,
        help_text="Only if a day would say too much, for example ‘2014/15’. It is then printed "
        "in place of the date.",
    )
    source_url = models.URLField(
        "address of the source",
        blank=True,
        help_text="Where readers find the document, for example "
        "https://democracy.islington.gov.uk/. The source becomes a link. Empty: plain text.",
    )
    method = RichTextField(
        blank=True,
        features=["link", "ul"],
        help_text="How it was counted and what was left out, in a sentence or two, for example "
        "‘The count for 2015 stops in November’. Shown on the impact page.",
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The person whom editors ask when the figure gets old. Never shown to the "
        "public.",
    )
    stale_after = models.DateField(
        "may be shown until",
        error_messages={"blank": "Enter until when this figure may be shown"},
        help_text="The last day on which the figure is shown, usually when newer figures are due. "
        "After it the figure leaves every page by itself. Editors are told 60 days before.",
    )
    on_home = models.BooleanField(
        "on the home page",
        default=False,
        help_text="Ticked: the home page shows it too. Four figures fit in one row.",
    )
    order = models.PositiveSmallIntegerField(
        default=0,
        help_text="A whole number, for example 10. Low numbers come first, here and on the home "
        "page.",
    )

    base_form_class = ModelForm
    panels = [
        HelpPanel(
            "<p>A figure carries its period and its source on every page. Changes show at once, "
            "wherever the figure stands.</p>"
        ),
        FieldRowPanel([FieldPanel("figure"), FieldPanel("label"), FieldPanel("period")]),
        FieldPanel("nature"),
        FieldRowPanel([FieldPanel("comparison_figure"), FieldPanel("comparison_period")]),
        MultiFieldPanel(
            [
                FieldPanel("source_title"),
                FieldRowPanel([FieldPanel("source_on"), FieldPanel("source_date_text")]),
                FieldPanel("source_url"),
                FieldPanel("method"),
            ],
            "Where it comes from",
        ),
        FieldRowPanel([FieldPanel("owner"), FieldPanel("stale_after")]),
        FieldRowPanel([FieldPanel("on_home"), FieldPanel("order")]),
    ]

    objects = ImpactFactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(comparison_figure="", comparison_period="")
                | (~Q(comparison_figure="") & ~Q(comparison_period="")),
                name="impactfact_comparison_has_a_period",
                violation_error_message="Enter both the figure to compare with and its period",
            ),
            models.CheckConstraint(
                condition=~Q(period="") & ~Q(source_title=""),
                name="impactfact_has_a_period_and_a_source",
                violation_error_message="Enter the period and the source of this figure",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.label}, {self.period}"

    def get_preview_template(self, request, mode_name):
        return "impact/impact.html"

    def get_preview_context(self, request, mode_name):
        return {**super().get_preview_context(request, mode_name), "facts": [self]}

    def is_stale(self, on: date) -> bool:
        """Whether it has left every page by that day."""
        return self.stale_after < on

    def age_text(self, on: date) -> str:
        """What editors must know about its age on that day; "" while there is time."""
        days = (self.stale_after - on).days
        if days < 0:
            since = self.stale_after + timedelta(days=1)
            return f"Stale since {since.day} {since:%B %Y}"
        if days < SOON.days:
            return "Shown for the last time today" if days == 0 else f"Stale in {days + 1} days"
        return ""

    @property
    def source_text(self) -> str:
        """The source with its date, as printed."""
        day = f"{self.source_on.day} {self.source_on:%B %Y}"
        return f"{self.source_title}, {self.source_date_text or day}"

    @property
    def comparison(self) -> list[figures.Row]:
        """The earlier figure and this one, with the lengths of their bars; empty without one."""
        if not self.comparison_figure:
            return []
        return figures.compare(
            (self.comparison_period, self.comparison_figure), (self.period, self.figure)
        )
