"""What the worker does for partners by the clock."""

from datetime import datetime

from . import services


def forget_invitations(now: datetime) -> None:
    """Delete invitations that ended long ago, with the addresses in them."""
    services.forget_invitations(now=now)
