"""What people type, made safe to store: every door of the site uses this."""

import re
import unicodedata

# Zero-width characters and direction marks: invisible, and able to disguise what is written.
_INVISIBLE = dict.fromkeys(
    [
        0x00AD,
        0x061C,
        0x180E,
        0xFEFF,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFFF9, 0xFFFC),
        *range(0xE0000, 0xE0080),
    ]
)
# Control characters, and the two that no XML file and so no spreadsheet may hold.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s\b")
_LINE_END = re.compile(r"\r\n?|[\u0085\u2028\u2029\x0b\x0c]")
_MARKS_IN_A_ROW = 30  # as many as Unicode's stream-safe text format has; real words have up to 10


def _begins_with_a_mark(sign: str) -> bool:
    return unicodedata.combining(unicodedata.normalize("NFD", sign)[0]) > 0


# All lie between U+0300 and U+1FFFF; a test looks at the rest.
_MARK = "".join(filter(_begins_with_a_mark, map(chr, range(0x300, 0x20000))))
_MARKS_TOO_MANY = re.compile(f"([{_MARK}]{{{_MARKS_IN_A_ROW}}})[{_MARK}]+")


def _compose(value: str) -> str:
    """
    NFC, with at most 30 marks on one letter.

    Normalising sorts the marks of a letter by comparing each with each: some thousands, in a form
    of a few hundred kilobytes, would keep the whole process busy for seconds.
    """
    composed = unicodedata.normalize("NFC", _MARKS_TOO_MANY.sub(r"\1", value))
    return _MARKS_TOO_MANY.sub(r"\1", composed)  # a letter may have brought one of its own


def clean_text(value: str, multiline: bool = False) -> str:
    """
    Text that every database, mail and spreadsheet can hold.

    NFC, with at most 30 marks on one letter; no control characters, zero-width characters or
    direction marks; half surrogate pairs become U+FFFD; outer space gone. One line has single
    spaces; with `multiline`, line ends are "\\n" and at most one line in a row is empty.
    """
    value = _LINE_END.sub("\n", value)
    value = _SURROGATE.sub("\ufffd", _CONTROL.sub("", value)).translate(_INVISIBLE)
    value = _compose(value)
    if not multiline:
        return " ".join(value.split())
    lines = [" ".join(line.split()) for line in value.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def plain_words(text: str) -> list[str]:
    """The words of a text in small letters, without punctuation: "Who’s (new)?" is who, new."""
    return _WORD.findall(_POSSESSIVE.sub("", text.lower()))


def has_phrase(text: str, phrase: str) -> bool:
    """
    Whether the words of the phrase stand together in the text, in that order, whatever stands
    between them: "one-to-one help" is in "One to one help?". A phrase without a word is nowhere.
    """
    words = " ".join(plain_words(phrase))
    return bool(words) and f" {words} " in f" {' '.join(plain_words(text))} "


def on_the_wire(address: str) -> str:
    """
    An e-mail address as a mail to it is sent, in small letters: two spellings of one domain,
    "bücher.example" and "xn--bcher-kva.example", are one.

    :raises UnicodeError: the domain cannot be sent.
    """
    name, _, domain = address.rpartition("@")
    return f"{name}@{domain.encode('idna').decode()}".casefold()
