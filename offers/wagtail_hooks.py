from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet

from .panels import OfferLinksToApprovePanel
from .viewsets import OfferLinkViewSet, SectorViewSet

register_snippet(OfferLinkViewSet)
register_snippet(SectorViewSet)


@hooks.register("construct_homepage_panels")
def add_what_to_approve(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("offers.publish_offerlink"):
        panels.append(OfferLinksToApprovePanel(request))
