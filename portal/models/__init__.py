from .circuit import LONGEST_WAIT, Circuit
from .connection import (
    HEALTH_HOLDS,
    KNOWN,
    KNOWN_FOR,
    PORTAL_USER,
    STAGE_CHANGED,
    OfferRoute,
    PortalHealth,
    PortalSettings,
)
from .feed import Change, ChangeQuerySet, Counter
from .update import PortalUpdate

__all__ = [
    "HEALTH_HOLDS",
    "KNOWN",
    "KNOWN_FOR",
    "LONGEST_WAIT",
    "PORTAL_USER",
    "STAGE_CHANGED",
    "Change",
    "ChangeQuerySet",
    "Circuit",
    "Counter",
    "OfferRoute",
    "PortalHealth",
    "PortalSettings",
    "PortalUpdate",
]
