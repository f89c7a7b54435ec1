from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.stages import AuthenticateStage

from .permissions import VOUCHED


class AskForSecondFactor(AuthenticateStage):
    """Asks for the second factor of the account, unless the identity provider asked for one."""

    def handle(self) -> tuple:
        # Taken out, so that it is not kept in the session while somebody looks for a code.
        came_from_there = (self.login.signal_kwargs or {}).pop("sociallogin", None)
        methods = came_from_there.claims.get("amr") if came_from_there else None
        if isinstance(methods, list) and "mfa" in methods:
            record_authentication(self.request, self.login.user, method="mfa", type=VOUCHED)
            return None, True
        return super().handle()
