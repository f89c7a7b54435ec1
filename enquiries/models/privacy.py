import re
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.models import PreviewableMixin
from wagtail.search import index

from ..admin_forms import PrivacyNoticeForm

IN_USE = (
    "People have sent us their details under version {version}, so it stays as it is. "
    "Add a new version, from today or a later day"
)
_EDITOR_KEYS = re.compile(r' data-block-key="[^"]*"')  # the editor's own marks; not text


class NoticeInUse(RuntimeError):
    """A privacy notice was to be changed under which somebody has sent their details."""


class PrivacyNoticeQuerySet(models.QuerySet):
    def newest_first(self):
        """The latest before the older ones."""
        return self.order_by("-in_force_from", "-pk")

    def published(self, on: date):
        """The one in force on that day and those before it."""
        return self.filter(in_force_from__lte=on)

    def in_force(self, on: date):
        """The one in force on that day: one, or none."""
        latest = self.model.objects.published(on).newest_first().values("pk")[:1]
        return self.filter(pk__in=latest)


class PrivacyNotice(PreviewableMixin, index.Indexed, models.Model):
    """One version of the privacy notice. Each enquiry keeps the one under which it was sent."""

    title = "Privacy notice"

    version = models.SlugField(
        max_length=20,
        unique=True,
        error_messages={"unique": "There is a version of that name already"},
        help_text="For example ‘2026-11’. It stands in the address of the notice.",
    )
    in_force_from = models.DateField(
        unique=True,
        error_messages={"unique": "Another version starts on that day"},
        help_text="On this day it takes the place of the version before, by itself.",
    )
    body = RichTextField(
        "text",
        features=["h2", "h3", "ul", "ol", "link", "bold"],
        error_messages={"blank": "Enter the text of the notice"},
    )
    names_portal = models.BooleanField(
        "names the Business Portal",
        default=False,
        help_text="Ticked: the text says that enquiries are passed to the Business Portal. Only "
        "those that were sent under such a version are.",
    )
    to_be_confirmed = models.BooleanField(
        "demonstration text",
        default=False,
        help_text="Ticked: the page says so, and a deployment check fails.",
    )

    base_form_class = PrivacyNoticeForm
    panels = [
        FieldRowPanel([FieldPanel("version"), FieldPanel("in_force_from")]),
        FieldPanel("body"),
        FieldPanel("names_portal"),
        FieldPanel("to_be_confirmed"),
    ]
    search_fields = [
        index.SearchField("title", boost=2),
        index.SearchField("body"),
        index.FilterField("id"),
    ]

    objects = PrivacyNoticeQuerySet.as_manager()

    def __str__(self) -> str:
        return self.version

    def save(self, *args, **kwargs) -> None:
        """
        Save the notice.

        :raises NoticeInUse: if it would change what somebody relied on.
        """
        if self._is_rewritten():
            raise NoticeInUse(IN_USE.format(version=self.version))
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Where exactly this version can be read, for ever."""
        return reverse("privacy_version", args=[self.version])

    def clean(self) -> None:
        if self._is_rewritten():
            raise ValidationError(IN_USE.format(version=self.version))

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "enquiries/privacy.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict:
        return {"notice": self, "current": self, "notices": [self], "fixed": True}

    @property
    def is_in_use(self) -> bool:
        """Whether somebody has sent their details under it."""
        return self.enquiry_set.exists() or self.websitemessage_set.exists()

    def _is_rewritten(self) -> bool:
        """Whether something that people relied on would change."""
        before = type(self).objects.filter(pk=self.pk).first()
        return before is not None and before._text() != self._text() and self.is_in_use

    def _text(self) -> tuple[str, date, str, bool]:
        text = _EDITOR_KEYS.sub("", self.body)
        return self.version, self.in_force_from, text, self.names_portal
