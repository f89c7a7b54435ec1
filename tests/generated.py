"""
Inputs that nobody would think of, made from a seed: the same seed makes the same ones.

Up to half are texts of the corpus in one name each, beside good answers: with thousands of inputs
that is every text in every name. The others are random: names repeat, are missing or unknown, and
texts hold lone surrogates, NULs, numbers at every edge, fragments of markup and of other texts.
"""

from collections.abc import Iterator
from random import Random
from urllib.parse import quote_from_bytes

from tests.hostile import CORPUS

Pair = tuple[str, str]
RANGES = [(0x20, 0x7E), (0, 0x1F), (0x80, 0x2FF), (0x300, 0x36F), (0x600, 0x6FF), (0x2000, 0x206F)]
RANGES += [(0x4E00, 0x4FFF), (0xD800, 0xDFFF), (0xFFF0, 0xFFFF), (0x1F300, 0x1FAFF)]
EDGES = [0, 1, 2, 10, 255, 2**15, 2**31 - 1, 2**31, 2**32, 2**63 - 1, 2**63, 2**64, 10**30]


def inputs(seed: str, names: list[str], good: dict[str, str], count: int) -> Iterator[list[Pair]]:
    """So many inputs for a form or a query string with these names."""
    random = Random(seed)
    alone = list(_each_text_alone(names, good))
    random.shuffle(alone)
    yield from alone[: count // 2]
    for _ in range(count - min(len(alone), count // 2)):
        yield _input(random, names, good)


def encoded(pairs: list[Pair]) -> str:
    """As a browser would send it, were it to send this; lone surrogates become their bytes."""
    return "&".join(f"{_quote(name)}={_quote(text)}" for name, text in pairs)


def _quote(text: str) -> str:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")


def _each_text_alone(names: list[str], good: dict[str, str]) -> Iterator[list[Pair]]:
    for name in names:
        others = [(other, good[other]) for other in names if other in good and other != name]
        for text in CORPUS:
            yield [*others, (name, text)]


def _input(random: Random, names: list[str], good: dict[str, str]) -> list[Pair]:
    """Mostly good answers with a few odd ones, or all odd: both lead to other places."""
    odd = random.choice([0.1, 0.5, 1])
    pairs = []
    for name in names:
        for _ in range(random.choice([0, 1, 1, 1, 1, 2, 30])):
            plain = random.random() > odd and name in good
            pairs.append((name, good[name] if plain else _text(random)))
    if random.random() < 0.05:
        pairs.append((_text(random)[:50], _text(random)))
    random.shuffle(pairs)
    return pairs


def _text(random: Random) -> str:
    kind = random.randrange(10)
    if kind < 2:
        return random.choice(CORPUS)[:2_000]
    if kind < 4:
        return str(random.choice(EDGES) * random.choice([1, -1, 0.1]))
    if kind < 5:
        return _characters(random) * random.choice([1, 50])
    if kind < 7:
        one, two = random.choice(CORPUS), random.choice(CORPUS)
        return one[: random.randrange(40)] + _characters(random) + two[: random.randrange(40)]
    return _characters(random)


def _characters(random: Random) -> str:
    within = random.choices(RANGES, k=2)
    return "".join(chr(random.randint(*random.choice(within))) for _ in range(random.randrange(30)))
