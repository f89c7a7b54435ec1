from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from .member_viewsets import InvitationViewSet, MembershipViewSet
from .panels import PartnersToApprovePanel
from .services import LOG_ACTIONS
from .viewsets import PartnerViewSet

register_snippet(PartnerViewSet)


@hooks.register("register_admin_viewset")
def register_members() -> list[ModelViewSet]:
    return [MembershipViewSet(), InvitationViewSet()]


@hooks.register("register_log_actions")
def name_what_happens_to_members(actions: LogActionRegistry) -> None:
    for action, (label, message) in LOG_ACTIONS.items():
        actions.register_action(action, label, message)


@hooks.register("construct_homepage_panels")
def add_what_to_approve(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("partners.publish_partner"):
        panels.append(PartnersToApprovePanel(request))
