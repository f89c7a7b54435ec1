from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from .panels import OfferLinksToApprovePanel
from .services import CONFIRMED, LAPSED, PAUSED
from .viewsets import OfferLinkViewSet, SectorViewSet

register_snippet(OfferLinkViewSet)
register_snippet(SectorViewSet)


@hooks.register("register_log_actions")
def name_what_members_do_to_links(actions: LogActionRegistry) -> None:
    actions.register_action(CONFIRMED, "Confirm", "The partner confirmed that it is right")
    actions.register_action(LAPSED, "Hide", "Hidden: the partner did not confirm it in time")
    actions.register_action(PAUSED, "Say that there is no room", "A member said there is no room")


@hooks.register("construct_homepage_panels")
def add_what_to_approve(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("offers.publish_offerlink"):
        panels.append(OfferLinksToApprovePanel(request))
