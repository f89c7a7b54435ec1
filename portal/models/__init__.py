from .circuit import WAITS, WARNS_AT, Circuit
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
    "PORTAL_USER",
    "STAGE_CHANGED",
    "WAITS",
    "WARNS_AT",
    "Change",
    "ChangeQuerySet",
    "Circuit",
    "Counter",
    "OfferRoute",
    "PortalHealth",
    "PortalSettings",
    "PortalUpdate",
]
