from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Error, Tags, register

from . import permissions


@register(Tags.security, deploy=True)
def second_factor_is_required(app_configs: list[AppConfig] | None, **kwargs: object) -> list[Error]:
    """Passwords alone are for trying the site: never where it is used."""
    if settings.DEBUG or permissions.is_required():
        return []
    return [Error("SECOND_FACTOR is off without DEBUG.", id="accounts.E001")]
