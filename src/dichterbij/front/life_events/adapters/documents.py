"""YAML files that know on which line each value stands, so that a mistake can be pointed at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Keys = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A mistake in a file of an editor: where it is, what is wrong, and how to repair it."""

    path: Path
    line: int
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.problem} {self.remedy}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file: its value, and the line of each value in it by the keys that lead there."""

    path: Path
    data: Mapping[str, Any]
    lines: Mapping[Keys, int]

    def line_of(self, *keys: str | int) -> int:
        """Return the line of a value, or of the nearest thing around it that exists."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)

    def finding(self, keys: Keys, problem: str, remedy: str) -> Finding:
        """Point at a value of this file."""
        return Finding(path=self.path, line=self.line_of(*keys), problem=problem, remedy=remedy)


class Unreadable(Exception):
    """A file is no YAML, or no mapping; holds the finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


def read(path: Path) -> Document:
    """Read one file; raises `Unreadable`."""
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        data = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        remedy = "Kijk naar aanhalingstekens, inspringing en dubbele punten rond deze regel."
        raise Unreadable(Finding(path=path, line=line, problem="Dit is geen geldige YAML.", remedy=remedy)) from None
    if not isinstance(data, dict) or node is None:
        raise Unreadable(Finding(path=path, line=1, problem="Dit bestand is leeg.", remedy="Vul de velden in."))
    return Document(path=path, data=data, lines=dict(_lines(node, ())))


def _lines(node: yaml.Node, keys: Keys) -> Iterable[tuple[Keys, int]]:
    yield keys, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _lines(value, (*keys, str(key.value)))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _lines(value, (*keys, number))


def files(folders: Iterable[Path], below: str) -> list[Path]:
    """Return the YAML files below a path in the data folders; a later folder replaces a file of the same name."""
    found = {path.relative_to(folder): path for folder in folders for path in sorted((folder / below).rglob("*.yaml"))}
    return [found[name] for name in sorted(found)]
