"""IF, AND, OR and NOT on columns: what is not chosen cannot fail."""

from collections.abc import Callable, Sequence

import numpy as np

from ..graph import Node
from .forms import BOOLEAN, NOTHING, Form, Type, common_unit, constant_day, day_form, real_data, scaled
from .lanes import ABSENT, ERROR, PRESENT, Array, Lane, States, chosen, needed, overlaid, removed, without_absence
from .lowering import Lowered, is_strict, strictly

Convert = Callable[[Array], Array]


def truth(form: Form) -> Convert | None:
    """Return what says where present values count as true; None when only the scalar step knows."""
    match form.type:
        case Type.BOOLEAN:
            return lambda data: data
        case Type.NUMBER if form.is_exact:
            return lambda data: np.not_equal(data, 0)
        case Type.TEXT:
            filled = np.array([bool(word) for word in form.words])
            return lambda data: filled[data]
        case Type.DAY | Type.PERSON:
            return lambda data: np.ones(np.shape(data), dtype=bool)
        case Type.NOTHING:
            return lambda _: np.asarray(False)
    return None


def opposite(node: Node, forms: Sequence[Form]) -> Lowered | None:
    """Return NOT."""
    holds = truth(forms[0])
    return None if holds is None else strictly(node, BOOLEAN, lambda data: np.logical_not(holds(data)))


# -- IF ----------------------------------------------------------------------------------------------------------


def conditional(node: Node, forms: Sequence[Form]) -> Lowered | None:
    """Return IF: per row the first case that holds; an unclear condition makes the outcome unclear."""
    conditions = [truth(form) for form in forms[:-1:2]]
    branches = [*forms[1:-1:2], forms[-1]]
    joined = common_form(branches)
    if joined is None or any(condition is None for condition in conditions):
        return None
    form, converts = joined
    known = [condition for condition in conditions if condition is not None]
    strict = is_strict(node)

    def run(lanes: list[Lane], _rows: int) -> Lane:
        result = Lane(converts[-1](lanes[-1].data), lanes[-1].state)
        cases = list(zip(lanes[:-1:2], lanes[1:-1:2], known, converts[:-1], strict=True))
        for when, then, holds, convert in reversed(cases):
            result = _chosen(when, holds(when.data), Lane(convert(then.data), then.state), result, strict=strict)
        return result

    return Lowered(form, run)


def branch_state(when: Lane, holds: Array, *, strict: bool) -> tuple[States | None, Array]:
    """Return what an unclear condition makes of the outcome, and where the condition holds."""
    unclear = when.state
    if unclear is None:
        return None, holds
    holds = np.logical_and(holds, unclear == PRESENT)
    return without_absence(unclear, strict=True) if strict else removed(unclear, ABSENT), holds


def _chosen(when: Lane, holds: Array, then: Lane, otherwise: Lane, *, strict: bool) -> Lane:
    unclear, holds = branch_state(when, holds, strict=strict)
    if unclear is None and not holds.any():
        return otherwise
    if unclear is None and holds.all():
        return then
    data = chosen(holds, then.data, otherwise.data)
    state: States | None = None
    if then.state is not None or otherwise.state is not None:
        state = chosen(holds, _or_present(then.state), _or_present(otherwise.state))
    state = overlaid(unclear, state)
    return Lane(data, None if state is None else needed(state))


def _or_present(state: States | None) -> States:
    return np.asarray(PRESENT) if state is None else state


def common_form(forms: Sequence[Form]) -> tuple[Form, list[Convert]] | None:  # noqa: PLR0911 one line per type
    """Return the form that holds the values of all these, and what brings each to it; None when none does."""
    filled = [form for form in forms if form.type is not Type.NOTHING]
    types = {form.type for form in filled}
    if types == {Type.DAY, Type.TEXT} or (types == {Type.TEXT} and all(_is_date(form) for form in filled)):
        return _common_day(forms, filled)
    if len(types) > 1 or types & {Type.OPAQUE, Type.LIST}:
        return None
    match next(iter(types), Type.NOTHING):
        case Type.NUMBER:
            return _common_number(forms, filled)
        case Type.TEXT:
            return _common_text(forms, filled)
        case Type.DAY:
            return _common_day(forms, filled)
        case Type.NOTHING:
            return NOTHING, [_as_it_is] * len(forms)
    return Form(type=filled[0].type), [_as_it_is] * len(forms)


