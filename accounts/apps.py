from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    default = True
    name = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        from . import checks, receivers  # noqa: F401 - they register themselves


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's user screens, with our forms."""

    user_viewset = "accounts.viewsets.UserViewSet"
