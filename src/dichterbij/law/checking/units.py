"""Units: euro is not eurocent, and money times money is nothing (RFC-023)."""

from collections.abc import Iterator
from typing import Final

from ..graph import Graph, Kind, Node
from .walk import Found, operation_word

UNKNOWN: Final = ""
_RATIOS: Final = ("ratio", "percentage")
_SAME: Final = ("ADD", "SUBTRACT", "MIN", "MAX")
_COMPARES: Final = (
    "EQUALS", "GREATER_THAN", "LESS_THAN", "GREATER_THAN_OR_EQUAL", "LESS_THAN_OR_EQUAL",
)  # fmt: skip


def unit_findings(graph: Graph) -> Iterator[Found]:
    """Yield operations that mix units."""
    units: list[str] = []
    for node in graph.nodes:
        units.append(_unit(node, units))
        if node.kind is Kind.OPERATION:
            yield from _mixed(node, units)
        elif node.kind in (Kind.OUTPUT, Kind.INPUT) and node.declared.unit:
            below = units[node.args[0]]
            if below not in (UNKNOWN, node.declared.unit):
                sentence = f"'{node.name}' is in {node.declared.unit}, maar de waarde komt in {below}."
                yield Found.at(node.place, "UnitMismatch", sentence)


def _unit(node: Node, units: list[str]) -> str:
    if node.declared.unit:
        return node.declared.unit
    match node.kind:
        case Kind.OUTPUT | Kind.INPUT | Kind.PARAMETER | Kind.CALL | Kind.OPEN_TERM | Kind.OVERRIDE:
            return units[node.args[0]]
        case Kind.OPERATION:
            return _result(node, units)
        case _:
            return UNKNOWN


def _result(node: Node, units: list[str]) -> str:
    word, known = operation_word(node), [units[arg] for arg in node.args if units[arg]]
    if word in (*_SAME, "ROUND", "CEIL", "FLOOR"):
        return known[0] if known else UNKNOWN
    if word == "IF":
        branches = {units[arg] for arg in (*node.args[1:-1:2], node.args[-1])} - {UNKNOWN}
        return branches.pop() if len(branches) == 1 else UNKNOWN
    if word == "MULTIPLY":
        own = [unit for unit in known if unit not in _RATIOS]
        return own[0] if len(own) == 1 else UNKNOWN
    return UNKNOWN


def _mixed(node: Node, units: list[str]) -> Iterator[Found]:
    word = operation_word(node)
    args = node.args if word != "IF" else (*node.args[1:-1:2], node.args[-1])
    known = list(dict.fromkeys(units[arg] for arg in args if units[arg]))
    if word in (*_SAME, *_COMPARES, "IF") and len(known) > 1:
        sentence = f"{word} kan niet met {' en '.join(known)} door elkaar."
        yield Found.at(node.place, "UnitMismatch", sentence)
    if word == "MULTIPLY" and sum(units[arg] not in (UNKNOWN, *_RATIOS) for arg in args) > 1:
        yield Found.at(node.place, "UnitMismatch", "MULTIPLY heeft aan een kant een verhouding of getal nodig.")
