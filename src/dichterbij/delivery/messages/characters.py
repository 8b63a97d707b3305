"""Which characters a letter can show. A letter goes out, whatever somebody typed: what has no shape becomes a box."""

import unicodedata
from functools import cache
from pathlib import Path

BOX = "\u25a1"


@cache
def _shown() -> frozenset[int]:
    rows = (Path(__file__).parent / "fonts" / "coverage.txt").read_text(encoding="ascii").splitlines()[1:]
    ranges = ((int(first, 16), int(last, 16)) for first, last in (row.split() for row in rows))
    return frozenset(code for first, last in ranges for code in range(first, last + 1))


@cache
def _shape(character: str) -> str:
    if character.isspace():
        return character if character == "\xa0" else " "
    if unicodedata.category(character) in ("Cc", "Cf"):
        return ""
    return character if ord(character) in _shown() else BOX


def printable(text: str) -> str:
    """Return text with only characters that the letter font has; invisible ones disappear.

    >>> printable("Søren \\u200b\\u4f60 Zoë")
    'Søren □ Zoë'
    """
    return "".join(_shape(character) for character in unicodedata.normalize("NFC", text))
