from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from .panels import DutiesPanel


@hooks.register("construct_homepage_panels")
def add_the_duties(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("home.change_securitycontact"):
        panels.append(DutiesPanel())
