from .connection import (
    HEALTH_HOLDS,
    KNOWN,
    KNOWN_FOR,
    STAGE_CHANGED,
    OfferRoute,
    PortalHealth,
    PortalSettings,
)

__all__ = [
    "HEALTH_HOLDS",
    "KNOWN",
    "KNOWN_FOR",
    "STAGE_CHANGED",
    "OfferRoute",
    "PortalHealth",
    "PortalSettings",
]
