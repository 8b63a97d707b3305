"""Official worked examples and boundary cases against the law files: `dichterbij law cases FILE.csv ...`."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import cast

from dichterbij.kernel.money import cents
from dichterbij.kernel.problems import Problem

from .cases_mapping import SUBJECT, CaseMapping, Entry, UnfitRow, period_of, persons_of, territory_of, word_of
from .determine import Facts, Open, Outcome, Question, Refused, determine
from .document import Raw
from .errors import LawError
from .lawset import LawSet
from .parse import Object, obj, text
from .values import Given, Value

DOCUMENTATION = "documentation_rows.csv"


@dataclass(frozen=True, slots=True)
class Case:
    """One row: what it is called, what goes in, what must come out."""

    id: str
    columns: Mapping[str, str]

    @property
    def input(self) -> Mapping[str, Raw]:
        """Return what goes in; raises UnfitRow when the cell holds no JSON object."""
        return _json(self.columns["input"])

    @property
    def expected(self) -> Mapping[str, Raw]:
        """Return what must come out; raises UnfitRow when the cell holds no JSON object."""
        return _json(self.columns["expected"])


@dataclass(frozen=True, slots=True)
class Failure:
    """A row whose outcome differs, or that nobody can read."""

    id: str
    expected: str
    got: str


@dataclass(slots=True)
class Report:
    """What happened to the rows of one file."""

    file: Path
    passed: int = 0
    skipped: int = 0
    failures: list[Failure] = field(default_factory=list)
    assumed: set[str] = field(default_factory=set)


def read_cases(file: Path) -> Iterator[Case]:
    """Return the rows of a case file; raises KeyError when a column is missing."""
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield Case(row["id"], {"input": row["input"], "expected": row["expected"], **row})


def _json(cell: str) -> dict[str, Raw]:
    try:
        found = json.loads(cell, parse_float=Decimal)
    except ValueError:
        raise UnfitRow(f"this is no JSON: {cell}") from None
    if not isinstance(found, dict):
        raise UnfitRow(f"this is no JSON object: {cell}")
    return found


def run_file(file: Path, laws: LawSet, mapping: CaseMapping, documentation: frozenset[str]) -> Report:
    """Run every row of a case file."""
    report = Report(file)
    for case in read_cases(file):
        if case.id in documentation:
            report.skipped += 1
        else:
            _run(case, report, laws, mapping)
    return report


def _run(case: Case, report: Report, laws: LawSet, mapping: CaseMapping) -> None:
    try:
        entry = mapping.entry(report.file.stem, case.input, case.expected)
        got = got_of(case, entry, laws)
    except UnfitRow as unfit:
        report.failures.append(Failure(case.id, case.columns["expected"], str(unfit)))
        return
    except Problem as problem:
        report.failures.append(Failure(case.id, case.columns["expected"], problem.detail))
        return
    report.assumed |= {f"{person}.{fact}" for person, facts in entry.assume.items() for fact in facts}
    if case.expected and all(key in got and same(got[key], value) for key, value in case.expected.items()):
        report.passed += 1
    else:
        report.failures.append(Failure(case.id, _shown(case.expected), _shown(got)))


def got_of(case: Case, entry: Entry, laws: LawSet) -> dict[str, Value]:
    """Return what the law gives under the keys that the row expects."""
    found: dict[str, Value] = {}
    for question, facts, asked in questions_of(case, entry):
        try:
            found |= _found(determine(laws, question, facts), asked, case.input)
        except LawError as error:
            found["error"] = f"{error.name}: {error.detail}"
    return found


def questions_of(case: Case, entry: Entry) -> Iterator[tuple[Question, Facts, Mapping[str, Object]]]:
    """Yield what a row asks of each law, about whom, and which output stands for which key of the row."""
    keys = [key for key in case.expected if key in entry.expected]
    asked = {key: entry.expected[key] for key in keys} or entry.expected
    period = period_of(entry, case.input, case.columns)
    persons = cast(Mapping[str, Mapping[str, Given]], persons_of(entry, case.input, period.first))
    for law in dict.fromkeys(text(how, "law") or entry.law for how in asked.values()):
        outputs = {key: how for key, how in asked.items() if (text(how, "law") or entry.law) == law}
        question = Question(
            law=law,
            outputs=tuple(dict.fromkeys(text(how, "output") for how in outputs.values())),
            subject=SUBJECT,
            period=period,
            decided_on=period.first,
            territory=territory_of(entry, case.input),
        )
        yield question, Facts(subject=SUBJECT, persons=persons), outputs


def _found(outcome: Outcome, asked: Mapping[str, Object], row: Mapping[str, Raw]) -> dict[str, Value]:
    if isinstance(outcome, Refused):
        return {"refused": True, "why": outcome.code}
    found = {
        key: _in_words(_in_unit(outcome.outputs[text(how, "output")], how), how, row)
        for key, how in asked.items()
        if text(how, "output") in outcome.outputs
    }
    if isinstance(outcome, Open):
        found |= {key: text(how, "unknown") for key, how in asked.items() if "unknown" in how and key not in found}
        found["unknown"] = tuple(sorted({ref.fact for ref in (*outcome.asks, *outcome.unknown)}))
    return found


def _in_words(value: Value, how: Object, row: Mapping[str, Raw]) -> Value:
    """Return a value as the rows word it (`values`); `{key}` in the words is an input of the row."""
    words = obj(how, "values")
    if isinstance(value, tuple):
        return tuple(_in_words(item, how, row) for item in value)
    found = words.get(word_of(value), value) if words and isinstance(value, str | int) else value
    if not words or not isinstance(found, str):
        return cast(Value, found)
    try:
        return found.format_map(row)
    except KeyError as missing:
        raise UnfitRow(f"the words of this outcome need {missing} in the row") from None


def _in_unit(value: Value, how: Object) -> Value:
    if isinstance(value, tuple):
        return tuple(_in_unit(item, how) for item in value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return value
    match how.get("unit"):
        case "euro":
            euros = Decimal(value) / 100
            return Decimal(cents(euros)) / 100 if how.get("whole_cents") else euros
        case "percent":
            return Decimal(value) * 100
        case "years_and_months":
            return f"{value // 12}j{value % 12}m"
        case _:
            return value


def same(got: Value, expected: Raw) -> bool:
    """Say whether an outcome is what was expected: numbers by value, dates and texts exactly, lists without order.

    >>> same(Decimal("1047.6"), "1047.60"), same("2026-05-26", "2026-05-26"), same(True, 1)
    (True, True, False)
    """
    if isinstance(got, bool) or isinstance(expected, bool) or got is None or expected is None:
        return got is expected
    if isinstance(expected, list):
        return isinstance(got, tuple) and sorted(map(str, got)) == sorted(map(str, expected))
    if isinstance(got, int | Decimal):
        return _number(expected) == Decimal(got)
    return got == expected


def _number(value: Raw) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _shown(values: Mapping[str, Raw] | Mapping[str, Value]) -> str:
    return json.dumps(values, default=str, ensure_ascii=False, sort_keys=True)


def documentation_rows(roots: list[Path]) -> frozenset[str]:
    """Return the ids of rows that document rather than compute, each listed with its reason."""
    found: set[str] = set()
    for root in roots:
        file = root / DOCUMENTATION
        if file.is_file():
            with file.open(encoding="utf-8", newline="") as lines:
                found |= {row["id"] for row in csv.DictReader(lines) if row["reason"].strip()}
    return frozenset(found)
