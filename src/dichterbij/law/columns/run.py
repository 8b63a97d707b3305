"""Determine for many: the graph of a question over the rows of a table, chunk by chunk.

What the columns cannot say exactly (a number within rounding of a boundary, an operation without a column form) is left
in doubt, and those rows are determined alone by the scalar steps. So one and many agree by construction.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ..determine import Question, Refused, tape_or_refusal
from ..evaluate import Tape
from ..lawset import LawSet
from ..running import Run
from .alone import Alone
from .choosing import Convert, common_form
from .chunk import Chunk
from .forms import OPAQUE, Form, Type
from .lanes import ABSENT, DOUBT, PRESENT, REFUSED, UNKNOWN, Array, States, replaced
from .outcome import Outcome, Population
from .plan import Plan, make_plan
from .sources import Source
from .table import Table

CHUNK: Final = 65_536
"""Rows at a time: small enough for the cache, large enough that the loop over chunks does not count."""

_KINDS: Final = {Type.BOOLEAN: np.bool_, Type.TEXT: np.int32, Type.DAY: np.int32}


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """The rows that share a graph: their positions among the rows asked, and the plan over the table."""

    positions: Array
    alone: Alone
    plan: Plan

    def form(self, output: str) -> Form | None:
        """Return the form of an output; None when this graph does not have it."""
        node = self.alone.tape.graph.outputs.get(output)
        return None if node is None else self.plan.slots[self.plan.targets[node]].form


def population(
    laws: LawSet, question: Question, table: Table, *, rows: Sequence[int] | Array | None = None, territory_of: str = ""
) -> Population | Refused:
    """Return what the law says for the rows of a table, or why it answers for none of them.

    Every row asked is the subject in turn, whatever `question.subject` is. `territory_of`: the fact with the code of
    each person's municipality; who has none lives in the territory of the question, as all do without it. A person
    whose municipality is not known is refused.
    """
    asked = np.arange(table.size) if rows is None else np.asarray(rows, dtype=np.int64)
    source = Source(table)
    parts, refused = [], {}
    for territory, positions in _territories(laws, question, table, asked, territory_of):
        own = replace(question, territory=territory)
        tape = tape_or_refusal(laws, own) if territory else _nowhere(own)
        if isinstance(tape, Refused):
            refused[territory] = tape
        else:
            parts.append(_part(tape, question, source, positions))
    if not parts:
        return next(iter(refused.values()))
    outcomes, alone = _determined(parts, asked, table)
    return Population(
        outcomes=outcomes,
        rows=asked,
        determined_alone=alone,
        operations=max(part.plan.operations for part in parts),
        refused=refused,
        table=table,
        parts=tuple((part.positions, part.alone) for part in parts),
    )


def _territories(
    laws: LawSet, question: Question, table: Table, asked: Array, territory_of: str
) -> Iterator[tuple[str, Array]]:
    """Yield the rows by territory, "" where it is unknown; municipalities without own regulation are taken together."""
    if not territory_of:
        yield question.territory, np.arange(len(asked))
        return
    column = table.columns[territory_of]
    codes = np.array([number if word in laws.codes else -1 for number, word in enumerate(column.words)] or [-1])
    own = codes[column.data[asked]]
    if column.state is not None:
        own = np.where(column.state[asked] == PRESENT, own, np.where(column.state[asked] == ABSENT, -1, -2))
    for code in np.unique(own).tolist():
        yield ("", question.territory, *column.words)[code + 2], np.flatnonzero(own == code)


def _nowhere(question: Question) -> Refused:
    return Refused(question=question, code="territory_unknown", detail="The municipality of these persons is not known")


def _part(tape: Tape, question: Question, source: Source, positions: Array) -> _Part:
    dates = Run(tape.fresh(), "", question.period.first, question.decided_on, given=dict(question.given))
    plan = make_plan(tape, source, dates, tape.graph.outputs.values())
    return _Part(positions, Alone(tape, source.table, dates), plan)


def _determined(parts: list[_Part], asked: Array, table: Table) -> tuple[dict[str, Outcome], int]:
    outcomes: dict[str, Outcome] = {}
    converts: list[dict[str, Convert]] = [{} for _ in parts]
    for name in dict.fromkeys(name for part in parts for name in part.alone.tape.graph.outputs):
        forms = [part.form(name) for part in parts]
        outcomes[name], each = _room([form for form in forms if form is not None], len(asked))
        having = [index for index, form in enumerate(forms) if form is not None]
        for index, convert in zip(having, each, strict=True):
            converts[index][name] = convert
    alone = 0
    for part, own in zip(parts, converts, strict=True):
        with np.errstate(all="ignore"):
            _fill(part, asked, outcomes, own, table)
        alone += _settle(part, asked, outcomes, table)
    return outcomes, alone


def _room(forms: list[Form], size: int) -> tuple[Outcome, list[Convert]]:
    """Return an empty outcome that holds the values of all these forms, and what brings each to it."""
    nothing: list[Convert] = [np.zeros_like for _ in forms]
    form, converts = (forms[0], nothing) if _is_fixed(forms) else common_form(forms) or (OPAQUE, nothing)
    data: Array = np.zeros(size, dtype=_KINDS.get(form.type, np.int64))
    return Outcome(form=form, data=data, state=np.full(size, REFUSED, dtype=np.uint8)), converts


def _is_fixed(forms: list[Form]) -> bool:
    """Say whether all rows have the same value, of a type that no column holds."""
    return all(form.is_constant and form.type is Type.OPAQUE and form.value == forms[0].value for form in forms)


def _fill(
    part: _Part, asked: Array, outcomes: Mapping[str, Outcome], converts: Mapping[str, Convert], table: Table
) -> None:
    """Run the plan over the rows of a part, chunk by chunk."""
    targets = {name: part.plan.targets[node] for name, node in part.alone.tape.graph.outputs.items()}
    size = CHUNK // 2 if any(slot.form.type is Type.LIST for slot in part.plan.slots) else CHUNK
    for begin in range(0, len(part.positions), size):
        positions = part.positions[begin : begin + size]
        chunk = Chunk(part.plan.slots, len(positions), asked[positions])
        for name, slot in targets.items():
            outcome, lane = outcomes[name], chunk.lane(slot)
            form = part.plan.slots[slot].form
            outcome.state[positions] = PRESENT if lane.state is None else lane.state
            if _is_kept(form, outcome.form):
                outcome.data[positions] = converts[name](lane.data)
            elif form.type is Type.LIST and form.item is not None:
                outcome.place_lists(np.arange(len(asked))[positions], lane, form.item, table)
            else:
                outcome.state[positions] = replaced(outcome.state[positions], PRESENT, DOUBT)


def _is_kept(form: Form, joined: Form) -> bool:
    """Say whether a column can hold what the scalar steps would give."""
    if joined.is_constant:
        return True
    return joined.type is not Type.OPAQUE and form.type is not Type.LIST and form.is_reproducible


def _is_alone(state: States) -> Array:
    """Say of which rows the columns cannot tell the outcome."""
    return np.asarray((state == DOUBT) | (state == UNKNOWN))


def _settle(part: _Part, asked: Array, outcomes: Mapping[str, Outcome], table: Table) -> int:
    """Determine alone the rows that are in doubt or lack facts; returns how many there were.

    What a row lacks may not matter to it: the scalar steps look whether one outcome is left.
    """
    nodes = part.alone.tape.graph.outputs
    in_doubt = np.zeros(len(part.positions), dtype=bool)
    for name in nodes:
        in_doubt |= _is_alone(outcomes[name].state[part.positions])
    doubtful = part.positions[in_doubt].tolist()
    for position in doubtful:
        names = [name for name in nodes if _is_alone(outcomes[name].state[position])]
        found = part.alone.values(int(asked[position]), [nodes[name] for name in names])
        for name, value in zip(names, found, strict=True):
            outcomes[name].place(position, value, table)
    return len(doubtful)
