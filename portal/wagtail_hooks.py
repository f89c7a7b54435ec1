from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry

from . import admin_views as views
from . import services
from .log_formats import StageChanged
from .models import STAGE_CHANGED
from .panels import PortalPanel


@hooks.register("register_log_actions")
def name_what_is_switched(actions: LogActionRegistry) -> None:
    actions.register_action(STAGE_CHANGED)(StageChanged)
    for action, label, message in (
        (services.ROTATED, "Make a new secret", "Made a new secret for the portal"),
        (services.SHOWN, "Show the secret", "Was shown the secret of the portal"),
        (services.RESUMED, "Try the portal again", "Had the portal tried again"),
        (services.REPLAYED, "Send a message again", "Had a message sent to the portal again"),
        (services.EXPORTED, "Export enquiries", "Wrote enquiries to a file for the portal"),
        (services.SET_ASIDE, "Mark as handled", "Marked a message to the portal as handled"),
    ):
        actions.register_action(action, label, message)


@hooks.register("register_admin_urls")
def connection_urls() -> list[URLPattern]:
    return [
        path("portal/", views.connection, name=views.SCREEN),
        path("portal/secret/", views.show_secret, name="portal_show_secret"),
        path("portal/secret/new/", views.rotate_secret, name="portal_rotate_secret"),
        path("portal/token/", views.make_token, name="portal_make_token"),
        path("portal/token/<int:pk>/revoke/", views.revoke_token, name="portal_revoke_token"),
        path("portal/resume/", views.resume, name="portal_resume"),
        path("portal/messages/<int:pk>/replay/", views.replay, name="portal_replay"),
        path("portal/messages/replay/", views.replay_all, name="portal_replay_all"),
        path("portal/messages/<int:pk>/handled/", views.set_aside, name="portal_set_aside"),
    ]


@hooks.register("construct_homepage_panels")
def say_what_is_wrong(request: HttpRequest, panels: list[Component]) -> None:
    if views.may_operate(request.user):
        panels.append(PortalPanel())


class ConnectionMenuItem(MenuItem):
    """Shown to those who look after the connection."""

    def is_shown(self, request: HttpRequest) -> bool:
        return views.may_operate(request.user)


@hooks.register("register_settings_menu_item")
def connection_in_the_menu() -> MenuItem:
    address = reverse(views.SCREEN)
    return ConnectionMenuItem("Portal connection", address, icon_name="link", order=900)
