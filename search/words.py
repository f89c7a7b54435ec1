"""What somebody typed, as words to look for, and those words marked in what was found."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core.text import plain_words

MOST_WORDS = 8
EXCERPT = 200  # characters, about
SHORTEST_START = 4  # letters of a word that may stand for what begins with it
BEFORE = 60  # characters of an excerpt before the first word that is marked

_WORD = re.compile(r"[^\W_]+")
_SKIPPED = (
    "a about an and are as at be by can do does for from get have how i if in is it me my of on or "
    "our so that the their there they this to us we what when where which who why will with would "
    "you your"
)
_LISTED = re.compile(r"([.?!])(?: ?,)+")  # the index joins the parts of a list with commas
_VOWEL = re.compile("[aeiouy]")
_LIKE_LOCALLY = re.compile(".{5}ly$")  # without -ly it is a word or begins one: not so "family"
_SHORT_SHIP = re.compile("^(.{6})ships?$")  # internship: what begins so may be the internet
_WHOLE = frozenset(["intern"])  # words that begin too many others, though they are not short
_HISSING = re.compile("(s|x|z|ch|sh)es$")


@dataclass(frozen=True)
class Words:
    """
    Words to look for, each in its forms: `(("mentors", "mentor*"), ("job", "jobs"))`.

    A form that ends in "*" stands for everything that begins so. `typed` are the words as they
    were typed. `every` says whether all must be there, or any of them.
    """

    forms: tuple[tuple[str, ...], ...]
    typed: tuple[str, ...] = ()
    every: bool = True

    def __bool__(self) -> bool:
        return bool(self.forms)

    @cached_property
    def _folded(self) -> tuple[frozenset[str], tuple[str, ...]]:
        """The forms that are whole words, and those that words begin with."""
        forms = [fold(form) for group in self.forms for form in group]
        starts = tuple(form[:-1] for form in forms if form.endswith("*"))
        return frozenset(forms), starts

    def include(self, word: str) -> bool:
        """Whether a word of a text is one of these, whatever its accents and capitals."""
        whole, starts = self._folded
        word = fold(word)
        return word in whole or word.startswith(starts)

    def all_stand_in(self, text: str) -> bool:
        """Whether a text has each of these words in one of its forms."""
        there = plain_words(text)
        return bool(self) and all(
            any(Words((group,)).include(word) for word in there) for group in self.forms
        )

    def mark(self, text: str) -> SafeString:
        """The text as HTML, with `<mark>` around these words."""
        parts, end = [], 0
        for found in _WORD.finditer(text):
            if self.include(found[0]):
                parts += [escape(text[end : found.start()]), f"<mark>{escape(found[0])}</mark>"]
                end = found.end()
        return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308 - each part is escaped

    def excerpt(self, text: str) -> str:
        """About 200 characters around the first of these words; from the start if none is there."""
        text = _LISTED.sub(r"\1", " ".join(text.split()))
        first = next((found for found in _WORD.finditer(text) if self.include(found[0])), None)
        start = first.start() - BEFORE if first and first.end() > EXCERPT - BEFORE else 0
        if start > 0:
            start = text.find(" ", start, first.start()) + 1 or first.start()
        end = len(text)
        if end > start + EXCERPT:
            end = max(text.rfind(" ", start, start + EXCERPT), first.end() if first else 0)
            end = end if end > start else start + EXCERPT
        before, after = "… " if start else "", " …" if end < len(text) else ""
        return f"{before}{text[start:end]}{after}"


def words_of(text: str) -> Words:
    """
    What to look for. Words like "how" and "the" are left out, unless there are no others; what
    stands after the eighth word is not looked at.
    """
    typed = list(dict.fromkeys(plain_words(text)))
    telling = [word for word in typed if word not in _SKIPPED.split()] or typed
    looked_for = tuple(telling[:MOST_WORDS])
    return Words(tuple(forms_of(word) for word in looked_for), looked_for)


def forms_of(word: str) -> tuple[str, ...]:
    """
    What stands for a word: singular and plural, with and without -ing, -ed, -ly, -ship, and what
    begins with it. A word of up to three letters begins too many others: "art" begins "article".

    A word without an ending is named twice, as itself and as a beginning, and so counts more where
    it stands alone: "care" before "career".
    """
    if re.search("..ies?$|.[^aeiou]ys?$", word) and not _LIKE_LOCALLY.search(word):
        root = re.sub("(ies?|ys?)$", "", word)
        return word, f"{root}y*", f"{root}ies*"
    if short := _SHORT_SHIP.search(word):
        return f"{short[1]}ship*", short[1], f"{short[1]}s"
    for ending, shortest in (("ing", 3), ("ed", 3), ("ly", 5), ("ship", 7), ("ships", 7)):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= shortest and _VOWEL.search(stem):
            return (f"{stem[:-1] if stem[-1] == stem[-2] else stem}*",)
    stem = word
    if _HISSING.search(word):
        stem = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        stem = word[:-1]
    if stem in _WHOLE:
        return stem, f"{stem}s", f"{stem}ship*"
    if len(stem) < SHORTEST_START:
        return tuple(dict.fromkeys([word, stem or word, f"{stem}s"]))
    return (stem, f"{stem}*", f"{stem[:-1]}ing*") if stem[-1] == "e" else (stem, f"{stem}*")


def fold(text: str) -> str:
    """In small letters and without accents: "Café" is "cafe"."""
    if text.isascii():
        return text.lower()
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in split if not unicodedata.combining(letter))
