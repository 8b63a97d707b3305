"""A rule of a law file in words: what a jurist or citizen can read of each step, in the language of the page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from dichterbij.kernel.formats import date_long, euro, number
from dichterbij.law.calendar_rules import is_day
from dichterbij.law.document import Raw
from dichterbij.law.graph import Declared
from dichterbij.law.labels import Labels, plain
from dichterbij.law.model import Action, Article, Field, LawVersion
from dichterbij.law.parse import Object

from .readable_words import combining, comparing, joining, named_operands, rounding

LONGEST_INLINE: Final = 110
ROUNDED: Final = ("ROUND", "CEIL", "FLOOR")
COMPARED: Final = (
    "EQUALS", "NOT_EQUALS", "GREATER_THAN", "GREATER_THAN_OR_EQUAL", "LESS_THAN", "LESS_THAN_OR_EQUAL",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a rule: words, and what stands below them."""

    text: str
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One outcome of an article and how it is found."""

    output: str
    label: str
    part: Part


@dataclass(frozen=True, slots=True)
class Words:
    """What the names in an article stand for: labels, declared types, and the language of the page."""

    names: Mapping[str, str]
    declared: Mapping[str, Declared]
    constants: Mapping[str, Raw]
    language: str

    def name(self, written: str) -> str:
        """Return what `$name` is called."""
        first, *rest = written.split(".")
        if first == "referencedate":
            return _("de dag waarover het gaat")
        label = self.names.get(first) or plain(first)
        if first in self.constants:
            return f"{label} ({self.value(self.constants[first], self.declared[first])})"
        return " ".join([label, *(f"({plain(each)})" for each in rest)])

    def value(self, raw: Raw, declared: Declared) -> str:
        """Return a value that is written in the law."""
        match raw:
            case None:
                return _("niets")
            case bool():
                return _("ja") if raw else _("nee")
            case int() | float() | Decimal():
                return self.number(Decimal(str(raw)), declared)
        is_date = isinstance(raw, str) and is_day(raw)
        return date_long(date.fromisoformat(str(raw)), self.language) if is_date else str(raw)

    def number(self, exact: Decimal, declared: Declared) -> str:
        """Return a number with the unit it is declared in."""
        if declared.type == "amount":
            return euro(int(exact), self.language)
        if declared.unit == "ratio":
            return f"{number(exact * 100, self.language)} %"
        return number(exact, self.language) + (" %" if declared.unit == "percentage" else "")


def rules_of(version: LawVersion, article: Article, labels: Labels, *, terms: Mapping[str, str]) -> tuple[Rule, ...]:
    """Return every outcome of an article with its rule in words. `terms`: what its open terms are called."""
    words = _words(version, article, labels, terms)
    return tuple(
        Rule(action.output, labels.label_of_output(version.id, action.output), _rule(action, words))
        for action in article.actions
    )


def _rule(action: Action, words: Words) -> Part:
    declared = words.declared.get(action.output, Declared())
    return _Reader(words).part(action.expression, declared)


def _words(version: LawVersion, article: Article, labels: Labels, terms: Mapping[str, str]) -> Words:
    names: dict[str, str] = dict(terms)
    for parameter in article.parameters:
        names[parameter.name] = _("de persoon") if parameter.name == "bsn" else labels.label_of_fact(parameter.name)
    for field in article.inputs:
        source = field.source
        is_fact = source is None or source.is_outside
        law = version.id if is_fact or source is None or not source.regulation else source.regulation
        output = field.name if is_fact or source is None else source.output or field.name
        own = labels.label_of_fact(field.name) if is_fact else labels.output(law, output).get("label")
        names[field.name] = _of_whom(own or plain(field.name), field, names)
    names |= {name: labels.label_of_output(version.id, name) for name in article.output_names}
    fields = [*article.parameters, *article.inputs, *article.outputs]
    return Words(
        names=names,
        declared={each.name: each.declared for each in fields}
        | {term.id: term.declared for term in article.open_terms}
        | {name: found.declared for name, found in article.definitions.items()},
        constants={
            name: found.value for name, found in article.definitions.items() if not isinstance(found.value, dict | list)
        },
        language=labels.language,
    )


def _of_whom(label: str, field: Field, names: Mapping[str, str]) -> str:
    """Return a label with whose it is, when that is another person than the one the article is about."""
    passed = field.source.parameters.get("bsn") if field.source else None
    if not isinstance(passed, str) or not passed.startswith("$") or passed == "$bsn":
        return label
    return _("%(label)s (van: %(whose)s)") % {"label": label, "whose": names.get(passed[1:]) or plain(passed[1:])}


@dataclass(frozen=True, slots=True)
class _Reader:
    words: Words

    def part(self, raw: Raw, declared: Declared = Declared()) -> Part:  # noqa: B008 a frozen value
        """Return an expression in words."""
        if isinstance(raw, str) and raw.startswith("$"):
            return Part(self.words.name(raw[1:]))
        if isinstance(raw, list):
            return Part("; ".join(self.part(item, declared).text for item in raw) or _("niets"))
        if isinstance(raw, dict) and "operation" in raw:
            return self.operation(str(raw["operation"]), raw, declared)
        return Part(self.words.value(raw, declared))

    def operation(self, name: str, raw: Object, declared: Declared) -> Part:
        """Return an operation in words. `declared`: what its outcome is."""
        told: Mapping[str, Callable[[], Part]] = {
            "AND": lambda: self.all_of(_("dit geldt allemaal:"), raw, "conditions"),
            "OR": lambda: self.all_of(_("minstens één hiervan geldt:"), raw, "conditions"),
            "NOT": lambda: self.negated(raw.get("value")),
            "IF": lambda: self.conditional(raw, declared),
            "SWITCH": lambda: self.conditional(raw, declared),
            "FOREACH": lambda: self.foreach(raw),
        }
        if name in ROUNDED:
            return _around(rounding(name, raw.get("precision")), self.part(raw.get("value"), declared))
        if name in COMPARED:
            return self.comparison(name, raw)
        return told[name]() if name in told else self.joined(name, raw, declared)

    def all_of(self, heading: str, raw: Object, key: str) -> Part:
        """Return a list under a heading; one thing stands alone."""
        parts = tuple(self.part(item) for item in _list(raw, key))
        return parts[0] if len(parts) == 1 else Part(heading, parts)

    def negated(self, raw: Raw) -> Part:
        """Return that something is not so; twice not is left out."""
        inner = raw if isinstance(raw, dict) else {}
        if inner.get("operation") == "EQUALS" and inner.get("value") is None:
            return self.comparison("NOT_EQUALS", inner)
        return _around(_("niet waar is: %s"), self.part(raw))

    def conditional(self, raw: Object, declared: Declared) -> Part:
        """Return the branches of an IF, one a line."""
        lines = [self.branch(case, declared) for case in _list(raw, "cases") if isinstance(case, dict)]
        default = _around(_("anders: %s"), self.part(raw.get("default"), declared))
        return Part(_("dat hangt ervan af:"), (*lines, default))

    def branch(self, case: Object, declared: Declared) -> Part:
        """Return one branch: when, and what then."""
        when, then = self.part(case.get("when")), self.part(case.get("then"), declared)
        if not when.parts and not then.parts:
            return Part(_("als %(when)s, dan: %(then)s") % {"when": _quoted(when.text), "then": then.text})
        return Part(_("als:"), (when, _around(_("dan: %s"), then)))

    def comparison(self, name: str, raw: Object) -> Part:
        """Return a comparison of two values."""
        subject, value = raw.get("subject"), raw.get("value")
        declared = self.declared(subject) if self.declared(subject).type else self.declared(value)
        left, right = self.part(subject, declared), self.part(value, declared)
        is_date = declared.type == "date" or "referencedate" in f"{subject}{value}"
        if value is None and name in ("EQUALS", "NOT_EQUALS"):
            return _around(_("%s is er niet") if name == "EQUALS" else _("%s is er"), left)
        if isinstance(value, bool) and name == "EQUALS":
            return left if value else _around(_("niet waar is: %s"), left)
        return self.sentence(comparing(name, is_date=is_date), left, right)

    def sentence(self, pattern: str, left: Part, right: Part) -> Part:
        """Return two values in a sentence; long ones below each other."""
        if not left.parts and not right.parts:
            return Part(pattern % {"left": left.text, "right": right.text})
        return Part(pattern % {"left": _("het eerste"), "right": _("het tweede")}, (left, right))

    def joined(self, name: str, raw: Object, declared: Declared) -> Part:
        """Return an operation on several values: on one line when short, else as a list."""
        operands = self.operands(name, raw, declared)
        heading, between = joining(name)
        short = between.join(_bracketed(part, len(operands)) for part in operands) if between else ""
        if between and not any(part.parts for part in operands) and len(short) <= LONGEST_INLINE:
            return Part(short)
        return Part(heading, operands) if operands else Part(heading.rstrip(":"))

    def operands(self, name: str, raw: Object, declared: Declared) -> tuple[Part, ...]:
        """Return the values an operation works on, with the names of those that have one."""
        many = [*_list(raw, "values"), *_list(raw, "items"), *_list(raw, "conditions")]
        found = next((each for item in many if (each := self.declared(item)).type == "amount"), declared)
        shared = found if name in ("ADD", "SUBTRACT", "MIN", "MAX") else Declared()
        parts = [self.part(item, shared) for item in many]
        if name in ("IN", "NOT_IN"):
            return (self.part(raw.get("subject")), *parts, *([self.part(raw["value"])] if "value" in raw else []))
        named = [_around(label, self.part(raw[key])) for key, label in named_operands() if key in raw]
        return (*parts, *named)

    def foreach(self, raw: Object) -> Part:
        """Return what is done for each of a list."""
        name = str(raw.get("as") or "item")
        inner = _Reader(
            Words({**self.words.names, name: _("deze")}, self.words.declared, self.words.constants, self.words.language)
        )
        only = (_around(_("alleen als: %s"), inner.part(raw["filter"])),) if "filter" in raw else ()
        body = _around(combining(str(raw.get("combine") or "")), inner.part(raw.get("body")))
        heading = _("voor elk van: %s") % self.part(raw.get("collection")).text
        return Part(heading, (*only, body))

    def declared(self, raw: Raw) -> Declared:
        """Return what is declared about a value that has a name."""
        if isinstance(raw, str) and raw.startswith("$"):
            return self.words.declared.get(raw[1:].split(".")[0], Declared())
        return Declared()


def _list(raw: Object, key: str) -> list[Raw]:
    found = raw.get(key)
    return found if isinstance(found, list) else []


def _quoted(text: str) -> str:
    return f"‘{text}’"


def _bracketed(part: Part, count: int) -> str:
    is_composed = count > 1 and any(f" {sign} " in part.text for sign in ("+", "−", "×", ":"))
    return f"({part.text})" if is_composed else part.text


def _around(pattern: str, inner: Part) -> Part:
    """Return a sentence around a piece; when that is a list, the sentence leads it."""
    if not inner.parts:
        return Part(pattern % inner.text)
    return Part(pattern % inner.text, inner.parts)
