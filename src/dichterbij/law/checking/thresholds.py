"""Thresholds that do not fit together: cases nobody reaches, values that no case covers, cases that overlap.

Looks at conditions that compare one value with limits written in the law (or filled in by delegation), also nested in
each other. Says nothing where it cannot be sure. Compare DMN tables: arXiv 1603.07466.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import reduce
from typing import Final, TypeAlias

from ..calendar_rules import day, is_day
from ..graph import Graph, Kind, Node
from .ranges import ALL, HIGHEST, LOWEST, NONE, Cut, Number, Ranges, where
from .walk import NAMES, Found, behind

_MIRRORED: Final = {
    "LESS_THAN": "GREATER_THAN", "GREATER_THAN": "LESS_THAN", "EQUALS": "EQUALS",
    "LESS_THAN_OR_EQUAL": "GREATER_THAN_OR_EQUAL", "GREATER_THAN_OR_EQUAL": "LESS_THAN_OR_EQUAL",
}  # fmt: skip
Known: TypeAlias = Mapping[int, Ranges]
"""What is known of values at some point: between which limits they lie."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What a condition says of values. `exact`: it holds whenever the value lies there, nothing else counts."""

    about: Mapping[int, Ranges]
    exact: bool

    @property
    def alone(self) -> tuple[int, Ranges] | None:
        """Return the one value that decides, with where it must lie; None when more counts."""
        return next(iter(self.about.items())) if self.exact and len(self.about) == 1 else None


NOTHING: Final = Condition({}, exact=False)


def threshold_findings(graph: Graph) -> Iterator[Found]:
    """Yield cases that cannot apply, values without a case, and ranges that overlap."""
    search = _Search(graph)
    inside = {arg for node in graph.nodes if node.kind is Kind.OPERATION for arg in node.args}
    for node in graph.nodes:
        if node.kind is Kind.OPERATION and node.number not in inside:
            search.walk(node, {})
    yield from search.found


