from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def name_the_removal_of_second_factors(actions: LogActionRegistry) -> None:
    actions.register_action(
        "accounts.remove_second_factors", "Remove second factors", "Second factors removed"
    )


@hooks.register("register_account_menu_item")
def lead_to_second_factors(request: HttpRequest) -> dict[str, str]:
    return {
        "label": "Second factor",
        "url": reverse("mfa_index"),
        "help_text": "Your authenticator app, your passkeys and your recovery codes.",
    }
