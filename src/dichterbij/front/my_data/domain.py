"""What the pages show: sources with their rows, and the acts of others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from dichterbij.delivery.cases.corrections.domain import CorrectionRequest
from dichterbij.kernel.formats import date_long, euro, number
from dichterbij.law import FactDefinition

Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One value as it was fetched. `fact`: its name, or a field of the registry that no law asks. `year`: of which."""

    fact: str
    value: Plain
    year: int | None
    valid_from: date | None
    in_investigation: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line on the page. `name`: the fact or field. `asked`: the request to correct it that waits for an answer."""

    name: str
    label: str
    value: str
    valid_from: date | None
    in_investigation: bool
    asked: CorrectionRequest | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A registry on the page, with who keeps it.

    `empty`: what it has nothing about. `read_at` None: never fetched; `unavailable_since`: there was no answer the last
    time; `waits_for`: because of this other source, that must be asked first; `changed_at`: when it told that it says
    something else by now.
    """

    key: str
    label: str
    holder: str
    holder_url: str
    rows: tuple[Row, ...]
    empty: tuple[str, ...]
    read_at: datetime | None
    unavailable_since: datetime | None
    waits_for: str
    changed_at: datetime | None


def words(fact: FactDefinition | None, value: Plain, language: str, texts: Mapping[str, str]) -> str:
    """Return a value as a person reads it. Numbers of other people are never shown, only how many there are.

    `fact` None: a text of the registry that no law asks. `texts`: the words of the language for yes, no, one person,
    several people, and for the fixed values of the fact.
    """
    if fact is not None and fact.is_relation:
        count = len(value) if isinstance(value, list) else 1
        return texts["one person"] if count == 1 else texts["people"].format(count=count)
    if isinstance(value, bool):
        return texts["yes"] if value else texts["no"]
    if isinstance(value, list):
        return ", ".join(words(fact, item, language, texts) for item in value)
    return texts.get(f"value {value}") or _text(fact, value, language)


def is_nothing(value: Plain) -> bool:
    """Say whether a registry has nothing here."""
    return value is None or value == []


def _text(fact: FactDefinition | None, value: Plain, language: str) -> str:
    kind = fact.type if fact else "string"
    if kind == "date" and isinstance(value, str):
        return date_long(date.fromisoformat(value), language)
    if isinstance(value, int):
        return euro(value, language) if kind == "amount" else number(value, language)
    return str(value)
