"""What organisations state of their record of processing activities, in `content/processing_record.yaml`; all optional.

Law: GDPR article 30, first paragraph. What an organisation did not state is nothing here, and never filled in by us.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel.problems import Problem

from .domain import Stated

OF_ACTIVITY = ("people", "recipients", "transfer", "retention")


class InvalidRecord(Problem):
    """The file states something under a name that nobody would read."""

    code = "invalid-processing-record"
    title = "Het register van verwerkingen klopt niet"


def officer(key: str, language: str) -> str:
    """Return how to reach the data protection officer of an organisation; empty when it did not say."""
    return _text(_of(key), "officer", language)


def stated(key: str, activity: str, language: str) -> Stated:
    """Return what an organisation states of one of its activities, and of its security."""
    said = _of(key)
    of_this = said.get("activities", {}).get(activity, {})
    words = {name: _text(of_this, name, language) for name in OF_ACTIVITY}
    return Stated(**words, measures=_text(said, "measures", language))


def _of(key: str) -> Mapping[str, Any]:
    found = _load(tuple(Path(folder) / "content" / "processing_record.yaml" for folder in settings.DATA_FOLDERS))
    own = found.get("operator", {}) if key == organisations.operator().key else {}
    return {**own, **found.get(key, {})}


def _text(said: Mapping[str, Any], name: str, language: str) -> str:
    texts: Mapping[str, str] = said.get(name, {})
    return texts.get(language) or texts.get("nl", "")


@lru_cache(maxsize=4)
def _load(files: tuple[Path, ...]) -> Mapping[str, Any]:
    """Return what the files say; an overlay replaces what it says of the same organisation."""
    found: dict[str, Any] = {}
    for file in files:
        if file.is_file():
            found |= yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    for key, said in found.items():
        _ensure_known(key, said, ("officer", "measures", "activities"))
        for activity, of_this in said.get("activities", {}).items():
            _ensure_known(f"{key}, {activity}", of_this, OF_ACTIVITY)
    return found


def _ensure_known(where: str, said: Mapping[str, Any], names: tuple[str, ...]) -> None:
    unknown = sorted(set(said) - set(names))
    if unknown:
        raise InvalidRecord(f"processing_record.yaml, {where}: {', '.join(unknown)}.")
