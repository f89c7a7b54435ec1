"""A reference is read out on the phone: a slip is noticed, the spelling does not matter."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enquiries.references import ALPHABET, BadReference, new_reference, read_reference

REFERENCES = st.builds(lambda _: new_reference(), st.integers())
QUICK = settings(max_examples=100, deadline=None, database=None)


def letters(reference):
    return reference.removeprefix("IA-").replace("-", "")


def test_the_alphabet_holds_nothing_that_looks_like_something_else():
    assert ALPHABET == "2346789BCDFGHJKMPQRTVWX"
    assert not set(ALPHABET) & set("0O1IL5SAEIOUYZN")


def test_references_are_written_in_two_groups_of_four():
    for _ in range(100):
        first, *groups = new_reference().split("-")
        assert first == "IA"
        assert [len(group) for group in groups] == [4, 4]
        assert set("".join(groups)) <= set(ALPHABET)


def test_references_do_not_repeat():
    assert len({new_reference() for _ in range(1_000)}) == 1_000


@QUICK
@given(
    reference=REFERENCES,
    lower=st.booleans(),
    prefix=st.sampled_from(["IA", "IA-", "ia ", "", "I A "]),
    gap=st.sampled_from(["-", "", " ", "  ", "–", "—", "_", ".", "\u00a0", "\n"]),
    around=st.sampled_from(["", " ", "\t", "\n", "."]),
)
def test_a_reference_is_read_in_any_case_and_spacing(reference, lower, prefix, gap, around):
    body = letters(reference)
    typed = f"{around}{prefix}{body[:4]}{gap}{body[4:]}{around}"

    assert read_reference(typed.lower() if lower else typed) == reference
    assert read_reference(gap.join([prefix, *body])) == reference


@QUICK
@given(reference=REFERENCES)
def test_every_slip_of_one_character_is_refused(reference):
    body = letters(reference)
    for place, right in enumerate(body):
        for wrong in ALPHABET.replace(right, ""):
            with pytest.raises(BadReference):
                read_reference("IA" + body[:place] + wrong + body[place + 1 :])


@QUICK
@given(reference=REFERENCES)
def test_every_swap_of_two_different_neighbours_is_refused(reference):
    body = letters(reference)
    for place in range(7):
        one, other = body[place], body[place + 1]
        if one != other:
            with pytest.raises(BadReference):
                read_reference("IA" + body[:place] + other + one + body[place + 2 :])


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "IA",
        "IA-",
        "IA-2222",
        "IA-2222-222",
        "IA-2222-22222",
        "IA-0000-0000",
        "IA-AAAA-AAAA",
        "Canal Bakery",
        "\x00",
        "\ud800",
        "IA-2222-222\u0662",
        "ß" * 4,
        "IAIA-2222-2222",
        "2" * 9_999,
    ],
)
def test_what_is_no_reference_is_refused(typed):
    with pytest.raises(BadReference):
        read_reference(typed)


@settings(max_examples=300, deadline=None, database=None)
@given(typed=st.text(st.characters(exclude_categories=()), max_size=20))
def test_any_text_is_either_a_reference_or_refused(typed):
    try:
        reference = read_reference(typed)
    except BadReference:
        return
    assert read_reference(reference) == reference
