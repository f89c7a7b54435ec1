"""Which offers suit an employer, in which order, and why: the rule alone."""

from types import SimpleNamespace

import pytest

from offers.choices import Goal
from offers.finder import HELPS, NOT_SURE, Answers, match, rank


def offer(title="An offer", **fields):
    """An offer as the rule sees it; without fields, one that suits everybody."""
    blank = {"goals": [], "sizes": [], "sector_slugs": set(), "hours_per_month": None}
    return SimpleNamespace(**{"title": title, "is_open": True, **blank, **fields})


def order(*offers, **answers):
    return [found.offer.title for found in rank(offers, Answers(**answers))]


EVERYTHING = {
    "goal": "hire",
    "size": "10-49",
    "hours": 4,
    "sector": "retail",
    "sector_name": "Retail",
}


def test_every_goal_has_its_words():
    assert set(HELPS) == set(Goal)


def test_an_offer_that_names_nothing_suits_everybody():
    found = match(offer(), Answers(**EVERYTHING))

    assert found.fits
    assert found.reasons == [
        "Helps you hire people",
        "Suits employers of any size",
        "Suits every sector",
    ]


def test_each_reason_says_what_the_offer_names():
    named = offer(
        goals=["hire"], sizes=["10-49"], sector_slugs={"retail", "other"}, hours_per_month=1
    )

    assert match(named, Answers(**EVERYTHING)).reasons == [
        "Helps you hire people",
        "Suits an employer of 10 to 49",
        "Fits the time you have",
        "Suits retail",
    ]


@pytest.mark.parametrize(
    ("fields", "answers", "miss"),
    [
        ({"goals": ["grow"]}, {"goal": "hire"}, "Not meant to help you hire people"),
        (
            {"sizes": ["1-9", "50-249"]},
            {"size": "10-49"},
            "Not meant for an employer of 10 to 49",
        ),
        ({"hours_per_month": 5}, {"hours": 4}, "Takes about 5 hours a month"),
        (
            {"sector_slugs": {"retail"}},
            {"sector": "education", "sector_name": "Education"},
            "Not meant for education",
        ),
    ],
)
def test_an_offer_that_names_others_does_not_fit(fields, answers, miss):
    found = match(offer(**fields), Answers(**answers))

    assert not found.fits
    assert found.misses == [miss]
    assert found.reasons == []


@pytest.mark.parametrize(("hours", "fits"), [(3, False), (4, True), (5, True)])
def test_hours_fit_if_the_employer_has_as_many(hours, fits):
    assert match(offer(hours_per_month=4), Answers(hours=hours)).fits is fits


def test_sixteen_hours_are_enough_for_everything():
    assert match(offer(hours_per_month=40), Answers(hours=16)).fits


def test_questions_without_answer_say_nothing():
    found = match(offer(goals=["hire"], sizes=["1-9"], hours_per_month=9), Answers())

    assert (found.reasons, found.misses) == ([], [])


@pytest.mark.parametrize(
    ("goals", "reason"),
    [
        (["hire"], "Can help you hire people"),
        (["hire", "grow"], "Can help you hire people and keep and grow your people"),
        (
            ["hire", "give-back", "contracts"],
            "Can help you hire people, give something back and win public contracts",
        ),
    ],
)
def test_not_sure_fits_all_and_says_what_each_can_do(goals, reason):
    found = match(offer(goals=goals), Answers(goal=NOT_SURE))

    assert found.fits
    assert found.reasons == [reason]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Hospitality and catering", "Suits hospitality and catering"),
        ("IT and telecoms", "Suits IT and telecoms"),
    ],
)
def test_the_name_of_a_sector_stands_inside_the_sentence(name, reason):
    found = match(offer(sector_slugs={"x"}), Answers(sector="x", sector_name=name))

    assert found.reasons == [reason]


# -- Order --------------------------------------------------------------------------------


def test_what_fits_comes_before_what_does_not_and_the_closest_first():
    far = offer("far", goals=["grow"], hours_per_month=9)
    close = offer("close", hours_per_month=9)
    fitting = offer("fitting", hours_per_month=4)

    assert order(far, close, fitting, goal="hire", hours=4) == ["fitting", "close", "far"]


def test_closed_offers_come_after_open_ones_that_fit():
    closed = offer("closed", goals=["hire"], is_open=False)
    for_all = offer("for all")

    assert order(closed, for_all, goal="hire") == ["for all", "closed"]


def test_what_is_made_for_the_answers_comes_before_what_suits_everybody():
    light = offer("light", goals=["hire"], hours_per_month=1)
    made_for_retail = offer("retail", goals=["hire"], sector_slugs={"retail"}, hours_per_month=4)

    assert order(light, made_for_retail, **EVERYTHING) == ["retail", "light"]


def test_an_offer_whose_first_goal_it_is_comes_before_one_whose_second_it_is():
    second = offer("second", goals=["grow", "hire"], hours_per_month=1)
    first = offer("first", goals=["hire", "grow"], hours_per_month=10)

    assert order(second, first, goal="hire") == ["first", "second"]


def test_the_lightest_comes_first_and_unknown_hours_last():
    offers = [offer("?"), offer("ten", hours_per_month=10), offer("one", hours_per_month=1)]

    assert order(*offers, goal=NOT_SURE) == ["one", "ten", "?"]


def test_what_is_equal_stays_in_the_editors_order():
    offers = [offer(title) for title in "cab"]

    assert order(*offers, goal="hire") == ["c", "a", "b"]


def test_without_offers_there_is_nothing():
    assert rank([], Answers(goal="hire")) == []
