"""The screens of the CMS about members. Personal data, so no snippets."""

from django.urls import path
from django.utils.formats import date_format
from django.utils.timezone import localtime
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from . import admin_views
from .models import Invitation, InvitationQuerySet, Membership, MembershipQuerySet


class _AllowedView(IndexView):
    any_permission_required = ["view"]


class MembershipIndexView(_AllowedView):
    def get_base_queryset(self) -> MembershipQuerySet:
        return super().get_base_queryset().select_related("partner", "user")


class MembershipEditView(EditView):
    def get_page_subtitle(self) -> str:
        return f"{self.object.user}, {self.object.partner}"


class MembershipDeleteView(DeleteView):
    page_title = "Remove a member"

    def get_page_subtitle(self) -> str:
        return f"{self.object.user}, {self.object.partner}"

    @property
    def confirmation_message(self) -> str:
        return (
            f"{self.object.user} cannot open the pages of {self.object.partner} any more then, "
            "from that moment on. The account stays."
        )


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
    edit_view_class = MembershipEditView
    delete_view_class = MembershipDeleteView
    ordering = ["partner__name", "-is_lead", "pk"]
    list_filter = ["partner", "is_lead", "is_coordinator"]
    search_fields = ["partner__name", "user__email", "user__first_name", "user__last_name"]
    list_display = [
        TitleColumn("user", label="Member", url_name="members:edit", id_accessor="pk"),
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


class InvitationDeleteView(DeleteView):
    page_title = "Delete an invitation"

    def get_page_subtitle(self) -> str:
        return f"{self.object.email}, {self.object.partner}"

    @property
    def confirmation_message(self) -> str:
        return "Its link opens nothing any more then. Who accepted it already stays a member."


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
    delete_view_class = InvitationDeleteView
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
        Column(
            "expires_at",
            label="Holds until",
            sort_key="expires_at",
            accessor=lambda invitation: date_format(localtime(invitation.expires_at), "j F Y"),
        ),
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
