"""The screens of the desk: lists, one enquiry, one message. Personal data, so no snippets."""

from typing import NamedTuple

import django_filters
from django.core.paginator import Page
from django.db.models import Value
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.sidebar import LinkMenuItem as LinkMenuItemComponent
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import SnippetViewSet

from core.working_days import today
from offers.choices import Size
from offers.models import OfferPage, Sector
from outbox.viewsets import RecordInspectView, RecordViewSet
from partners.models import Partner

from . import services, website_admin_views
from .action_views import ON_ENQUIRIES, Log, people_at_the_desk
from .exports import EnquiryExport
from .interest_views import ON_INTERESTS
from .models import (
    Enquiry,
    EnquiryQuerySet,
    Interest,
    PrivacyNotice,
    ReplyTemplate,
    SchoolTerm,
    WebsiteMessage,
    WebsiteMessageQuerySet,
)
from .needs import BY_CODE, NEEDS, counted_for
from .report_views import ReportView

INTEREST = ("state", "offer", "partner")  # filters about one interest
OTHERS_SHOWN = 10  # earlier enquiries of an organisation, beside one of them


class Choice(NamedTuple):
    """Something the list can be filtered by."""

    which: str
    name: str
    slug: str
    key: int


def _choices() -> dict[str, list[Choice]]:
    """What the list can be filtered by, of each kind in the order of its names; one query."""
    rows = [
        things.values_list(Value(which), name, "slug", "pk").order_by()
        for which, name, things in (
            ("offer", "title", OfferPage.objects),
            ("partner", "name", Partner.objects),
            ("sector", "name", Sector.objects),
        )
    ]
    choices = {"offer": [], "partner": [], "sector": []}
    for row in sorted(rows[0].union(*rows[1:], all=True)):
        choice = Choice(*row)
        choices[choice.which].append(choice)
    return choices


