"""Words that people may not know (`content/glossary.yaml`), explained where they appear."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from .documents import Document, Finding, read

FILE = Path("content/glossary.yaml")
LANGUAGES = ("nl", "en", "pap")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word, how it stands in texts, and what it means per language."""

    word: str
    seen_as: re.Pattern[str]
    meaning: Mapping[str, str]


def explained(texts: Iterable[str], language: str) -> list[tuple[str, str]]:
    """Return the words in these texts that we explain, in the order of the glossary, with what they mean."""
    joined = "\n".join(texts)
    return [(term.word, term.meaning[language]) for term in _terms() if term.seen_as.search(joined)]


def check(document: Document) -> list[Finding]:
    """Return what is wrong in a glossary file."""
    return [
        document.finding((word,), f'Het woord "{word}" heeft geen "{name}".', "Vul het in.")
        for word, entry in document.data.items()
        for name in ("seen_as", *LANGUAGES)
        if not entry.get(name)
    ]


@cache
def _terms() -> tuple[Term, ...]:
    found: dict[str, Term] = {}
    for folder in settings.DATA_FOLDERS:
        if (folder / FILE).is_file():
            found |= {term.word: term for term in _read(folder / FILE)}
    return tuple(found.values())


def _read(path: Path) -> Iterable[Term]:
    for word, entry in read(path).data.items():
        ways = "|".join(re.escape(way) for way in entry["seen_as"])
        meaning = {language: entry[language] for language in LANGUAGES}
        yield Term(word=word, seen_as=re.compile(rf"\b(?:{ways})\b"), meaning=meaning)
