from datetime import date, datetime, timedelta
from http import HTTPMethod

from django.db import IntegrityError, models, transaction
from django.db.models import Exists, ExpressionWrapper, F, OuterRef
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet

from .panels import PageForm


class PublicPageQuerySet(PageQuerySet):
    def public(self):
        """
        Pages that are not behind a view restriction, their own or that of a page above.

        The same pages as Wagtail's own method gives, without its query for the restrictions.
        """
        path = ExpressionWrapper(OuterRef("path"), output_field=models.CharField())
        above = PageViewRestriction.objects.alias(path=path).filter(
            path__startswith=F("page__path")
        )
        return self.filter(~Exists(above))

    def published(self):
        """Live pages that need no sign-in, in any parent: the only door to public lists."""
        return self.live().public()


class BasePage(Page):
    """What every page of the site has: no POST, a mark for drafts of promises, a card for lists."""

    to_be_confirmed = models.BooleanField(
        "demonstration text",
        default=False,
        help_text="Ticked: the page says ‘Demonstration text, to be confirmed by the council’, "
        "and a deployment check fails until it is unticked.",
    )

    base_form_class = PageForm
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]
    card_template = "search/page_result.html"
    page_type_label = "Page"

    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title", help_text="Shown by search engines. About 60 characters."),
                FieldPanel(
                    "search_description",
                    help_text="Shown by search engines under the title. About 155 characters.",
                ),
            ],
            "How it is found",
        ),
    ]
    settings_panels = [FieldPanel("to_be_confirmed")]

    objects = PageManager.from_queryset(PublicPageQuerySet)()

    class Meta:
        abstract = True

    @property
    def card_text(self) -> str:
        """What a list of different pages says under the title."""
        return self.search_description

    def publish_problems(self, *, today: date) -> dict[str, str]:
        """What keeps the page from being published, beyond its fields: words by field name."""
        return {}

    def trail(self) -> list[Page]:
        """The pages above this one, home first: the breadcrumbs."""
        return list(self.get_ancestors().filter(depth__gt=1))


class SiteImage(AbstractImage):
    """A picture with what a council must be able to say: whose it is, and by what right."""

    credit = models.CharField(
        max_length=120, blank=True, help_text="Who made it, as it should be printed."
    )
    licence = models.CharField(
        max_length=120, blank=True, help_text="By what right we show it, for example a licence."
    )

    admin_form_fields = (*WagtailImage.admin_form_fields, "credit", "licence")

    @property
    def default_alt_text(self) -> str:
        """Empty unless described: a file name helps nobody who cannot see the picture."""
        return self.description


class Rendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_unique"
            ),
        ]


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


A_DAY = timedelta(days=1)


class HeartbeatQuerySet(models.QuerySet):
    def beat(self, name: str, *, now: datetime) -> None:
        """Note that something is alive at `now`."""
        self.update_or_create(name=name, defaults={"at": now})

    def claim(self, name: str, *, now: datetime, every: timedelta) -> bool:
        """Take the next turn of a task that is due every `every`; False if it is not due yet."""
        # A turn that lies days ahead was noted by a clock that was wrong.
        is_due = models.Q(at__lte=now - every) | models.Q(at__gt=now + A_DAY + every)
        if self.filter(is_due, name=name).update(at=now):
            return True
        if self.filter(name=name).exists():
            return False
        try:
            with transaction.atomic():
                self.create(name=name, at=now)
        except IntegrityError:  # another worker was quicker
            return False
        return True


class Heartbeat(models.Model):
    """When the worker, or one of its tasks, was last known to be alive."""

    name = models.CharField(max_length=80, unique=True)
    at = models.DateTimeField()

    objects = HeartbeatQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M:%S}"
