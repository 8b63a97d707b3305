"""Where columns get their values: facts of a person by row, guards of calls, what may not be absent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

import numpy as np

from ..outside import Records
from ..vocabulary import FactDefinition
from .chunk import Chunk, Slot, Step
from .forms import BOOLEAN, NOTHING, OPAQUE, PERSON, Form, Type, day_form
from .lanes import (
    ABSENT,
    DOUBT,
    ERROR,
    PRESENT,
    UNKNOWN,
    Array,
    Lane,
    States,
    emptied,
    merged,
    needed,
    overlaid,
    positions,
    replaced,
    stretch_of,
    uniform,
)
from .table import Column, Table

USUAL: Final = 10**12
"""Amounts and numbers beyond this size (ten milliard euros in cents) are determined one at a time."""

SMALL: Final = 2**17
"""So many different values of a fact at most for its consequences to be looked up in a table (dates: 350 years)."""


@dataclass(frozen=True, slots=True)
class Source:
    """The columns of a table made ready: their forms, and what no column can carry marked as in doubt.

    `given`, `records`: parameters and data sources of a conformance run, the same for every row.
    """

    table: Table
    given: Mapping[str, tuple[Form, Lane]] = field(default_factory=dict)
    records: tuple[Records, ...] = ()
    ready: dict[str, tuple[Form, Column]] = field(default_factory=dict)

    def column(self, fact: str) -> tuple[Form, Column] | None:
        """Return a fact's form and column; None when the table does not have it."""
        if fact not in self.ready:
            column = self.table.columns.get(fact)
            if column is None:
                return None
            self.ready[fact] = _made_ready(self.table.vocabulary[fact], column)
        return self.ready[fact]


def _made_ready(fact: FactDefinition, column: Column) -> tuple[Form, Column]:  # noqa: PLR0911 one line per type
    if fact.is_relation and fact.type == "list":
        return _list_form(column), column
    if fact.is_relation:
        return PERSON, column
    match fact.type:
        case "boolean":
            return BOOLEAN, column
        case "string":
            return Form(type=Type.TEXT, words=column.words or ("",)), column
        case "date":
            return day_form(*_range(column.data)), column
        case "amount" | "number":
            usual = _usual(column)
            low, high = _range(usual.data)
            return Form(
                type=Type.NUMBER, unit=column.unit, low=Fraction(low, column.unit), high=Fraction(high, column.unit)
            ), usual  # fmt: skip
    return OPAQUE, column


def _list_form(column: Column) -> Form:
    counts = np.diff(column.offsets) if column.offsets is not None else np.zeros(1, dtype=np.int64)
    return Form(type=Type.LIST, item=PERSON, most=int(counts.max(initial=0)))


def _range(data: Array) -> tuple[int, int]:
    return (int(data.min()), int(data.max())) if len(data) else (0, 0)


def _usual(column: Column) -> Column:
    """Return the column with unusually large numbers in doubt, so that they do not cost the others their exactness."""
    low, high = _range(column.data)
    if max(abs(low), abs(high)) <= USUAL * column.unit:
        return column
    wide = (column.data > USUAL * column.unit) | (column.data < -USUAL * column.unit)
    state = np.zeros(len(wide), dtype=np.uint8) if column.state is None else column.state
    state = np.where(wide & (state == PRESENT), DOUBT, state)
    return Column(data=np.where(wide, 0, column.data), state=state, unit=column.unit, odd=column.odd)


# -- steps -------------------------------------------------------------------------------------------------------


def subject(chunk: Chunk) -> Lane:
    """Return the row of the person the question is about."""
    return Lane(chunk.rows, stretch=stretch_of(chunk.rows))


def _wide(data: Array) -> Array:
    return data.astype(np.int64) if data.dtype.kind in "iu" and data.dtype != np.int64 else data


def fact_of(column: Column, key: int) -> Step:
    """Return the step of a fact of a person; nobody has no facts."""

    def step(chunk: Chunk) -> Lane:
        person = chunk.lane(key)
        rows: Array | slice = person.data if person.stretch is None else person.stretch
        if isinstance(rows, np.ndarray) and rows.ndim == 0:
            rows = np.broadcast_to(rows, chunk.size)
        state = overlaid(person.state, None if column.state is None else column.state[rows])
        state = None if state is None else needed(state)
        if column.offsets is not None:
            return _lists(column, column.offsets, np.broadcast_to(person.data, chunk.size), state)
        return Lane(_wide(column.data[rows] if isinstance(rows, slice) else np.take(column.data, rows)), state)

    return step


def _lists(column: Column, offsets: Array, rows: Array, state: States | None) -> Lane:
    starts = offsets[rows]
    counts = offsets[rows + 1] - starts
    if state is not None:
        counts = np.where(state == PRESENT, counts, 0)
    data = column.data
    if len(rows) and (starts[1:] == starts[:-1] + counts[:-1]).all():
        items = data[starts[0] : starts[-1] + counts[-1]]
    else:
        items = np.take(data, positions(starts, counts))
    return Lane(counts, state, counts, Lane(items, stretch=stretch_of(items)))


def fact_of_nobody(key: int, otherwise: np.uint8) -> Step:
    """Return the step of a fact that the table does not have, or of what is never a person."""

    def step(chunk: Chunk) -> Lane:
        state = chunk.lane(key).state
        if state is None:
            return uniform(otherwise)
        return Lane(np.asarray(0), overlaid(state, np.asarray(otherwise)))

    return step


def required(source: int) -> Step:
    """Return the step of a value that the law declares never absent."""

    def step(chunk: Chunk) -> Lane:
        lane = chunk.lane(source)
        if lane.state is None:
            return lane
        return Lane(lane.data, replaced(lane.state, ABSENT, ERROR), lane.counts, lane.items)

    return step


def guarded(result: int, guards: Sequence[int]) -> Step:
    """Return the step of a call that is skipped when a parameter it needs is absent or unknown."""

    def step(chunk: Chunk) -> Lane:
        lane = chunk.lane(result)
        state = lane.state
        for guard in reversed(guards):
            own = chunk.lane(guard).state
            if own is not None:
                state = overlaid(own, state)
        return emptied(lane, state)

    return step


def whole_article(parts: Sequence[int]) -> Step:
    """Return the step of an article that runs whole: what fails in any part fails."""

    def step(chunk: Chunk) -> Lane:
        last = chunk.lane(parts[-1])
        worst = merged(chunk.lane(part).state for part in parts)
        if worst is None:
            return last
        own = np.asarray(PRESENT) if last.state is None else last.state
        return Lane(last.data, needed(np.where(worst >= ERROR, worst, own)), last.counts, last.items)

    return step


def fact_slot(source: Source, name: str, key: int, slots: Sequence[Slot]) -> tuple[Form, Step]:
    """Return the form and the step of a fact of the person in a slot."""
    found, holder = source.column(name), slots[key].form
    if holder.type is Type.NOTHING or found is None:
        return NOTHING, fact_of_nobody(key, DOUBT if holder.type is not Type.PERSON else UNKNOWN)
    if holder.type is not Type.PERSON:
        return NOTHING, fact_of_nobody(key, DOUBT)
    form, column = found
    return form, fact_of(column, key)


def is_small(form: Form) -> bool:
    """Say whether a fact has so few values that what follows from it can be looked up."""
    return (form.type is Type.DAY and form.high - form.low < SMALL) or form.type is Type.TEXT
