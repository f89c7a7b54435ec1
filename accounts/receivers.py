from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver
from django.http import HttpRequest

from .models import User
from .permissions import MAIN


@receiver(authenticator_added, dispatch_uid="accounts.count_as_entered")
def count_as_entered(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: object
) -> None:
    """
    Whoever sets up a factor has just shown it: the session counts as entered with it.

    It gets a new key, since it opens more than before.
    """
    if authenticator.type not in MAIN:
        return
    request.session.cycle_key()
    record_authentication(
        request,
        user,
        method="mfa",
        id=authenticator.pk,
        type=authenticator.type,
        reauthenticated=True,
    )
