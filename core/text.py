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
_LINE_END = re.compile(r"\r\n?|[\u0085\u2028\u2029\x0b\x0c]")


def clean_text(value: str, multiline: bool = False) -> str:
    """
    Text that every database, mail and spreadsheet can hold.

    NFC; no control characters, zero-width characters or direction marks; half surrogate pairs
    become U+FFFD; outer space gone. One line has single spaces; with `multiline`, line ends are
    "\\n" and at most one line in a row is empty.
    """
    value = _LINE_END.sub("\n", value)
    value = _SURROGATE.sub("\ufffd", _CONTROL.sub("", value)).translate(_INVISIBLE)
    value = unicodedata.normalize("NFC", value)
    if not multiline:
        return " ".join(value.split())
    lines = [" ".join(line.split()) for line in value.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
