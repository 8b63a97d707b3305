"""One evaluation of a conformance run as many equal rows, and what each of them gets."""

from dataclasses import replace
from typing import TypeAlias

import numpy as np

from ..errors import LawError
from ..evaluate import Run, Tape
from ..values import Value
from ..vocabulary import Vocabulary
from .chunk import Chunk
from .forms import OPAQUE, Form, Type
from .given import given
from .lanes import DOUBT, PRESENT, Lane
from .outcome import Outcome, as_value, state_of
from .plan import make_plan
from .sources import Source
from .table import Table

Found: TypeAlias = tuple[int, Value]
"""A state, and the value where there is one."""


def found_on_columns(tape: Tape, run: Run, size: int) -> dict[str, set[Found | None]]:
    """Return per output what so many equal rows get; None for rows that are left in doubt."""
    table = Table(size=size, columns={}, vocabulary=Vocabulary())
    source = Source(table, {name: given(value, size) for name, value in run.given.items()}, run.sources)
    plan = make_plan(tape, source, replace(run, values=tape.fresh()), tape.graph.outputs.values())
    chunk = Chunk(plan.slots, size, np.arange(size))
    with np.errstate(all="ignore"):
        return {
            name: _found(plan.slots[plan.targets[node]].form, chunk.lane(plan.targets[node]), table)
            for name, node in tape.graph.outputs.items()
        }


def _found(form: Form, lane: Lane, table: Table) -> set[Found | None]:
    state = np.broadcast_to(np.asarray(PRESENT) if lane.state is None else lane.state, table.size)
    if form.type is Type.LIST and form.item is not None:
        outcome = Outcome(form=OPAQUE, data=np.zeros(table.size, dtype=np.int8), state=state.copy())
        outcome.place_lists(np.arange(table.size), lane, form.item, table)
        state, values = outcome.state, [outcome.others.get(row) for row in range(table.size)]
    elif form.is_constant or (form.type is not Type.OPAQUE and form.is_reproducible):
        values = [as_value(form, data, table) for data in np.broadcast_to(lane.data, table.size).tolist()]
    else:
        state, values = np.where(state == PRESENT, DOUBT, state), [None] * table.size
    pairs = zip(state.tolist(), values, strict=True)
    return {None if own == DOUBT else (own, value if own == PRESENT else None) for own, value in pairs}


def found_alone(tape: Tape, run: Run, name: str) -> Found:
    """Return what the scalar steps give for an output."""
    try:
        value = tape.value(run, tape.graph.outputs[name])
    except LawError as error:
        return int(state_of(error)), None
    return int(state_of(value)), value if state_of(value) == PRESENT else None
