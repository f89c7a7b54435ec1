from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from .models import User
from .permissions import within_reach


@hooks.register("register_log_actions")
def name_the_removal_of_second_factors(actions: LogActionRegistry) -> None:
    actions.register_action(
        "accounts.remove_second_factors", "Remove second factors", "Second factors removed"
    )


@hooks.register("register_log_actions")
def name_what_the_identity_provider_changes(actions: LogActionRegistry) -> None:
    actions.register_action("accounts.make_staff", "Make account", "Account made at sign-in")
    actions.register_action(
        "accounts.set_groups", "Set groups by roles", "Groups set by the roles of the sign-in"
    )


@hooks.register("register_account_menu_item")
def lead_to_second_factors(request: HttpRequest) -> dict[str, str]:
    return {
        "label": "Second factor",
        "url": reverse("mfa_index"),
        "help_text": "Your authenticator app, your passkeys and your recovery codes.",
    }


@hooks.register("before_bulk_action")
def keep_superusers_among_several(
    request: HttpRequest, action: str, things: list[Model], *args: object
) -> HttpResponse | None:
    """Change none of several accounts if one is out of reach: Wagtail's actions do not ask."""
    users = [thing for thing in things if isinstance(thing, User)]
    if all(within_reach(request, user) for user in users):
        return None
    messages.error(request, "Nothing was changed: only a superuser changes a superuser.")
    return redirect("wagtailusers_users:index")
