"""The screens of the CMS about members. Personal data, so no snippets."""

from django.urls import path
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from . import admin_views
from .models import Invitation, InvitationQuerySet, Membership, MembershipQuerySet


class _AllowedView(IndexView):
    any_permission_required = ["view"]


class MembershipIndexView(_AllowedView):
    def get_base_queryset(self) -> MembershipQuerySet:
        return super().get_base_queryset().select_related("partner", "user")


class MembershipViewSet(ModelViewSet):
    """Who acts for which partner. Nobody is added here: people accept an invitation."""

    model = Membership
    name = "members"
    icon = "user"
    menu_label = "Members"
    menu_order = 221  # after the partners
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = MembershipIndexView
    ordering = ["partner__name", "-is_lead", "pk"]
    list_filter = ["partner", "is_lead", "is_coordinator"]
    search_fields = ["partner__name", "user__email", "user__first_name", "user__last_name"]
    list_display = [
        Column("user", label="Member"),
        Column("partner", label="Partner", sort_key="partner__name"),
        BooleanColumn("is_lead", label="Lead", sort_key="is_lead"),
        BooleanColumn("is_coordinator", label="Coordinator", sort_key="is_coordinator"),
        DateColumn("joined_at", label="Since", sort_key="joined_at"),
    ]

    def get_common_view_kwargs(self, **kwargs) -> dict:
        unavailable = dict.fromkeys(["add_url_name", "history_url_name", "usage_url_name"])
        return super().get_common_view_kwargs(**{**unavailable, **kwargs})

    def get_urlpatterns(self) -> list:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("edit/<int:pk>/", self.edit_view, name="edit"),
            path("delete/<int:pk>/", self.delete_view, name="delete"),
        ]


class InvitationIndexView(_AllowedView):
    def get_base_queryset(self) -> InvitationQuerySet:
        return super().get_base_queryset().select_related("partner")


class InvitationViewSet(ModelViewSet):
    """Who was invited. One that is deleted opens nothing any more."""

    model = Invitation
    name = "invitations"
    icon = "mail"
    menu_label = "Invitations"
    menu_order = 222
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    form_fields = []
    index_view_class = InvitationIndexView
    ordering = ["-pk"]
    list_filter = ["partner"]
    search_fields = ["email", "partner__name"]
    list_display = [
        TitleColumn(
            "email",
            label="Address",
            sort_key="email",
            url_name="invitations:delete",
            id_accessor="pk",
        ),
        Column("partner", label="Partner", sort_key="partner__name"),
        BooleanColumn("is_lead", label="As a lead"),
        DateColumn("created_at", label="Sent", sort_key="created_at"),
        DateColumn("expires_at", label="Holds until", sort_key="expires_at"),
        DateColumn("accepted_at", label="Accepted"),
        DateColumn("withdrawn_at", label="Withdrawn"),
    ]

    def get_common_view_kwargs(self, **kwargs) -> dict:
        unavailable = dict.fromkeys(["edit_url_name", "history_url_name", "usage_url_name"])
        return super().get_common_view_kwargs(**{**unavailable, **kwargs})

    def get_urlpatterns(self) -> list:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", admin_views.invite, name="add"),
            path("delete/<int:pk>/", self.delete_view, name="delete"),
        ]
