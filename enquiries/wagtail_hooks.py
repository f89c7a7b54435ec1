from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from .panels import DeskPanel
from .viewsets import EnquiryViewSet, may_see_enquiries


@hooks.register("register_admin_viewset")
def register_enquiries() -> EnquiryViewSet:
    return EnquiryViewSet()


@hooks.register("construct_homepage_panels")
def add_the_desk(request: HttpRequest, panels: list[Component]) -> None:
    if may_see_enquiries(request):
        panels.append(DeskPanel())
