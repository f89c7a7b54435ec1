"""The screens of the CMS about members. Personal data, so no snippets."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from . import admin_views, services
from .models import Invitation, InvitationQuerySet, Membership, MembershipQuerySet


class _AllowedView(IndexView):
    any_permission_required = ["view"]


class MembershipIndexView(_AllowedView):
    def get_base_queryset(self) -> MembershipQuerySet:
        return super().get_base_queryset().select_related("partner", "user")


def _meanwhile(request: HttpRequest) -> HttpResponse:
    messages.error(request, "Somebody else removed this member meanwhile.")
    return redirect("members:index")


def _tell_if_nobody_leads(request: HttpRequest, membership: Membership) -> None:
    """After somebody who led lost it or was removed."""
    partner = membership.partner
    if services.is_led(partner):
        return
    may_invite = request.user.has_perm("partners.add_invitation")
    buttons = [messages.button(reverse("invitations:add"), "Invite")] if may_invite else None
    text = f"Nobody leads {partner} any more: invite somebody as a lead."
    messages.warning(request, text, buttons)


class MembershipEditView(EditView):
    def get_page_subtitle(self) -> str:
        return f"{self.object.user}, {self.object.partner}"

    def form_valid(self, form) -> HttpResponse:
        try:
            answer = super().form_valid(form)
        except services.NotAMember:
            return _meanwhile(self.request)
        if form.initial["is_lead"] and not self.object.is_lead:
            _tell_if_nobody_leads(self.request, self.object)
        return answer

    def save_instance(self) -> Membership:
        return services.change_member(
            membership=self.object, by=self.request.user, **self.form.cleaned_data
        )


class MembershipDeleteView(DeleteView):
    page_title = "Remove a member"

    def get_page_subtitle(self) -> str:
        return f"{self.object.user}, {self.object.partner}"

    @property
    def confirmation_message(self) -> str:
        member, partner = self.object, self.object.partner
        text = (
            f"{member.user} cannot open the pages of {partner} any more then, from that moment on. "
            "The account stays."
        )
        if member.is_lead and not services.is_led(partner, without=member):
            text += f" Nobody leads {partner} then: invite somebody as a lead, before or after it."
        return text

    def form_valid(self, form) -> HttpResponse:
        try:
            answer = super().form_valid(form)
        except services.NotAMember:
            return _meanwhile(self.request)
        if self.object.is_lead:
            _tell_if_nobody_leads(self.request, self.object)
        return answer

    def delete_action(self) -> None:
        services.remove_member(membership=self.object, by=self.request.user, may_be_last_lead=True)


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


class InvitationWithdrawView(DeleteView):
    """In the place of deleting: the row says that a mail went out, and counts among the day's."""

    page_title = "Withdraw an invitation"
    template_name = "partners_admin/withdraw.html"
    success_message = "The invitation is withdrawn: its link opens nothing any more."

    def get_page_subtitle(self) -> str:
        return f"{self.object.email}, {self.object.partner}"

    @property
    def confirmation_message(self) -> str:
        return "Its link opens nothing any more then. Who accepted it already stays a member."

    def form_valid(self, form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except services.InvitationEnded:
            messages.error(self.request, "Its link opened nothing any more: nothing was done.")
            return redirect("invitations:index")

    def delete_action(self) -> None:
        services.withdraw_invitation(
            invitation=self.object, by=self.request.user, now=timezone.now()
        )


class InvitationViewSet(ModelViewSet):
    """Who was invited. One that is withdrawn opens nothing any more."""

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
    delete_view_class = InvitationWithdrawView
    delete_template_name = InvitationWithdrawView.template_name
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
            accessor=lambda invitation: date_format(invitation.works_until, "j F Y"),
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
