"""What an outcome means, in sentences: the outcome, what decided it, every step, why not, what is missing.

The first screen shows the outcome and the facts that decided it; the rest is one click away. Everything comes from
the graph, its values and the words beside the law: a law file written later is explained without new code.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from .determine import Determined, Evaluation, Open, Outcome, Refused
from .explain_reasons import Failure, failures, reason_text, turning_point
from .explain_steps import FactLine, Step, facts, steps, walk
from .explain_values import Reading
from .graph import Kind, Node
from .labels import AUTHENTIC, Labels, Provisional, labels_for
from .lawset import LawSet
from .privacy import hidden_steps
from .values import FactRef, Value

MOST_DECIDING: Final = 3


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A fact that is missing, as a question: what we ask, why (article), who may answer, what kind of answer.

    `asked_for`: the names of the outputs that need it.
    """

    ref: FactRef
    label: str
    question: str
    help: str
    type: str
    values: tuple[tuple[str, str], ...]
    source: str
    origin: str
    article: str
    law_name: str
    url: str
    nobody_knows: bool
    asked_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """An outcome told to the person it is about, in one language."""

    outcome: str
    deciding: tuple[FactLine, ...] = ()
    facts: tuple[FactLine, ...] = ()
    steps: tuple[Step, ...] = ()
    why_not: tuple[str, ...] = ()
    missing: tuple[QuestionLine, ...] = ()
    provisional: tuple[str, ...] = ()
    is_draft: bool = False


def explain(outcome: Outcome, laws: LawSet, language: str) -> Explanation:
    """Return an outcome in sentences; values of other persons are left out unless they claim together."""
    labels = labels_for(laws, language)
    if isinstance(outcome, Refused):
        return Explanation(outcome=_refusal(outcome, labels), is_draft=labels.is_draft)
    reading = Reading(outcome, labels, hidden_steps(outcome, laws.vocabulary))
    asked = asked_outputs(outcome)
    if not outcome.question.outputs:
        asked = _without_half_way(reading, asked)
    numbers = tuple(outcome.graph.outputs[name] for name in _until_no(outcome, asked))
    used = facts(reading, numbers)
    negative = [name for name in asked if outcome.outputs.get(name) is False]
    return Explanation(
        outcome=_open_text(labels) if isinstance(outcome, Open) else _outcome(reading, outcome, asked),
        deciding=_deciding(reading, used),
        facts=used,
        steps=steps(reading, numbers),
        why_not=_why_not(reading, negative),
        missing=_missing(reading, outcome) if isinstance(outcome, Open) else (),
        provisional=_provisional(reading),
        is_draft=_is_draft(reading),
    )


def asked_outputs(outcome: Evaluation) -> tuple[str, ...]:
    """Return the outputs of the question, without what hooks added."""
    direct = [name for name, why in outcome.graph.provenance.items() if why.kind == "direct"]
    return tuple(name for name in direct if name in outcome.graph.outputs)


def _until_no(outcome: Evaluation, asked: tuple[str, ...]) -> tuple[str, ...]:
    """Return the outputs up to the first that is a "no": what comes after it is then beside the point."""
    first = next((index for index, name in enumerate(asked) if outcome.outputs.get(name) is False), len(asked))
    return asked[: first + 1]


def _refusal(outcome: Refused, labels: Labels) -> str:
    sentence = labels.refusal(outcome.question.law, outcome.code, outcome.detail)
    if outcome.code != "does_not_apply_in_territory":
        return sentence
    who = labels.helper(outcome.question.law, outcome.question.territory) or outcome.who_helps
    return f"{sentence} {who}".strip()


def _open_text(labels: Labels) -> str:
    return labels.word("open")


def _outcome(reading: Reading, outcome: Determined, asked: tuple[str, ...]) -> str:
    """Return the outcome in sentences; also that it is certain when facts are missing."""
    told = _told(reading, _until_no(outcome, asked))
    return f"{told} {reading.labels.word('certain')}" if outcome.certain else told


def _without_half_way(reading: Reading, asked: tuple[str, ...]) -> tuple[str, ...]:
    """Return the outputs without each yes or no that another yes or no of the same article rests on."""
    nodes = {name: reading.node(reading.result.graph.outputs[name]) for name in asked}
    verdicts = {name: node for name, node in nodes.items() if node.declared.type == "boolean"}
    half_way = {
        below_it.name
        for name, node in verdicts.items()
        for below_it in map(reading.node, reading.result.graph.with_below([node.number]))
        if below_it.kind is Kind.OUTPUT and below_it.place == verdicts.get(below_it.name, node).place
        if below_it.name != name
    }
    return tuple(name for name in asked if name not in half_way)


def _told(reading: Reading, asked: Iterable[str]) -> str:
    """Return the outcome: the sentences of the outputs; a "no" ends it."""
    sentences: list[str] = []
    for name in asked:
        sentence = output_sentence(reading, name, reading.result.outputs.get(name))
        if sentence and sentence not in sentences:
            sentences.append(sentence)
    return " ".join(sentences)


def output_sentence(reading: Reading, name: str, value: Value) -> str:
    """Return what an output says when it has this value."""
    law = reading.result.graph.provenance[name].place.law
    words = reading.labels.output(law, name)
    if isinstance(value, bool):
        told = words.get("holds" if value else "fails")
        return told or _plainly(reading, law, name, reading.labels.word("ja" if value else "nee"))
    shown = reading.shown(value, reading.declared(reading.result.graph.outputs[name]), words)
    if not value and words.texts:
        return words.get("zero")
    return words.get("says").format(value=shown) if words.get("says") else _plainly(reading, law, name, shown)