@dataclass(slots=True)
class _Search:
    graph: Graph
    found: dict[Found, None] = field(default_factory=dict)

    def walk(self, node: Node, known: Known) -> None:
        """Look at an expression of one article, knowing between which limits some values lie."""
        if node.kind is not Kind.OPERATION:
            return
        if node.name == "IF":
            self._conditional(node, known)
            return
        if node.name == "AND" and self._never(self._said(node), {}):
            self._report(node, "", "DeadCase", "Deze voorwaarden kunnen niet tegelijk gelden.")
        for arg in node.args:
            self.walk(self.graph.nodes[arg], known)

    def _conditional(self, node: Node, known: Known) -> None:
        *cases, otherwise = node.args
        taken: list[tuple[int, Ranges]] = []
        for index, (when, then) in enumerate(zip(cases[::2], cases[1::2], strict=True)):
            said = self._said(self.graph.nodes[when])
            if self._never(said, known):
                self._report(node, f"cases.{index}", "DeadCase", "Dit geval kan hier nooit gelden.")
            self._overlap(node, index, said, taken)
            self.walk(self.graph.nodes[when], known)
            self.walk(self.graph.nodes[then], _narrowed(known, said))
            if said.alone:
                number, ranges = said.alone
                taken.append((number, ranges))
                known = {**known, number: known.get(number, ALL).both(ranges.rest())}
        self._gap(node, known, taken)
        self.walk(self.graph.nodes[otherwise], known)

    def _never(self, said: Condition, known: Known) -> bool:
        return any(known.get(number, ALL).both(ranges).is_empty for number, ranges in said.about.items())

    def _overlap(self, node: Node, index: int, said: Condition, taken: list[tuple[int, Ranges]]) -> None:
        """Two ranges with a lower and an upper limit each, of which the second begins inside the first."""
        if said.alone is None or not _is_bounded(said.alone[1]):
            return
        number, ranges = said.alone
        for other, before in taken:
            shared = before.both(ranges)
            if other == number and _is_bounded(before) and not shared.is_empty and shared not in (before, ranges):
                sentence = f"Dit geval overlapt een eerder geval: {self._told(number, shared)}."
                self._report(node, f"cases.{index}", "Overlap", sentence)

    def _gap(self, node: Node, known: Known, taken: list[tuple[int, Ranges]]) -> None:
        """Cases that divide one value, without anything for what lies between or beside them."""
        otherwise = behind(self.graph, node.args[-1])
        if otherwise.kind is not Kind.LITERAL or otherwise.value is not None or len(taken) < 2:
            return
        numbers = {number for number, _ in taken}
        if len(numbers) != 1 or len(taken) != len(node.args) // 2:
            return
        (number,) = numbers
        left = known[number]
        between = reduce(Ranges.both, (left, _span([ranges for _, ranges in taken])))
        if not between.is_empty:
            self._report(node, "default", "Gap", f"Geen geval geldt voor {self._told(number, between)}.")

    def _report(self, node: Node, path: str, name: str, sentence: str) -> None:
        found = Found.at(node.place, name, sentence)
        where_ = f"{found.path}.{path}" if path else found.path
        self.found[Found(found.law, found.valid_from, found.article, where_, name, sentence)] = None

    def _told(self, number: int, ranges: Ranges) -> str:
        name = self.graph.nodes[number].name
        (low, _), (high, _) = ranges.parts[0]
        kind = self.is_date(number)
        return f"'{name}' van {_limit(low, kind)} tot {_limit(high, kind)}"

    def is_date(self, number: int) -> bool:
        """Say whether a value is a date."""
        node = behind(self.graph, number)
        return node.declared.type == "date" or self.graph.nodes[number].declared.type == "date"

    # -- what a condition says -----------------------------------------------------------------------------

    def _said(self, node: Node) -> Condition:
        node = behind(self.graph, node.number)
        if node.kind is not Kind.OPERATION:
            return NOTHING
        match node.name:
            case "NOT":
                return self._opposite(node)
            case "AND":
                return self._all(node)
            case "OR":
                return self._any(node)
            case name if name in _MIRRORED:
                return self._compared(node)
            case _:
                return NOTHING

    def _opposite(self, node: Node) -> Condition:
        alone = self._said(self.graph.nodes[node.args[0]]).alone
        return Condition({alone[0]: alone[1].rest()}, exact=True) if alone else NOTHING

    def _all(self, node: Node) -> Condition:
        parts = [self._said(self.graph.nodes[arg]) for arg in node.args]
        about: dict[int, Ranges] = {}
        for part in parts:
            about = dict(_narrowed(about, part))
        return Condition(about, exact=all(part.exact for part in parts))

    def _any(self, node: Node) -> Condition:
        alone = [self._said(self.graph.nodes[arg]).alone for arg in node.args]
        known = [part for part in alone if part is not None]
        if len(known) < len(alone) or len({number for number, _ in known}) != 1:
            return NOTHING
        return Condition({known[0][0]: reduce(Ranges.either, (ranges for _, ranges in known))}, exact=True)

    def _compared(self, node: Node) -> Condition:
        left, right = node.args
        limit = self._limit(right)
        if limit is not None and self._limit(left) is None:
            return Condition({self._value(left): where(node.name, limit)}, exact=True)
        limit = self._limit(left)
        if limit is not None and self._limit(right) is None:
            return Condition({self._value(right): where(_MIRRORED[node.name], limit)}, exact=True)
        return NOTHING

    def _value(self, number: int) -> int:
        """Return the named value that is compared: the same number however it is reached."""
        node = self.graph.nodes[number]
        while node.kind in NAMES and self.graph.nodes[node.args[0]].kind in NAMES:
            node = self.graph.nodes[node.args[0]]
        return node.number

    def _limit(self, number: int) -> Number | None:
        value = behind(self.graph, number).value
        if behind(self.graph, number).kind is not Kind.LITERAL or isinstance(value, bool):
            return None
        if isinstance(value, int | Decimal):
            return value
        return day(value).toordinal() if isinstance(value, str) and is_day(value) else None


def _narrowed(known: Known, said: Condition) -> Known:
    return {**known, **{number: known.get(number, ALL).both(ranges) for number, ranges in said.about.items()}}


def _is_bounded(ranges: Ranges) -> bool:
    return len(ranges.parts) == 1 and ranges.parts[0][0] != LOWEST and ranges.parts[0][1] != HIGHEST


def _span(ranges: list[Ranges]) -> Ranges:
    """Return everything from the first to the last limit of several ranges."""
    cuts: list[Cut] = [cut for each in ranges for part in each.parts for cut in part]
    return Ranges(((min(cuts), max(cuts)),)) if cuts else NONE


def _limit(value: Number, is_date: bool) -> str:
    if value in (LOWEST[0], HIGHEST[0]):
        return "..."
    return date.fromordinal(int(value)).isoformat() if is_date else str(value)
