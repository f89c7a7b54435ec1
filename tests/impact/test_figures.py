"""Reading printed figures as numbers, and setting them side by side from 0."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.figures import Row, compare, parse


@pytest.mark.parametrize(
    ("figure", "number", "unit"),
    [
        ("1,023", "1023", ""),
        ("816", "816", ""),
        ("0", "0", ""),
        ("40%", "40", "%"),
        ("70.5%", "70.5", "%"),
        ("1,234.5", "1234.5", ""),
        ("12,600", "12600", ""),
        (" 51 ", "51", ""),
        ("£9.15", "9.15", "£"),
        ("12345678", "12345678", ""),
    ],
)
def test_an_exact_figure_is_read_with_its_unit(figure, number, unit):
    assert parse(figure) == (Decimal(number), unit)


@pytest.mark.parametrize(
    "figure",
    [
        *("", " ", "60+", "1 in 3", "1/3", "about 5", "c. 40", "<5", "-3", "+3", "5k", "£1.2m"),
        *("1,23", "1,0234", "12,34,567", ",5", ".5", "5.", "1.2.3", "40 %", "%", "£", "£5%"),
        *("١٢٣", "²", "1e9", "NaN", "0x7f", "1\n2", "\x00"),
    ],
    ids=ascii,
)
def test_what_is_no_exact_number_is_not_read_as_one(figure):
    assert parse(figure) is None


@given(st.text(max_size=8))
def test_no_text_at_all_breaks_the_reading(text):
    rows = compare(("2014", text), ("2015", "5"))

    assert [row.figure for row in rows] == [text, "5"]


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_bars_are_as_long_as_their_numbers(one, other):
    first, second = compare(("2014", f"{one:,}"), ("2015", str(other)))
    longest = max(one, other)

    if longest == 0:
        assert (first.share, second.share) == ("", "")
    else:
        for row, number in ((first, one), (second, other)):
            assert float(row.share.removesuffix("%")) == pytest.approx(
                100 * number / longest, abs=0.051
            )


def test_the_scale_starts_at_0_and_the_largest_fills_it():
    assert compare(("2013/14", "816"), ("2014/15", "1,023")) == [
        Row("2013/14", "816", "79.8%"),
        Row("2014/15", "1,023", "100.0%"),
    ]
    assert compare(("2014", "51"), ("2015", "108"))[0].share == "47.2%"
    assert [row.share for row in compare(("2014", "50%"), ("2015", "0%"))] == ["100.0%", "0.0%"]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [("60+", "70"), ("60", "70+"), ("40%", "50"), ("£5", "6"), ("0", "0"), ("1 in 3", "1 in 2")],
)
def test_what_cannot_be_compared_exactly_gets_no_bars(earlier, later):
    assert compare(("2014", earlier), ("2015", later)) == [
        Row("2014", earlier, ""),
        Row("2015", later, ""),
    ]
