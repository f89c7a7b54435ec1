from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet

from .panels import StalePanel
from .viewsets import ImpactFactViewSet

register_snippet(ImpactFactViewSet)


@hooks.register("construct_homepage_panels")
def add_stale_facts(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("impact.change_impactfact"):
        panels.append(StalePanel())
