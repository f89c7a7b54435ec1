from .freshness import (
    CONFIRMED,
    LAPSED,
    HasChanged,
    ask_partners,
    confirm,
    end_links,
    fingerprint,
    hide_unconfirmed,
    was_confirmed,
)
from .links import PAUSED, AlreadyLinked, pause, propose_link, tell_about_link, withdraw_link

__all__ = [
    "CONFIRMED",
    "LAPSED",
    "PAUSED",
    "AlreadyLinked",
    "HasChanged",
    "ask_partners",
    "confirm",
    "end_links",
    "fingerprint",
    "hide_unconfirmed",
    "pause",
    "propose_link",
    "tell_about_link",
    "was_confirmed",
    "withdraw_link",
]
