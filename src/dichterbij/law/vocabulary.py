"""The vocabulary: every fact a law may ask, once (`laws/facts.yaml`), and how a supplied value is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from .arithmetic import fit
from .calendar_rules import day
from .document import Raw, whole
from .errors import LawError
from .parse import Object, obj, text
from .values import Given, Value

WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "type": ("string", "boolean", "number", "amount", "date", "list", "object"),
    "of": ("person", "household", "address", "company", "organisation", "event"),
    "period": ("point", "month", "quarter", "year"),
    "origin": ("register", "applicant", "case", "judgement", "channel"),
    "shown_to": ("self", "joint", "nobody"),
    "keeps": ("one_day", "one_month", "until_new_year", "case"),
    "refers_to": ("person",),
}
"""The words a fact may use; `refers_to` may be left out."""


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """One fact: its type, whose it is, over which time, who may supply it, from where, who may see it."""

    name: str
    type: str
    of: str
    period: str
    origin: str
    source: Mapping[str, Raw]
    shown_to: str
    keeps: str
    refers_to: str
    values: tuple[str, ...]

    @property
    def registry(self) -> str:
        """Return the registry that holds the fact; empty when nobody registers it."""
        return text(self.source, "registry")

    @property
    def field(self) -> str:
        """Return the field of the registry's answer."""
        return text(self.source, "field")

    @property
    def absent(self) -> Raw:
        """Return what a missing row or field means: "unknown", None (there is none) or 0."""
        return self.source.get("absent", "unknown")

    @property
    def is_relation(self) -> bool:
        """Say whether the value is the id (or a list of ids) of other persons."""
        return self.refers_to == "person"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The facts by name."""

    facts: Mapping[str, FactDefinition] = field(default_factory=dict)
    file: str = ""

    def get(self, name: str) -> FactDefinition | None:
        """Return a fact, if the vocabulary has it."""
        return self.facts.get(name)

    def __getitem__(self, name: str) -> FactDefinition:
        return self.facts[name]

    def __contains__(self, name: object) -> bool:
        return name in self.facts

    def with_more(self, later: "Vocabulary") -> "Vocabulary":
        """Return these facts with those of a later file, which wins where both name a fact."""
        return Vocabulary({**self.facts, **later.facts}, self.file or later.file)

    def read(self, name: str, given: Given) -> Value:
        """Return a supplied value as a value of this fact; raises TypeMismatch when it is of another type."""
        return reader(self.facts[name])(given)


def parse_vocabulary(data: Object, file: str) -> Vocabulary:
    """Return the vocabulary from the content of `facts.yaml`."""
    facts = {name: _fact(name, value) for name, value in data.items() if isinstance(value, dict)}
    return Vocabulary(facts, file)


def _fact(name: str, data: Object) -> FactDefinition:
    values = data.get("values")
    return FactDefinition(
        name=name,
        type=text(data, "type"),
        of=text(data, "of"),
        period=text(data, "period"),
        origin=text(data, "origin"),
        source=obj(data, "source"),
        shown_to=text(data, "shown_to") or "self",
        keeps=text(data, "keeps"),
        refers_to=text(data, "refers_to"),
        values=tuple(map(str, values)) if isinstance(values, list) else (),
    )


def plain(given: Given | Raw) -> Value:
    """Return any supplied value with exact numbers and fixed lists; whole fractions become ints."""
    if given is None or isinstance(given, str | bool):
        return given
    if isinstance(given, int):
        return fit(given)
    if isinstance(given, float):
        return _exact(Decimal(repr(given)))
    if isinstance(given, Decimal):
        return _exact(given)
    if isinstance(given, Mapping):
        return {str(key): plain(value) for key, value in given.items()}
    if isinstance(given, list | tuple):
        return tuple(map(plain, given))
    raise LawError("TypeMismatch", f"A value of type {type(given).__name__} cannot be supplied")


def _exact(given: Decimal) -> Value:
    if not given.is_finite():
        raise LawError("TypeMismatch", "A number must be finite")
    return fit(whole(given))


def reader(fact: FactDefinition) -> Callable[[Given], Value]:
    """Return the function that reads supplied values of one fact."""
    check = _CHECKS.get(fact.type, _any)
    allowed = frozenset(fact.values)

    def read(given: Given) -> Value:
        if given is None:
            return None
        value = check(given)
        if value is _NOTHING or (allowed and value not in allowed):
            raise LawError("TypeMismatch", f"The fact '{fact.name}' must be {_expected(fact)}")
        return value

    return read


_NOTHING: Final[Value] = "\0"


def _any(given: Given) -> Value:
    return plain(given)


def _amount(given: Given) -> Value:
    if type(given) is int:
        return fit(given)
    value = plain(given)
    return value if type(value) is int else _NOTHING


def _number(given: Given) -> Value:
    value = plain(given)
    return value if type(value) in (int, Decimal) else _NOTHING


def _boolean(given: Given) -> Value:
    return given if type(given) is bool else _NOTHING


def _string(given: Given) -> Value:
    return given if type(given) is str else _NOTHING


def _date(given: Given) -> Value:
    if type(given) is not str:
        return _NOTHING
    day(given)
    return given


def _list(given: Given) -> Value:
    return plain(given) if isinstance(given, list | tuple) else _NOTHING


def _object(given: Given) -> Value:
    return plain(given) if isinstance(given, Mapping) else _NOTHING


_CHECKS: Final[Mapping[str, Callable[[Given], Value]]] = {
    "amount": _amount, "number": _number, "boolean": _boolean, "string": _string,
    "date": _date, "list": _list, "object": _object,
}  # fmt: skip


def _expected(fact: FactDefinition) -> str:
    if fact.values:
        return "one of " + ", ".join(fact.values)
    words = {"amount": "a whole number of euro cents", "date": "a date YYYY-MM-DD", "list": "a list"}
    return words.get(fact.type, f"a {fact.type}")
