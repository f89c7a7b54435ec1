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
from .people import editors
from .privacy import erase_permission, erase_sign_off, forget_what_is_over
from .register import CHANGED, change_permission
from .reviewing import remind_of_reviews
from .signing_off import (
    ANSWERED,
    ASKED,
    AnsweredOtherwise,
    CannotAsk,
    NewerVersion,
    approve,
    ask_for_sign_off,
    comment,
    gaps_of_latest,
    picture_of,
    whom_to_ask,
)
from .stories import (
    AnotherWasSent,
    NoAddress,
    StoryClosed,
    ask_for_story,
    erase_story,
    forget_stories,
    receive_story,
    withdraw_story_request,
)

__all__ = [
    "ANSWERED",
    "ASKED",
    "CHANGED",
    "TAKEN_OFF",
    "WITHDRAWN",
    "AnotherWasSent",
    "AnsweredOtherwise",
    "CannotAsk",
    "NewerVersion",
    "NoAddress",
    "StoryClosed",
    "WithdrawnBefore",
    "approve",
    "ask_for_sign_off",
    "ask_for_story",
    "change_permission",
    "comment",
    "editors",
    "erase_permission",
    "erase_sign_off",
    "erase_story",
    "forget_stories",
    "forget_what_is_over",
    "gaps_of_latest",
    "picture_of",
    "receive_story",
    "remind_of_reviews",
    "take_off",
    "take_off_all",
    "tell_of_held_back",
    "warn",
    "whom_to_ask",
    "withdraw_permission",
    "withdraw_story_request",
]
