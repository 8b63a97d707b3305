"""Parameters and records of a conformance run as columns: the same scenario for many rows at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np

from ..calendar_rules import is_day
from ..outside import Records
from ..values import Unknown, Untranslatable, Value
from .choosing import Convert, common_form
from .chunk import Chunk, Step
from .forms import NOTHING, OPAQUE, Form, Type, constant, constant_day, day_form
from .lanes import (
    ABSENT,
    DOUBT,
    ERROR,
    PRESENT,
    TAINTED,
    UNKNOWN,
    Array,
    Lane,
    States,
    chosen,
    needed,
    overlaid,
    replaced,
    uniform,
)
from .lowering import Lowered


def given(value: Value, size: int) -> tuple[Form, Lane]:
    """Return a value as a column of so many equal rows."""
    if isinstance(value, tuple):
        return _given_list(value, size)
    form, lane = column([value])
    return form, lane.at(np.zeros(size, dtype=np.int64))


def _given_list(values: tuple[Value, ...], size: int) -> tuple[Form, Lane]:
    form, items = column(values)
    if form.type is Type.OPAQUE:
        return OPAQUE, uniform(DOUBT)
    one = Lane(np.array([len(values)]), None, np.array([len(values)]), items)
    return Form(type=Type.LIST, item=form, most=len(values)), one.at(np.zeros(size, dtype=np.int64))


def column(values: Sequence[Value]) -> tuple[Form, Lane]:
    """Return values of one type as a lane; in doubt where their types differ."""
    state = np.array([_state_of(value) for value in values], dtype=np.uint8)
    present = [value if own == PRESENT else None for value, own in zip(values, state, strict=True)]
    known = [_varying(value) for value in present]
    joined = common_form([form for form, _ in known])
    if joined is None:
        return OPAQUE, Lane(np.zeros(len(values), dtype=np.int64), np.full(len(values), DOUBT))
    form, converts = joined
    data = [convert(np.asarray(own)) for convert, (_, own) in zip(converts, known, strict=True)]
    return form, Lane(np.array(data), state if state.any() else None)


def _state_of(value: Value) -> np.uint8:
    match value:
        case None:
            return ABSENT
        case Unknown():
            return UNKNOWN
        case Untranslatable():
            return TAINTED
        case bool() | int() | Decimal() | str():
            return PRESENT
    return DOUBT


def _varying(value: Value) -> tuple[Form, object]:
    """Return the form and data of a value that another row could have otherwise."""
    if value is None:
        return NOTHING, 0
    form, data = constant(value)
    if isinstance(value, str) and is_day(value) and (days := constant_day(form)) is not None:
        return day_form(days, days), days
    return replace(form, is_constant=False), data


def given_step(lane: Lane) -> Step:
    """Return the step of a parameter."""

    def step(chunk: Chunk) -> Lane:
        return lane.at(np.arange(lane_size(lane))[chunk.rows])

    return step


def lane_size(lane: Lane) -> int:
    """Return how many rows a parameter has."""
    return len(np.atleast_1d(lane.data))


# -- data sources ------------------------------------------------------------------------------------------------


def lookup(records: Records, name: str, key: Form, otherwise: Form) -> Lowered | None:
    """Return the field of the record that a key names, and otherwise what else gives it."""
    found = {text: row[name.lower()] for text, row in records.rows.items() if name.lower() in row}
    form, values = column(list(found.values()))
    joined = common_form([form, otherwise])
    if joined is None or key.type not in (Type.TEXT, Type.NUMBER) or (key.type is Type.NUMBER and key.unit != 1):
        return None
    numbers = {text: number for number, text in enumerate(found)}

    def run(lanes: list[Lane], rows: int) -> Lane:
        position = _positions(lanes[0], key, numbers, rows)
        if not found:
            return _chosen(position, lanes[1], lanes[1], (joined[1][1], joined[1][1]), lanes[0])
        hit = values.at(np.maximum(position, 0))
        return _chosen(position, hit, lanes[1], (joined[1][0], joined[1][1]), lanes[0])

    return Lowered(joined[0], run)


def _positions(key: Lane, form: Form, numbers: Mapping[str, int], rows: int) -> Array:
    """Return per row the number of its record, -1 where there is none."""
    wanted = np.broadcast_to(key.data, rows).tolist()
    texts = [form.words[code] for code in wanted] if form.type is Type.TEXT else list(map(str, wanted))
    found = np.array([numbers.get(text, -1) for text in texts], dtype=np.int64)
    return found if key.state is None else np.where(key.state == PRESENT, found, -1)


def _chosen(position: Array, hit: Lane, otherwise: Lane, converts: tuple[Convert, Convert], key: Lane) -> Lane:
    holds = position >= 0
    own = [np.asarray(PRESENT) if lane.state is None else lane.state for lane in (hit, otherwise)]
    state: States | None = chosen(holds, own[0], own[1])
    if key.state is not None:
        failed = replaced(key.state, ABSENT, DOUBT)
        state = overlaid(failed * (failed >= ERROR), state)
    data = chosen(holds, converts[0](hit.data), converts[1](otherwise.data))
    return Lane(data, None if state is None else needed(state))
