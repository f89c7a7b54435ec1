from .held_back import tell_of_held_back
from .lapsing import (
    TAKEN_OFF,
    WITHDRAWN,
    WithdrawnBefore,
    take_off,
    take_off_all,
    warn,
    withdraw_permission,
)
from .privacy import erase_permission, erase_sign_off, forget_what_is_over
from .signing_off import (
    ANSWERED,
    ASKED,
    AnsweredOtherwise,
    CannotAsk,
    NewerVersion,
    approve,
    ask_for_sign_off,
    comment,
    picture_of,
)

__all__ = [
    "ANSWERED",
    "ASKED",
    "TAKEN_OFF",
    "WITHDRAWN",
    "AnsweredOtherwise",
    "CannotAsk",
    "NewerVersion",
    "WithdrawnBefore",
    "approve",
    "ask_for_sign_off",
    "comment",
    "erase_permission",
    "erase_sign_off",
    "forget_what_is_over",
    "picture_of",
    "take_off",
    "take_off_all",
    "tell_of_held_back",
    "warn",
    "withdraw_permission",
]