def _as_it_is(data: Array) -> Array:
    return data


def _always(number: int) -> Convert:
    return lambda _: np.asarray(number)


def _is_date(form: Form) -> bool:
    return form.is_constant and constant_day(form) is not None


def _common_number(forms: Sequence[Form], filled: Sequence[Form]) -> tuple[Form, list[Convert]]:
    unit = common_unit(*filled)
    form = Form(
        type=Type.NUMBER,
        unit=unit,
        low=min(form.low for form in filled),
        high=max(form.high for form in filled),
        error=max(form.error if unit or not form.unit else form.error + float(form.bound) * 2**-51 for form in filled),
        single=all(form.single for form in filled) and unit > 0,
    )
    return form, [_to_unit(given, unit) for given in forms]


def _to_unit(form: Form, unit: int) -> Convert:
    if form.type is Type.NOTHING:
        return _as_it_is
    return (lambda data: scaled(data, form, unit)) if unit else (lambda data: real_data(data, form))


def _common_text(forms: Sequence[Form], filled: Sequence[Form]) -> tuple[Form, list[Convert]]:
    words = tuple(dict.fromkeys(word for form in filled for word in form.words))
    numbers = {word: code for code, word in enumerate(words)}
    converts: list[Convert] = []
    for form in forms:
        codes = np.array([numbers[word] for word in form.words] or [0])
        converts.append(_as_it_is if form.words == words else codes.__getitem__)
    return Form(type=Type.TEXT, words=words), converts


def _common_day(forms: Sequence[Form], filled: Sequence[Form]) -> tuple[Form, list[Convert]] | None:
    if not all(form.type is Type.DAY or _is_date(form) for form in filled):
        return None
    fixed = {id(form): constant_day(form) or 0 for form in filled if form.is_constant}
    lows = [fixed.get(id(form), form.low) for form in filled]
    highs = [fixed.get(id(form), form.high) for form in filled]
    form_ = day_form(int(min(lows)), int(max(highs)))
    return form_, [_always(fixed[id(form)]) if id(form) in fixed else _as_it_is for form in forms]


# -- AND, OR -----------------------------------------------------------------------------------------------------


def decided(node: Node, forms: Sequence[Form]) -> Lowered | None:
    """Return AND or OR: one decisive operand settles it, whatever is unclear; errors before it count."""
    tests = [truth(form) for form in forms]
    if any(test is None for test in tests):
        return None
    known = [test for test in tests if test is not None]
    is_or, strict = node.name == "OR", is_strict(node)
    combine = np.logical_or if is_or else np.logical_and

    def run(lanes: list[Lane], _rows: int) -> Lane:
        holds = [test(lane.data) for test, lane in zip(known, lanes, strict=True)]
        if all(lane.state is None for lane in lanes):
            data: Array = np.asarray(not is_or)
            for values in holds:
                data = combine(data, values)
            return Lane(data)
        return _settled(list(zip(holds, (lane.state for lane in lanes), strict=True)), is_or=is_or, strict=strict)

    return Lowered(BOOLEAN, run)


def _settled(operands: list[tuple[Array, States | None]], *, is_or: bool, strict: bool) -> Lane:
    """Return the outcome from the last operand to the first: what comes first is looked at first."""
    decisive, state = np.asarray(False), np.asarray(PRESENT)
    for values, given in reversed(operands):
        settles = values if is_or else np.logical_not(values)
        if given is None:
            decisive, state = decisive | settles, state * np.logical_not(settles)
            continue
        absent = given == ABSENT
        settles = settles & (given == PRESENT)
        if not strict and not is_or:
            settles = settles | absent
        own = without_absence(given, strict=True) if strict else removed(given, ABSENT)
        fails = own >= ERROR
        state = np.maximum(own * (fails | ~decisive), state) * ~settles
        decisive = settles | (decisive & ~fails)
    return Lane(decisive if is_or else ~decisive, needed(state))
