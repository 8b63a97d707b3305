"""What many rows get: per output a column, with a state where some row has no value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

import numpy as np

from ..calendar_rules import day, is_day
from ..determine import Refused
from ..errors import LawError
from ..values import Unknown, Untranslatable, Value
from .alone import Alone
from .forms import EPOCH, LIMIT, Form, Type
from .lanes import ABSENT, DOUBT, ERROR, PRESENT, REFUSED, TAINTED, UNKNOWN, Array, Lane, States
from .table import Table, date_text, whole_or_decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One output of many rows, in the order they were asked. Values as in a `Column`; number = data / `form.unit`.

    `others`: values that fit in no column, by position.
    """

    form: Form
    data: Array
    state: States
    others: dict[int, Value] = field(default_factory=dict)

    def place(self, position: int, value: Value | LawError, table: Table) -> None:
        """Put what the scalar steps found in its place."""
        self.state[position] = state_of(value)
        if isinstance(value, LawError) or self.state[position] != PRESENT:
            return
        found = _as_data(self.form, value, table)
        if found is None:
            self.others[position] = value
        else:
            self.data[position] = found

    def place_lists(self, positions: Array, lane: Lane, item: Form, table: Table) -> None:
        """Put the lists of some rows in their places; a list with an unclear element is left in doubt."""
        if lane.counts is None or lane.items is None:
            raise AssertionError("a lane of lists has items")
        size, items = int(lane.counts.sum()), lane.items
        data = np.broadcast_to(items.data, size)
        state = np.broadcast_to(PRESENT if items.state is None else items.state, size)
        ends = np.cumsum(lane.counts)
        for position, begin, end in zip(positions.tolist(), (ends - lane.counts).tolist(), ends.tolist(), strict=True):
            if self.state[position] == PRESENT and (not item.is_reproducible or (state[begin:end] > ABSENT).any()):
                self.state[position] = DOUBT
            elif self.state[position] == PRESENT:
                own = zip(data[begin:end].tolist(), state[begin:end].tolist(), strict=True)
                self.others[position] = tuple(
                    None if state == ABSENT else as_value(item, found, table) for found, state in own
                )


def state_of(value: Value | LawError) -> np.uint8:
    """Return the state that a column has for what the scalar steps give."""
    match value:
        case LawError():
            return ERROR
        case Unknown():
            return UNKNOWN
        case Untranslatable():
            return TAINTED
        case None:
            return ABSENT
    return PRESENT


def _as_data(form: Form, value: Value, table: Table) -> int | None:
    """Return a value as the column holds it; None when it does not fit there."""
    if isinstance(value, bool):
        return int(value) if form.type is Type.BOOLEAN else None
    if isinstance(value, int | Decimal) and form.type is Type.NUMBER and form.unit:
        whole = Fraction(value) * form.unit
        return int(whole) if whole.denominator == 1 and abs(whole) < LIMIT else None
    if isinstance(value, str):
        return _text_as_data(form, value, table)
    return None


def _text_as_data(form: Form, value: str, table: Table) -> int | None:
    match form.type:
        case Type.DAY if is_day(value):
            return day(value).toordinal() - EPOCH
        case Type.TEXT if value in form.words:
            return form.words.index(value)
        case Type.PERSON:
            return table.row(value)
    return None


def as_value(form: Form, data: int, table: Table) -> Value:
    """Return a value that a column holds as `determine` gives it."""
    if form.is_constant:
        return form.value
    match form.type:
        case Type.BOOLEAN:
            return bool(data)
        case Type.DAY:
            return date_text(data)
        case Type.TEXT:
            return form.words[data]
        case Type.PERSON:
            return table.name(data)
    return whole_or_decimal(data, form.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """The outcomes of a question for many rows.

    `rows`: the rows of the table, in the order of the outcomes. `determined_alone`: how many of them the scalar steps
    did. `operations`: how many operations of the graph a row stands for. `refused`: per territory why it got no answer.
    """

    outcomes: Mapping[str, Outcome]
    rows: Array
    determined_alone: int
    operations: int
    refused: Mapping[str, Refused]
    table: Table
    parts: tuple[tuple[Array, Alone], ...] = field(repr=False)

    def value(self, name: str, position: int) -> Value:
        """Return one outcome as `determine` gives it, with the facts that an unknown one lacks; raises its LawError."""
        outcome = self.outcomes[name]
        state = outcome.state[position]
        if state == REFUSED:
            raise LawError("Refused", "The law gives no answer in the territory of this row")
        if state == ABSENT:
            return None
        if state == PRESENT:
            kept = outcome.others.get(position)
            return as_value(outcome.form, outcome.data[position].item(), self.table) if kept is None else kept
        found = self._alone(name, position)
        if isinstance(found, LawError):
            raise found
        return found

    def _alone(self, name: str, position: int) -> Value | LawError:
        alone = next(alone for positions, alone in self.parts if _holds(positions, position))
        nodes = alone.tape.graph.outputs
        return dict(zip(nodes, alone.values(int(self.rows[position]), nodes.values()), strict=True))[name]


def _holds(positions: Array, position: int) -> bool:
    """Say whether a position is among these, which are in order."""
    index = int(np.searchsorted(positions, position))
    return index < len(positions) and int(positions[index]) == position
