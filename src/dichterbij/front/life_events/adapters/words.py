"""The words of facts (`laws/facts/<language>.yaml`): label, question, help, and what each value is called."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import yaml
from django.conf import settings


@dataclass(frozen=True, slots=True, kw_only=True)
class FactWords:
    """What a person reads about a fact in one language."""

    label: str
    question: str
    help: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


def words(fact: str, language: str) -> FactWords:
    """Return the words of a fact, in Dutch when the language has none; the name itself when nobody wrote any."""
    return _all(language).get(fact) or _all("nl").get(fact) or FactWords(label=fact, question=fact)


@cache
def _all(language: str) -> Mapping[str, FactWords]:
    found: dict[str, FactWords] = {}
    for folder in settings.DATA_FOLDERS:
        path = folder / "laws" / "facts" / f"{language}.yaml"
        if path.is_file():
            data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            found |= {
                name: _words(entry) for name, entry in data.items() if isinstance(entry, dict) and "label" in entry
            }
    return found


def _words(entry: Mapping[str, Any]) -> FactWords:
    return FactWords(
        label=entry["label"],
        question=entry.get("question") or entry["label"],
        help=entry.get("help") or "",
        values=entry.get("values") or {},
    )
