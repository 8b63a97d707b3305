"""How rows of a case file become questions and facts: `cases/mapping.yaml` beside a law.

The mapping knows keys, never rows. Per file stem it lists entries; an entry fits a row when all its input keys are
there (those with `optional: true` may be missing) and every text under `when` is equal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from dichterbij.kernel.dates import add_months
from dichterbij.kernel.money import cents
from dichterbij.kernel.periods import Period

from .cases_people import put_people
from .document import Raw, read_yaml
from .parse import Object, obj, text
from .territory import EUROPEAN

UNITS: Final = ("euro", "eurocent", "percent", "")
SUBJECT: Final = "p1"
ANY: Final = "*"
Persons = dict[str, dict[str, Raw]]


class UnfitRow(Exception):
    """A row that no mapping can read; the text says what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One way to read the rows of a file."""

    law: str
    period: Object
    when: Mapping[str, str]
    needs: frozenset[str]
    inputs: Mapping[str, Object]
    expected: Mapping[str, Object]
    assume: Mapping[str, Mapping[str, Raw]]
    territory: Object

    def fits(self, row: Mapping[str, Raw]) -> bool:
        """Say whether this entry can read a row with these input values."""
        needed = {key for key, how in self.inputs.items() if not how.get("optional")}
        needed |= self.needs | set(self.when)
        known = set(self.inputs) | set(self.when)
        return needed <= set(row) <= known and all(str(row[key]) == value for key, value in self.when.items())


@dataclass(frozen=True, slots=True)
class CaseMapping:
    """All entries by the stem of the case file."""

    entries: Mapping[str, tuple[Entry, ...]]

    @classmethod
    def load(cls, roots: list[Path]) -> "CaseMapping":
        """Read every `cases/mapping.yaml` under the roots."""
        found: dict[str, tuple[Entry, ...]] = {}
        for file in sorted(path for root in roots for path in root.rglob("cases/mapping.yaml")):
            data = read_yaml(file.read_text(encoding="utf-8"), str(file))
            for stem, listed in data.items() if isinstance(data, dict) else ():
                entries = (
                    tuple(_entry(item) for item in listed if isinstance(item, dict)) if isinstance(listed, list) else ()
                )
                found[stem] = (*found.get(stem, ()), *entries)
        return cls(found)

    def entry(self, stem: str, row: Mapping[str, Raw], expected: Mapping[str, Raw]) -> Entry:
        """Return the entry that reads this row; raises UnfitRow when there is none."""
        for entry in self.entries.get(stem, ()):
            plain = set(expected) <= {"refused", "unknown"}
            if entry.fits(row) and (plain or set(expected) <= set(entry.expected)):
                return entry
        raise UnfitRow(f"no mapping for input {sorted(row)} and expected {sorted(expected)}")


def _entry(data: Object) -> Entry:
    return Entry(
        law=text(data, "law"),
        period=obj(data, "period"),
        when={key: str(value) for key, value in obj(data, "when").items()},
        needs=frozenset(map(str, obj(data, "needs"))),
        inputs={
            key: value if isinstance(value, dict) else {"fact": value} for key, value in obj(data, "input").items()
        },
        expected={
            key: value if isinstance(value, dict) else {"output": value} for key, value in obj(data, "expected").items()
        },
        assume={person: dict(facts) for person, facts in obj(data, "assume").items() if isinstance(facts, dict)},
        territory=obj(data, "territory"),
    )


def period_of(entry: Entry, row: Mapping[str, Raw], columns: Mapping[str, str]) -> Period:
    """Return the period of a row: from an input key, from a column of the file, or fixed."""
    if "key" in entry.period:
        return Period.parse(str(row[text(entry.period, "key")]))
    if "fixed" in entry.period:
        return Period.parse(text(entry.period, "fixed"))
    written = columns.get(text(entry.period, "column") or "date", "")
    if not written:
        raise UnfitRow("the row has no date")
    return Period.parse(written)


def territory_of(entry: Entry, row: Mapping[str, Raw]) -> str:
    """Return where the person of a row lives: fixed, or what an input key means; else the European Netherlands."""
    if "key" not in entry.territory:
        return text(entry.territory, "fixed") or EUROPEAN
    word = word_of(row[text(entry.territory, "key")])
    found = text(obj(entry.territory, "values"), word)
    if not found:
        raise UnfitRow(f"the mapping has no meaning for '{word}'")
    return found


def persons_of(entry: Entry, row: Mapping[str, Raw], on: date) -> Persons:
    """Return the facts of a row, the fixed assumptions of its entry included."""
    persons: Persons = {SUBJECT: {}}
    for person, facts in entry.assume.items():
        persons.setdefault(person, {}).update(facts)
    for key, how in entry.inputs.items():
        if key in row:
            _put(persons, how, row[key], on)
    return persons


def _put(persons: Persons, how: Object, value: Raw, on: date) -> None:
    """Write one value of a row under its fact.

    `values` translates texts, `sets` writes several facts at once (`*`: for any other text), `none` says what null
    means: facts, or unknown. `of` writes the value for every person in a list.
    """
    if value is None and "none" in how:
        _put_none(persons, how)
        return
    word = word_of(value)
    known = obj(how, "sets")
    sets = obj(known, word if word in known else ANY)
    if "sets" in how and not known.keys() & {word, ANY}:
        raise UnfitRow(f"the mapping has no meaning for '{word}'")
    for path, fact_value in sets.items():
        _write(persons, path, fact_value)
    if "split" in how:
        targets = how["split"] if isinstance(how["split"], list) else []
        share = Decimal(str(value)) / len(targets)
        for target in targets:
            _write(persons, str(target), _converted(str(share), how, on))
    elif "list" in how:
        _put_people(persons, how, value, on)
    elif "of" in how:
        for person in _listed(persons, text(how, "of")):
            _write(persons, f"{person}.{text(how, 'fact')}", _converted(value, how, on))
    elif "fact" in how:
        _write(persons, text(how, "fact"), _converted(value, how, on))


def _listed(persons: Persons, name: str) -> list[str]:
    found = persons[SUBJECT].get(name)
    return [str(person) for person in found] if isinstance(found, list) else []


def _put_people(persons: Persons, how: Object, value: Raw, on: date) -> None:
    try:
        put_people(persons, SUBJECT, how, value, lambda item, meaning: _converted(item, meaning, on))
    except ValueError as error:
        raise UnfitRow(str(error)) from None


def _put_none(persons: Persons, how: Object) -> None:
    for path, fact_value in obj(how, "none").items():
        _write(persons, path, fact_value)
    if how["none"] == "unknown":
        persons[SUBJECT].pop(text(how, "fact"), None)


def word_of(value: object) -> str:
    """Return a value as the mapping writes it: `null`, `true`, `false` or its text."""
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _write(persons: Persons, path: str, value: Raw) -> None:
    person, _, fact = path.rpartition(".")
    persons.setdefault(person or SUBJECT, {})[fact] = value


def _converted(value: Raw, how: Object, on: date) -> Raw:
    if "values" in how:
        words = obj(how, "values")
        if word_of(value) not in words:
            raise UnfitRow(f"the mapping has no meaning for '{word_of(value)}'")
        return words[word_of(value)]
    try:
        return _calculated(value, how, on)
    except (ValueError, ArithmeticError):
        raise UnfitRow(f"'{value}' is no number") from None


def _calculated(value: Raw, how: Object, on: date) -> Raw:
    if value is None:
        return None
    if how.get("as") == "birthday":
        return _birthday(int(Decimal(str(value))), on).isoformat()
    if how.get("unit") == "euro":
        return int(cents(str(value)))
    if how.get("as") == "number":
        number = Decimal(str(value))
        return int(number) if number == int(number) else number
    if "times" in how:
        return int(Decimal(str(value)) * Decimal(str(how["times"])))
    return value


def _birthday(age: int, on: date) -> date:
    """Return a day of birth half a year before the birthday on which someone reached this age."""
    return add_months(on, -12 * age - 6)
