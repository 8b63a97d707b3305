"""The steps of a determination as a table, and the facts it used, from the graph and the values of its nodes."""

from collections.abc import Iterator
from dataclasses import dataclass

from .explain_values import ALIASES, AMOUNT, Reading, declared_of
from .graph import Frame, Kind, Node, below
from .outside import KEY
from .privacy import claims_together, is_shown
from .values import SKIPPED, FactRef, Given

_DECISIVE = {"AND": False, "OR": True}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the calculation, with the article it rests on.

    `is_main`: enough for who reads a letter: what was asked, or an amount that may be shown. An outcome that was kept
    before this was told apart has only main steps.
    """

    label: str
    value_text: str
    article: str
    law_name: str
    url: str
    is_main: bool = True


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact that was used. `shown` is false when the value is somebody else's: then only its name is told."""

    ref: FactRef
    label: str
    value_text: str
    shown: bool
    source: str


def active(reading: Reading, number: int) -> tuple[int, ...]:
    """Return the steps that a step really looked at."""
    node = reading.node(number)
    if node.kind is Kind.OPERATION and node.name == "IF":
        return _branch(reading, node)
    if node.kind is Kind.OPERATION and node.name in _DECISIVE:
        settles = [arg for arg in node.args if reading.slot(arg) is _DECISIVE[node.name]]
        return tuple(settles) or node.args
    return below(node)


def _branch(reading: Reading, node: Node) -> tuple[int, ...]:
    """Return the conditions looked at and the way taken; all ways where the outcome is the same in each."""
    if node.number in reading.result.certain:
        return tuple(arg for arg in node.args if reading.slot(arg) is not SKIPPED)
    looked: list[int] = []
    for when, then in zip(node.args[:-1:2], node.args[1::2], strict=False):
        looked.append(when)
        if reading.slot(when) is True:
            return (*looked, then)
    return (*looked, node.args[-1])


def walk(reading: Reading, outputs: tuple[int, ...]) -> Iterator[Node]:
    """Return the steps behind outputs, what comes first first, each once."""
    seen: set[int] = set()
    stack: list[tuple[int, bool]] = [(number, False) for number in reversed(outputs)]
    while stack:
        number, is_done = stack.pop()
        if is_done:
            yield reading.node(number)
        elif number not in seen and (reading.slot(number) is not SKIPPED or reading.node(number).kind is Kind.LOCAL):
            seen.add(number)
            stack.append((number, True))
            stack.extend((arg, False) for arg in reversed(active(reading, number)))


def steps(reading: Reading, outputs: tuple[int, ...]) -> tuple[Step, ...]:
    """Return the named steps behind outputs, each value of an article once; what only renames another is left out."""
    frames = {frame.number: frame for frame in reading.result.graph.frames}
    renamed = {target for number in outputs for target in _renames(reading, number)}
    found: dict[tuple[str, str, int], Step] = {}
    for node in walk(reading, outputs):
        is_step = node.kind is Kind.OUTPUT and reading.is_known(node.number) and node.number not in renamed
        if is_step and (node.number in outputs or not any(_renames(reading, node.number))):
            is_asked = node.number in outputs
            key, line = (node.place.law, node.name, node.frame), step(reading, node, frames.get(node.frame), is_asked)
            found[key] = line if is_asked else found.get(key, line)
    return tuple(dict.fromkeys(found.values()))


def _renames(reading: Reading, number: int) -> Iterator[int]:
    """Return the outputs and facts that a step passes on under another name, without computing anything."""
    node = reading.node(number)
    while node.kind in ALIASES and node.args:
        node = reading.node(node.args[0])
        if node.kind in (Kind.OUTPUT, Kind.FACT):
            yield node.number


def step(reading: Reading, node: Node, frame: Frame | None, is_asked: bool) -> Step:
    """Return one line of the table."""
    law = node.place.law
    words = reading.labels.output(law, node.name)
    name = reading.labels.laws[law].name if law in reading.labels.laws else ""
    label, whose = reading.labels.label_of_output(law, node.name), _about(reading, frame)
    is_amount = node.number not in reading.hidden and reading.declared(node.number).type == AMOUNT
    return Step(
        label=f"{label} ({whose})" if whose else label,
        value_text=reading.value_text(node.number, words),
        article=node.place.article,
        law_name=frame.law_name if frame else name,
        url=frame.url if frame else words.get("url"),
        is_main=is_asked or is_amount,
    )


def _about(reading: Reading, frame: Frame | None) -> str:
    """Return how we call the other person an article was applied to; nothing for the subject."""
    person = reading.slot(frame.parameters[KEY]) if frame and KEY in frame.parameters else None
    return reading.whose(person) if isinstance(person, str) else ""


def facts(reading: Reading, outputs: tuple[int, ...]) -> tuple[FactLine, ...]:
    """Return the facts behind outputs in the order in which they were used."""
    found: dict[FactRef, FactLine] = {}
    for node in walk(reading, outputs):
        if node.kind is Kind.FACT and reading.is_known(node.number):
            for ref, line in _lines(reading, node):
                found.setdefault(ref, line)
    for line in _in_loops(reading):
        found.setdefault(line.ref, line)
    return tuple(found.values())


def _lines(reading: Reading, node: Node) -> Iterator[tuple[FactRef, FactLine]]:
    person = reading.slot(node.args[0])
    if isinstance(person, str):
        ref = FactRef(person, node.name)
        yield ref, fact_line(reading, ref, node.number in reading.hidden)


def _in_loops(reading: Reading) -> Iterator[FactLine]:
    """Return the facts of the persons that a loop went over."""
    subject, vocabulary = reading.result.question.subject, reading.result.laws.vocabulary
    together = claims_together(reading.result, vocabulary)
    for ref in reading.result.facts_used:
        if ref.person != subject and ref.person in reading.result.facts.persons:
            yield fact_line(reading, ref, not is_shown(vocabulary[ref.fact], ref.person, subject, together))


def fact_line(reading: Reading, ref: FactRef, is_hidden: bool) -> FactLine:
    """Return a fact as a line: its name, its value when that may be shown, and where it comes from."""
    definition = reading.result.laws.vocabulary[ref.fact]
    label, whose = reading.labels.label_of_fact(ref.fact), reading.whose(ref.person)
    given = reading.result.facts.persons.get(ref.person, {}).get(ref.fact)
    is_own_place = definition.shown_to == "nobody" and not whose
    value = reading.labels.word("hidden") if is_hidden else fact_text(reading, ref, given)
    return FactLine(
        ref=ref,
        label=f"{label} ({whose})" if whose else label,
        value_text=reading.labels.word("known") if is_own_place and given is not None else value,
        shown=not is_hidden,
        source=reading.labels.registry(definition.registry or definition.origin),
    )


def fact_text(reading: Reading, ref: FactRef, given: Given) -> str:
    """Return a supplied value of a fact in words."""
    vocabulary = reading.result.laws.vocabulary
    return reading.shown(
        vocabulary.read(ref.fact, given), declared_of(vocabulary[ref.fact]), reading.labels.fact(ref.fact)
    )
