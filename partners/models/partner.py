import uuid

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Prefetch
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.search import index

from core import structured_data as schema
from core.admin_forms import ModelForm
from core.models import PublishedWhole, Rendition

LOGO_PICTURE = "max-192x120|format-webp"  # drawn at half of it or smaller


class PartnerQuerySet(models.QuerySet):
    def published(self):
        """Approved partners that are active: the only door to public lists."""
        return self.filter(live=True, is_active=True)

    def retired(self):
        """Partners that have left: their address says so, and names nobody."""
        return self.filter(is_active=False, retired_on__isnull=False)

    def in_order(self):
        """As the council sorted them."""
        return self.order_by("order", "name", "pk")

    def with_logos(self):
        """With the pictures of their logos. Up to one query more."""
        renditions = Rendition.objects.filter(filter_spec=LOGO_PICTURE)
        return self.select_related("logo").prefetch_related(
            Prefetch("logo__renditions", renditions, to_attr="prefetched_renditions")
        )


class Partner(
    PublishedWhole,
    PreviewableMixin,
    index.Indexed,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    models.Model,
):
    """An organisation of the partnership that delivers offers. Employers are not partners."""

    class Kind(models.TextChoices):
        COUNCIL_TEAM = "council-team", "Council team"
        EMPLOYER_NETWORK = "employer-network", "Employer network"
        RECRUITER = "recruiter", "Recruiter"
        TRAINING = "training-or-college", "Training provider or college"
        CHARITY = "charity", "Charity"
        EMPLOYMENT_SERVICE = "employment-service", "Employment service"
        ACCREDITATION = "accreditation", "Accreditation"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(
        max_length=120, unique=True, error_messages={"blank": "Enter the organisation’s name"}
    )
    slug = models.SlugField(
        max_length=120,
        unique=True,
        error_messages={"blank": "Enter the last part of its address"},
        help_text="Its address: /partners/…/. Links break if it changes.",
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    role = models.CharField(
        max_length=80, help_text="What it does here in a few words: ‘Mentoring and volunteering’."
    )
    about = RichTextField(blank=True, features=["h3", "ul", "ol", "link", "bold"])
    website = models.URLField(
        blank=True,
        validators=[URLValidator(["https"], message="Enter an address that starts with https://")],
        help_text="Starts with https://",
    )
    logo = models.ForeignKey(
        "core.SiteImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    public_email = models.EmailField("public e-mail", blank=True)
    public_phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(
        "active",
        default=True,
        help_text="Unticked: the partner and its offer links leave the public site at once.",
    )
    retired_on = models.DateField(null=True, blank=True)
    to_be_confirmed = models.BooleanField(
        "demonstration text",
        default=False,
        help_text="Ticked: the page says that the text and the room are still to be confirmed.",
    )
    order = models.PositiveSmallIntegerField(default=0, help_text="Low numbers come first.")

    _revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
        related_query_name="partner",
    )
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
        related_query_name="partner",
    )

    base_form_class = ModelForm
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("role")]),
        FieldPanel("about"),
        MultiFieldPanel(
            [FieldPanel("website"), FieldPanel("public_email"), FieldPanel("public_phone")],
            "How the public reaches it",
        ),
        FieldPanel("logo"),
        FieldRowPanel([FieldPanel("is_active"), FieldPanel("retired_on"), FieldPanel("order")]),
        FieldPanel("to_be_confirmed"),
    ]

    search_fields = [
        index.SearchField("title", boost=2),
        index.SearchField("about"),
        index.SearchField("role"),
        index.SearchField("get_kind_display"),
        index.AutocompleteField("title"),
        index.FilterField("live"),
        index.FilterField("is_active"),
    ]

    objects = PartnerQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partner", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        if self.retired_on and self.is_active:
            raise ValidationError({"retired_on": "Untick Active too: the date alone hides nothing"})

    def structured_data(self) -> dict:
        """The organisation as a thing of schema.org, as others refer to it."""
        return {
            "@type": "Organization",
            "name": self.name,
            "url": schema.full(self.get_absolute_url()),
        }

    def get_preview_template(self, request, mode_name):
        return "partners/partner.html"

    def get_preview_context(self, request, mode_name):
        return {**super().get_preview_context(request, mode_name), "partner": self}

    @property
    def title(self) -> str:
        """The name, as the search index and its results call it."""
        return self.name
