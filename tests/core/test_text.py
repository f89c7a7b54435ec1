"""Whatever people type becomes text that every database, mail and spreadsheet can hold."""

import time
import unicodedata
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.text import clean_text

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)
TROUBLE = st.text(
    st.sampled_from(
        "\x00\x01\t\n\x0b\x0c\r\x1c\x7f\x85\x9f\xa0\xad\u061c\u180e\u200b\u200d\u200e\u2028\u2029"
        "\u202e\u2066\ufeff\ud800\udfffe\u0301\u1100\u1161\u0958\u3000 aZ=+-@<"
    ),
    max_size=20,
)
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ZERO_WIDTH = "\u00ad\u180e\u200b\u200c\u200d\u2060\u2061\u2064\ufeff"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Canal   Bakery  ", "Canal Bakery"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("a\x00b\x01c\x1fd\x7fe\x80f", "abcdef"),
        ("one\r\ntwo\rthree\nfour", "one two three four"),
        ("one\u2028two\u2029three\u0085four\x0bfive\x0csix", "one two three four five six"),
        ("tab\there", "tab here"),
        ("no-break\u00a0space", "no-break space"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("whole 🥐 pair", "whole 🥐 pair"),
        ("<b>O’Neill & Sons</b>", "<b>O’Neill & Sons</b>"),
        ("Ωmega 株式会社 شركة", "Ωmega 株式会社 شركة"),
        ("", ""),
    ],
)
def test_one_line_of_text_is_tidied(typed, kept):
    assert clean_text(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("one\u2028two\u2029three\u0085four", "one\ntwo\nthree\nfour"),
        ("one  \n   two", "one\ntwo"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("one\n \n\t\n\n\ntwo", "one\n\ntwo"),
        ("\n\n one \n\n", "one"),
        ("a\x00\nb\x0b", "a\nb"),
    ],
)
def test_text_of_several_lines_keeps_its_lines(typed, kept):
    assert clean_text(typed, multiline=True) == kept


@pytest.mark.parametrize("sign", [*BIDI, *ZERO_WIDTH], ids=lambda sign: f"U+{ord(sign):04X}")
def test_signs_that_nobody_sees_are_dropped(sign):
    assert clean_text(f"gnp{sign}.exe") == "gnp.exe"
    assert clean_text(sign * 3) == ""
    assert clean_text(f" {sign} \n {sign} ", multiline=True) == ""


@settings(max_examples=500, deadline=None, database=None)
@given(typed=ANYTHING | TROUBLE, multiline=st.booleans())
@example(typed="\r\x00\n", multiline=True)
@example(typed="a\u200b\u0301", multiline=False)
def test_clean_text_is_safe_to_store_and_stays_as_it_is(typed, multiline):
    kept = clean_text(typed, multiline=multiline)

    assert clean_text(kept, multiline=multiline) == kept
    assert kept.encode().decode() == kept
    assert unicodedata.is_normalized("NFC", kept)
    assert kept == kept.strip()
    controls = {sign for sign in kept if unicodedata.category(sign) in ("Cc", "Cs")}
    assert controls <= ({"\n"} if multiline else set())
    assert not set(kept) & set(BIDI + ZERO_WIDTH)


@settings(max_examples=500, deadline=None, database=None)
@given(typed=ANYTHING)
@example(typed="\ufffe")
@example(typed="\uffff")
def test_clean_text_can_stand_in_a_spreadsheet_file(typed):
    kept = clean_text(typed)
    cell = ElementTree.Element("cell")
    cell.text = kept

    read_again = ElementTree.fromstring(ElementTree.tostring(cell, encoding="utf-8"))

    assert (read_again.text or "") == kept


def test_a_very_long_text_is_cleaned_at_once():
    hostile = ("a \u200b\x00" * 25_000) + "\n" * 25_000
    begun = time.perf_counter()

    clean_text(hostile, multiline=True)

    assert time.perf_counter() - begun < 1  # second; quadratic work takes minutes
