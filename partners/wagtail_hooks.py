from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet

from .panels import PartnersToApprovePanel
from .viewsets import PartnerViewSet

register_snippet(PartnerViewSet)


@hooks.register("construct_homepage_panels")
def add_what_to_approve(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("partners.publish_partner"):
        panels.append(PartnersToApprovePanel(request))
