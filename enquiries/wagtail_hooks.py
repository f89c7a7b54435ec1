from django.contrib import messages
from django.db.models import Model, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import get_text_list
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from partners.models import Partner

from .bulk_actions import BULK_ACTIONS
from .models import Handover, Interest, PrivacyNotice, TimelineEntry
from .panels import DeskPanel
from .services.elsewhere import READ_BY_PORTAL
from .viewsets import (
    EnquiryViewSet,
    PrivacyNoticeViewSet,
    ReplyTemplateViewSet,
    SchoolTermViewSet,
    WebsiteMessageViewSet,
)

register_snippet(PrivacyNoticeViewSet)
register_snippet(ReplyTemplateViewSet)
register_snippet(SchoolTermViewSet)


@hooks.register("register_admin_viewset")
def register_enquiries() -> list[ModelViewSet]:
    return [EnquiryViewSet(), WebsiteMessageViewSet()]


class EnquiryReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("enquiries.view_enquiry")


for action in BULK_ACTIONS:
    hooks.register("register_bulk_action", action)


@hooks.register("insert_global_admin_css")
def style_the_desk() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/desk.css"))


@hooks.register("register_reports_menu_item")
def offer_the_report() -> MenuItem:
    address = reverse("enquiries:report")
    return EnquiryReportMenuItem("Enquiry report", address, icon_name="table", order=700)


@hooks.register("construct_homepage_panels")
def add_the_desk(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("enquiries.view_enquiry"):
        panels.append(DeskPanel())


@hooks.register("before_delete_snippet")
def keep_notices_in_use(request: HttpRequest, things: list[Model]) -> HttpResponse | None:
    """The database refuses it too; here it is said in words."""
    in_use = [thing for thing in things if isinstance(thing, PrivacyNotice) and thing.is_in_use]
    if not in_use:
        return None
    versions = " and ".join(notice.version for notice in in_use)
    messages.error(
        request,
        f"Version {versions} stays: people have sent us their details under it.",
    )
    return redirect(PrivacyNotice.snippet_viewset.get_url_name("list"))


@hooks.register("before_delete_snippet")
def keep_partners_of_interests(request: HttpRequest, things: list[Model]) -> HttpResponse | None:
    """The database refuses it too; here it is said in words."""
    partners = [thing for thing in things if isinstance(thing, Partner)]
    in_use = Q()
    for model in (Interest, Handover, TimelineEntry):
        in_use |= Q(pk__in=model.objects.filter(partner__in=partners).values("partner"))
    names = [partner.name for partner in Partner.objects.filter(in_use).in_order()]
    if not names:
        return None
    named = get_text_list(names, "and")
    messages.error(request, f"Nothing was deleted. Enquiries name {named}: untick Active instead.")
    return redirect(Partner.snippet_viewset.get_url_name("list"))


@hooks.register("register_log_actions")
def name_what_is_read(actions: LogActionRegistry) -> None:
    actions.register_action(
        READ_BY_PORTAL, "Read as the Business Portal", "Read by the Business Portal"
    )
