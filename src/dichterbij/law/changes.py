"""What would change the outcome, told: the nearest other value of each own fact, and where a curve turns or jumps."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Final, TypeGuard

from .determine import Determined, Evaluation
from .errors import LawError
from .explain import asked_outputs, explain, output_sentence
from .explain_steps import fact_text
from .explain_values import Reading
from .labels import NO_WORDS, Labels, labels_for
from .values import FactRef, Given, Value
from .what_if import Curve, Point, Sweep, may_vary, what_if

_WIDEST: Final = 12
MOST_FACTS: Final = 3
JUMP: Final = 100
"""A change of an amount of a euro or more at one cent is a jump, told in a sentence."""


@dataclass(frozen=True, slots=True)
class Change:
    """Another value of one fact: `sentence` names fact and value, `outcome` tells what would follow."""

    ref: FactRef
    value: Given
    sentence: str
    outcome: str


def nearest_changes(outcome: Determined, language: str, *, most: int = MOST_FACTS) -> tuple[Change, ...]:
    """Return what would change the outcome, one fact at a time, for the facts that decided it first.

    Dates and relatives are left out: nobody chooses those. Of a yes-or-no fact the other answer, of a choice each
    other answer, of an amount the nearest lower and the nearest higher one, to the cent.
    """
    labels = labels_for(outcome.laws, language)
    told = explain(outcome, outcome.laws, language)
    refs = dict.fromkeys(line.ref for line in (*told.deciding, *told.facts) if may_vary(outcome, line.ref))
    return tuple(islice((change for ref in refs for change in _of_fact(outcome, ref, labels)), most))


def _of_fact(outcome: Determined, ref: FactRef, labels: Labels) -> Iterator[Change]:
    for value in _candidates(outcome, ref):
        try:
            found = what_if(outcome, {ref: value})
        except LawError:
            continue
        if isinstance(found, Determined) and kind_of(found.outputs) != kind_of(outcome.outputs):
            yield _told(found, ref, value, labels)


def _candidates(outcome: Determined, ref: FactRef) -> Iterator[Given]:
    """Yield values of a fact that are near, and could give another outcome."""
    fact = outcome.laws.vocabulary[ref.fact]
    given = outcome.facts.persons[ref.person][ref.fact]
    if isinstance(given, bool):
        yield not given
    elif fact.values:
        yield from (value for value in fact.values if value != given)
    elif fact.type == "amount" and isinstance(given, int):
        yield from _amounts(outcome, ref, given)


def kind_of(outputs: Mapping[str, Value]) -> tuple[object, ...]:
    """Return what makes an outcome the same: the same answers, and amounts that are something or nothing."""
    return tuple((name, value > 0 if _is_number(value) else value) for name, value in sorted(outputs.items()))


def _is_number(value: Value) -> TypeGuard[int | Decimal]:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _amounts(outcome: Determined, ref: FactRef, given: int) -> Iterator[int]:
    sweep, own = Sweep(outcome, ref), kind_of(outcome.outputs)
    for direction in (-1, 1):
        near = given
        for far in _outward(given, direction):
            if kind_of(sweep.at(far).outputs) not in (own, ()):
                yield _boundary(sweep, near, far, own)
                break
            near = far


def _outward(given: int, direction: int) -> Iterator[int]:
    """Yield amounts further and further away: a euro, four, sixteen, ... up to some millions; never below nothing."""
    for power in range(_WIDEST + 1):
        step = given + direction * 100 * 4**power
        yield max(step, 0) if direction < 0 else step
        if step < 0:
            return


def _boundary(sweep: Sweep, near: int, far: int, own: tuple[object, ...]) -> int:
    """Return the amount nearest to `near` that gives another outcome."""
    while abs(far - near) > 1:
        middle = (near + far) // 2
        if kind_of(sweep.at(middle).outputs) == own:
            near = middle
        else:
            far = middle
    return far


def _told(found: Determined, ref: FactRef, value: Given, labels: Labels) -> Change:
    sentence = supposed(found, {ref: value}, labels)
    return Change(ref, value, sentence, explain(found, found.laws, labels.language).outcome)


def supposed(outcome: Evaluation, changes: Mapping[FactRef, Given], labels: Labels) -> str:
    """Return a sentence per changed fact, as the words under `what_if` have it."""
    reading = Reading(outcome, labels, frozenset())
    return " ".join(
        labels.word("what_if").format(label=labels.label_of_fact(ref.fact), value=fact_text(reading, ref, value))
        for ref, value in changes.items()
    )


def turn_sentences(outcome: Determined, found: Curve, language: str) -> tuple[str, ...]:
    """Return what changes at each turn of a curve at once: a yes that becomes a no, an amount that jumps."""
    reading = Reading(outcome, labels_for(outcome.laws, language), frozenset())
    pairs = [
        (left, right) for left, right in zip(found.points, found.points[1:], strict=False) if right.value in found.turns
    ]
    told = (
        _told_turn(reading, found.ref, left, right, name) for left, right in pairs for name in asked_outputs(outcome)
    )
    return tuple(dict.fromkeys(sentence for sentence in told if sentence))


def _told_turn(reading: Reading, ref: FactRef, left: Point, right: Point, name: str) -> str:
    before, after = left.outputs.get(name), right.outputs.get(name)
    value = fact_text(reading, ref, right.value)
    if isinstance(before, bool) and isinstance(after, bool) and before is not after:
        return f"{reading.labels.word('from_value').format(value=value)} {output_sentence(reading, name, after)}"
    if _is_number(before) and _is_number(after) and abs(Decimal(after) - Decimal(before)) >= JUMP:
        declared = reading.declared(reading.result.graph.outputs[name])
        law = reading.result.graph.provenance[name].place.law
        return reading.labels.word("jump").format(
            value=value,
            label=reading.labels.label_of_output(law, name),
            before=reading.shown(before, declared, NO_WORDS),
            after=reading.shown(after, declared, NO_WORDS),
        )
    return ""
