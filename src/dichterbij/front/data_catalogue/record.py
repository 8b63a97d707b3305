"""What organisations state of their record of processing activities, in `content/processing_record.yaml`; all optional.

Law: GDPR article 30, first paragraph. What an organisation did not state is nothing here, and never filled in by us;
only in the demonstration something invented stands in its place, and each text says that it is.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel.problems import Problem

from .domain import Stated

DEMONSTRATION = "demonstration"
OF_ACTIVITY = ("people", "recipients", "transfer", "retention")


class InvalidRecord(Problem):
    """The file states something under a name that nobody would read."""

    code = "invalid-processing-record"
    title = "Het register van verwerkingen klopt niet"


def officer(key: str, language: str) -> str:
    """Return how to reach the data protection officer of an organisation; empty when it did not say."""
    return _text(_of(key), "officer", language) or _invented(_demonstration(), "officer", language)


def stated(key: str, activity: str, language: str) -> Stated:
    """Return what an organisation states of one of its activities, and of its security."""
    said, shown = _of(key), _demonstration()
    of_this = said.get("activities", {}).get(activity, {})
    instead = {**shown.get("every", {}), **shown.get("tasks", {}).get(activity.partition(".")[2], {})}
    words = {name: _text(of_this, name, language) or _invented(instead, name, language) for name in OF_ACTIVITY}
    return Stated(**words, measures=_text(said, "measures", language) or _invented(shown, "measures", language))


def _files() -> Mapping[str, Any]:
    return _load(tuple(Path(folder) / "content" / "processing_record.yaml" for folder in settings.DATA_FOLDERS))


def _demonstration() -> Mapping[str, Any]:
    """Return what stands in the demonstration where a body stated nothing; nothing anywhere else."""
    found: Mapping[str, Any] = _files().get(DEMONSTRATION, {}) if settings.DEMONSTRATION else {}
    return found


def _invented(said: Mapping[str, Any], name: str, language: str) -> str:
    text = _text(said, name, language)
    with translation.override(language):
        return _("Verzonnen voor de demonstratie: %(text)s") % {"text": text} if text else ""


def _of(key: str) -> Mapping[str, Any]:
    found = _files()
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
        is_invented = key == DEMONSTRATION
        _ensure_known(key, said, ("officer", "measures", *(("every", "tasks") if is_invented else ("activities",))))
        _ensure_known(f"{key}, every", said.get("every", {}), OF_ACTIVITY)
        for activity, of_this in said.get("tasks" if is_invented else "activities", {}).items():
            _ensure_known(f"{key}, {activity}", of_this, OF_ACTIVITY)
    return found


def _ensure_known(where: str, said: Mapping[str, Any], names: tuple[str, ...]) -> None:
    unknown = sorted(set(said) - set(names))
    if unknown:
        raise InvalidRecord(f"processing_record.yaml, {where}: {', '.join(unknown)}.")
