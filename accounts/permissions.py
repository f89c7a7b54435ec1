"""Who has a second factor and was asked for it, and who may change whose account."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest

from .models import User

MAIN = {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}  # recovery codes stand in for them
VOUCHED = "oidc"  # the type of a second factor that the identity provider asked for


def holders(permission: str) -> QuerySet[User]:
    """Those with an open account to whom a group gives a permission: "offers.publish_offerlink"."""
    app, codename = permission.split(".")
    groups = Group.objects.filter(
        permissions__codename=codename, permissions__content_type__app_label=app
    )
    return User.objects.filter(is_active=True, groups__in=groups).distinct().order_by("pk")


def is_required() -> bool:
    """Whether the site asks for second factors at all."""
    return settings.SECOND_FACTOR != "off"


def has_second_factor(user: User) -> bool:
    """Whether there is an app or a passkey; recovery codes alone are none."""
    return Authenticator.objects.filter(user=user.pk, type__in=MAIN).exists()


def entered_with_second_factor(request: HttpRequest, user: User) -> bool:
    """
    Whether this session was entered with a second factor that the account still has, or with one
    that the identity provider vouched for.

    One that was removed opens nothing any more, not even sessions that it opened before.
    """
    records = get_authentication_records(request, user)
    shown = [record for record in records if record.get("method") == "mfa"]
    if settings.OIDC and any(record.get("type") == VOUCHED for record in shown):
        return True
    used = {record.get("id") for record in shown}
    kept = dict(Authenticator.objects.filter(user=user.pk).values_list("pk", "type"))
    return not used.isdisjoint(kept) and not MAIN.isdisjoint(kept.values())


def signs_in_elsewhere(user: User) -> bool:
    """Whether the account is entered at the identity provider, and so not with a password."""
    if not settings.OIDC:
        return False
    return SocialAccount.objects.filter(user=user, provider=settings.OIDC["issuer"]).exists()


def opened_by(roles: object) -> set[str]:
    """The names of the groups that these roles of the identity provider open."""
    held = {role for role in roles if isinstance(role, str)} if isinstance(roles, list) else set()
    return {group for group, role in settings.OIDC["roles"].items() if role in held}


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
