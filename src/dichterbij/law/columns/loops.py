"""FOREACH on columns: the elements of all rows after each other, combined per row."""

from collections.abc import Callable
from fractions import Fraction

import numpy as np

from ..graph import Loop
from ..loops import MAX_ITEMS
from .choosing import truth
from .chunk import Chunk, Step
from .comparing import per_row
from .forms import BOOLEAN, NOTHING, Form, Type, number
from .lanes import (
    ABSENT, DOUBT, ERROR, PRESENT, TAINTED, UNKNOWN, Array, Lane, States, needed, overlaid, removed, replaced, uniform,
)  # fmt: skip


def element_form(collection: Form) -> Form:
    """Return the form of the elements of a collection; what is no list is a list of one."""
    if collection.type is Type.LIST:
        return collection.item or NOTHING
    return collection


def loop_form(loop: Loop, collection: Form, body: Form) -> Form | None:
    """Return the form of a loop's result; None when only the scalar steps can combine it."""
    most = collection.most if collection.type is Type.LIST else 1
    match loop.combine:
        case None:
            return Form(type=Type.LIST, item=body, most=most) if body.type not in (Type.LIST, Type.OPAQUE) else None
        case "AND" | "OR":
            return None if truth(body) is None else BOOLEAN
        case "ADD" | "MIN" | "MAX" if body.type is Type.NUMBER and body.unit > 0 and body.is_exact:
            return _combined_number(loop.combine, body, most)
    return None


def _combined_number(combine: str, body: Form, most: int) -> Form | None:
    if combine != "ADD":
        return body if not body.is_constant else number(body.unit, body.low, body.high, 0.0)
    low, high = min(body.low * most, Fraction(0)), max(body.high * most, Fraction(0))
    form = number(body.unit, low, high, 0.0)
    return form if form is not None and form.is_exact else None


def loop_step(
    collection: int,
    local: int,
    keep: tuple[int, Form] | None,
    body: tuple[int, Form],
    combine: str | None,
    *,
    strict: bool,
) -> Step:
    """Return the step of a loop over the lists of all rows at once."""
    holds = None if keep is None else truth(keep[1])

    def step(chunk: Chunk) -> Lane:
        lists = chunk.lane(collection)
        counts, items, state = _elements(lists, chunk.size)
        owner = np.repeat(np.arange(chunk.size), counts)
        inside = Chunk(chunk.slots, len(owner), chunk.rows, {local: items}, chunk, owner, local)
        found = _full(inside.lane(body[0]), len(owner))
        kept = np.ones(len(owner), dtype=bool)
        if keep is not None and holds is not None:
            found, kept = _kept(inside.lane(keep[0]), found, holds, strict=strict)
        return _row_states(_combined(found, kept, counts, owner, combine, body[1], strict=strict), state)

    return step


def _elements(lists: Lane, rows: int) -> tuple[Array, Lane, States | None]:
    """Return how many elements each row has, the elements, and the state of rows that have no collection."""
    state = lists.state
    if lists.counts is not None and lists.items is not None:
        too_many = lists.counts > MAX_ITEMS
        if too_many.any():
            state = np.where(too_many, DOUBT, PRESENT if state is None else state)
        counts, items = lists.counts, lists.items
    else:
        filled = np.ones(rows, dtype=bool) if state is None else np.broadcast_to(state == PRESENT, rows)
        counts = filled.astype(np.int64)
        items = Lane(np.broadcast_to(lists.data, rows)).at(np.flatnonzero(filled))
    return counts, items, None if state is None else needed(removed(state, ABSENT))


def _full(lane: Lane, size: int) -> Lane:
    """Return a lane with an entry per element, also where all are the same."""
    state = lane.state if lane.state is None else np.broadcast_to(lane.state, size)
    return Lane(np.broadcast_to(lane.data, size), state)


