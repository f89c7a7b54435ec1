"""What the worker does for case studies, by the clock; one that fails keeps no other."""

from datetime import datetime

from . import services


def keep_to_what_is_agreed(now: datetime) -> None:
    """Take off what nobody agrees to any more."""
    services.take_off_all(now=now)


def warn(now: datetime) -> None:
    """Warn of permissions that end soon."""
    services.warn(now=now)


def forget_what_is_over(now: datetime) -> None:
    """Forget who was asked and who agreed, when it is long over."""
    services.forget_what_is_over(now=now)


def tell_of_held_back(now: datetime) -> None:
    """Tell editors what was scheduled and could not go live."""
    services.tell_of_held_back(now=now)


def remind_of_reviews(now: datetime) -> None:
    """Tell those who look after a story that it is to be checked."""
    services.remind_of_reviews(now=now)


def forget_stories(now: datetime) -> None:
    """Forget who was asked for a story and never answered, and what was sent long ago."""
    services.forget_stories(now=now)
