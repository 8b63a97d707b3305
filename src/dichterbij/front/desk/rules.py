"""The rules of the counter and the phone, from `content/desk.yaml`: figures with a source, reasons, questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from dichterbij.kernel.access import Permission
from dichterbij.kernel.problems import Problem

NEVER = "never"
KINDS = frozenset({"year", "one_of_days"})
SHOWN = ("naam.", "geboorte.", "adressering.")
"""Fields of the register that begin so stand on the screen of the worker before anything is answered."""


class InvalidDeskFile(Problem):
    """The file with the rules of the desk is not in order."""

    code = "invalid-desk-file"
    title = "Het bestand met regels voor de balie klopt niet"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneQuestion:
    """A question on the phone: the field of the population register that answers it, and how answers compare."""

    id: str
    field: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All rules of the desk. Minutes, days and numbers as their names say; `right`: answers an act needs by phone."""

    help_minutes: int
    emergency_minutes: int
    code_minutes: int
    letter_days: int
    wrong_codes: int
    searches: int
    one_in: int
    call_back_days: int
    call_tries: int
    calls_waiting: int
    call_held_minutes: int
    invite_within_days: int
    calls_per_hour: int
    reasons: Mapping[str, Mapping[str, str]]
    case_reasons: Mapping[str, Mapping[str, str]]
    grounds: Mapping[str, Mapping[str, str]]
    least_shown: int
    questions: tuple[PhoneQuestion, ...]
    wrong_answers: int
    right: Mapping[Permission, int]
    never: frozenset[tuple[str, Permission]]

    def reason(self, key: str, language: str) -> str:
        """Return a reason as the person reads it."""
        return self.reasons[key][language]

    @property
    def most_right(self) -> int:
        """Return how many right answers open everything that may be done by phone."""
        return max(self.right.values())


def reasons() -> tuple[Mapping[str, str], ...]:
    """Return every reason that a worker can choose, by language."""
    return (*rules().reasons.values(), *rules().case_reasons.values())


def rules() -> Rules:
    """Return the rules of the last data folder that has them; raises `InvalidDeskFile`."""
    found = [path for folder in settings.DATA_FOLDERS if (path := Path(folder) / "content" / "desk.yaml").is_file()]
    if not found:
        raise InvalidDeskFile("content/desk.yaml ontbreekt.")
    return _read(found[-1])


@lru_cache(maxsize=4)
def _read(path: Path) -> Rules:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        return _rules(data)
    except (KeyError, TypeError, ValueError) as wrong:
        raise InvalidDeskFile(f"content/desk.yaml: {wrong}") from wrong


def _rules(data: Mapping[str, Any]) -> Rules:
    helped, code, phone = data["help"], data["code"], data["phone"]
    return Rules(
        help_minutes=_figure(helped["minutes"]),
        emergency_minutes=_figure(helped["emergency_minutes"]),
        code_minutes=_figure(code["minutes"]),
        letter_days=_figure(code["letter_days"]),
        wrong_codes=_figure(code["wrong"]),
        searches=_figure(data["search"]["per_ten_minutes"]),
        one_in=_figure(data["review"]["one_in"]),
        call_back_days=_figure(data["call_back"]["working_days"]),
        call_tries=_figure(data["call_back"]["tries"]),
        calls_waiting=_figure(data["call_back"]["waiting"]),
        invite_within_days=_figure(data["objection"]["invite_within_days"]),
        call_held_minutes=_figure(data["call_back"]["held_minutes"]),
        calls_per_hour=_figure(data["call_back"]["without_login_per_hour"]),
        reasons=_texts(data["reasons"]),
        case_reasons=_texts(data["case_reasons"]),
        grounds=_texts(data["grounds"]),
        least_shown=_figure(data["signals"]["least"]),
        questions=tuple(_question(key, each) for key, each in phone["questions"].items()),
        wrong_answers=_figure(phone["wrong"]),
        right={Permission(act): int(each["right"]) for act, each in phone["acts"].items() if each["source"]},
        never=frozenset(_never(phone.get("products", {}))),
    )


def _texts(entries: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    return {key: {language: words[language] for language in ("nl", "en", "pap")} for key, words in entries.items()}


def _figure(entry: Mapping[str, Any]) -> int:
    if not entry["source"]:
        raise ValueError("a figure needs its source")
    return int(entry["is"])


def _question(key: str, entry: Mapping[str, str]) -> PhoneQuestion:
    if entry["kind"] not in KINDS:
        raise ValueError(f"unknown kind of question {entry['kind']}")
    if entry["field"].startswith(SHOWN):
        raise ValueError(f"the screen shows the answer to {key}")
    return PhoneQuestion(id=key, field=entry["field"], kind=entry["kind"])


def _never(products: Mapping[str, Mapping[str, str]]) -> list[tuple[str, Permission]]:
    return [
        (product, Permission(act))
        for product, acts in products.items()
        for act, said in acts.items()
        if act != "source" and said == NEVER
    ]
