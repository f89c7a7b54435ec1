"""The screens of the outbox: messages and mailboxes. Personal data, so no snippets and no texts."""

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.urls import path, reverse
from wagtail.admin.admin_url_finder import ModelAdminURLFinder
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import HeaderButton

from . import admin_views
from .models import Mailbox, MailboxQuerySet, Message, MessageQuerySet


class RecordViewSet(ModelViewSet):
    """What the site wrote down: read here; nobody adds, edits or deletes it by hand."""

    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
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

    @property
    def url_finder_class(self) -> type[ModelAdminURLFinder]:
        """Where Wagtail's reports link to: they ask for the editing screen, which there is not."""
        inspect = self.get_url_name("inspect")
        return type("InspectFinder", (ModelAdminURLFinder,), {"edit_url_name": inspect})

    def get_urlpatterns(self) -> list:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
        ]


class RecordInspectView(InspectView):
    """One record; nobody else is told whether it is there."""

    any_permission_required = ["view"]

    def get_object(self, queryset: QuerySet | None = None) -> Model:
        if not self.user_has_any_permission(self.any_permission_required):
            raise PermissionDenied
        return super().get_object(queryset)


class MessageFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(choices=Message.State.choices, label="State")
    purpose = django_filters.MultipleChoiceFilter(choices=[], label="About")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        purposes = (
            Message.objects.mails().order_by("purpose").values_list("purpose", flat=True).distinct()
        )
        self.filters["purpose"].extra["choices"] = [
            (purpose, Message(purpose=purpose).about) for purpose in purposes
        ]

    class Meta:
        model = Message
        fields = ["state", "purpose"]


class MessageIndexView(IndexView):
    any_permission_required = ["view"]

    def get_base_queryset(self) -> MessageQuerySet:
        """Without the texts, which are long and not shown."""
        return super().get_base_queryset().mails().defer("subject", "body", "body_html")


class MessageInspectView(RecordInspectView):
    page_title = "Mail"
    template_name = "outbox_admin/message.html"

    def get_object(self, queryset=None) -> Message:
        return super().get_object(Message.objects.mails().defer("subject", "body", "body_html"))

    def get_page_subtitle(self) -> str:
        return self.object.about

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(
            message=self.object, can_change=self.user_has_permission("change"), **kwargs
        )


class MessageViewSet(RecordViewSet):
    model = Message
    name = "mail"
    icon = "mail"
    menu_label = "Mail"
    menu_name = "outbox"  # "mail" would be marked as open where "mailboxes" is
    menu_order = 170
    ordering = ["-pk"]
    index_view_class = MessageIndexView
    inspect_view_class = MessageInspectView
    filterset_class = MessageFilterSet
    search_fields = ["recipient"]
    list_display = [
        "about",
        Column("recipient", label="To", sort_key="recipient"),
        Column("get_state_display", label="State", sort_key="state"),
        Column("attempts", label="Tries", sort_key="attempts"),
        DateColumn("created_at", label="Written", sort_key="created_at"),
        Column("last_error", label="Last error"),
    ]

    def get_urlpatterns(self) -> list:
        send_again = path("send-again/<int:pk>/", admin_views.send_again, name="send_again")
        return [*super().get_urlpatterns(), send_again]


class MailboxFilterSet(WagtailFilterSet):
    status = django_filters.ChoiceFilter(
        method="with_status",
        choices=[("usable", "In use"), ("bounced", "Bounced"), ("unproven", "Not proven")],
        label="Status",
    )

    def with_status(self, queryset: MailboxQuerySet, name: str, status: str) -> MailboxQuerySet:
        if status == "usable":
            return queryset.usable()
        if status == "bounced":
            return queryset.filter(bounced_at__isnull=False)
        return queryset.filter(proven_at__isnull=True)

    class Meta:
        model = Mailbox
        fields = ["status"]


class MailboxIndexView(IndexView):
    any_permission_required = ["view"]

    @property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.user_has_permission("change"):
            return []
        return [
            HeaderButton("Prove a mailbox", url=reverse("mailboxes:send_code"), icon_name="key")
        ]


class MailboxInspectView(RecordInspectView):
    page_title = "Mailbox"
    template_name = "outbox_admin/mailbox.html"

    def get_page_subtitle(self) -> str:
        return self.object.address

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(
            mailbox=self.object, can_change=self.user_has_permission("change"), **kwargs
        )


class MailboxViewSet(RecordViewSet):
    model = Mailbox
    name = "mailboxes"
    icon = "key"
    menu_label = "Mailboxes"
    menu_order = 180
    ordering = ["wire_address"]
    index_view_class = MailboxIndexView
    inspect_view_class = MailboxInspectView
    filterset_class = MailboxFilterSet
    search_fields = ["address"]
    list_display = [
        "address",
        Column("status", label="Status"),
        DateColumn("proven_at", label="Proven", sort_key="proven_at"),
        DateColumn("bounced_at", label="Bounced", sort_key="bounced_at"),
        Column("bounced_why", label="Why"),
    ]

    def get_urlpatterns(self) -> list:
        return [
            *super().get_urlpatterns(),
            path("send-code/", admin_views.send_code, name="send_code"),
            path("enter-code/<int:pk>/", admin_views.enter_code, name="enter_code"),
            path("bounced/<int:pk>/", admin_views.mark_bounced, name="mark_bounced"),
        ]
