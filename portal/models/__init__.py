from .connection import (
    HEALTH_HOLDS,
    KNOWN,
    KNOWN_FOR,
    STAGE_CHANGED,
    OfferRoute,
    PortalHealth,
    PortalSettings,
)
from .feed import Change, ChangeQuerySet, Counter

__all__ = [
    "HEALTH_HOLDS",
    "KNOWN",
    "KNOWN_FOR",
    "STAGE_CHANGED",
    "Change",
    "ChangeQuerySet",
    "Counter",
    "OfferRoute",
    "PortalHealth",
    "PortalSettings",
]
