"""From the expressions of an article to nodes: variables, literals, operations, loops."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from .builder import Detail
from .document import Raw
from .errors import LawError, Place
from .graph import Declared, Kind, Loop
from .operations import OPERATIONS, Operation
from .parse import obj, texts
from .scope import Names, Scope
from .values import Value

if TYPE_CHECKING:
    from .compile import Compiler

MAX_NESTED: Final = 100
_DATES: Final = ("iso", "year", "month", "day")


def frozen(raw: Raw) -> Value:
    """Return plain data as a value: lists become fixed."""
    if isinstance(raw, list):
        return tuple(map(frozen, raw))
    if isinstance(raw, dict):
        return {key: frozen(value) for key, value in raw.items()}
    return raw


def expression(compiler: "Compiler", raw: Raw, scope: Scope, names: Names, path: str, depth: int = 0) -> int:
    """Return the node of an expression written at `path` in the article of `scope`."""
    place = scope.place(path)
    if depth > MAX_NESTED:
        return compiler.builder.error(LawError("MaxDepthExceeded", "Operations are nested too deep"), place)
    if isinstance(raw, str) and raw.startswith("$"):
        return variable(compiler, raw[1:], scope, names, place)
    if isinstance(raw, dict) and "operation" in raw:
        return operation(compiler, raw, scope, names, path, depth)
    if isinstance(raw, list):
        items = [expression(compiler, item, scope, names, f"{path}.{i}", depth + 1) for i, item in enumerate(raw)]
        if all(compiler.builder.nodes[item].kind is Kind.LITERAL for item in items):
            return compiler.builder.literal(frozen(raw), place)
        return compiler.builder.add(Kind.OPERATION, "LIST", tuple(items), place, frame=scope.number)
    return compiler.builder.literal(frozen(raw), place)


def variable(compiler: "Compiler", written: str, scope: Scope, names: Names, place: Place) -> int:
    """Return the node that `$name` or `$name.property` stands for."""
    first, *properties = written.split(".")
    if first == "referencedate" and first not in names.locals:
        return _reference_date(compiler, properties, scope)
    node = compiler.resolve(first, scope, names, place)
    for name in properties:
        node = property_of(compiler, node, name, scope, place)
    return node


def property_of(compiler: "Compiler", record: int, name: str, scope: Scope, place: Place) -> int:
    """Return the node for a field of a record, an item of a list, or a fact of the person an id stands for."""
    fact = compiler.outside.property(compiler.builder, record, name)
    if fact is not None:
        return fact
    detail: Detail = {"property": name, "strict": scope.law.is_strict_on_absence}
    return compiler.builder.add(Kind.PROPERTY, name, (record,), place, detail=detail, frame=scope.number)


def _reference_date(compiler: "Compiler", properties: list[str], scope: Scope) -> int:
    part = properties[0] if properties else ""
    if part and part not in _DATES:
        error = LawError("VariableNotFound", f"Variable 'referencedate.{part}' not found")
        return compiler.builder.error(error, scope.place())
    return compiler.builder.add(Kind.CONTEXT, scope.when, detail={"property": part})


def operation(compiler: "Compiler", raw: dict[str, Raw], scope: Scope, names: Names, path: str, depth: int) -> int:
    """Return the node of an operation."""
    name, place = str(raw["operation"]), scope.place(path)
    known = OPERATIONS.get(name)
    if known is None:
        return compiler.builder.error(LawError("InvalidOperation", f"Unknown operation '{name}'"), place)

    def operand(value: Raw, key: str) -> int:
        return expression(compiler, value, scope, names, f"{path}.{key}", depth + 1)

    if name in ("IF", "SWITCH"):
        return _conditional(compiler, raw, scope, place, operand)
    if name == "FOREACH":
        return _foreach(compiler, raw, scope, names, path, depth)
    if name in ("IN", "NOT_IN") and "values" not in raw:
        known = OPERATIONS[f"{name}:value"]
    return _strict(compiler, known, raw, scope, place, operand)


def _strict(
    compiler: "Compiler", known: Operation, raw: dict[str, Raw], scope: Scope, place: Place,
    operand: Callable[[Raw, str], int],
) -> int:  # fmt: skip
    lacking = next((key for key in (*known.operands, *known.fixed) if key not in raw), None)
    many = raw.get(known.many) if known.many else []
    if lacking or not isinstance(many, list) or (known.folds and not many):
        error = LawError("InvalidOperation", f"{known.name} misses '{lacking or known.many}'")
        return compiler.builder.error(error, place)
    args = [operand(raw[key], key) for key in known.operands]
    args += [operand(raw.get(key, 0), key) for key in known.optional]
    args += [operand(value, f"{known.many}.{i}") for i, value in enumerate(many)]
    fixed = {key: value for key in known.fixed if isinstance(value := raw[key], int | str)}
    return _node(compiler, known.name, tuple(args), scope, place, fixed, raw)


def _node(
    compiler: "Compiler",
    name: str,
    args: tuple[int, ...],
    scope: Scope,
    place: Place,
    fixed: dict[str, int | str],
    raw: dict[str, Raw],
) -> int:
    detail = {**fixed, "strict": scope.law.is_strict_on_absence}
    declared = Declared(legal_basis=texts(obj(raw, "legal_basis")))
    return compiler.builder.add(Kind.OPERATION, name, args, place, declared=declared, detail=detail, frame=scope.number)


def _conditional(
    compiler: "Compiler", raw: dict[str, Raw], scope: Scope, place: Place, operand: Callable[[Raw, str], int]
) -> int:
    cases, args = raw.get("cases"), []
    if not isinstance(cases, list):
        return compiler.builder.error(LawError("InvalidOperation", "IF misses 'cases'"), place)
    for index, case in enumerate(cases):
        if not isinstance(case, dict) or "when" not in case or "then" not in case:
            return compiler.builder.error(LawError("InvalidOperation", "A case needs 'when' and 'then'"), place)
        args += [operand(case["when"], f"cases.{index}.when"), operand(case["then"], f"cases.{index}.then")]
    args.append(operand(raw.get("default"), "default"))
    return _node(compiler, "IF", tuple(args), scope, place, {}, raw)


def _foreach(compiler: "Compiler", raw: dict[str, Raw], scope: Scope, names: Names, path: str, depth: int) -> int:
    place = scope.place(path)
    if "collection" not in raw or "body" not in raw:
        return compiler.builder.error(LawError("InvalidOperation", "FOREACH misses 'collection' or 'body'"), place)
    collection = expression(compiler, raw["collection"], scope, names, f"{path}.collection", depth + 1)
    name = str(raw.get("as") or "item")
    local = compiler.builder.local(name, place)
    inner = Names(names.before, {name: local})
    keep = None
    if "filter" in raw:
        keep = expression(compiler, raw["filter"], scope, inner, f"{path}.filter", depth + 1)
    body = expression(compiler, raw["body"], scope, inner, f"{path}.body", depth + 1)
    combine = raw.get("combine")
    loop = Loop(local, keep, body, str(combine) if combine else None)
    return compiler.builder.foreach(collection, loop, place)
