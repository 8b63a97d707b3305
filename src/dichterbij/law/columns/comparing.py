"""Comparisons on columns: equal, larger, one of several, absent."""

import operator
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Final

import numpy as np

from ..graph import Node
from ..values import Value
from .forms import ANY_REAL, BOOLEAN, LIMIT, Form, Type, as_real, common_unit, constant, constant_day, real_data, scaled
from .lanes import (
    ABSENT,
    DOUBT,
    ERROR,
    PRESENT,
    UNKNOWN,
    Array,
    Lane,
    States,
    chosen,
    mark,
    marked,
    merged,
    needed,
    removed,
)
from .lowering import Lowered, Marked, strictly

Test = Callable[[Array, Array], Array]
_TESTS: Final[dict[str, Test]] = {
    "GREATER_THAN": operator.gt,
    "LESS_THAN": operator.lt,
    "GREATER_THAN_OR_EQUAL": operator.ge,
    "LESS_THAN_OR_EQUAL": operator.le,
}


def compare(node: Node, forms: Sequence[Form]) -> Lowered | None:
    """Return a comparison of two numbers or two dates."""
    left, right = forms
    test = _TESTS[node.name]
    if left.type is Type.NUMBER and right.type is Type.NUMBER:
        return strictly(node, BOOLEAN, _numbers(test, left, right))
    days = _days(left, right)
    return None if days is None else strictly(node, BOOLEAN, lambda a, b: test(*days(a, b)))


def _days(left: Form, right: Form) -> Callable[[Array, Array], tuple[Array, Array]] | None:
    """Return what brings two dates to day numbers; None when they are not two dates."""
    if left.type is Type.DAY and right.type is Type.DAY:
        return lambda a, b: (a, b)
    if left.type is Type.DAY and right.is_constant and (fixed := constant_day(right)) is not None:
        return lambda a, _: (a, np.asarray(fixed))
    if right.type is Type.DAY and left.is_constant and (fixed := constant_day(left)) is not None:
        return lambda _, b: (np.asarray(fixed), b)
    return None


# -- numbers -----------------------------------------------------------------------------------------------------


def _numbers(test: Test, left: Form, right: Form) -> Callable[[Array, Array], Array | Marked]:
    unit = common_unit(left, right)
    error = left.error + right.error
    if not unit or error * unit >= 0.5:
        return _reals(test, left, right)
    if right.is_constant and right.is_exact and left.is_exact:
        return _with_constant(test, left, right.low)
    is_certain = error == 0 or (left.single and right.is_exact) or (right.single and left.is_exact)

    def compare(a: Array, b: Array) -> Array | Marked:
        first, second = scaled(a, left, unit), scaled(b, right, unit)
        answer = test(first, second)
        return answer if is_certain else (answer, mark(first == second, DOUBT))

    return compare


def _with_constant(test: Test, form: Form, fixed: Fraction) -> Callable[[Array, Array], Array]:
    """Return a comparison with a fixed number, moved to the whole number over the form's unit that decides the same."""
    exact = fixed * form.unit
    is_whole = exact.denominator == 1
    if test in (operator.eq, operator.ne) and not is_whole:
        return lambda a, _: np.full(np.shape(a), test is operator.ne)
    edge = ceil(exact) if test in (operator.lt, operator.ge) else floor(exact)
    limit = np.asarray(max(-LIMIT, min(LIMIT, edge)))
    return lambda a, _: test(a, limit)


def _reals(test: Test, left: Form, right: Form) -> Callable[[Array, Array], Marked]:
    first, second = as_real(left) or ANY_REAL, as_real(right) or ANY_REAL
    bound = float(left.bound + right.bound)
    near = (first.error + second.error + bound * 2**-51) * 1.001

    def compare(a: Array, b: Array) -> Marked:
        x, y = real_data(a, left), real_data(b, right)
        own = np.abs(x) * first.relative + np.abs(y) * second.relative
        return test(x, y), mark(np.abs(x - y) <= np.fmin(own, near), DOUBT)

    return compare


# -- equal -------------------------------------------------------------------------------------------------------


