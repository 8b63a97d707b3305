"""What an expression in a law file may look like; read from the table of operations."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from .document import Raw
from .model import SchemaVersion
from .operations import OPERATIONS, Operation
from .shapes import Finding, Whole, said

VARIABLE: Final = re.compile(r"\$[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*")
ENGINE_ONLY: Final = ("NOT_EQUALS", "IS_NULL", "NOT_NULL", "NOT_IN", "SWITCH")
OPERATION_WORDS: Final = tuple(name for name in OPERATIONS if ":" not in name and name not in ENGINE_ONLY)
COMBINATIONS: Final = ("ADD", "OR", "AND", "MIN", "MAX")
PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "DATE_DIFF": ("days", "months", "years"),
    "DATE_PART": ("year", "month", "day"),
    "START_OF": ("year", "month"),
}
_FOREACH: Final = ("collection", "as", "filter", "body", "combine")
MAX_NESTED: Final = 100


@dataclass(frozen=True, slots=True)
class ExpressionShape:
    """A literal, a variable, or an operation with its operands."""

    at_action: bool = False
    depth: int = 0

    def findings(self, value: Raw, path: str, version: SchemaVersion) -> Iterator[Finding]:
        """Yield what is wrong with an expression."""
        if self.depth > MAX_NESTED:
            yield path, "MaxDepthExceeded", f"Er zijn meer dan {MAX_NESTED} bewerkingen in elkaar genest."
        elif isinstance(value, str):
            yield from _variable(value, path)
        elif isinstance(value, dict):
            yield from self._operation(value, path, version)
        elif not (value is None or isinstance(value, bool | int | Decimal)):
            yield path, "WrongType", f"Hier hoort een waarde of een bewerking, maar er staat {said(value)}."

    def _operation(self, value: dict[str, Raw], path: str, version: SchemaVersion) -> Iterator[Finding]:
        name = value.get("operation")
        known = OPERATIONS.get(name) if isinstance(name, str) else None
        if name not in OPERATION_WORDS or known is None or known.since > version:
            yield (
                f"{path}.operation",
                "InvalidOperation",
                f"De bewerking '{name}' kent deze versie van het formaat niet.",
            )
            return
        if self.at_action and not known.inline:
            yield path, "InvalidOperation", f"{name} moet onder 'value' staan, niet naast 'output'."
            return
        match name:
            case "IF":
                yield from self._conditional(value, path, version)
            case "FOREACH":
                yield from self._foreach(value, path, version)
            case _:
                yield from self._plain(value, known, path, version)

    def _inner(self, value: Raw, path: str, version: SchemaVersion) -> Iterator[Finding]:
        yield from ExpressionShape(depth=self.depth + 1).findings(value, path, version)

    def _plain(self, value: dict[str, Raw], known: Operation, path: str, version: SchemaVersion) -> Iterator[Finding]:
        many = known.many
        if known.name == "IN" and "values" not in value:
            known, many = OPERATIONS["IN:value"], ""
        optional_value = known.name in ("EQUALS",) and version < (0, 7, 0)
        needed = [key for key in (*known.operands, *known.fixed) if not (optional_value and key == "value")]
        if self.at_action:  # an action has its own fields; only what rounding needs is asked for
            needed, many = list(known.fixed), many if many in value else ""
        else:
            yield from _keys(value, {*known.operands, *known.optional, *known.fixed, many} - {""}, path)
        yield from _missing(value, [*needed, *([many] if many else [])], path, known.name)
        for key in (*known.operands, *known.optional):
            if key in value:
                yield from self._operand(value[key], known.name, key, path, version)
        items = value.get(many) if many else None
        if items is not None and not isinstance(items, list):
            yield f"{path}.{many}", "WrongType", f"{known.name} heeft onder '{many}' een lijst nodig."
        for index, item in enumerate(items if isinstance(items, list) else []):
            yield from self._inner(item, f"{path}.{many}.{index}", version)
        if "precision" in known.fixed and "precision" in value:
            yield from Whole(-28, 28).findings(value["precision"], f"{path}.precision", version)

    def _operand(self, value: Raw, name: str, key: str, path: str, version: SchemaVersion) -> Iterator[Finding]:
        if key == "in" and name in PARTS:
            is_variable = name == "DATE_DIFF" and isinstance(value, str) and value.startswith("$")
            if value not in PARTS[name] and not is_variable:
                yield f"{path}.in", "UnknownWord", f"{name} kent '{value}' niet. Kies uit: {', '.join(PARTS[name])}."
            return
        yield from self._inner(value, f"{path}.{key}", version)

    def _conditional(self, value: dict[str, Raw], path: str, version: SchemaVersion) -> Iterator[Finding]:
        yield from _keys(value, {"cases", "default"}, path)
        cases = value.get("cases")
        if not isinstance(cases, list):
            yield f"{path}.cases", "MissingField", "IF heeft een lijst 'cases' nodig."
            return
        for index, case in enumerate(cases):
            at = f"{path}.cases.{index}"
            if not isinstance(case, dict) or set(case) != {"when", "then"}:
                yield at, "WrongType", "Een geval heeft precies 'when' en 'then'."
                continue
            yield from self._inner(case["when"], f"{at}.when", version)
            yield from self._inner(case["then"], f"{at}.then", version)
        if "default" in value:
            yield from self._inner(value["default"], f"{path}.default", version)

    def _foreach(self, value: dict[str, Raw], path: str, version: SchemaVersion) -> Iterator[Finding]:
        yield from _keys(value, set(_FOREACH), path)
        yield from _missing(value, ["collection", "body"], path, "FOREACH")
        for key in ("collection", "filter", "body"):
            if key in value:
                yield from self._inner(value[key], f"{path}.{key}", version)
        if "combine" in value and value["combine"] not in COMBINATIONS:
            yield f"{path}.combine", "UnknownWord", f"FOREACH voegt samen met {', '.join(COMBINATIONS)}."
        name = value.get("as", "item")
        if not isinstance(name, str) or not re.fullmatch(r"[a-z_][a-z0-9_]*", name):
            yield f"{path}.as", "WrongForm", "De naam na 'as' bestaat uit kleine letters, cijfers en streepjes (_)."


EXPRESSION: Final = ExpressionShape()


def _variable(value: str, path: str) -> Iterator[Finding]:
    if value.startswith("$") and not VARIABLE.fullmatch(value):
        yield path, "WrongForm", f"'{value}' is geen geldige naam, zoals $inkomen of $partner.inkomen."


def _keys(value: dict[str, Raw], allowed: set[str], path: str) -> Iterator[Finding]:
    for key in value:
        if key not in allowed | {"operation", "legal_basis"}:
            yield f"{path}.{key}", "UnknownField", f"{value['operation']} kent het veld '{key}' niet."


def _missing(value: dict[str, Raw], needed: list[str], path: str, name: str) -> Iterator[Finding]:
    for key in needed:
        if key not in value:
            yield f"{path}.{key}", "MissingField", f"{name.split(':', maxsplit=1)[0]} heeft het veld '{key}' nodig."
