"""The screens of the desk: lists, one enquiry, one message. Personal data, so no snippets."""

import django_filters
from django.db.models import Exists, OuterRef
from django.urls import path
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from offers.choices import Size
from offers.models import OfferPage

from . import admin_views
from .models import (
    Enquiry,
    EnquiryQuerySet,
    Interest,
    PrivacyNotice,
    WebsiteMessage,
    WebsiteMessageQuerySet,
)


class EnquiryFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        method="with_state", choices=Interest.State.choices, label="Status"
    )
    offer = django_filters.ModelMultipleChoiceFilter(
        field_name="interests__offer__slug",
        queryset=lambda _: OfferPage.objects.in_order(),
        to_field_name="slug",
        label="Offer",
        distinct=True,
    )
    quarantined = django_filters.BooleanFilter(
        field_name="quarantined_at", lookup_expr="isnull", exclude=True, label="In quarantine"
    )
    created_at = django_filters.DateFromToRangeFilter(
        label="Received", widget=DateRangePickerWidget
    )
    size = django_filters.MultipleChoiceFilter(choices=Size.choices, label="People employed")

    def with_state(
        self, queryset: EnquiryQuerySet, name: str, states: list[str]
    ) -> EnquiryQuerySet:
        """Those with an interest in one of the states; what is in quarantine has none yet."""
        if not states:
            return queryset
        interests = Interest.objects.filter(enquiry=OuterRef("pk"), state__in=states)
        return queryset.not_quarantined().filter(Exists(interests))

    class Meta:
        model = Enquiry
        fields = ["state", "offer", "quarantined", "created_at", "size"]


class EnquiryIndexView(IndexView):
    any_permission_required = ["view"]

    def get_base_queryset(self) -> EnquiryQuerySet:
        return super().get_base_queryset().prefetch_related("interests")

    def search_queryset(self, queryset: EnquiryQuerySet) -> EnquiryQuerySet:
        """By reference in any spelling, organisation, person or e-mail address."""
        return queryset.matching(self.search_query) if self.is_searching else queryset


class EnquiryInspectView(InspectView):
    any_permission_required = ["view"]
    page_title = "Enquiry"
    template_name = "enquiries_admin/inspect.html"

    def get_object(self, queryset=None) -> Enquiry:
        return super().get_object(Enquiry.objects.select_related("sector"))

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(
            enquiry=self.object,
            interests=self.object.interests.select_related("offer", "partner").order_by("pk"),
            timeline=self.object.timeline.select_related("actor", "message").order_by("at", "pk"),
            can_change=self.user_has_permission("change"),
            **kwargs,
        )


class DeskViewSet(ModelViewSet):
    """What employers and visitors sent: read here; nobody adds, edits or deletes it by hand."""

    icon = "mail"
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    ordering = ["-created_at"]
    form_fields = []

    def get_common_view_kwargs(self, **kwargs) -> dict:
        unavailable = dict.fromkeys(
            (
                "add_url_name",
                "edit_url_name",
                "delete_url_name",
                "history_url_name",
                "usage_url_name",
            )
        )
        return super().get_common_view_kwargs(**{**unavailable, **kwargs})

    def get_urlpatterns(self) -> list:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
        ]


class EnquiryViewSet(DeskViewSet):
    model = Enquiry
    name = "enquiries"
    menu_order = 150
    index_view_class = EnquiryIndexView
    inspect_view_class = EnquiryInspectView
    filterset_class = EnquiryFilterSet
    search_fields = ["reference", "organisation", "name", "email"]
    list_display = [
        "reference",
        Column("organisation", label="Organisation", sort_key="organisation"),
        Column("name", label="Person", sort_key="name"),
        Column("status", label="Status"),
        DateColumn("created_at", label="Received", sort_key="created_at"),
        Column("reply_due_on", label="Reply by", sort_key="reply_due_on"),
    ]

    def get_urlpatterns(self) -> list:
        release = path("release/<int:pk>/", admin_views.release, name="release")
        return [*super().get_urlpatterns(), release]


class WebsiteMessageFilterSet(WagtailFilterSet):
    status = django_filters.ChoiceFilter(
        method="with_status",
        choices=[("open", "To handle"), ("handled", "Handled"), ("quarantined", "In quarantine")],
        label="Status",
    )
    topic = django_filters.MultipleChoiceFilter(choices=WebsiteMessage.Topic.choices, label="About")

    def with_status(
        self, queryset: WebsiteMessageQuerySet, name: str, status: str
    ) -> WebsiteMessageQuerySet:
        if status == "open":
            return queryset.to_handle()
        if status == "quarantined":
            return queryset.quarantined()
        return queryset.filter(handled_at__isnull=False)

    class Meta:
        model = WebsiteMessage
        fields = ["status", "topic"]


class WebsiteMessageIndexView(IndexView):
    any_permission_required = ["view"]


class WebsiteMessageInspectView(InspectView):
    any_permission_required = ["view"]
    page_title = "Message about the website"
    template_name = "enquiries_admin/website_message.html"

    def get_object(self, queryset=None) -> WebsiteMessage:
        related = ("privacy_notice", "acknowledgement", "handled_by", "released_by")
        return super().get_object(WebsiteMessage.objects.select_related(*related))

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(
            message=self.object, can_change=self.user_has_permission("change"), **kwargs
        )


class WebsiteMessageViewSet(DeskViewSet):
    model = WebsiteMessage
    name = "website_messages"
    url_prefix = "website-messages"
    menu_label = "Website messages"
    menu_order = 160
    index_view_class = WebsiteMessageIndexView
    inspect_view_class = WebsiteMessageInspectView
    filterset_class = WebsiteMessageFilterSet
    search_fields = ["name", "email", "message", "page"]
    list_display = [
        "topic",
        DateColumn("created_at", label="Received", sort_key="created_at"),
        Column("due_on", label="Answer by", sort_key="due_on"),
        Column("status", label="Status"),
        DateColumn("handled_at", label="Handled", sort_key="handled_at"),
    ]

    def get_urlpatterns(self) -> list:
        return [
            *super().get_urlpatterns(),
            path("release/<int:pk>/", admin_views.release_website_message, name="release"),
            path("handle/<int:pk>/", admin_views.handle_website_message, name="handle"),
        ]


class PrivacyNoticeViewSet(SnippetViewSet):
    model = PrivacyNotice
    icon = "lock"
    menu_label = "Privacy notices"
    add_to_settings_menu = True
    list_display = ["version", "in_force_from", "to_be_confirmed"]
    search_backend_name = None  # a few rows: plain lookups find parts of words too
    search_fields = ["version"]
    ordering = ["-in_force_from"]
