from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.db.models import F
from wagtail.log_actions import log

from .models import UsedCode, User
from .refusals import AddressTaken


class CodeUsed(ValueError):
    """The code was accepted before."""


def use_code(*, user: User, code: str, now: datetime) -> None:
    """
    Note a code of an authenticator app as used, for as long as it could be accepted again.

    :raises CodeUsed: if it was used already, also by a request of the same moment.
    """
    codes_in_time = 2 * app_settings.TOTP_TOLERANCE + 2  # one more, for the slow
    lifetime = timedelta(seconds=app_settings.TOTP_PERIOD * codes_in_time)
    UsedCode.objects.filter(user=user, used_at__lt=now - lifetime).delete()
    _, is_new = UsedCode.objects.get_or_create(user=user, code=code, defaults={"used_at": now})
    if not is_new:
        raise CodeUsed


def make_account(*, email: str, name: str, password: str) -> User:
    """
    An account for somebody who was invited: it may do nothing by itself.

    `name` is written as people write it, the first word is taken for the first name.

    :raises IntegrityError: if the address has one.
    """
    first, _, last = name.partition(" ")
    return User.objects.create_user(email, password, first_name=first, last_name=last)


@transaction.atomic
def remove_second_factors(*, user: User, by: User) -> User:
    """
    Take all second factors from an account whose owner has lost them, and end its sessions.

    The owner is told by mail, and sets up a new one at the next sign-in.
    """
    Authenticator.objects.filter(user=user).delete()
    User.objects.filter(pk=user.pk).update(session_version=F("session_version") + 1)
    user.refresh_from_db()
    log(instance=user, action="accounts.remove_second_factors", user=by)
    get_adapter().send_notification_mail("accounts/second_factors_removed", user)
    return user


@transaction.atomic
def make_staff(*, account: SocialAccount, email: str, first_name: str, last_name: str) -> User:
    """
    Make the account of somebody who signs in at the identity provider for the first time.

    It has no password. Who comes in twice at the same moment gets one account.

    :param account: of the provider, not saved yet: issuer and subject.
    :raises AddressTaken: if another account has the e-mail address.
    """
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, first_name=first_name, last_name=last_name)
            account.user = user
            account.save()
    except IntegrityError:
        same = SocialAccount.objects.filter(provider=account.provider, uid=account.uid)
        known = same.select_related("user").first()
        if known is None:
            raise AddressTaken from None
        return known.user
    log(instance=user, action="accounts.make_staff", user=user)
    return user


@transaction.atomic
def set_groups(*, user: User, names: set[str]) -> User:
    """
    Put somebody into these of the groups that the provider's roles open, and into no other of them.

    Groups that no role opens stay as they are, and so does being a superuser.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    opened_by_roles = Group.objects.filter(name__in=settings.OIDC["roles"])
    wanted = set(opened_by_roles.filter(name__in=names))
    now = set(opened_by_roles.filter(user=user))
    user.groups.add(*wanted - now)
    user.groups.remove(*now - wanted)
    if wanted != now:
        changes = {
            "added": sorted(group.name for group in wanted - now),
            "removed": sorted(group.name for group in now - wanted),
        }
        log(instance=user, action="accounts.set_groups", user=user, data=changes)
    return user
