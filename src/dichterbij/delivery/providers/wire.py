"""The values of the contract as JSON: made from the value types themselves, so that the wire cannot drift from them.

`schema(kind)` gives the form of a frozen dataclass with lower camelCase names; `to_wire` and `from_wire` go both ways.
What comes in is checked against that form before it becomes a value.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError, create_model
from pydantic import Field as Described
from pydantic.alias_generators import to_camel

from dichterbij.ground.assessment.structure import restored, written
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.periods import Period
from dichterbij.kernel.problems import Problem
from dichterbij.web.api import MalformedRequest

Whole = TypeVar("Whole")
PLAIN = {str, int, bool}
FORMS: Mapping[type, Any] = {
    Oin: Annotated[str, Described(pattern="^[0-9]{20}$", description="OIN of an organisation")],
    Period: Annotated[str, Described(description="A year, a month, a day, or two days with a slash")],
    datetime: AwareDatetime,
}


class Wire(BaseModel):
    """What every form on the wire has in common."""

    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True, validate_by_alias=True)


_schemas: dict[type, type[Wire]] = {}


def schema(kind: type) -> type[Wire]:
    """Return the form of a dataclass on the wire."""
    if kind not in _schemas:
        hints = get_type_hints(kind)
        described: dict[str, Any] = {each.name: (_form(hints[each.name]), _default(each)) for each in fields(kind)}
        about = (kind.__doc__ or "").partition("\n")[0]
        _schemas[kind] = create_model(kind.__name__, __base__=Wire, __doc__=about, **described)
    return _schemas[kind]


def to_wire(value: object) -> dict[str, Any]:
    """Return a value as JSON."""
    found = schema(type(value)).model_validate(written(value))
    return found.model_dump(mode="json", by_alias=True)


def from_wire(kind: type[Whole], data: object) -> Whole:
    """Return the value that JSON says; raises `MalformedRequest` when it has another form."""
    try:
        return value_of(kind, schema(kind).model_validate(data))
    except ValidationError:
        raise MalformedRequest from None


def value_of(kind: type[Whole], found: Wire) -> Whole:
    """Return the value that a checked form says; raises `MalformedRequest` when there is no such value."""
    try:
        return restored(kind, found.model_dump(mode="json"))
    except (Problem, ValueError, TypeError):
        raise MalformedRequest from None


def _default(each: "Field[Any]") -> Any:
    if each.default_factory is not MISSING:
        return Described(default_factory=each.default_factory)
    return ... if each.default is MISSING else each.default


def _form(hint: Any) -> Any:
    origin, args = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        return _union([kind for kind in args if kind is not NoneType])
    if origin is tuple:
        return list[_form(args[0])]  # type: ignore[misc]  # the type is made here
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return dict[str, _form(args[1])]  # type: ignore[misc]  # the type is made here
    if isinstance(hint, type) and is_dataclass(hint) and hint not in FORMS:
        return schema(hint)
    return FORMS.get(hint, hint if isinstance(hint, type) and hint is not object else Any)


def _union(kinds: list[Any]) -> Any:
    """A value of the law has no fixed form; anything else that may be left out has its own."""
    if len(kinds) > 1 and not set(kinds) <= PLAIN:
        return Any
    found: Any = _form(kinds[0])
    for kind in kinds[1:]:
        found = found | _form(kind)
    return found | None
