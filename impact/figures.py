"""What a printed figure says as a number, and how two of them stand side by side."""

import re
from decimal import Decimal
from typing import NamedTuple

_PRINTED = re.compile(r"(£?)((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)(%?)")


class Row(NamedTuple):
    """One figure of a comparison; `share` is its length in per cent of the longest, or ""."""

    period: str
    figure: str
    share: str


def parse(figure: str) -> tuple[Decimal, str] | None:
    """
    The number of a printed figure and its unit: "1,023" is (1023, ""), "70.5%" (70.5, "%").

    None for what is no exact number: "60+", "1 in 3", "1,23". A bar would claim too much of it.
    """
    found = _PRINTED.fullmatch(figure.strip())
    if found is None or (found[1] and found[3]):
        return None
    pounds, digits, percent = found.groups()
    return Decimal(digits.replace(",", "")), pounds or percent


def compare(*printed: tuple[str, str]) -> list[Row]:
    """
    Figures as (period, figure), in the order given, with the lengths of their bars.

    The scale starts at 0 and the largest is 100 per cent. Without bars (`share` is "") if one is
    no exact number, if their units differ, or if all are 0.
    """
    numbers = [parse(figure) for _, figure in printed]
    units = {number and number[1] for number in numbers}
    if None in numbers or len(units) > 1:
        return [Row(period, figure, "") for period, figure in printed]
    values = [number[0] for number in numbers]
    longest = max(values)
    shares = [f"{100 * value / longest:.1f}%" if longest else "" for value in values]
    return [
        Row(period, figure, share) for (period, figure), share in zip(printed, shares, strict=True)
    ]
