"""Who has a second factor and was asked for it, and who may change whose account."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from .models import User

MAIN = {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}  # recovery codes stand in for them


def is_required() -> bool:
    """Whether the site asks for second factors at all."""
    return settings.SECOND_FACTOR != "off"


def has_second_factor(user: User) -> bool:
    """Whether there is an app or a passkey; recovery codes alone are none."""
    return Authenticator.objects.filter(user=user.pk, type__in=MAIN).exists()


def entered_with_second_factor(request: HttpRequest, user: User) -> bool:
    """
    Whether this session was entered with a second factor that the account still has.

    One that was removed opens nothing any more, not even sessions that it opened before.
    """
    records = get_authentication_records(request, user)
    used = {record.get("id") for record in records if record.get("method") == "mfa"}
    kept = dict(Authenticator.objects.filter(user=user.pk).values_list("pk", "type"))
    return not used.isdisjoint(kept) and not MAIN.isdisjoint(kept.values())


def within_reach(request: HttpRequest, user: User) -> bool:
    """Whether the person may change that account: a superuser's only if they are one."""
    return request.user.is_superuser or not user.is_superuser


def may_remove_second_factors(request: HttpRequest, user: User) -> bool:
    """
    Whether the person may take the second factors from that account, which has some.

    Not from their own: there they are asked for it once more first.
    """
    return (
        request.user.has_perm("accounts.change_user")
        and within_reach(request, user)
        and request.user.pk != user.pk
        and has_second_factor(user)
    )