class EnquiryFilterSet(WagtailFilterSet):
    needs = django_filters.ChoiceFilter(
        method="that_need",
        choices=[(need.code, need.label) for need in NEEDS],
        label="What it needs",
    )
    state = django_filters.MultipleChoiceFilter(
        method="with_the_others", choices=Interest.State.choices, label="Status"
    )
    owner = django_filters.ModelChoiceFilter(
        queryset=lambda _: people_at_the_desk(),
        label="Who looks after it",
        null_label="Nobody",
    )
    offer = django_filters.MultipleChoiceFilter(method="with_the_others", choices=[], label="Offer")
    partner = django_filters.MultipleChoiceFilter(
        method="with_the_others", choices=[], label="Partner"
    )
    sector = django_filters.MultipleChoiceFilter(method="of_sector", choices=[], label="Sector")
    # Neither finds a row twice, and telling rows apart by all their columns takes time.
    size = django_filters.MultipleChoiceFilter(
        choices=Size.choices, label="People employed", distinct=False
    )
    source = django_filters.MultipleChoiceFilter(
        choices=Enquiry.Source.choices, label="How it came in", distinct=False
    )
    created_at = django_filters.DateFromToRangeFilter(
        label="Received", widget=DateRangePickerWidget
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.choices = _choices()
        for name, choices in self.choices.items():
            self.filters[name].extra["choices"] = [(one.slug, one.name) for one in choices]

    def that_need(self, queryset: EnquiryQuerySet, name: str, code: str) -> EnquiryQuerySet:
        return BY_CODE[code].find(queryset, today())

    def filter_queryset(self, queryset: EnquiryQuerySet) -> EnquiryQuerySet:
        """State, offer and partner are asked of one interest: ‘mentoring, closed’."""
        found = super().filter_queryset(queryset)
        state, offer, partner = (self.form.cleaned_data[name] for name in INTEREST)
        wanted = {
            "state__in": state,
            "offer__in": self._keys("offer", offer),
            "partner__in": self._keys("partner", partner),
        }
        if state:  # what is in quarantine has none yet
            found = found.not_quarantined()
        wanted = {lookup: values for lookup, values in wanted.items() if values}
        return found.with_interest(**wanted) if wanted else found

    def with_the_others(
        self, queryset: EnquiryQuerySet, name: str, values: list[str]
    ) -> EnquiryQuerySet:
        return queryset  # see `filter_queryset`

    def of_sector(self, queryset: EnquiryQuerySet, name: str, slugs: list[str]) -> EnquiryQuerySet:
        return queryset.filter(sector__in=self._keys(name, slugs)) if slugs else queryset

    def _keys(self, name: str, slugs: list[str]) -> list[int]:
        """The keys of the choices with these slugs: without joining their tables."""
        return [choice.key for choice in self.choices[name] if choice.slug in slugs]

    class Meta:
        model = Enquiry
        fields = [
            *("needs", "state", "owner", "offer", "partner", "sector", "size", "source"),
            "created_at",
        ]


class KeysFirst(WagtailPaginator):
    """Finds the rows of a page by their keys, so that those before it are not read whole."""

    def page(self, number: int | str) -> Page:
        number = self.validate_number(number)
        end = number * self.per_page
        keys = self.object_list.values("pk")[end - self.per_page : end]
        return self._get_page(self.object_list.filter(pk__in=keys), number, self)


class EnquiryIndexView(EnquiryExport, IndexView):
    any_permission_required = ["view"]
    paginator_class = KeysFirst

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """An export goes without what the screen shows: for that, every row would be read."""
        if self.is_export:
            return self.as_spreadsheet(self.get_queryset(), request.GET["export"])
        return super().get(request, *args, **kwargs)

    def get_base_queryset(self) -> EnquiryQuerySet:
        found = super().get_base_queryset()
        if self.is_export:
            return found.for_export()
        return found.select_related("owner").prefetch_related("interests")

    @cached_property
    def columns(self) -> list[Column]:
        if not self.user_has_permission("change"):
            return super().columns
        return [BulkActionsCheckboxColumn("bulk_actions", obj_type="enquiry"), *super().columns]

    def search_queryset(self, queryset: EnquiryQuerySet) -> EnquiryQuerySet:
        """By reference in any spelling, organisation, person or e-mail address."""
        return queryset.matching(self.search_query) if self.is_searching else queryset

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(
            needs=counted_for(self.request).each,
            month_begins=today().replace(day=1),
            **kwargs,
        )

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        report = HeaderButton("Report", reverse("enquiries:report"), icon_name="table")
        if not self.user_has_permission("change"):
            return [report]
        log = HeaderButton("Log an enquiry", reverse("enquiries:log"), icon_name="plus")
        return [log, report]


class EnquiryInspectView(RecordInspectView):
    page_title = "Enquiry"
    template_name = "enquiries_admin/inspect.html"

    def get_object(self, queryset=None) -> Enquiry:
        related = ("sector", "owner", "merged_into", "privacy_notice")
        return super().get_object(Enquiry.objects.select_related(*related))

    def get_context_data(self, **kwargs) -> dict:
        enquiry = self.object
        timeline = enquiry.timeline.select_related(
            "actor", "owner", "partner", "other", "message", "interest"
        )
        others = Enquiry.objects.of_the_same_organisation(enquiry).not_quarantined()
        return super().get_context_data(
            enquiry=enquiry,
            interests=enquiry.interests.select_related("offer", "partner", "story").in_order(),
            not_mailed=services.not_mailed(enquiry),
            elsewhere=set(enquiry.interests.arranged_elsewhere().values_list("pk", flat=True)),
            timeline=timeline.order_by("at", "pk"),
            others=others.prefetch_related("interests").newest_first()[:OTHERS_SHOWN],
            undelivered=enquiry.timeline.undelivered().count(),
            seen=enquiry.timeline.newest(),
            duplicates=enquiry.duplicates.order_by("pk"),
            templates=ReplyTemplate.objects.fitting(enquiry).select_related("offer").in_order(),
            today=today(),
            can_change=self.user_has_permission("change"),
            **kwargs,
        )


class DeskViewSet(RecordViewSet):
    """What employers and visitors sent."""

    icon = "mail"
    ordering = ["-created_at", "-id"]


class NumberedMenuItem(MenuItem):
    """In the menu: how many enquiries need somebody."""

    def render_component(self, request: HttpRequest) -> LinkMenuItemComponent:
        component = super().render_component(request)
        if number := counted_for(request).in_all:
            component.label = f"{self.label} ({number})"
        return component


class EnquiryViewSet(DeskViewSet):
    model = Enquiry
    name = "enquiries"
    menu_order = 150
    index_view_class = EnquiryIndexView
    inspect_view_class = EnquiryInspectView
    index_template_name = "enquiries_admin/index.html"
    filterset_class = EnquiryFilterSet
    search_fields = ["reference", "organisation", "name", "email"]
    list_display = [
        "reference",
        Column("organisation", label="Organisation", sort_key="organisation"),
        Column("name", label="Person", sort_key="name"),
        Column("status", label="Status"),
        Column("owner", label="Who looks after it"),
        DateColumn("created_at", label="Received", sort_key="created_at"),
        Column("due_on", label="Next by"),
    ]

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        return type("EnquiryMenuItem", (super().menu_item_class, NumberedMenuItem), {})

    def get_urlpatterns(self) -> list:
        return [
            *super().get_urlpatterns(),
            path("log/", Log.as_view(), name=Log.name),
            path("report/", ReportView.as_view(), name="report"),
            *(
                path(f"{action.name}/<int:pk>/", action.as_view(), name=action.name)
                for action in ON_ENQUIRIES
            ),
            *(
                path(f"interest/{action.name}/<int:pk>/", action.as_view(), name=action.name)
                for action in ON_INTERESTS
            ),
        ]


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


class WebsiteMessageInspectView(RecordInspectView):
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
            path("release/<int:pk>/", website_admin_views.release_website_message, name="release"),
            path("handle/<int:pk>/", website_admin_views.handle_website_message, name="handle"),
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


class ReplyTemplateViewSet(SnippetViewSet):
    model = ReplyTemplate
    icon = "openquote"
    menu_label = "Replies"
    menu_order = 170
    add_to_admin_menu = True
    list_display = ["name", "offer"]
    list_filter = ["offer"]
    search_backend_name = None
    search_fields = ["name", "text"]
    ordering = ["name", "pk"]


class SchoolTermViewSet(SnippetViewSet):
    model = SchoolTerm
    icon = "calendar-alt"
    menu_label = "School terms"
    add_to_settings_menu = True
    list_display = ["name", "starts_on", "ends_on"]
    ordering = ["starts_on", "pk"]
