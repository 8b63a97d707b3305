"""Types of values, step by step: an operation that can never succeed is a defect (RFC-037, T1 to T4)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from ..calendar_rules import is_day
from ..graph import Graph, Kind, Node
from ..operations import OPERATIONS
from ..terms import TERM_END
from ..values import Value
from .walk import Found, operation_word

ANY: Final = ""
_DECLARED: Final = {"amount": "number", "list": "array"}
_NUMBERS: Final = ("SUBTRACT", "MULTIPLY", "DIVIDE", "MIN", "MAX", "ROUND", "CEIL", "FLOOR")
_ORDERS: Final = ("GREATER_THAN", "LESS_THAN", "GREATER_THAN_OR_EQUAL", "LESS_THAN_OR_EQUAL")
_DATES: Final[Mapping[str, tuple[int, ...]]] = {
    "AGE": (0, 1), "DATE_ADD": (0,), "DAY_OF_WEEK": (0,), "DATE_DIFF": (0, 1), "DATE_PART": (0,), "START_OF": (0,),
    TERM_END: (0,),
}  # fmt: skip
WORDS: Final = {
    "number": "een getal", "string": "een tekst", "boolean": "waar of onwaar", "date": "een datum",
    "array": "een lijst", "object": "een groep velden",
}  # fmt: skip


def type_findings(graph: Graph) -> Iterator[Found]:
    """Yield operations whose operands have the wrong type, and outputs of another type than declared."""
    types: list[str] = []
    for node in graph.nodes:
        types.append(_type(node, types))
        if node.kind is Kind.OPERATION:
            yield from _wrong_operands(node, types)
        elif node.kind is Kind.OUTPUT:
            yield from _wrong_output(node, types)


def _type(node: Node, types: list[str]) -> str:  # noqa: PLR0911 one line per kind of node
    match node.kind:
        case Kind.LITERAL:
            return type_of(node.value)
        case Kind.CONTEXT:
            return {"iso": "date", "": "date"}.get(str(node.detail["property"]), "number")
        case Kind.OPERATION:
            return _result(node, types)
        case Kind.OUTPUT | Kind.INPUT | Kind.PARAMETER | Kind.DEFINITION | Kind.OPEN_TERM:
            declared = _DECLARED.get(node.declared.type, node.declared.type)
            return declared or types[node.args[0]]
        case Kind.CALL | Kind.OVERRIDE:
            return types[node.args[0]]
        case Kind.SUBJECT:
            return "string"
        case _:
            return ANY


def type_of(value: Value) -> str:
    """Return the type of a value written in the law."""
    match value:
        case bool():
            return "boolean"
        case int() | Decimal():
            return "number"
        case str():
            return "date" if is_day(value) else "string"
        case tuple():
            return "array"
        case _:
            return ANY


def _result(node: Node, types: list[str]) -> str:
    if node.name == "IF":
        branches = {types[arg] for arg in (*node.args[1:-1:2], node.args[-1])} - {ANY}
        return branches.pop() if len(branches) == 1 else ANY
    if node.name == TERM_END:
        return "date"
    if node.name == "ADD":
        return types[node.args[0]]
    return OPERATIONS[node.name].result


def _wrong_operands(node: Node, types: list[str]) -> Iterator[Found]:
    word, operands = operation_word(node), [types[arg] for arg in node.args]
    if word in _NUMBERS:
        yield from _each(node, operands, "number")
    elif word == "ADD":
        yield from _alike(node, operands, ("number", "string", "array"))
    elif word in _ORDERS:
        yield from _alike(node, operands, ("number", "date"))
    elif word in ("AND", "OR", "NOT"):
        yield from _each(node, operands, "boolean")
    elif word == "IF":
        yield from _each(node, operands[:-1:2], "boolean")
    elif word in _DATES:
        yield from _each(node, [operands[index] for index in _DATES[word]], "date")


def _each(node: Node, operands: list[str], wanted: str) -> Iterator[Found]:
    for found in operands:
        if found not in (ANY, wanted, "object"):
            sentence = f"{operation_word(node)} heeft {WORDS[wanted]} nodig, maar krijgt {WORDS[found]}."
            yield Found.at(node.place, "TypeMismatch", sentence)


def _alike(node: Node, operands: list[str], allowed: tuple[str, ...]) -> Iterator[Found]:
    known = {found for found in operands if found not in (ANY, "object")}
    if len(known) > 1 or not known <= set(allowed):
        kinds = " en ".join(WORDS[kind] for kind in sorted(known))
        yield Found.at(node.place, "TypeMismatch", f"{operation_word(node)} kan niet met {kinds}.")


def _wrong_output(node: Node, types: list[str]) -> Iterator[Found]:
    declared, found = _DECLARED.get(node.declared.type, node.declared.type), types[node.args[0]]
    if declared in ("", "object") or found in (ANY, "object", declared):
        return
    if {declared, found} == {"date", "string"}:
        return
    sentence = f"De uitkomst '{node.name}' is {WORDS[declared]}, maar de regel geeft {WORDS[found]}."
    yield Found.at(node.place, "TypeMismatch", sentence)
