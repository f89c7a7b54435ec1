from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_reset
from django.dispatch import receiver
from django.http import HttpRequest

from .models import User
from .permissions import MAIN


@receiver(authenticator_added, dispatch_uid="accounts.count_added_as_shown")
def count_added_as_shown(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: object
) -> None:
    """Whoever sets up a factor has just shown it: the session counts as entered with it."""
    if authenticator.type in MAIN:
        request.session.cycle_key()  # it opens more than before
        _count_as_shown(request, user, authenticator)


@receiver(authenticator_reset, dispatch_uid="accounts.count_new_codes_as_shown")
def count_new_codes_as_shown(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: object
) -> None:
    """Somebody who came in by a recovery code, and makes new ones, stays in."""
    _count_as_shown(request, user, authenticator)


def _count_as_shown(request: HttpRequest, user: User, authenticator: Authenticator) -> None:
    record_authentication(
        request,
        user,
        method="mfa",
        id=authenticator.pk,
        type=authenticator.type,
        reauthenticated=True,
    )
