"""One operation, two meanings: the scalar step and the column lowering agree on random and boundary values."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dichterbij.law import UNKNOWN, LawError, Unknown
from dichterbij.law.columns import Table
from dichterbij.law.columns.alone import Alone
from dichterbij.law.columns.chunk import Chunk
from dichterbij.law.columns.forms import Form
from dichterbij.law.columns.lanes import ABSENT, DOUBT, ERROR, PRESENT, Lane
from dichterbij.law.columns.lanes import UNKNOWN as NOT_KNOWN
from dichterbij.law.columns.lowering import _lowering
from dichterbij.law.columns.outcome import as_value, state_of
from dichterbij.law.columns.plan import make_plan
from dichterbij.law.columns.sources import Source
from dichterbij.law.errors import Place
from dichterbij.law.evaluate import Run, Tape, make_tape
from dichterbij.law.graph import Graph, Kind, Node
from dichterbij.law.operations import OPERATIONS
from dichterbij.law.terms import TERM
from dichterbij.law.values import Given, Value
from dichterbij.law.vocabulary import Vocabulary, parse_vocabulary

from .people_of_test import PERIOD, TODAY

ROW_BY_ROW = {"FOREACH", "SWITCH"}
"""FOREACH is a kind of step of its own, SWITCH is compiled to IF."""

NUMBERS = st.one_of(
    st.integers(-300, 300),
    st.sampled_from((0, 1, 100, 2400, 10**6, 10**12, 10**12 + 1, 2**62, -(2**63), 2**63 - 1)),
    st.sampled_from(tuple(map(Decimal, ("0.5", "-0.5", "2.5", "0.005", "0.1367", "0.018960", "1.23456789", "1E-20")))),
    st.decimals(-1000, 1000, places=3),
)
DATES = st.one_of(
    st.sampled_from(("2024-02-29", "2023-02-28", "2026-01-31", "0001-01-01", "9999-12-31", "2026-06-15")),
    st.dates().map(str),
)
KINDS: dict[str, st.SearchStrategy[Given]] = {
    "number": NUMBERS,
    "date": DATES,
    "boolean": st.booleans(),
    "string": st.sampled_from(("", "a", "b", "2026-06-15")),
    "person": st.sampled_from(("p0", "p1", "p2")),
    "persons": st.lists(st.sampled_from(("p0", "p1", "p2")), max_size=3),
}
UNITS = {"DATE_DIFF": ("days", "months", "years"), "DATE_PART": ("year", "month", "day"), "START_OF": ("year", "month")}
FITTING = {
    "AND": "boolean", "OR": "boolean", "NOT": "boolean", "AGE": "date", "DATE_ADD": "date", "DAY_OF_WEEK": "date",
    "DATE_DIFF": "date", "DATE_PART": "date", "START_OF": "date", "TERM_END": "date",
}  # fmt: skip


def vocabulary(kinds: list[str]) -> Vocabulary:
    """Return facts f0, f1, ... of these kinds."""
    data = {}
    for number, kind in enumerate(kinds):
        word = {"person": "string", "persons": "list"}.get(kind, kind)
        data[f"f{number}"] = {"type": word, "refers_to": "person" if kind.startswith("person") else ""}
    return parse_vocabulary(data, "facts.yaml")


class Written:
    """A graph being written: facts, literals and operations on them."""

    def __init__(self, kinds: list[str], *, strict: bool) -> None:
        self.vocabulary, self.strict = vocabulary(kinds), strict
        self.nodes = [Node(0, Kind.SUBJECT, "bsn", (), Place())]

    def add(self, kind: Kind, name: str, args: tuple[int, ...] = (), **more: object) -> int:
        self.nodes.append(Node(len(self.nodes), kind, name, args, Place("wet"), **more))  # type: ignore[arg-type]
        return len(self.nodes) - 1

    def operation(self, name: str, args: tuple[int, ...], **detail: object) -> int:
        return self.add(Kind.OPERATION, name, args, detail={"strict": self.strict, **detail})

    def tape(self, output: int) -> Tape:
        graph = Graph("", tuple(self.nodes), (), {"uitkomst": output}, {}, (), (), len(self.nodes))
        return make_tape(graph, self.vocabulary)


def hold_together(written: Written, output: int, rows: list[dict[str, Given]]) -> int:
    """Hold the column of an output against the scalar step; returns how many rows were left in doubt."""
    tape = written.tape(output)
    table = Table.of({f"p{number}": row for number, row in enumerate(rows)} or {"p0": {}}, written.vocabulary)
    dates = Run(tape.fresh(), "", PERIOD.first, TODAY)
    plan = make_plan(tape, Source(table), dates, (output,))
    slot = plan.slots[plan.targets[output]]
    with np.errstate(all="ignore"):
        lane = Chunk(plan.slots, table.size, np.arange(table.size)).lane(plan.targets[output])
    doubts = 0
    for row, name in enumerate(table.names):
        expected = Alone(tape, table, dates).strict_value(row, output)
        state = PRESENT if lane.state is None else lane.state[row] if lane.state.ndim else lane.state
        shown = (tape.graph.nodes, table.persons[name], expected, state)
        if state == DOUBT:
            doubts += 1
        elif isinstance(expected, LawError):
            assert state == ERROR, shown
        elif isinstance(expected, Unknown) or expected is None:
            assert state == (ABSENT if expected is None else NOT_KNOWN), shown
        else:
            assert state == PRESENT, shown
            if lane.counts is not None:
                assert listed(lane.at(np.array([row])), slot.form, table) == shape(expected), shown
            elif slot.form.is_reproducible:
                data = lane.data[row] if lane.data.ndim else lane.data
                assert as_value(slot.form, data.item(), table) == expected, (*shown, data, slot.form)
    return doubts


def listed(lane: Lane, form: Form, table: Table) -> list[object]:
    """Return the elements of the one list of a lane; of those without a value the state."""
    assert lane.items is not None and lane.counts is not None and form.item is not None
    size, items = int(lane.counts.sum()), lane.items
    data = np.broadcast_to(items.data, size).tolist()
    states = np.broadcast_to(PRESENT if items.state is None else items.state, size).tolist()
    return [
        ("state", own) if own else as_value(form.item, value, table) for own, value in zip(states, data, strict=True)
    ]


def shape(value: Value) -> list[object]:
    """Return a list of the scalar steps in the same shape."""
    assert isinstance(value, tuple)
    return [each if state_of(each) == PRESENT else ("state", int(state_of(each))) for each in value]


def facts(draw: st.DrawFn, kinds: list[str]) -> list[dict[str, Given]]:
    """Draw some persons with a value, an absence or something unknown for each fact."""
    rows = draw(st.integers(1, 5))
    return [{f"f{number}": draw(_perhaps(kind)) for number, kind in enumerate(kinds)} for _ in range(rows)]


def _perhaps(kind: str) -> st.SearchStrategy[Given]:
    return st.one_of(KINDS[kind], KINDS[kind], KINDS[kind], st.sampled_from((None, UNKNOWN)))


def operands(name: str, draw: st.DrawFn) -> int:
    """Draw how many operands an operation gets."""
    known = TERM if name == TERM.name else OPERATIONS[name]
    if name == "IF":
        return 2 * draw(st.integers(0, 2)) + 1
    return (
        2
        if name == TERM.name
        else len(known.operands) + len(known.optional) + bool(known.many) * draw(st.integers(1, 3))
    )


@st.composite
def written_operations(draw: st.DrawFn) -> tuple[Written, int, list[dict[str, Given]]]:
    """One operation on facts and literals, most often of a kind it is meant for."""
    name = draw(st.sampled_from(sorted({*OPERATIONS, TERM.name} - ROW_BY_ROW)))
    usual = FITTING.get(name) or draw(st.sampled_from(("number", *KINDS)))
    kinds = [draw(st.sampled_from((usual, usual, usual, *KINDS))) for _ in range(operands(name, draw))]
    if name == "DATE_ADD":
        kinds[1:] = ["number"] * 4
    if name in UNITS or name == TERM.name:
        kinds.pop()
    written = Written(kinds, strict=draw(st.booleans()))
    args = []
    for number, kind in enumerate(kinds):
        if draw(st.integers(0, 3)):
            args.append(written.add(Kind.FACT, f"f{number}", (0,)))
        else:
            args.append(written.add(Kind.LITERAL, "", value=_frozen(draw(_perhaps(kind)))))
    detail: dict[str, object] = {}
    if name in UNITS:
        args.append(written.add(Kind.LITERAL, "", value=draw(st.sampled_from(UNITS[name]))))
    if name == TERM.name:
        args.append(written.add(Kind.LITERAL, "", value=draw(st.integers(1, 6))))
        detail["unit"] = draw(st.sampled_from(("dagen", "weken", "maanden", "werkdagen")))
    if "precision" in (OPERATIONS[name].fixed if name in OPERATIONS else ()):
        detail["precision"] = draw(st.integers(-3, 3))
    return written, written.operation(name, tuple(args), **detail), facts(draw, kinds)


def _frozen(value: Given) -> Value:
    if value is UNKNOWN:
        return None
    return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]


@settings(max_examples=80, deadline=None)
@given(written_operations())
def test_an_operation_on_columns_gives_what_it_gives_for_one(
    written: tuple[Written, int, list[dict[str, Given]]],
) -> None:
    hold_together(*written)


ARITHMETIC = ("ADD", "SUBTRACT", "MULTIPLY", "DIVIDE", "MIN", "MAX", "ROUND", "CEIL", "FLOOR", "IF")
COMPARISONS = ("EQUALS", "LESS_THAN", "GREATER_THAN_OR_EQUAL")


@st.composite
def written_sums(draw: st.DrawFn) -> tuple[Written, int, list[dict[str, Given]]]:
    """A sum of several operations, rounded or compared at the end."""
    kinds = ["number"] * 3
    written = Written(kinds, strict=True)
    known = [written.add(Kind.FACT, f"f{number}", (0,)) for number in range(3)]
    known += [written.add(Kind.LITERAL, "", value=draw(NUMBERS)) for _ in range(2)]  # type: ignore[arg-type]
    for _ in range(draw(st.integers(1, 5))):
        name = draw(st.sampled_from(ARITHMETIC))
        args = [draw(st.sampled_from(known)) for _ in range(2)]
        if name == "IF":
            args.insert(0, written.operation("LESS_THAN", (args[0], args[1])))
        if name in ("ROUND", "CEIL", "FLOOR"):
            known.append(written.operation(name, (known[-1],), precision=draw(st.integers(-2, 3))))
        else:
            known.append(written.operation(name, tuple(args)))
    if draw(st.booleans()):
        name = draw(st.sampled_from(COMPARISONS))
        return written, written.operation(name, (known[-1], draw(st.sampled_from(known)))), facts(draw, kinds)
    return written, written.operation("ROUND", (known[-1],), precision=draw(st.integers(-2, 2))), facts(draw, kinds)


@settings(max_examples=80, deadline=None)
@given(written_sums())
def test_sums_on_columns_are_exact_or_left_in_doubt(written: tuple[Written, int, list[dict[str, Given]]]) -> None:
    hold_together(*written)


@pytest.mark.slow
@settings(max_examples=3000, deadline=None)
@given(st.one_of(written_operations(), written_sums()))
def test_thousands_of_operations_and_sums_agree(written: tuple[Written, int, list[dict[str, Given]]]) -> None:
    hold_together(*written)


def test_ordinary_amounts_are_never_left_in_doubt() -> None:
    written = Written(["number", "number"], strict=True)
    income, factor = (written.add(Kind.FACT, name, (0,)) for name in ("f0", "f1"))
    part = written.add(Kind.LITERAL, "", value=Decimal("0.1367"))
    twelfth = written.operation("DIVIDE", (income, written.add(Kind.LITERAL, "", value=12)))
    share = written.operation("MULTIPLY", (written.operation("ADD", (twelfth, factor)), part))
    rows: list[dict[str, Given]] = [{"f0": 100_000 * number + number, "f1": number} for number in range(300)]
    assert hold_together(written, written.operation("ROUND", (share,), precision=0), rows) == 0


def test_a_product_of_one_large_number_is_that_number() -> None:
    written = Written(["number"], strict=True)
    alone = written.operation("MULTIPLY", (written.add(Kind.FACT, "f0", (0,)),))
    assert hold_together(written, alone, [{"f0": 10**12}, {"f0": -(10**12)}]) == 0
    tape = written.tape(alone)
    assert tape.outputs(Run(tape.fresh(), "p0", TODAY, TODAY, {"p0": {"f0": 10**12}})) == {"uitkomst": 10**12}


def test_a_tie_that_repeated_rounding_cannot_decide_is_left_in_doubt() -> None:
    written = Written(["number"], strict=True)
    third = written.operation("DIVIDE", (written.add(Kind.FACT, "f0", (0,)), written.add(Kind.LITERAL, "", value=3)))
    back = written.operation("MULTIPLY", (third, written.add(Kind.LITERAL, "", value=3)))
    assert hold_together(written, written.operation("FLOOR", (back,), precision=0), [{"f0": 1}, {"f0": 2}]) == 2


def test_every_operation_has_a_lowering_or_is_known_to_have_none() -> None:
    assert {name for name, known in OPERATIONS.items() if not known.column} == ROW_BY_ROW
    for known in (*OPERATIONS.values(), TERM):
        assert not known.column or callable(_lowering(known.column))


def test_lists_of_persons_are_joined_without_doubt() -> None:
    written = Written(["person", "boolean", "persons"], strict=True)
    one, counts, more = (written.add(Kind.FACT, f"f{number}", (0,)) for number in range(3))
    nobody = written.add(Kind.LITERAL, "", value=())
    perhaps = written.operation("IF", (counts, written.operation("LIST", (one,)), nobody))
    rows: list[dict[str, Given]] = [
        {"f0": person, "f1": holds, "f2": others}
        for person in ("p0", "p1", None, UNKNOWN)
        for holds in (True, False, UNKNOWN)
        for others in ([], ["p1", "p0"], None)
    ]
    assert hold_together(written, written.operation("ADD", (perhaps, more, perhaps)), rows) == 0
    assert hold_together(written, written.operation("IN:value", (one, perhaps)), rows) == 0
