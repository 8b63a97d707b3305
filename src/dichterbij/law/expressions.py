"""From the expressions of an article to nodes: variables, literals, operations, loops."""

from typing import TYPE_CHECKING, Final

from .builder import Detail
from .document import Raw
from .errors import LawError
from .graph import Declared, Kind, Loop
from .operations import OPERATIONS, Operation
from .parse import obj, texts
from .scope import At, Names, Scope
from .values import Value

if TYPE_CHECKING:
    from .compiler import Compiler

MAX_NESTED: Final = 100
_DATES: Final = ("iso", "year", "month", "day")


def frozen(raw: Raw) -> Value:
    """Return plain data as a value: lists become fixed."""
    if isinstance(raw, list):
        return tuple(map(frozen, raw))
    if isinstance(raw, dict):
        return {key: frozen(value) for key, value in raw.items()}
    return raw


def expression(compiler: "Compiler", raw: Raw, at: At) -> int:
    """Return the node of an expression."""
    if at.depth > MAX_NESTED:
        return compiler.builder.error(LawError("MaxDepthExceeded", "Operations are nested too deep"), at.place)
    if isinstance(raw, str) and raw.startswith("$"):
        return variable(compiler, raw[1:], at)
    if isinstance(raw, dict) and "operation" in raw:
        return operation(compiler, raw, at)
    if isinstance(raw, list):
        return _list(compiler, raw, at)
    return compiler.builder.literal(frozen(raw), at.place)


def _list(compiler: "Compiler", raw: list[Raw], at: At) -> int:
    items = [expression(compiler, item, at.inside(str(index))) for index, item in enumerate(raw)]
    if all(compiler.builder.nodes[item].kind is Kind.LITERAL for item in items):
        return compiler.builder.literal(frozen(raw), at.place)
    return compiler.builder.add(Kind.OPERATION, "LIST", tuple(items), at.place, frame=at.scope.number)


def variable(compiler: "Compiler", written: str, at: At) -> int:
    """Return the node that `$name` or `$name.property` stands for."""
    first, *properties = written.split(".")
    if first == "referencedate" and first not in at.names.locals:
        return _reference_date(compiler, properties, at.scope)
    node = compiler.resolve(first, at)
    for name in properties:
        node = property_of(compiler, node, name, at)
    return node


def property_of(compiler: "Compiler", record: int, name: str, at: At) -> int:
    """Return the node for a field of a record, an item of a list, or a fact of the person an id stands for."""
    fact = compiler.outside.property(compiler.builder, record, name)
    if fact is not None:
        return fact
    detail: Detail = {"property": name, "strict": at.scope.law.is_strict_on_absence}
    return compiler.builder.add(Kind.PROPERTY, name, (record,), at.place, detail=detail, frame=at.scope.number)


def _reference_date(compiler: "Compiler", properties: list[str], scope: Scope) -> int:
    part = properties[0] if properties else ""
    if part and part not in _DATES:
        error = LawError("VariableNotFound", f"Variable 'referencedate.{part}' not found")
        return compiler.builder.error(error, scope.place())
    return compiler.builder.add(Kind.CONTEXT, scope.when, detail={"property": part})


def operation(compiler: "Compiler", raw: dict[str, Raw], at: At) -> int:
    """Return the node of an operation."""
    name = str(raw["operation"])
    known = OPERATIONS.get(name)
    if known is None:
        return compiler.builder.error(LawError("InvalidOperation", f"Unknown operation '{name}'"), at.place)
    if name in ("IF", "SWITCH"):
        return _conditional(compiler, raw, at)
    if name == "FOREACH":
        return _foreach(compiler, raw, at)
    if name in ("IN", "NOT_IN") and "values" not in raw:
        known = OPERATIONS[f"{name}:value"]
    return _strict(compiler, known, raw, at)


def _strict(compiler: "Compiler", known: Operation, raw: dict[str, Raw], at: At) -> int:
    lacking = next((key for key in (*known.operands, *known.fixed) if key not in raw), None)
    many = raw.get(known.many) if known.many else []
    if lacking or not isinstance(many, list) or (known.folds and not many):
        error = LawError("InvalidOperation", f"{known.name} misses '{lacking or known.many}'")
        return compiler.builder.error(error, at.place)
    args = [expression(compiler, raw[key], at.inside(key)) for key in known.operands]
    args += [expression(compiler, raw.get(key, 0), at.inside(key)) for key in known.optional]
    args += [expression(compiler, value, at.inside(f"{known.many}.{i}")) for i, value in enumerate(many)]
    fixed = {key: value for key in known.fixed if isinstance(value := raw[key], int | str)}
    return _node(compiler, known.name, tuple(args), at, {**fixed, **_basis(raw)})


def _basis(raw: dict[str, Raw]) -> dict[str, str]:
    return {f"basis.{key}": value for key, value in texts(obj(raw, "legal_basis")).items()}


def _node(compiler: "Compiler", name: str, args: tuple[int, ...], at: At, known: Detail) -> int:
    basis = {key[6:]: str(value) for key, value in known.items() if key.startswith("basis.")}
    fixed = {key: value for key, value in known.items() if not key.startswith("basis.")}
    return compiler.builder.add(
        Kind.OPERATION,
        name,
        args,
        at.place,
        declared=Declared(legal_basis=basis),
        detail={**fixed, "strict": at.scope.law.is_strict_on_absence},
        frame=at.scope.number,
    )


def _conditional(compiler: "Compiler", raw: dict[str, Raw], at: At) -> int:
    cases, args = raw.get("cases"), []
    if not isinstance(cases, list):
        return compiler.builder.error(LawError("InvalidOperation", "IF misses 'cases'"), at.place)
    for index, case in enumerate(cases):
        if not isinstance(case, dict) or "when" not in case or "then" not in case:
            return compiler.builder.error(LawError("InvalidOperation", "A case needs 'when' and 'then'"), at.place)
        args.append(expression(compiler, case["when"], at.inside(f"cases.{index}.when")))
        args.append(expression(compiler, case["then"], at.inside(f"cases.{index}.then")))
    args.append(expression(compiler, raw.get("default"), at.inside("default")))
    return _node(compiler, "IF", tuple(args), at, _basis(raw))


def _foreach(compiler: "Compiler", raw: dict[str, Raw], at: At) -> int:
    if "collection" not in raw or "body" not in raw:
        error = LawError("InvalidOperation", "FOREACH misses 'collection' or 'body'")
        return compiler.builder.error(error, at.place)
    collection = expression(compiler, raw["collection"], at.inside("collection"))
    name = str(raw.get("as") or "item")
    local = compiler.builder.local(name, at.place)
    within = at.seeing(Names(at.names.before, {name: local}))
    keep = expression(compiler, raw["filter"], within.inside("filter")) if "filter" in raw else None
    body = expression(compiler, raw["body"], within.inside("body"))
    combine = raw.get("combine")
    loop = Loop(local, keep, body, str(combine) if combine else None)
    return compiler.builder.foreach(collection, loop, at.place, strict=at.scope.law.is_strict_on_absence)
