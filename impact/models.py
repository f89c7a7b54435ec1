from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from core.panels import ModelForm


class ImpactFactQuerySet(models.QuerySet):
    def fresh(self, on: date):
        """Facts that may be shown on that day: those not stale yet."""
        return self.filter(stale_after__gte=on)

    def for_home(self):
        """Facts the home page shows."""
        return self.filter(on_home=True)

    def in_order(self):
        """As the editors sorted them."""
        return self.order_by("order", "pk")


class ImpactFact(models.Model):
    """A published figure: what it counts, when, where it comes from, until when it holds."""

    class Nature(models.TextChoices):
        CUMULATIVE = "cumulative", "Counted up since a date"
        ANNUAL = "annual", "In one year"
        SNAPSHOT = "snapshot", "At one moment"

    figure = models.CharField(max_length=8, help_text="Shown large, for example ‘1,023’ or ‘40%’.")
    label = models.CharField(max_length=80, help_text="What the figure counts.")
    period = models.CharField(max_length=60, help_text="For example ‘2014/15’.")
    nature = models.CharField(max_length=12, choices=Nature.choices, default=Nature.ANNUAL)
    comparison_figure = models.CharField(max_length=8, blank=True)
    comparison_period = models.CharField(max_length=60, blank=True)
    source_title = models.CharField(
        "source", max_length=200, error_messages={"blank": "Enter where this figure comes from"}
    )
    source_on = models.DateField("date of the source")
    source_date_text = models.CharField(
        "date as printed",
        max_length=40,
        blank=True,
        help_text="If a day would say too much: ‘2014/15’. Empty: the date above is printed.",
    )
    source_url = models.URLField("address of the source", blank=True)
    method = RichTextField(blank=True, features=["link", "ul"], help_text="How it was counted.")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who keeps the figure true.",
    )
    stale_after = models.DateField(
        error_messages={"blank": "Enter until when this figure may be shown"},
        help_text="After this day the figure leaves every page by itself.",
    )
    on_home = models.BooleanField("on the home page", default=False)
    order = models.PositiveSmallIntegerField(default=0, help_text="Low numbers come first.")

    base_form_class = ModelForm
    panels = [
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
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.label}, {self.period}"
