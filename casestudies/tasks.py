"""What the worker does for case studies, by the clock."""

from datetime import datetime

from . import services


def keep_to_what_is_agreed(now: datetime) -> None:
    """Take off what nobody agrees to any more, warn of what ends soon, forget what is over."""
    services.take_off_all(now=now)
    services.warn(now=now)
    services.forget_what_is_over(now=now)


def tell_of_held_back(now: datetime) -> None:
    """Tell editors what was scheduled and could not go live."""
    services.tell_of_held_back(now=now)


def remind_of_reviews(now: datetime) -> None:
    """Tell those who look after a story that it is to be checked."""
    services.remind_of_reviews(now=now)
