"""Lists on columns: written ones, lists joined to one, and IF between lists."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ..graph import Node
from . import arithmetic, choosing
from .choosing import Convert, branch_state, common_form, truth
from .forms import NOTHING, Form, Type, constant
from .lanes import (
    ERROR,
    PRESENT,
    Array,
    Lane,
    States,
    chosen,
    emptied,
    merged,
    needed,
    overlaid,
    positions,
    without_absence,
)
from .lowering import Lowered, is_strict


@dataclass(frozen=True, slots=True)
class _Lists:
    """What brings operands to lists of the same kind of items: the form, and per operand the function on its lane."""

    form: Form
    converts: list[Callable[[Lane, int], Lane]]


def _holds_lists(forms: Sequence[Form]) -> bool:
    """Say whether there is a list among these."""
    return any(form.type is Type.LIST or isinstance(form.value, tuple) for form in forms)


def make_list(_node: Node, forms: Sequence[Form]) -> Lowered | None:
    """Return LIST: an item that is unknown stays in it, one that fails makes all fail."""
    joined = common_form(forms)
    if joined is None or not forms:
        return None
    form, converts = joined

    def run(lanes: list[Lane], rows: int) -> Lane:
        ones = [_one_each(lane, convert, rows) for lane, convert in zip(lanes, converts, strict=True)]
        state = merged(lane.state for lane in lanes)
        return emptied(_joined(ones, rows), None if state is None else state * (state >= ERROR))

    return Lowered(Form(type=Type.LIST, item=form, most=len(forms)), run)


def add(node: Node, forms: Sequence[Form]) -> Lowered | None:
    """Return ADD of numbers, or of lists: their elements after each other."""
    if not _holds_lists(forms):
        return arithmetic.add(node, forms)
    lists = _common_lists(forms)
    if lists is None or any(form.type is Type.NOTHING for form in forms):
        return None
    strict = is_strict(node)

    def run(lanes: list[Lane], rows: int) -> Lane:
        each = [convert(lane, rows) for lane, convert in zip(lanes, lists.converts, strict=True)]
        state = merged(lane.state for lane in lanes)
        state = None if state is None else without_absence(state, strict=strict)
        return emptied(_joined(each, rows), state)

    return Lowered(lists.form, run)


def conditional(node: Node, forms: Sequence[Form]) -> Lowered | None:
    """Return IF, also between lists."""
    if not _holds_lists([*forms[1:-1:2], forms[-1]]):
        return choosing.conditional(node, forms)
    conditions = [truth(form) for form in forms[:-1:2]]
    lists = _common_lists([*forms[1:-1:2], forms[-1]])
    if lists is None or any(condition is None for condition in conditions):
        return None
    known = [condition for condition in conditions if condition is not None]
    strict = is_strict(node)

    def run(lanes: list[Lane], rows: int) -> Lane:
        result = lists.converts[-1](lanes[-1], rows)
        cases = list(zip(lanes[:-1:2], lanes[1:-1:2], known, lists.converts[:-1], strict=True))
        for when, then, holds, convert in reversed(cases):
            unclear, passes = branch_state(when, holds(when.data), strict=strict)
            passes = np.broadcast_to(passes, rows)
            result = _chosen(passes, convert(then, rows), result)
            result = emptied(result, overlaid(unclear, result.state))
        return result

    return Lowered(lists.form, run)


# -- bringing to lists -------------------------------------------------------------------------------------------


def _common_lists(forms: Sequence[Form]) -> _Lists | None:
    items = [_item(form) for form in forms]
    known = [item for item in items if item is not None]
    joined = common_form(known)
    if joined is None or len(known) < len(items):
        return None
    form, converts = joined
    most = max(len(form.value) if isinstance(form.value, tuple) else form.most for form in forms)
    both = zip(forms, converts, strict=True)
    return _Lists(
        Form(type=Type.LIST, item=form, most=most * len(forms)), [_converting(own, convert) for own, convert in both]
    )


def _item(form: Form) -> Form | None:
    """Return the form of the items of a list; None of what is no list."""
    if form.type is Type.LIST:
        return form.item
    if form.type is Type.NOTHING or form.value == ():
        return NOTHING
    if isinstance(form.value, tuple):
        joined = common_form([constant(value)[0] for value in form.value])
        return None if joined is None else joined[0]
    return None


def _converting(form: Form, convert: Convert) -> Callable[[Lane, int], Lane]:
    if isinstance(form.value, tuple) and form.value:
        return lambda _, rows: _repeated(form, convert, rows)
    return lambda lane, rows: _as_lists(lane, convert, rows)


def _repeated(form: Form, convert: Convert, rows: int) -> Lane:
    """Return a list that is the same for everybody, once for every row."""
    values = form.value if isinstance(form.value, tuple) else ()
    known = [constant(value) for value in values]
    joined = common_form([own for own, _ in known])
    if joined is None:
        raise AssertionError("the items of a fixed list were of one kind when the step was made")
    one = np.array([bring(np.asarray(data)) for bring, (_, data) in zip(joined[1], known, strict=True)])
    counts = np.full(rows, len(values), dtype=np.int64)
    return Lane(counts, None, counts, Lane(convert(np.tile(one, rows))))


def _as_lists(lane: Lane, convert: Convert, rows: int) -> Lane:
    if lane.counts is None or lane.items is None:
        counts = np.zeros(rows, dtype=np.int64)
        return Lane(counts, lane.state, counts, Lane(convert(np.zeros(0, dtype=np.int64))))
    size = int(lane.counts.sum())
    data = np.broadcast_to(convert(lane.items.data), size)
    return Lane(lane.counts, lane.state, lane.counts, Lane(data, lane.items.state))


def _one_each(lane: Lane, convert: Convert, rows: int) -> Lane:
    counts = np.ones(rows, dtype=np.int64)
    state = None if lane.state is None else np.broadcast_to(lane.state, rows)
    return Lane(counts, None, counts, Lane(np.broadcast_to(convert(lane.data), rows), state))


# -- one list of several -----------------------------------------------------------------------------------------


def _joined(lists: Sequence[Lane], rows: int) -> Lane:
    """Return per row the elements of all lists after each other."""
    counts = np.stack([_counts(lane) for lane in lists], axis=1).reshape(-1)
    together, begins = _together(lists)
    starts = np.stack([begin + _starts(lane) for lane, begin in zip(lists, begins, strict=True)], axis=1).reshape(-1)
    total = counts.reshape(rows, len(lists)).sum(axis=1)
    return Lane(total, None, total, together.at(positions(starts, counts)))


def _chosen(holds: Array, then: Lane, otherwise: Lane) -> Lane:
    """Return per row the one list or the other."""
    together, (_, begin) = _together((then, otherwise))
    counts = chosen(holds, _counts(then), _counts(otherwise))
    starts = chosen(holds, _starts(then), begin + _starts(otherwise))
    own = [np.asarray(PRESENT) if lane.state is None else lane.state for lane in (then, otherwise)]
    state = None if then.state is None and otherwise.state is None else needed(chosen(holds, own[0], own[1]))
    return Lane(counts, state, counts, together.at(positions(starts, counts)))


def _counts(lane: Lane) -> Array:
    if lane.counts is None:
        raise AssertionError("a lane of lists has counts")
    return lane.counts


def _starts(lane: Lane) -> Array:
    counts = _counts(lane)
    return np.cumsum(counts) - counts


def _together(lists: Sequence[Lane]) -> tuple[Lane, list[int]]:
    """Return the items of all lists after each other, and where those of each begin."""
    items = [lane.items for lane in lists if lane.items is not None]
    sizes = [len(item.data) for item in items]
    state: States | None = None
    if any(item.state is not None for item in items):
        state = np.concatenate([np.zeros(len(i.data), np.uint8) if i.state is None else i.state for i in items])
    return Lane(np.concatenate([item.data for item in items]), state), [sum(sizes[:n]) for n in range(len(sizes))]
