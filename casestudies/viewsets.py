"""The screens of the register and of what employers answered. Personal data, so no snippets."""

from datetime import timedelta

import django_filters
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import SnippetViewSet

from core.working_days import today
from outbox.viewsets import RecordInspectView, RecordViewSet

from . import permission_views, services
from .models import CaseStudyTag, Permission, PermissionQuerySet, SignOff, SignOffQuerySet
from .permission_forms import STAYS, PermissionForm

ENDS_SOON = timedelta(days=60)


class CaseStudyTagViewSet(SnippetViewSet):
    model = CaseStudyTag
    icon = "tag"
    menu_label = "Case study tags"
    list_display = ["name"]
    ordering = ["name"]


class PermissionFilterSet(WagtailFilterSet):
    status = django_filters.ChoiceFilter(
        method="with_status",
        choices=[
            ("in-force", "In force"),
            ("lapsing", f"Ends within {ENDS_SOON.days} days"),
            ("over", "Over"),
            ("withdrawn", "Withdrawn"),
            ("replaced", "Replaced by a later one"),
        ],
        label="Status",
    )

    def with_status(
        self, queryset: PermissionQuerySet, name: str, status: str
    ) -> PermissionQuerySet:
        if status == "in-force":
            return queryset.in_force(today())
        if status == "lapsing":
            return queryset.lapsing(today(), ENDS_SOON)
        if status == "over":
            return queryset.lapsed(today())
        return queryset.replaced() if status == "replaced" else queryset.withdrawn()

    class Meta:
        model = Permission
        fields = ["status"]


class PermissionIndexView(IndexView):
    any_permission_required = ["view"]

    def get_base_queryset(self) -> PermissionQuerySet:
        return super().get_base_queryset().select_related("case_study", "picture")


class PermissionCreateView(CreateView):
    def save_instance(self) -> Permission:
        self.form.instance.added_by = self.request.user
        self.form.instance.created_at = timezone.now()
        return super().save_instance()


class PermissionEditView(EditView):
    def form_valid(self, form: PermissionForm) -> HttpResponse:
        """What came between the form and the save is said above what was typed."""
        try:
            return super().form_valid(form)
        except services.WithdrawnBefore:
            form.add_error(None, STAYS)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        self.produced_error_message = self.get_error_message()
        return self.form_invalid(form)

    def save_instance(self) -> Permission:
        """Save it, with what was changed in Wagtail's log, and act on it at once."""
        return services.change_permission(
            permission=self.form.instance,
            fields=self.form.changed_data,
            by=self.request.user,
            now=timezone.now(),
        )


class PermissionHistoryView(HistoryView):
    """Nobody else is told whether a row is there."""

    any_permission_required = ["add", "change", "view"]

    def get_object(self, *args, **kwargs) -> Permission:
        if not self.user_has_any_permission(self.any_permission_required):
            raise PermissionDenied
        return super().get_object(*args, **kwargs)


class PermissionInspectView(RecordInspectView):
    page_title = "Permission"
    template_name = "casestudies_admin/permission.html"

    def get_object(self, queryset=None) -> Permission:
        related = ("case_study", "picture", "added_by")
        return super().get_object(Permission.objects.select_related(*related))

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.user_has_permission("change") or self.object.withdrawn_on:
            return []
        withdraw = reverse("permissions:withdraw", args=[self.object.pk])
        return [HeaderButton("Withdraw", withdraw, icon_name="cross")]

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(
            permission=self.object, status=self.object.status(today()), **kwargs
        )


class PermissionViewSet(ModelViewSet):
    """Who agreed to what, until when. Nothing is deleted: it says by what right it was shown."""

    model = Permission
    name = "permissions"
    icon = "key"
    menu_label = "Permissions"
    menu_order = 210
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = PermissionIndexView
    add_view_class = PermissionCreateView
    edit_view_class = PermissionEditView
    history_view_class = PermissionHistoryView
    inspect_view_class = PermissionInspectView
    filterset_class = PermissionFilterSet
    search_fields = ["organisation", "person", "case_study__title"]
    ordering = ["until", "pk"]
    list_display = [
        "organisation",
        Column("covers", label="May be shown"),
        Column("case_study", label="Case study"),
        Column("person", label="Given by", sort_key="person"),
        Column("until", label="Holds until", sort_key="until"),
        Column("status", label="Status", accessor=lambda permission: permission.status(today())),
    ]

    def get_common_view_kwargs(self, **kwargs) -> dict:
        none = dict.fromkeys(("delete_url_name", "usage_url_name"))
        return super().get_common_view_kwargs(**{**none, **kwargs})

    def get_urlpatterns(self) -> list:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
            path("edit/<int:pk>/", self.edit_view, name="edit"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
            path("history/<int:pk>/", self.history_view, name="history"),
            path("history-results/<int:pk>/", self.history_results_view, name="history_results"),
            path("withdraw/<int:pk>/", permission_views.withdraw, name="withdraw"),
        ]


class SignOffFilterSet(WagtailFilterSet):
    status = django_filters.ChoiceFilter(
        method="with_status",
        choices=[
            ("commented", "To change"),
            ("waiting", "Waiting for an answer"),
            ("approved", "Approved"),
        ],
        label="Status",
    )

    def with_status(self, queryset: SignOffQuerySet, name: str, status: str) -> SignOffQuerySet:
        if status == "commented":
            return queryset.commented()
        return queryset.unanswered() if status == "waiting" else queryset.approved()

    class Meta:
        model = SignOff
        fields = ["status"]


class SignOffIndexView(IndexView):
    any_permission_required = ["view"]

    def get_base_queryset(self) -> SignOffQuerySet:
        return super().get_base_queryset().select_related("case_study", "asked_by")


class SignOffInspectView(RecordInspectView):
    page_title = "Sign-off"
    template_name = "casestudies_admin/sign_off.html"

    def get_object(self, queryset=None) -> Model:
        return super().get_object(SignOff.objects.select_related("case_study", "asked_by"))

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(sign_off=self.object, **kwargs)


class SignOffViewSet(RecordViewSet):
    """What employers were asked, and what they answered."""

    model = SignOff
    name = "sign_offs"
    url_prefix = "sign-offs"
    icon = "check"
    menu_label = "Sign-offs"
    menu_order = 211
    index_view_class = SignOffIndexView
    inspect_view_class = SignOffInspectView
    filterset_class = SignOffFilterSet
    search_fields = ["case_study__title", "sent_to", "person"]
    ordering = ["-asked_at", "-pk"]
    list_display = [
        Column("case_study", label="Case study"),
        Column("status", label="Status"),
        Column("sent_to", label="Asked", sort_key="sent_to"),
        Column("asked_by", label="Asked by"),
        DateColumn("asked_at", label="Asked on", sort_key="asked_at"),
        DateColumn("answered_at", label="Answered", sort_key="answered_at"),
    ]