def _kept(keep: Lane, found: Lane, holds: Callable[[Array], Array], *, strict: bool) -> tuple[Lane, Array]:
    """Return the results with those of unclear conditions as unclear, and which elements count."""
    size = len(found.data)
    passes = np.broadcast_to(holds(keep.data), size)
    if keep.state is None:
        return found, passes
    unclear = np.broadcast_to(keep.state, size)
    own = np.zeros(size, dtype=np.uint8) if found.state is None else found.state
    if strict:
        unclear = replaced(unclear, ABSENT, ERROR)
    state = overlaid(unclear, own)
    return Lane(found.data, state), (unclear != PRESENT) | passes


def _combined(
    found: Lane, kept: Array, counts: Array, owner: Array, combine: str | None, form: Form, *, strict: bool
) -> Lane:
    chosen = np.flatnonzero(kept)
    data = found.data[chosen]
    state = np.zeros(len(chosen), dtype=np.uint8) if found.state is None else found.state[chosen]
    each = np.bincount(owner[chosen], minlength=len(counts)).astype(np.int64)
    worst = per_row(np.maximum, state, each, 0)
    if combine is None:
        failed = np.where(worst >= ERROR, worst, PRESENT)
        return _without(Lane(each, needed(failed), each, Lane(data, needed(state))), failed)
    if strict:
        worst = replaced(worst, ABSENT, ERROR)
    if combine in ("AND", "OR"):
        return _verdict(data, state, each, worst, truth(form), is_or=combine == "OR", strict=strict)
    return _total(data, state, each, worst, combine)


def _without(lists: Lane, failed: States) -> Lane:
    if not failed.any() or lists.counts is None or lists.items is None:
        return lists
    keep = np.repeat(failed == PRESENT, lists.counts)
    counts = np.where(failed == PRESENT, lists.counts, 0)
    return Lane(counts, lists.state, counts, lists.items.at(np.flatnonzero(keep)))


def _verdict(
    data: Array, state: States, each: Array, worst: States, holds: Callable[[Array], Array] | None, *, is_or: bool,
    strict: bool,
) -> Lane:  # fmt: skip
    values = data if holds is None else np.broadcast_to(holds(data), len(state))
    decisive = (state == PRESENT) & (values == is_or)
    if not strict and not is_or:
        decisive = decisive | (state == ABSENT)
    settled = per_row(np.maximum, decisive.astype(np.uint8), each, 0).astype(bool)
    absent = per_row(np.maximum, (state == ABSENT).astype(np.uint8), each, 0).astype(bool)
    unclear = removed(worst, ABSENT)
    refused = np.where((unclear < TAINTED) & absent & strict, ERROR, unclear)
    final = np.where(settled & (refused == UNKNOWN), PRESENT, refused)
    return Lane(settled if is_or else ~settled, needed(final))


def _total(data: Array, state: States, each: Array, worst: States, combine: str) -> Lane:
    empty = {"ADD": 0, "MIN": 2**62, "MAX": -(2**62)}[combine]
    ufunc = {"ADD": np.add, "MIN": np.minimum, "MAX": np.maximum}[combine]
    values = np.where(state == PRESENT, data, empty).astype(np.int64)
    totals = per_row(ufunc, values, each, empty)
    final = removed(worst, ABSENT)
    if combine != "ADD":
        nothing = per_row(np.maximum, (state == PRESENT).astype(np.uint8), each, 0) == 0
        final = np.where(nothing & (final == PRESENT), ABSENT, final)
        totals = np.where(nothing, 0, totals)
    return Lane(totals, needed(final))


def _row_states(lane: Lane, state: States | None) -> Lane:
    """Return the result where rows without a collection keep their own state."""
    if state is None:
        return lane
    return Lane(lane.data, overlaid(state, lane.state), lane.counts, lane.items)


def in_doubt(_chunk: Chunk) -> Lane:
    """Return the step of what only the scalar steps can do."""
    return uniform(DOUBT)
