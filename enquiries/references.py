"""
References that people read out: `IA-XXXX-XXXX`.

Seven random letters and a check character from an alphabet without look-alikes. It has 23
characters, a prime number, so a single wrong or two swapped characters never pass the check.
"""

import re
import secrets

ALPHABET = "2346789BCDFGHJKMPQRTVWX"
_LENGTH = 7
_CHECK_WEIGHT = _LENGTH + 1


class BadReference(ValueError):
    """It cannot be a reference of this site."""


def new_reference() -> str:
    """A random reference; whether it is free is for the database to say."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(_LENGTH))
    return _written(body + _check_character(body))


def read_reference(typed: str) -> str:
    """
    The reference somebody meant, in any case and spacing, with or without "IA".

    :raises BadReference: if it has other characters, another length, or a slip in it.
    """
    text = re.sub(r"[\s\-–—_.]", "", typed).upper()
    text = text.removeprefix("IA")
    if len(text) != _LENGTH + 1 or any(letter not in ALPHABET for letter in text):
        raise BadReference(typed)
    if _check_character(text[:_LENGTH]) != text[_LENGTH]:
        raise BadReference(typed)
    return _written(text)


def _written(text: str) -> str:
    return f"IA-{text[:4]}-{text[4:]}"


def _check_character(body: str) -> str:
    """The character that makes the weighted sum of all eight divisible by 23."""
    total = sum(place * ALPHABET.index(letter) for place, letter in enumerate(body, start=1))
    # The check character weighs 8, so it has to undo the total divided by 8, modulo 23.
    inverse = pow(_CHECK_WEIGHT, -1, len(ALPHABET))
    return ALPHABET[-total * inverse % len(ALPHABET)]
