"""Soft hyphens in long words, so that a Dutch compound breaks well on a narrow screen.

Chromium has no Dutch hyphenation of its own; `overflow-wrap` alone breaks at any letter.
"""

import re
from functools import cache, lru_cache

import pyphen  # type: ignore[import-untyped]

SOFT_HYPHEN = "\u00ad"
# Letters from which a word may not fit on a phone: in a heading, and in text.
IN_HEADING, IN_TEXT = 16, 22
_WORD = re.compile(r"\w+")
_DICTIONARIES = {"nl": "nl_NL", "en": "en_GB"}


@cache
def _dictionary(language: str) -> pyphen.Pyphen | None:
    name = _DICTIONARIES.get(language)
    return pyphen.Pyphen(lang=name, left=3, right=3) if name else None


@lru_cache(maxsize=4096)
def hyphenate(text: str, language: str = "nl", shortest: int = IN_TEXT) -> str:
    """Return a text with soft hyphens in words of at least `shortest` letters; unchanged without a dictionary.

    >>> hyphenate("Uw nabestaandenuitkering", shortest=IN_HEADING).replace(SOFT_HYPHEN, "-")
    'Uw nabe-staan-den-uit-ke-ring'
    """
    dictionary = _dictionary(language)
    if dictionary is None:
        return text

    def broken(match: re.Match[str]) -> str:
        word = match.group()
        return dictionary.inserted(word, SOFT_HYPHEN) if len(word) >= shortest else word

    return _WORD.sub(broken, text)
