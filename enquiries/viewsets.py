"""The enquiry screens of the CMS: a list and one enquiry. Personal data, so no snippet."""

import django_filters
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import path
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet

from offers.choices import Size
from offers.models import OfferPage

from . import admin_views
from .models import Enquiry, EnquiryQuerySet, Interest


class EnquiryFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        method="with_state", choices=Interest.State.choices, label="Status"
    )
    offer = django_filters.ModelMultipleChoiceFilter(
        field_name="interests__offer",
        queryset=lambda _: OfferPage.objects.in_order(),
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


class EnquiryViewSet(ModelViewSet):
    """Enquiries for the desk. They are read here; nobody adds, edits or deletes one by hand."""

    model = Enquiry
    name = "enquiries"
    icon = "mail"
    add_to_admin_menu = True
    menu_order = 150
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = EnquiryIndexView
    inspect_view_class = EnquiryInspectView
    filterset_class = EnquiryFilterSet
    search_fields = ["reference", "organisation", "name", "email"]
    ordering = ["-created_at"]
    list_display = [
        "reference",
        Column("organisation", label="Organisation", sort_key="organisation"),
        Column("name", label="Person", sort_key="name"),
        Column("status", label="Status"),
        DateColumn("created_at", label="Received", sort_key="created_at"),
        Column("reply_due_on", label="Reply by", sort_key="reply_due_on"),
    ]

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
            path("release/<int:pk>/", admin_views.release, name="release"),
        ]


def may_see_enquiries(request: HttpRequest) -> bool:
    """Whether the person at the desk, or an administrator, is asking."""
    return request.user.has_perm("enquiries.view_enquiry")