def _plainly(reading: Reading, law: str, name: str, shown: str) -> str:
    return reading.labels.plainly("plainly", reading.labels.label_of_output(law, name), shown)


def _deciding(reading: Reading, used: tuple[FactLine, ...]) -> tuple[FactLine, ...]:
    """Return the facts that decided, each kind once: those the law names, else failed ones, amounts, the rest."""
    first = reading.labels.decides.get(reading.result.question.law, ())
    failed = _failed_facts(reading)

    def weight(line: FactLine) -> tuple[int, int, int]:
        kind = reading.result.laws.vocabulary[line.ref.fact].type
        named = first.index(line.ref.fact) if line.ref.fact in first else len(first)
        return (0 if line.ref.fact in failed else 1, named, 0 if kind == "amount" else 1)

    kinds: dict[str, FactLine] = {}
    for line in sorted(used, key=weight):
        kinds.setdefault(line.ref.fact, line)
    return tuple(kinds.values())[:MOST_DECIDING]


def _failed_facts(reading: Reading) -> frozenset[str]:
    names: set[str] = set()
    for name, number in reading.result.graph.outputs.items():
        if reading.result.outputs.get(name) is False:
            for failure in failures(reading, number):
                names |= {fact.name for fact in _facts_below(reading, failure.node.number)}
    return frozenset(names)


def _facts_below(reading: Reading, number: int) -> Iterable[Node]:
    return (node for node in walk(reading, (number,)) if node.kind is Kind.FACT)


def _why_not(reading: Reading, negative: list[str]) -> tuple[str, ...]:
    """Return why the answer is no, each reason once; with the point where one own amount turns it."""
    reasons: dict[int, Failure] = {}
    turns: list[str] = []
    for name in negative:
        for failure in failures(reading, reading.node(reading.result.graph.outputs[name]).args[0]):
            if failure.sentence or failure.node.number not in reasons:
                reasons[failure.node.number] = failure
            if failure.node.kind is Kind.OUTPUT:
                turns.append(turning_point(reading, name))
    told = [reason_text(reading, failure) for failure in reasons.values()]
    return tuple(dict.fromkeys(sentence for sentence in (*told, *turns) if sentence))


def _missing(reading: Reading, outcome: Open) -> tuple[QuestionLine, ...]:
    asks = [
        replace(_question(reading, ref, nobody_knows=False), asked_for=outcome.asked_for[ref]) for ref in outcome.asks
    ]
    return tuple(asks + [_question(reading, ref, nobody_knows=True) for ref in outcome.unknown])


def _question(reading: Reading, ref: FactRef, *, nobody_knows: bool) -> QuestionLine:
    definition = reading.result.laws.vocabulary[ref.fact]
    words, whose = reading.labels.fact(ref.fact), reading.whose(ref.person)
    label = reading.labels.label_of_fact(ref.fact)
    article, law_name, url = _ground(reading, ref.fact)
    return QuestionLine(
        ref=ref,
        label=f"{label} ({whose})" if whose else label,
        question=_asked_of(reading, words.get("question") or f"{label}?", label, whose),
        help=words.get("help"),
        type=definition.type,
        values=tuple((value, words.values.get(value, value)) for value in definition.values),
        source=reading.labels.registry(definition.registry or definition.origin),
        origin=definition.origin,
        article=article,
        law_name=law_name,
        url=url,
        nobody_knows=nobody_knows,
    )


def _asked_of(reading: Reading, question: str, label: str, whose: str) -> str:
    """Return the question as it is put to the subject, also when the fact is of another person."""
    return reading.labels.word("question_of").format(label=label, whose=whose) if whose else question


def _ground(reading: Reading, fact: str) -> tuple[str, str, str]:
    """Return the article that asks for a fact: number, law, address."""
    frames = {frame.number: frame for frame in reading.result.graph.frames}
    for node in reading.result.graph.nodes:
        is_input = node.kind in (Kind.INPUT, Kind.PARAMETER) and node.frame in frames
        if is_input and reading.node(node.args[0]).kind is Kind.FACT and reading.node(node.args[0]).name == fact:
            frame = frames[node.frame]
            return frame.place.article, frame.law_name, frame.url
    return "", "", ""


def _name_of(law: str, official: str, labels: Labels) -> str:
    """Return the official name of a law in its own language; in another language what we call it there."""
    words = labels.laws.get(law)
    return official if labels.language == AUTHENTIC or not words else words.name or official


def _provisional(reading: Reading) -> tuple[str, ...]:
    """Return a sentence for each law file in use whose amounts rest on one source."""
    found = [
        reading.labels.word("provisional").format(law=_name_of(frame.place.law, frame.law_name, reading.labels))
        for frame in reading.result.graph.frames
        if Provisional(frame.place.law, frame.place.valid_from) in reading.labels.provisional
        and any(reading.is_known(number) for number in frame.outputs.values())
    ]
    return tuple(dict.fromkeys(found))


def _is_draft(reading: Reading) -> bool:
    used = {frame.place.law for frame in reading.result.graph.frames}
    return reading.labels.is_draft or any(
        reading.labels.laws[law].is_draft for law in used if law in reading.labels.laws
    )


__all__ = ["Explanation", "FactLine", "QuestionLine", "Step", "explain"]
