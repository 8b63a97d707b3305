"""Can a step meet something that is not there? Then the law must test for it first (RFC-036, N1 to N5).

For each node we know which nodes must be absent for it to be absent (its causes). Under a condition that says
"there is one", those causes are ruled out. What a rule leaves absent itself (`default: null`) counts until a
condition beside it has been looked at: whether that condition rules it out depends on values we do not have.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from ..graph import Graph, Kind, Node
from ..operations import OPERATIONS
from .walk import Found, behind, is_null, operation_word

Causes: TypeAlias = frozenset[int]
NONE: Final[Causes] = frozenset()
_NEVER: Final = frozenset((Kind.OPERATION, Kind.FOREACH, Kind.CONTEXT, Kind.SUBJECT, Kind.LOCAL))


def absence_findings(graph: Graph) -> Iterator[Found]:
    """Yield steps that calculate with, or decide on, what may be absent."""
    check = _Check(graph)
    for node in graph.nodes:
        check.causes.append(check.causes_of(node))
    for number in graph.outputs.values():
        check.visit(number, NONE)
    yield from dict.fromkeys(check.found)


@dataclass(slots=True)
class _Check:
    graph: Graph
    causes: list[Causes] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    seen: set[tuple[int, Causes]] = field(default_factory=set)

    # -- when a node can be absent -------------------------------------------------------------------------

    def causes_of(self, node: Node) -> Causes:
        """Return what must be absent for a node to be absent."""
        if node.kind in (Kind.FACT, Kind.GIVEN) or (node.kind is Kind.LITERAL and node.value is None):
            return frozenset({node.number}) | self._below(node.args)
        if node.kind is Kind.OPERATION and node.name == "IF":
            return self._of_branches(node)
        if node.kind in _NEVER or node.detail.get("required"):
            return NONE
        if node.kind is Kind.OPEN_TERM and len(node.args) > 1:
            return self.causes[node.args[-1]]
        return self._below(node.args)

    def _below(self, numbers: Iterable[int]) -> Causes:
        return NONE.union(*(self.causes[number] for number in numbers))

    def _of_branches(self, node: Node) -> Causes:
        found, excluded = NONE, NONE
        *cases, otherwise = node.args
        for when, then in zip(cases[::2], cases[1::2], strict=True):
            found |= self.causes[then] - excluded - self._ruled_out(when, holds=True)
            excluded |= self._ruled_out(when, holds=False)
        return found | (self.causes[otherwise] - excluded)

    # -- where that matters --------------------------------------------------------------------------------

    def visit(self, number: int, excluded: Causes) -> None:
        """Walk a node, knowing that some causes of absence are ruled out."""
        if (number, excluded) in self.seen:
            return
        self.seen.add((number, excluded))
        node = self.graph.nodes[number]
        match node.name if node.kind is Kind.OPERATION else node.kind:
            case "IF":
                self._conditional(node, excluded)
            case "AND" | "OR":
                self._in_order(node, excluded)
            case _:
                self._plain(node, excluded)

    def _plain(self, node: Node, excluded: Causes) -> None:
        if node.kind is Kind.CALL:
            excluded |= self._below(node.args[1:])
        known = OPERATIONS.get(node.name)
        if node.kind is Kind.OPERATION and (known is None or not known.tests_absence):
            self._refuse(node, node.args, excluded)
        for arg in node.args:
            self.visit(arg, excluded)

    def _refuse(self, node: Node, operands: Iterable[int], excluded: Causes) -> None:
        if not node.detail.get("strict"):
            return
        for operand in operands:
            named = self.graph.nodes[operand]
            if self.causes[operand] - excluded and named.kind is not Kind.PROPERTY:
                what = f"'{named.name}'" if named.kind is not Kind.OPERATION else "Deze waarde"
                sentence = f"{what} kan ontbreken. Toets dat eerst (EQUALS null), voor {operation_word(node)}."
                self.found.append(Found.at(node.place, "NullOperand", sentence))

    def _in_order(self, node: Node, excluded: Causes) -> None:
        """AND looks at an operand only when those before it are not false; OR when they are not true."""
        left_absent = frozenset(n.number for n in self.graph.nodes if n.kind is Kind.LITERAL and n.value is None)
        for arg in node.args:
            self._refuse(node, [arg], excluded)
            self.visit(arg, excluded)
            excluded |= self._ruled_out(arg, holds=node.name == "AND") | left_absent

    def _conditional(self, node: Node, excluded: Causes) -> None:
        *cases, otherwise = node.args
        for when, then in zip(cases[::2], cases[1::2], strict=True):
            self._refuse(node, [when], excluded)
            self.visit(when, excluded)
            self.visit(then, excluded | self._ruled_out(when, holds=True))
            excluded |= self._ruled_out(when, holds=False)
        self.visit(otherwise, excluded)

    # -- what a condition says -----------------------------------------------------------------------------

    def _ruled_out(self, number: int, *, holds: bool) -> Causes:
        """Return the causes of absence that cannot be, when a condition holds or does not hold."""
        node = behind(self.graph, number)
        match node.name if node.kind is Kind.OPERATION else "":
            case "NOT":
                return self._ruled_out(node.args[0], holds=not holds)
            case "AND" if holds:
                return NONE.union(*(self._ruled_out(arg, holds=True) for arg in node.args))
            case "OR" if not holds:
                return NONE.union(*(self._ruled_out(arg, holds=False) for arg in node.args))
            case "EQUALS":
                return self._equals(node, holds)
            case "IF":
                return self._past_cases(node, holds)
            case _:
                return NONE

    def _equals(self, node: Node, holds: bool) -> Causes:
        """EQUALS null that fails, or EQUALS something there that holds: then there is one."""
        left, right = node.args
        for known, other in ((left, right), (right, left)):
            if is_null(self.graph, known) and not holds:
                return self.causes[other]
            if not self.causes[known] and holds:
                return self.causes[other]
        return NONE

    def _past_cases(self, node: Node, holds: bool) -> Causes:
        """An IF that gives true did not stop at a first case that gives false, and the other way round."""
        excluded = NONE
        for when, then in zip(node.args[:-1:2], node.args[1:-1:2], strict=True):
            value = behind(self.graph, then)
            if value.kind is not Kind.LITERAL or value.value is not (not holds):
                break
            excluded |= self._ruled_out(when, holds=False)
        return excluded
