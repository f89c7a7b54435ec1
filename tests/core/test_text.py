"""Whatever people type becomes text that every database, mail and spreadsheet can hold."""

import re
import sys
import time
import unicodedata
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core import text
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


def begins_with_a_mark(sign):
    return unicodedata.combining(unicodedata.normalize("NFD", sign)[0]) > 0


def test_every_sign_that_begins_with_a_mark_is_known_as_one():
    marks = {sign for sign in map(chr, range(sys.maxunicode + 1)) if begins_with_a_mark(sign)}

    assert marks == set(text._MARK)


@pytest.mark.parametrize("hidden", ["", "\u200b", "\x00"], ids=["nothing", "zero width", "control"])
@pytest.mark.parametrize("marks", ["\u0301\u0323", "\u0f73", "\u0344"], ids=ascii)
def test_no_letter_with_too_many_marks_is_ever_normalised(monkeypatch, marks, hidden):
    """Normalising takes time by the square of the marks on one letter."""
    normalised = []

    def normalize(form, value):
        normalised.append(max(map(len, re.findall(f"[{text._MARK}]+", value)), default=0))
        return unicodedata.normalize(form, value)

    monkeypatch.setattr(text, "unicodedata", SimpleNamespace(normalize=normalize))

    kept = clean_text("a" + (marks + hidden) * 60_000 + " b")

    assert normalised
    assert max(normalised) <= 30
    assert (kept[0], kept[-2:]) == (unicodedata.normalize("NFC", "a" + marks)[0], " b")
    assert clean_text(kept) == kept


def test_as_many_marks_as_a_word_can_have_are_kept():
    zalgo = "z" + "\u0351" * 30

    assert clean_text(f"{zalgo} {zalgo}") == f"{zalgo} {zalgo}"


def test_a_text_of_marks_is_cleaned_at_once():
    hostile = "a" + "\u0301\u0323" * 60_000
    begun = time.perf_counter()

    clean_text(hostile)

    assert time.perf_counter() - begun < 1  # second; sorting all the marks takes 15
