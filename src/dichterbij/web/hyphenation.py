"""Soft hyphens in long words, so that a Dutch compound breaks well on a narrow screen.

Chromium has no Dutch hyphenation of its own; `overflow-wrap` alone breaks at any letter.
"""

import re
from functools import cache, lru_cache

import pyphen

SOFT_HYPHEN = "\u00ad"
SHORTEST = 12
_WORD = re.compile(rf"\w{{{SHORTEST},}}")
_DICTIONARIES = {"nl": "nl_NL", "en": "en_GB"}


@cache
def _dictionary(language: str) -> pyphen.Pyphen | None:
    name = _DICTIONARIES.get(language)
    return pyphen.Pyphen(lang=name, left=3, right=3) if name else None


@lru_cache(maxsize=4096)
def hyphenate(text: str, language: str = "nl") -> str:
    """Return a text with soft hyphens in words of twelve letters or more; unchanged where we have no dictionary.

    >>> hyphenate("Nabestaandenuitkering").replace(SOFT_HYPHEN, "-")
    'Nabe-staan-den-uit-ke-ring'
    """
    dictionary = _dictionary(language)
    if dictionary is None:
        return text
    return _WORD.sub(lambda match: dictionary.inserted(match.group(), SOFT_HYPHEN), text)
