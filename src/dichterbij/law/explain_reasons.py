"""Why not: the conditions that fail, with the distance to the threshold; and the point where the outcome turns."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from dichterbij.kernel.formats import date_long

from .calendar_rules import day, is_day
from .determine import Determined, determine
from .explain_steps import active
from .explain_values import ALIASES, Reading
from .graph import Declared, Kind, Node
from .labels import NO_WORDS, Words
from .values import SKIPPED, FactRef
from .what_if import may_vary

_LESS: Final = ("LESS_THAN", "LESS_THAN_OR_EQUAL")
_MORE: Final = ("GREATER_THAN", "GREATER_THAN_OR_EQUAL")
CENTS_PER_EURO: Final = 100


@dataclass(frozen=True, slots=True)
class Failure:
    """A condition that is not as the law wants it: the step that fails, and what the last named step above says."""

    node: Node
    sentence: str
    wanted: bool = True


def failures(reading: Reading, number: int, *, wanted: bool = True, sentence: str = "") -> Iterator[Failure]:
    """Return the conditions that make a step differ from what is wanted."""
    node = reading.node(number)
    if not reading.is_known(number):
        return
    if node.kind is Kind.OUTPUT:
        sentence = _sentence(reading, node, wanted=wanted) or sentence
    if node.kind in ALIASES and node.args:
        yield from failures(reading, node.args[0], wanted=wanted, sentence=sentence)
    elif node.kind is Kind.OPERATION and node.name in ("AND", "OR", "NOT", "IF"):
        yield from _of_logic(reading, node, wanted, sentence)
    elif node.kind is Kind.OPERATION and node.name in (*_LESS, *_MORE) and _nothing_left(reading, node):
        yield from _of_nothing(reading, node.args[0], sentence)
    else:
        yield Failure(node, sentence, wanted)


def _of_logic(reading: Reading, node: Node, wanted: bool, sentence: str) -> Iterator[Failure]:
    if node.name == "NOT":
        yield from failures(reading, node.args[0], wanted=not wanted, sentence=sentence)
        return
    below = active(reading, node.number)
    if node.name == "IF" and node.number not in reading.result.certain:
        result = reading.node(below[-1])
        below = below[-1:] if result.kind is not Kind.LITERAL else below[-2:-1]
    for arg in below:
        if reading.is_known(arg) and reading.slot(arg) is not wanted:
            yield from failures(reading, arg, wanted=wanted, sentence=sentence)


def _nothing_left(reading: Reading, node: Node) -> bool:
    """Say whether the step asks if an amount is above nothing, and it is nothing."""
    return reading.slot(node.args[0]) == 0 and reading.slot(node.args[1]) == 0


def _of_nothing(reading: Reading, number: int, sentence: str) -> Iterator[Failure]:
    """Return why an amount is nothing: the words the law has for that, or the condition that made it so."""
    node = reading.node(number)
    zero = reading.labels.output(node.place.law, node.name).get("zero") if node.kind is Kind.OUTPUT else ""
    if zero:
        yield Failure(node, zero)
    elif node.kind in ALIASES and node.args:
        yield from _of_nothing(reading, node.args[0], sentence)
    elif node.kind is Kind.OPERATION and node.name == "IF":
        yield from _of_empty_branch(reading, node, sentence)
    else:
        yield Failure(node, sentence)


def _of_empty_branch(reading: Reading, node: Node, sentence: str) -> Iterator[Failure]:
    if node.number in reading.result.certain:
        for way in (*node.args[1:-1:2], node.args[-1]):
            if reading.slot(way) == 0:
                yield from _of_nothing(reading, way, sentence)
        return
    *conditions, chosen = active(reading, node.number)
    if reading.node(chosen).kind is not Kind.LITERAL:
        yield from _of_nothing(reading, chosen, sentence)
        return
    holds = [number for number in conditions if reading.slot(number) is True]
    for number in holds or conditions:
        yield from failures(reading, number, wanted=not holds, sentence=sentence)


def _sentence(reading: Reading, node: Node, *, wanted: bool) -> str:
    return reading.labels.output(node.place.law, node.name).get("fails" if wanted else "holds")


def reason_text(reading: Reading, failure: Failure) -> str:
    """Return a failed condition as one or two sentences."""
    node = failure.node
    if node.kind is Kind.FACT:
        own = _own_words(reading, node) if failure.wanted else ""
        return own or failure.sentence or _as_it_is(reading, node)
    sentence = failure.sentence or _as_it_is(reading, node)
    gap = distance(reading, node) if failure.wanted else ""
    return f"{sentence} {gap}".strip()


def _own_words(reading: Reading, node: Node) -> str:
    """Return what a fact of the person says when it is not so; nothing for a fact of somebody else."""
    is_own = reading.slot(node.args[0]) == reading.result.question.subject
    return reading.labels.fact(node.name).get("fails") if is_own else ""


def _as_it_is(reading: Reading, node: Node) -> str:
    """Return what a condition without words of its own finds: the name and the value of what it looks at."""
    looked = next(_named(reading, node), node)
    words, label = _words(reading, looked)
    return reading.labels.plainly("finds", label, reading.value_text(looked.number, words))


def _named(reading: Reading, node: Node) -> Iterator[Node]:
    """Yield the facts and outputs that a condition rests on, through everything that has no name of its own."""
    if node.kind in (Kind.FACT, Kind.OUTPUT):
        yield node
        return
    for arg in node.args:
        if reading.slot(arg) is not SKIPPED:
            yield from _named(reading, reading.node(arg))


def _words(reading: Reading, node: Node) -> tuple[Words, str]:
    if node.kind is Kind.FACT:
        return reading.labels.fact(node.name), reading.labels.label_of_fact(node.name)
    return reading.labels.output(node.place.law, node.name), reading.labels.label_of_output(node.place.law, node.name)


def distance(reading: Reading, node: Node) -> str:
    """Return how far a value is from the threshold it misses; nothing when that would tell of somebody else."""
    is_compared = node.kind is Kind.OPERATION and node.name in (*_LESS, *_MORE)
    if not is_compared or not reading.hidden.isdisjoint((node.number, *node.args)):
        return ""
    value, limit = reading.slot(node.args[0]), reading.slot(node.args[1])
    key = "above" if node.name in _LESS else "below"
    if _is_number(value) and _is_number(limit):
        return _difference(reading, node, key, Decimal(str(value)), Decimal(str(limit)))
    return _until(reading, value, node) if node.name in _LESS else ""


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _difference(reading: Reading, node: Node, key: str, value: Decimal, limit: Decimal) -> str:
    declared = next(filter(_is_told, map(reading.declared, node.args)), None)
    if declared is None:
        return ""
    gap, threshold = (reading.shown(found, declared, NO_WORDS) for found in (abs(value - limit), limit))
    return reading.labels.word(key).format(gap=gap, limit=threshold)


def _is_told(declared: Declared) -> bool:
    return declared.type in ("amount", "number")


def _until(reading: Reading, value: object, node: Node) -> str:
    """Return from which day a condition on a date will hold."""
    if not isinstance(value, str) or not is_day(value) or reading.node(node.args[1]).kind is not Kind.CONTEXT:
        return ""
    return reading.labels.word("from_day").format(day=date_long(day(value), reading.labels.language))


def turning_point(reading: Reading, output: str) -> str:
    """Return the amount of one own fact up to which the outcome would be different, as a sentence."""
    result = reading.result
    if not isinstance(result, Determined) or result.outputs.get(output) is not False:
        return ""
    for ref in result.facts_used:
        fact = result.laws.vocabulary[ref.fact]
        if ref.person == result.question.subject and fact.type == "amount" and may_vary(result, ref):
            found = _last_amount(result, ref, output)
            if found is not None:
                label = reading.labels.label_of_fact(ref.fact)
                return reading.labels.word("turning_point").format(label=label, amount=reading.amount(found))
    return ""


def _last_amount(result: Determined, ref: FactRef, output: str) -> int | None:
    """Return the highest whole-euro amount with which the output holds, when it holds at nothing."""
    given = result.facts.persons[ref.person][ref.fact]
    high = int(given) // CENTS_PER_EURO if isinstance(given, int) and given > 0 else 0
    if not high or not _holds(result, ref, output, 0):
        return None
    low = 0
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _holds(result, ref, output, middle) else (low, middle)
    return low * CENTS_PER_EURO


def _holds(result: Determined, ref: FactRef, output: str, euros: int) -> bool:
    facts = result.facts.with_answers({ref: euros * CENTS_PER_EURO})
    again = determine(result.laws, result.question, facts)
    return isinstance(again, Determined) and again.outputs.get(output) is True
