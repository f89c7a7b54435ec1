"""What a visitor asks to see of the case studies: `?offer=&sector=&size=&tag=&q=`."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from core.text import clean_text

LONGEST_TEXT = 100  # characters of the words; what follows is not looked at
LEGENDS = {"offer": "What they did", "size": "Size", "sector": "Sector", "tag": "Topic"}


@dataclass(frozen=True)
class Option:
    """One choice of a filter, and how many case studies it shows beside the other filters."""

    name: str  # of the filter: a key of LEGENDS
    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Filters:
    """
    What was chosen: words, and pairs of a filter's name and a value.

    Values of one filter widen the choice, a further filter and each word narrow it.
    """

    words: str = ""
    values: tuple[tuple[str, str], ...] = ()

    @classmethod
    def asked_for(cls, query: QueryDict) -> "Filters":
        """What an address asks for; it may hold values that do not exist."""
        return cls(
            clean_text(query.get("q", ""))[:LONGEST_TEXT].strip(),
            tuple((name, value) for name in LEGENDS for value in query.getlist(name)),
        )

    def known(self, options: Iterable[Option]) -> "Filters":
        """The same without values that are no option: they are ignored."""
        known = [(option.name, option.value) for option in options]
        return replace(self, values=tuple(pair for pair in known if pair in self.values))

    def of(self, name: str) -> list[str]:
        """The chosen values of one filter; none means that it does not narrow."""
        return [value for other, value in self.values if other == name]

    def without(self, *pair: str) -> "Filters":
        """The same without one value: `filters.without("size", "1-9")`."""
        return replace(self, values=tuple(other for other in self.values if other != pair))

    def __bool__(self) -> bool:
        return bool(self.words or self.values)

    @property
    def query(self) -> str:
        """The query string that asks for this, "" for everything."""
        words = [("q", self.words)] if self.words else []
        return urlencode([*self.values, *words])


@dataclass(frozen=True)
class FilterForm:
    """The filters as a page shows them: questions with counts, and a chip for each choice."""

    chosen: Filters
    options: list[Option]

    @property
    def groups(self) -> list[dict]:
        """`{"name", "legend", "options": [{"option", "chosen"}]}`; filters with an option only."""
        groups = [
            {
                "name": name,
                "legend": legend,
                "options": [
                    {"option": option, "chosen": option.value in self.chosen.of(name)}
                    for option in self.options
                    if option.name == name
                ],
            }
            for name, legend in LEGENDS.items()
        ]
        return [group for group in groups if group["options"]]

    @property
    def chips(self) -> list[dict]:
        """`{"label", "query"}`: a chosen filter, and the query string that leaves it out."""
        chips = [
            {
                "label": option.label,
                "query": self.chosen.without(option.name, option.value).query,
            }
            for option in self.options
            if (option.name, option.value) in self.chosen.values
        ]
        if self.chosen.words:
            without = replace(self.chosen, words="").query
            chips.append({"label": f"“{self.chosen.words}”", "query": without})
        return chips
