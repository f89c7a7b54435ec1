"""
Which offers suit an employer: the rule behind ‘What suits us?’.

An answer fits an offer that names it, and one that names none of its kind: no sectors ticked means
every sector. Hours fit if the employer has as many as the offer takes. A question without an
answer, and the goal ‘not sure’, fit every offer.

Offers stand in this order: fewest answers that do not fit (those that fit come first, and where
none does, the closest); open before closed; most answers that the offer names itself (made for
retail before good for everybody); the goal first among those of the offer, then second; fewest
hours a month; the editors' order.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import inf

from django.utils.text import get_text_list

from .choices import Goal, Size
from .models import OfferPage

NOT_SURE = "not-sure"
NO_LIMIT = 16  # hours a month from which on an employer has time for everything

HELPS = {
    Goal.HIRE: "hire people",
    Goal.GROW: "keep and grow your people",
    Goal.GIVE_BACK: "give something back",
    Goal.CONTRACTS: "win public contracts",
}


@dataclass(frozen=True)
class Answers:
    """What an employer said; empty or None is no answer. `sector_name` is only for the reasons."""

    goal: str = ""
    size: str = ""
    hours: int | None = None
    sector: str = ""
    sector_name: str = ""


@dataclass
class Match:
    """An offer with why it is shown, and what speaks against it: nothing if it fits."""

    offer: OfferPage
    reasons: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)
    named: int = 0
    goal_place: int = 0  # of the employer's goal among those of the offer

    @property
    def fits(self) -> bool:
        return not self.misses


def rank(offers: Iterable[OfferPage], answers: Answers) -> list[Match]:
    """Every offer, the most suitable first; `offers` in the editors' order, with sectors."""
    # Sorting is stable: what is equal stays in the editors' order.
    return sorted((match(offer, answers) for offer in offers), key=_place)


def match(offer: OfferPage, answers: Answers) -> Match:
    """How one offer answers what an employer said."""
    found = Match(offer)
    _match_goal(found, answers.goal)
    if answers.size:
        people = Size(answers.size).label
        _match_list(
            found,
            is_named=answers.size in offer.sizes,
            names_any=bool(offer.sizes),
            reason=f"Suits an employer of {people}",
            anybody="Suits employers of any size",
            miss=f"Not meant for an employer of {people}",
        )
    if answers.hours and offer.hours_per_month:
        if answers.hours >= min(offer.hours_per_month, NO_LIMIT):
            found.reasons.append("Fits the time you have")
        else:
            found.misses.append(f"Takes about {_hours(offer.hours_per_month)} a month")
    if answers.sector:
        name = _lower(answers.sector_name)
        _match_list(
            found,
            is_named=answers.sector in offer.sector_slugs,
            names_any=bool(offer.sector_slugs),
            reason=f"Suits {name}",
            anybody="Suits every sector",
            miss=f"Not meant for {name}",
        )
    return found


def _match_goal(found: Match, goal: str) -> None:
    goals = found.offer.goals
    if goal == NOT_SURE:
        helps = get_text_list([HELPS[goal] for goal in goals or HELPS], "and")
        found.reasons.append(f"Can help you {helps}")
    elif goal:
        found.goal_place = goals.index(goal) if goal in goals else 0
        _match_list(
            found,
            is_named=goal in goals,
            names_any=bool(goals),
            reason=f"Helps you {HELPS[goal]}",
            anybody=f"Helps you {HELPS[goal]}",
            miss=f"Not meant to help you {HELPS[goal]}",
        )


def _match_list(
    found: Match, *, is_named: bool, names_any: bool, reason: str, anybody: str, miss: str
) -> None:
    if is_named:
        found.named += 1
        found.reasons.append(reason)
    elif names_any:
        found.misses.append(miss)
    else:
        found.reasons.append(anybody)


def _place(match: Match) -> tuple:
    hours = match.offer.hours_per_month
    return (
        len(match.misses),
        not match.offer.is_open,
        -match.named,
        match.goal_place,
        inf if hours is None else hours,
    )


def _hours(number: int) -> str:
    return "1 hour" if number == 1 else f"{number} hours"


def _lower(name: str) -> str:
    """A name as it stands inside a sentence; abbreviations stay."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