def equals(node: Node, forms: Sequence[Form]) -> Lowered | None:
    """Return EQUALS or NOT_EQUALS; comparing with an absent value is the test of absence."""
    left, right = forms
    same = same_values(left, right)
    if same is None:
        return None
    negated = node.name == "NOT_EQUALS"

    def run(lanes: list[Lane], _rows: int) -> Lane:
        lane = equal_lanes(lanes[0], lanes[1], same)
        return Lane(np.logical_not(lane.data), lane.state) if negated else lane

    return Lowered(BOOLEAN, run)


Same = Callable[[Array, Array], Array | Marked]


def equal_lanes(left: Lane, right: Lane, same: Same) -> Lane:
    """Return where two lanes are equal: both absent is equal, one absent is not, unknown stays unknown."""
    if _is_nothing(right):
        return _where_absent(left)
    if _is_nothing(left):
        return _where_absent(right)
    found = same(left.data, right.data)
    data, own = found if isinstance(found, tuple) else (found, None)
    state = merged((left.state, right.state))
    if state is not None:
        first, second = _absent(left.state), _absent(right.state)
        data = (data & ~(first | second)) | (first & second)
        state = needed(removed(state, ABSENT))
    return Lane(data, state if own is None else marked(state, own == DOUBT, DOUBT))


def _is_nothing(lane: Lane) -> bool:
    """Say whether no row has a value, for lack of one."""
    return lane.state is not None and np.ndim(lane.state) == 0 and bool(lane.state == ABSENT)


def _where_absent(lane: Lane) -> Lane:
    if lane.state is None:
        return Lane(np.asarray(False))
    return Lane(lane.state == ABSENT, needed(removed(lane.state, ABSENT)))


def _absent(state: States | None) -> Array:
    return np.asarray(False) if state is None else state == ABSENT


def same_values(left: Form, right: Form) -> Same | None:
    """Return what says where present values of two forms are equal; None when only the scalar step knows."""
    if Type.NOTHING in (left.type, right.type):
        return lambda _a, _b: np.asarray(False)
    if left.type is Type.NUMBER and right.type is Type.NUMBER:
        return _numbers(operator.eq, left, right)
    if left.type is right.type and left.type in (Type.BOOLEAN, Type.PERSON, Type.DAY):
        return np.equal
    if left.type is Type.TEXT and right.type is Type.TEXT:
        return _texts(left, right)
    if Type.DAY in (left.type, right.type):
        return _same_day(left, right)
    plain = (Type.NUMBER, Type.BOOLEAN, Type.TEXT)
    return (lambda _a, _b: np.asarray(False)) if left.type in plain and right.type in plain else None


def _texts(left: Form, right: Form) -> Same:
    if left.words == right.words:
        return np.equal
    numbers = {word: code for code, word in enumerate(left.words)}
    codes = np.array([numbers.get(word, -1) for word in right.words])
    return lambda a, b: np.equal(a, codes[b])


def _same_day(left: Form, right: Form) -> Same | None:
    days = _days(left, right)
    if days is not None:
        return lambda a, b: np.equal(*days(a, b))
    other = right if left.type is Type.DAY else left
    is_no_date = other.type in (Type.NUMBER, Type.BOOLEAN) or (other.is_constant and other.type is Type.TEXT)
    return (lambda _a, _b: np.asarray(False)) if is_no_date else None


# -- one of several ----------------------------------------------------------------------------------------------


def is_in(node: Node, forms: Sequence[Form]) -> Lowered | None:
    """Return IN or NOT_IN over written members: unknown only when an unknown member could be it."""
    subject, *members = forms
    tests = [same_values(subject, member) for member in members]
    if not tests or any(test is None for test in tests):
        return None
    known = [test for test in tests if test is not None]

    def run(lanes: list[Lane], rows: int) -> Lane:
        answers = [equal_lanes(lanes[0], lane, test) for lane, test in zip(lanes[1:], known, strict=True)]
        return _negated(node, _any_of(answers, rows))

    return Lowered(BOOLEAN, run)


def _any_of(answers: list[Lane], rows: int) -> Lane:
    data: Array = np.zeros(rows, dtype=bool)
    for answer in answers:
        hit = answer.data if answer.state is None else answer.data & (answer.state == PRESENT)
        data = np.logical_or(data, hit)
    state = merged(answer.state for answer in answers)
    if state is None:
        return Lane(data)
    return Lane(data, needed(state * ~(data & (state < ERROR))))


