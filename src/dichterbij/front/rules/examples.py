"""The worked examples a law is held against: official ones and boundary cases, each with where it comes from."""

import csv
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeAlias

from dichterbij.ground.assessment.laws import current_laws
from dichterbij.law import LawSet
from dichterbij.law.cases_mapping import CaseMapping
from dichterbij.law.labels import plain
from dichterbij.law.model import LawVersion
from dichterbij.law.touched import Touched, touched_by

from .beside import folders

OURS: Final = "derived"
Rows: TypeAlias = Mapping[Touched, tuple[tuple[Path, str], ...]]


@dataclass(frozen=True, slots=True)
class Example:
    """One row of a case file, as it is published."""

    id: str
    day: str
    note: str
    origin: str
    confidence: str
    given: tuple[tuple[str, str], ...]
    expected: tuple[tuple[str, str], ...]

    @property
    def is_official(self) -> bool:
        """Say whether somebody else published the outcome; otherwise we derived it from the text of the law."""
        return not self.confidence.startswith(OURS)


def of_law(version: LawVersion) -> tuple[Example, ...]:
    """Return the examples beside a law, in the order of their files."""
    return _examples(folders(version))


def of_article(version: LawVersion, number: str) -> tuple[Example, ...]:
    """Return the examples whose outcome rests on an article of this version, official ones first."""
    laws = current_laws()
    touching = laws.remembered(("examples", version.id), lambda: _touching(laws, version.id))
    rows = touching.get(Touched(version.id, version.valid_from, number), ())
    found = [_by_id(file)[row] for file, row in rows]
    return tuple(sorted(found, key=lambda example: not example.is_official))


def _touching(laws: LawSet, law: str) -> Rows:
    """Return per article the rows that touch it: of the law itself, else of the laws that rest on it."""
    files = [file for other in _resting_on(laws, law) for file in _files(folders(laws.versions(other)[0]))]
    return touched_by(laws, CaseMapping.load(list(laws.roots)), files)


def _resting_on(laws: LawSet, law: str) -> list[str]:
    """Return the law with its own examples; without any the laws that call it or whose amounts it fills in."""
    if any(_files(folders(version)) for version in laws.versions(law)):
        return [law]
    filled = {target.law for each in laws.versions(law) for article in each.articles for target in article.implements}
    return [other for other in laws.laws if other in filled or _calls(laws.versions(other)[0], law)]


def _calls(version: LawVersion, law: str) -> bool:
    fields = (field for article in version.articles for field in article.inputs)
    return any(field.source is not None and field.source.regulation == law for field in fields)


def origins(examples: tuple[Example, ...]) -> list[tuple[str, int]]:
    """Return how many examples come from where, most first."""
    return Counter(example.origin for example in examples).most_common()


@lru_cache(maxsize=256)
def _examples(places: tuple[Path, ...]) -> tuple[Example, ...]:
    return tuple(example for file in _files(places) for example in _rows(file))


def _files(places: tuple[Path, ...]) -> list[Path]:
    return [file for place in places for file in sorted((place / "cases").glob("*.csv"))]


@lru_cache(maxsize=256)
def _rows(file: Path) -> tuple[Example, ...]:
    with file.open(encoding="utf-8", newline="") as lines:
        return tuple(_example(row) for row in csv.DictReader(lines))


@lru_cache(maxsize=256)
def _by_id(file: Path) -> dict[str, Example]:
    return {example.id: example for example in _rows(file)}


def _example(row: Mapping[str, str | None]) -> Example:
    def cell(*names: str) -> str:
        return next((value for name in names if (value := row.get(name))), "")

    return Example(
        id=cell("id"),
        day=cell("date"),
        note=cell("note"),
        origin=cell("origin", "source"),
        confidence=cell("confidence"),
        given=_told(cell("input")),
        expected=_told(cell("expected")),
    )


def _told(cell: str) -> tuple[tuple[str, str], ...]:
    """Return a cell of JSON as names with values; one that is no object is a single value."""
    try:
        data = json.loads(cell)
    except ValueError:
        data = cell
    pairs = data.items() if isinstance(data, dict) else [("", data)]
    return tuple((plain(name), _value(value)) for name, value in pairs)


def _value(value: object) -> str:
    if value is None:
        return "geen"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
