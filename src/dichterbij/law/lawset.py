"""A set of law files: every version of every regulation, found by `$id` and `valid_from`, never by path."""

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Final, TypeVar, cast

from .calendar_rules import day
from .check import check_set, check_shape
from .document import Raw, read_text
from .errors import Defect, LawError, LawSetInvalid
from .lines import line_of
from .model import Article, LawVersion
from .parse import parse_law
from .shelf import Shelf
from .vocabulary import Vocabulary, parse_vocabulary

VOCABULARY_FILE: Final = "facts.yaml"
MOST_REMEMBERED: Final = 400
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class LawSet:
    """All loaded law files. `versions` holds them per law, newest first; `roots`: the folders they come from."""

    laws: Mapping[str, tuple[LawVersion, ...]]
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    roots: tuple[Path, ...] = ()

    @classmethod
    def load(cls, paths: Iterable[Path], *, strict: bool = True, shelf: Path | None = None) -> "LawSet":
        """Read all law files under the paths; raises `LawSetInvalid` with every defect at once.

        A file replaces the one at the same place in an earlier folder; of a vocabulary it replaces the facts it names.
        `strict=False` skips the checks of content and only reads (for conformance folders). `shelf`: a private folder
        in which files that were read and found right are kept for the next process.
        """
        given = [Path(path) for path in paths]
        texts = {str(file): read_text(file) for file in _layered(given)}
        kept = Shelf.open(shelf)
        laws = cls.of(texts, strict=strict, roots=tuple(path for path in given if path.is_dir()), shelf=kept)
        if strict:
            kept.close(list(texts.values()))
        return laws

    @classmethod
    def of(
        cls,
        texts: Mapping[str, str],
        *,
        strict: bool = True,
        roots: tuple[Path, ...] = (),
        shelf: Shelf | None = None,
    ) -> "LawSet":
        """Make a law set of texts by file name."""
        kept = shelf or Shelf()
        found, vocabulary, defects = _read_all(texts, kept)
        versions = [parse_law(data, file=file, sha256=_sha256(texts[file])) for file, data in found.items()]
        if strict:
            new = {file: data for file, data in found.items() if not kept.has(texts[file])}
            defects += [defect for file, data in new.items() for defect in check_shape(data, file)]
            defects += check_set(versions, vocabulary)
        if defects:
            raise LawSetInvalid(tuple(sorted(_with_lines(defects, texts))))
        return cls(_by_law(versions), vocabulary, roots)

    def versions(self, law: str) -> tuple[LawVersion, ...]:
        """Return all versions of a law, newest first; none for a law that is not loaded."""
        return self.laws.get(law, ())

    @cached_property
    def hash(self) -> str:
        """Return one hash over all files."""
        lines = sorted(
            f"{version.id} {version.valid_from} {version.sha256}" for all_ in self.laws.values() for version in all_
        )
        return _sha256("\n".join(lines))

    def version(self, law: str, on: date) -> LawVersion:
        """Return the version in force on a day; raises LawNotFound or NotInForce, never an older version."""
        if not self.versions(law):
            raise LawError("LawNotFound", f"Law '{law}' not found")
        text = on.isoformat()
        current = next((v for v in self.versions(law) if not v.valid_from or v.valid_from <= text), None)
        if current is None:
            first = self.versions(law)[-1].valid_from
            raise LawError("NotInForce", f"No version of law '{law}' in force on {text}; first in force from {first}")
        if current.valid_to and current.valid_to < text:
            raise LawError(
                "NotInForce",
                f"No version of law '{law}' in force on {text}; last in force until {current.valid_to}",
            )
        return current

    def in_force(self, on: date) -> list[LawVersion]:
        """Return the version in force of every law that has one on this day."""
        found = []
        for law in self.laws:
            try:
                found.append(self.version(law, on))
            except LawError:
                continue
        return found

    def implementations(self, law: str, article: str, term: str, on: date) -> list[tuple[LawVersion, Article]]:
        """Return the articles in force that fill an open term."""
        return [
            (version, candidate)
            for version in self._in_force_at(on)
            for candidate in version.articles
            for target in candidate.implements
            if (target.law, target.article, target.open_term) == (law, article, term)
        ]

    def hooks(self, on: date) -> list[tuple[LawVersion, Article]]:
        """Return the articles in force that run around decisions of other articles."""
        return [(v, article) for v in self._in_force_at(on) for article in v.articles if article.hooks]

    def deciding_characters(self, submission: str, on: date) -> set[str]:
        """Return the legal characters of the decisions that are taken on what an article lets people submit."""
        articles = [article for version in self._in_force_at(on) for article in version.articles]
        return {article.legal_character for article in articles if submission in article.decides_on}

    def epoch(self, on: date) -> int:
        """Return a number that is equal for days on which the same versions are in force."""
        return bisect_right(self.turning_points, on)

    def _in_force_at(self, on: date) -> list[LawVersion]:
        epoch = self.epoch(on)
        if epoch not in self._memory:
            self._memory[epoch] = self.in_force(on)
        return self._memory[epoch]

    def remembered(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return what was made for this key before, or make it now; a few hundred are kept."""
        found = self._made.get(key)
        if found is None:
            found = make()
            if len(self._made) >= MOST_REMEMBERED:
                self._made.clear()
            self._made[key] = found
        return cast(T, found)

    @cached_property
    def codes(self) -> frozenset[str]:
        """Return the codes of all municipalities, provinces and water boards that have a regulation here."""
        return frozenset(code for all_ in self.laws.values() for version in all_ for code in version.codes.values())

    @cached_property
    def _made(self) -> dict[tuple[object, ...], object]:
        return {}

    @cached_property
    def _memory(self) -> dict[int, list[LawVersion]]:
        return {}

    @cached_property
    def turning_points(self) -> list[date]:
        """Return the days on which some version begins, or is no longer in force, in order."""
        points: set[date] = set()
        for version in (version for all_ in self.laws.values() for version in all_):
            if version.valid_from:
                points.add(day(version.valid_from))
            if version.valid_to:
                points.add(day(version.valid_to) + timedelta(days=1))
        return sorted(points)


def _layered(roots: list[Path]) -> list[Path]:
    """Return the files of all folders; of files at the same place the one in the last folder."""
    found: dict[Path, Path] = {}
    for root in roots:
        for file in _yaml_files(root):
            is_alone = root.is_file() or file.name == VOCABULARY_FILE
            found[file if is_alone else file.relative_to(root)] = file
    return list(found.values())


def _yaml_files(root: Path) -> list[Path]:
    if root.is_file():
        return [root]
    return sorted(path for path in root.rglob("*.yaml") if "cases" not in path.parts and "labels" not in path.parts)


def _with_lines(defects: list[Defect], texts: Mapping[str, str]) -> list[Defect]:
    return [
        replace(defect, line=line_of(texts[defect.file], defect.path)) if not defect.line else defect
        for defect in defects
    ]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _read_all(texts: Mapping[str, str], shelf: Shelf) -> tuple[dict[str, dict[str, Raw]], Vocabulary, list[Defect]]:
    found: dict[str, dict[str, Raw]] = {}
    vocabulary = Vocabulary()
    defects: list[Defect] = []
    for file, text in texts.items():
        try:
            data = shelf.read(text, file)
            shelf.put(text, data)
        except LawSetInvalid as invalid:
            defects += invalid.defects
            continue
        if isinstance(data, dict) and ("articles" in data or "$id" in data):
            found[file] = data
        elif isinstance(data, dict) and Path(file).name == VOCABULARY_FILE:
            vocabulary = vocabulary.with_more(parse_vocabulary(data, file))
        elif not isinstance(data, dict):
            defects.append(Defect(file, 0, "", "", "NoLaw", "Dit bestand is leeg of geen regelbestand."))
    return found, vocabulary, defects


def _by_law(versions: list[LawVersion]) -> dict[str, tuple[LawVersion, ...]]:
    laws: dict[str, list[LawVersion]] = {}
    for version in sorted(versions, key=lambda version: version.valid_from, reverse=True):
        laws.setdefault(version.id, []).append(version)
    return {law: tuple(all_) for law, all_ in sorted(laws.items())}
