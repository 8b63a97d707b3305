"""One scenario being run: what was given, the last outcome, and the actions of the grammar."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ..calendar_rules import day
from ..compile import Order, compile_graph
from ..errors import LawError
from ..evaluate import Run, make_tape
from ..graph import Graph
from ..lawset import LawSet
from ..model import Article, LawVersion
from ..notes import Resolution, Selector, resolve_note
from ..outside import GivenParameters, Records
from ..values import SKIPPED, FactRef, Slot, Unknown, Value
from ..vocabulary import Vocabulary
from .beside import Beside
from .grammar import inferred

_CODES = ("gemeente_code", "provincie_code", "waterschap_code")
Table = list[list[str]]


class Mismatch(Exception):
    """The outcome is not what the scenario expects."""


@dataclass(slots=True)
class Outcome:
    """What an evaluation gave: outputs with where they come from, or an error."""

    outputs: Mapping[str, Value] = field(default_factory=dict)
    graph: Graph | None = None
    values: list[Slot] = field(default_factory=list)
    error: LawError | None = None


@dataclass(slots=True)
class World:
    """The state of one scenario."""

    laws: LawSet
    empty_is_unknown: bool = False
    on: date = date(2025, 1, 1)
    parameters: dict[str, Value] = field(default_factory=dict)
    sources: list[Records] = field(default_factory=list)
    mode: str = "error"
    outcome: Outcome = field(default_factory=Outcome)
    articles: dict[str, str] = field(default_factory=dict)
    selector: Selector = field(default_factory=lambda: Selector(""))
    note: Resolution | None = None
    beside: Beside | None = None

    def evaluate(self, law: str, outputs: tuple[str, ...]) -> None:
        """Ask outputs of a law, with what was given so far."""
        try:
            self.outcome = self._evaluated(law, outputs)
        except LawError as error:
            self.outcome = Outcome(error=error)

    def evaluate_article(self, law: str, output: str) -> None:
        """Ask an output, and with it the other outputs of its article as far as they succeed."""
        self.evaluate(law, (output,))
        if self.outcome.error is not None:
            return
        article = self.laws.version(law, self.on).article_with(output)
        asked, found = self.outcome, dict(self.outcome.outputs)
        for name in article.output_names if article else ():
            if name not in found:
                self.evaluate(law, (name,))
                found |= {name: self.outcome.outputs[name]} if name in self.outcome.outputs else {}
        self.outcome = Outcome(found, asked.graph, asked.values)

    def _evaluated(self, law: str, outputs: tuple[str, ...]) -> Outcome:
        order = Order(
            law=law,
            outputs=outputs,
            period=self.on,
            decided_on=self.on,
            codes=frozenset(str(self.parameters[code]) for code in _CODES if code in self.parameters),
            untranslatable=self.mode,
            whole=not self.laws.version(law, self.on).is_strict_on_absence,
        )
        outside = GivenParameters(frozenset(self.parameters), tuple(self.sources))
        self._check_given(law, outputs)
        graph = compile_graph(self.laws, order, outside)
        tape = make_tape(graph, Vocabulary())
        run = Run(tape.fresh(), "", self.on, self.on, given=dict(self.parameters), sources=tuple(self.sources))
        if self.beside is not None:
            self.beside.check(tape, run)
        return Outcome(tape.outputs(run), graph, list(run.values))

    def _check_given(self, law: str, outputs: tuple[str, ...]) -> None:
        version = self.laws.version(law, self.on)
        for article in {id(a): a for a in map(version.article_with, outputs) if a is not None}.values():
            _check_parameters(version, article, self.parameters)

    # -- given ---------------------------------------------------------------------------------------------

    def set_date(self, written: str) -> None:
        """Set the calculation date."""
        self.on = day(written)

    def set_table(self, table: Table) -> None:
        """Set parameters from rows of name and value."""
        for row in table:
            self.parameters[row[0]] = self.cell(row[0], row[1])

    def set_collection(self, name: str, table: Table) -> None:
        """Set a parameter to a list of records, one per row."""
        header, *rows = table
        self.parameters[name] = tuple(self.record(header, row) for row in rows)

    def add_source(self, name: str, key: str, table: Table, law: str | None = None) -> None:
        """Register records under their key."""
        header, *rows = table
        records = [self.record([column.lower() for column in header], row) for row in rows]
        by_key = {str(record[key.lower()]): record for record in records}
        self.sources.append(Records(name, key, by_key, law, frozenset(column.lower() for column in header)))

    def record(self, header: list[str], row: list[str]) -> dict[str, Value]:
        """Return one row as a record."""
        return {name: self.cell(name, cell) for name, cell in zip(header, row, strict=False)}

    def cell(self, name: str, written: str) -> Value:
        """Return a table cell; an empty one is unknown where the grammar says so."""
        if written == "" and self.empty_is_unknown:
            return Unknown(frozenset({FactRef("", name)}))
        return inferred(written)

    # -- then ----------------------------------------------------------------------------------------------

    def output(self, name: str) -> Value:
        """Return an output of the last evaluation."""
        if self.outcome.error is not None:
            raise Mismatch(f"the execution failed: {self.outcome.error.name}: {self.outcome.error.detail}")
        if name not in self.outcome.outputs:
            raise Mismatch(f"there is no output '{name}'")
        return self.outcome.outputs[name]

    def resolve(self) -> None:
        """Find the place of the note."""
        self.note = resolve_note(self.selector, self.articles)


def _check_parameters(version: LawVersion, article: Article, given: Mapping[str, Value]) -> None:
    for declared in article.parameters:
        if not version.is_strict_on_absence or declared.name not in given:
            continue
        if given[declared.name] is None and not declared.declared.nullable:
            detail = f"Parameter '{declared.name}' of '{version.id}' is null but is not declared nullable"
            raise LawError("NullForNonNullable", detail)


def same(expected: Value, actual: Slot) -> bool:
    """Say whether two values are the same; numbers by value, within a billionth."""
    if actual is SKIPPED:
        return False
    if isinstance(expected, bool) or isinstance(actual, bool):
        return expected is actual
    if isinstance(expected, int | Decimal) and isinstance(actual, int | Decimal):
        return abs(Decimal(expected) - Decimal(actual)) <= Decimal("1e-9")
    return expected == actual


def expect(condition: bool, complaint: Callable[[], str] | str) -> None:
    """Raise Mismatch unless the condition holds."""
    if not condition:
        raise Mismatch(complaint if isinstance(complaint, str) else complaint())