def _negated(node: Node, lane: Lane) -> Lane:
    return Lane(np.logical_not(lane.data), lane.state) if node.name.startswith("NOT_") else lane


def is_in_value(node: Node, forms: Sequence[Form]) -> Lowered | None:
    """Return IN or NOT_IN over a list; a single value counts as a list of one."""
    subject, members = forms
    if isinstance(members.value, tuple):
        return _is_in_constant(node, subject, members.value)
    if members.type is not Type.LIST or members.item is None:
        return is_in(node, forms)
    same = same_values(subject, members.item)
    if same is None:
        return None

    def run(lanes: list[Lane], rows: int) -> Lane:
        subjects, lists = lanes
        if lists.counts is None or lists.items is None:
            raise AssertionError("a lane of lists has items")
        owner = np.repeat(np.arange(rows), lists.counts)
        each = equal_lanes(subjects.at(owner), lists.items, same)
        hits = each.data if each.state is None else each.data & (each.state == PRESENT)
        found = Lane(_any_per_row(np.broadcast_to(hits, owner.shape), lists.counts), _most_per_row(each, lists.counts))
        return _negated(node, _of_the_list(subjects, lists, found))

    return Lowered(BOOLEAN, run)


def _is_in_constant(node: Node, subject: Form, members: tuple[Value, ...]) -> Lowered | None:
    """Return IN over a list that is the same for everybody."""
    if any(not isinstance(member, bool | int | Decimal | str) for member in members):
        return None
    known = [constant(member) for member in members]
    written = is_in(node, [subject, *(form for form, _ in known)])
    if written is None:
        return None
    fixed = [Lane(np.asarray(data)) for _, data in known]
    return Lowered(BOOLEAN, lambda lanes, rows: written.compute([lanes[0], *fixed], rows))


def _of_the_list(subjects: Lane, lists: Lane, found: Lane) -> Lane:
    """Return the answer where the list itself may be missing: absent equals absent, unknown is unknown."""
    state = found.state
    if state is not None:
        state = state * ~(found.data & (state < ERROR))
    if lists.state is None and (subjects.state is None or not (subjects.state >= ERROR).any()):
        return Lane(found.data, None if state is None else needed(state))
    data = chosen(_absent(lists.state), _absent(subjects.state), found.data)
    own = np.asarray(PRESENT) if lists.state is None else removed(lists.state, ABSENT)
    unclear = np.asarray(PRESENT) if subjects.state is None else _unclear_subject(subjects.state, lists.state)
    return Lane(data, needed(np.maximum(np.maximum(own, unclear), PRESENT if state is None else state)))


def _unclear_subject(subject: States, lists: States | None) -> States:
    """Return what an unclear subject makes of the answer: errors always, unknown when there is an absent list."""
    return subject * ((subject >= ERROR) | ((subject >= UNKNOWN) & _absent(lists)))


def _any_per_row(flat: Array, counts: Array) -> Array:
    return per_row(np.maximum, flat.astype(np.uint8), counts, 0).astype(bool)


def _most_per_row(each: Lane, counts: Array) -> States | None:
    if each.state is None:
        return None
    return needed(per_row(np.maximum, np.broadcast_to(each.state, int(counts.sum())), counts, 0))


def per_row(combine: np.ufunc, flat: Array, counts: Array, empty: object) -> Array:
    """Return the elements of each row combined; rows without elements get `empty`."""
    filled = counts > 0
    starts = np.cumsum(counts) - counts
    if len(counts) and filled.all():
        found: Array = combine.reduceat(flat, starts)
        return found
    result = np.full(len(counts), empty, dtype=flat.dtype)
    if filled.any():
        result[filled] = combine.reduceat(flat, starts[filled])
    return result


# -- absence -----------------------------------------------------------------------------------------------------


def is_null(node: Node, forms: Sequence[Form]) -> Lowered | None:
    """Return IS_NULL or NOT_NULL."""
    if Type.OPAQUE in (form.type for form in forms):
        return None
    wanted = node.name == "IS_NULL"

    def run(lanes: list[Lane], _rows: int) -> Lane:
        lane = _where_absent(lanes[0])
        return lane if wanted else Lane(np.logical_not(lane.data), lane.state)

    return Lowered(BOOLEAN, run)
