"""`determine`: what the law says for one person, or which facts it still needs to say it.

Pure: no clock, no files, no framework. The caller supplies facts as values, absent (None) or UNKNOWN and calls
again with what `Open.asks` lists, until the answer is `Determined` or nothing more can be supplied.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeAlias

from dichterbij.kernel.periods import Period

from .asks import Asks, asks
from .compile import Order, compile_graph
from .delegation import NO_LOCAL_RULES
from .errors import LawError
from .evaluate import Iteration, Run, Tape, make_tape
from .graph import Graph, Kind
from .lawset import LawSet
from .model import Article, LawVersion
from .outside import KEY, PersonFacts
from .privacy import hidden_steps
from .receipt import receipt_of
from .settle import Reaches, settle
from .territory import applies_in, codes_of, who_helps
from .trace import trace_of
from .values import SKIPPED, FactRef, Given, Slot, Unknown, Value
from .written import Json

DECISIONS: Final = ("BESCHIKKING", "RECHTSPOSITIE")
JUDGEMENT: Final = "judgement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: outputs of a law, for a person, over a period, decided on a day, in a territory.

    Substantive law is the version in force on the first day of `period`; procedure (hooks, terms) the version in
    force on `decided_on`. No `outputs` means all outputs of articles that produce a decision or legal position.
    `given`: parameters passed by name, such as what earlier stages of a procedure gave.
    """

    law: str
    outputs: tuple[str, ...]
    subject: str
    period: Period
    decided_on: date
    territory: str = "NL"
    stage: str = "BESLUIT"
    given: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known about persons: names of the vocabulary per person id; a missing name is not supplied yet."""

    subject: str
    persons: Mapping[str, Mapping[str, Given]]

    def with_answers(self, answers: Mapping[FactRef, Given]) -> "Facts":
        """Return the facts with these answers added."""
        persons: dict[str, dict[str, Given]] = {key: dict(values) for key, values in self.persons.items()}
        for ref, value in answers.items():
            persons.setdefault(ref.person, {})[ref.fact] = value
        return Facts(subject=self.subject, persons=persons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What a run of a law gave.

    `certain`: the steps whose value is the same whatever the facts are that were not supplied.
    """

    question: Question
    outputs: Mapping[str, Value]
    graph: Graph = field(repr=False)
    values: Sequence[Slot] = field(repr=False)
    iterations: Mapping[int, Sequence[Iteration]] = field(repr=False)
    facts: Facts = field(repr=False)
    laws: LawSet = field(repr=False)
    certain: frozenset[int] = field(default=frozenset(), repr=False)

    @property
    def facts_used(self) -> tuple[FactRef, ...]:
        """Return the facts that were looked at and found, in file order."""
        return facts_used(self.graph, self.values, self.iterations)

    def trace(self) -> dict[str, Json]:
        """Return the trace document (trace schema v1) as far as the run came, made now."""
        return trace_of(self, self.laws.vocabulary, hidden_steps(self, self.laws.vocabulary))


@dataclass(frozen=True, slots=True, kw_only=True)
class Determined(Evaluation):
    """The law gives an answer. `outputs` holds the outputs asked for and what hooks added to them."""

    salt: bytes = field(repr=False)

    def receipt(self) -> dict[str, Json]:
        """Return the receipt; with the same facts and `salt` it is the same, byte for byte."""
        return receipt_of(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Open(Evaluation):
    """Facts are missing.

    `asks`: supply these next, each is needed unless another of them settles the matter. `asked_for`: for each of them
    the outputs that need it. `unknown`: needed, and nobody knows.
    """

    asks: tuple[FactRef, ...]
    asked_for: Mapping[FactRef, tuple[str, ...]]
    unknown: tuple[FactRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The law gives no answer here: the period, the place, a rule it came to or the calendar it needs is lacking."""

    question: Question
    # "no_amounts_for_period" | "no_local_rules" | "does_not_apply_in_territory" | "not_in_force" |
    # "rule_not_established" | "term_not_covered"
    code: str
    detail: str
    who_helps: str = ""


Outcome: TypeAlias = Determined | Open | Refused
_NO_ANSWER: Final = {"Untranslatable": "rule_not_established", "TermNotCovered": "term_not_covered"}
"""Errors of an evaluation that mean: nobody knows the rule or the calendar; all others are a mistake somewhere."""


def determine(laws: LawSet, question: Question, facts: Facts, *, salt: bytes | None = None) -> Outcome:
    """Return what the law says, which facts it still needs, or why it does not answer here.

    Raises `LawError` with the error name of the format when the law or the facts are wrong.
    """
    tape = tape_or_refusal(laws, question)
    if isinstance(tape, Refused):
        return tape
    first, given = question.period.first, dict(question.given)
    run = Run(tape.fresh(), question.subject, first, question.decided_on, facts.persons, given)
    try:
        outputs = tape.outputs(run)
    except LawError as error:
        if error.name not in _NO_ANSWER:
            raise
        return Refused(question=question, code=_NO_ANSWER[error.name], detail=error.detail)
    certain: frozenset[int] = frozenset()
    if any(isinstance(value, Unknown) for value in outputs.values()):
        reaches = Reaches(tape, run)
        certain = settle(reaches, unknown_outputs(tape, outputs))
        outputs = tape.outputs(run)
        if any(isinstance(outputs[name], Unknown) for name in requested(laws, question)):
            return _open(reaches, (question, facts, laws), outputs, certain)
    return Determined(
        question=question,
        outputs=_known(outputs),
        graph=tape.graph,
        values=run.values,
        iterations=run.iterations,
        facts=facts,
        laws=laws,
        salt=secrets.token_bytes(16) if salt is None else salt,
        certain=certain,
    )


def unknown_outputs(tape: Tape, outputs: Mapping[str, Value]) -> list[int]:
    """Return the nodes of the outputs that the plain run left unknown."""
    return [tape.graph.outputs[name] for name, value in outputs.items() if isinstance(value, Unknown)]


def tape_or_refusal(laws: LawSet, question: Question) -> Tape | Refused:
    """Return the graph of a question ready to run, or why the law does not answer it here."""
    refused = _refused(laws, question)
    if refused is not None:
        return refused
    tape = tape_for(laws, question)
    if tape.graph.refusals:
        first = tape.graph.refusals[0]
        code = "no_local_rules" if first.name == NO_LOCAL_RULES else "no_amounts_for_period"
        return Refused(question=question, code=code, detail=first.detail)
    return tape


def _known(outputs: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in outputs.items() if not isinstance(value, Unknown)}


def _open(
    reaches: Reaches,
    asked: tuple[Question, Facts, LawSet],
    outputs: Mapping[str, Value],
    certain: frozenset[int],
) -> Open:
    (question, facts, laws), run, graph = asked, reaches.run, reaches.tape.graph
    values, iterations = list(run.values), dict(run.iterations)
    missing = [name for name in requested(laws, question) if isinstance(outputs[name], Unknown)]
    found = asks(reaches, [graph.outputs[name] for name in missing])
    asked_for = _asked_for(found, {graph.outputs[name]: name for name in missing})
    chosen = _judgements_last(laws, tuple(asked_for))
    return Open(
        question=question,
        asks=chosen,
        asked_for={ref: asked_for[ref] for ref in chosen},
        unknown=found.unknown,
        outputs=_known(outputs),
        graph=graph,
        values=values,
        iterations=iterations,
        facts=facts,
        laws=laws,
        certain=certain,
    )


def _asked_for(found: Asks, names: Mapping[int, str]) -> dict[FactRef, tuple[str, ...]]:
    """Return the facts to supply next, each with the outputs that need it, in file order."""
    asked_for: dict[FactRef, tuple[str, ...]] = {}
    for number, refs in found.facts.items():
        for ref in refs:
            asked_for[ref] = (*asked_for.get(ref, ()), names[number])
    return asked_for


def _judgements_last(laws: LawSet, refs: tuple[FactRef, ...]) -> tuple[FactRef, ...]:
    """Return the facts that can be looked up or told; what somebody must judge only when nothing else is left."""
    others = tuple(ref for ref in refs if laws.vocabulary[ref.fact].origin != JUDGEMENT)
    return others or refs


def _refused(laws: LawSet, question: Question) -> Refused | None:
    if not laws.versions(question.law):
        raise LawError("LawNotFound", f"Law '{question.law}' not found")
    try:
        version = laws.version(question.law, question.period.first)
    except LawError as error:
        return Refused(question=question, code="no_amounts_for_period", detail=error.detail)
    codes = codes_of(question.territory)
    if applies_in(version, codes):
        return None
    return Refused(
        question=question,
        code="does_not_apply_in_territory",
        detail=f"'{version.name}' does not apply in {question.territory}",
        who_helps=who_helps(version, codes),
    )


def requested(laws: LawSet, question: Question) -> tuple[str, ...]:
    """Return the outputs asked for, or all outputs of articles that give a decision or legal position."""
    if question.outputs:
        return question.outputs
    version: LawVersion = laws.version(question.law, question.period.first)
    names = [
        output.name
        for article in version.articles
        if article.legal_character in DECISIONS and can_be_asked(article, laws)
        for output in article.outputs
    ]
    return tuple(dict.fromkeys(names))


def every_output(laws: LawSet, question: Question) -> tuple[str, ...]:
    """Return all outputs of a law that facts alone can give, for a law that takes no decision, such as a term."""
    articles = laws.version(question.law, question.period.first).articles
    return tuple(dict.fromkeys(out.name for each in articles if can_be_asked(each, laws) for out in each.outputs))


def can_be_asked(article: Article, laws: LawSet) -> bool:
    """Say whether an article needs nothing but facts; some parameters only another law can pass."""
    return all(p.name == KEY or p.name in laws.vocabulary or not p.required for p in article.parameters)


def tape_for(laws: LawSet, question: Question) -> Tape:
    """Return the compiled graph of a question, made once per law set, versions, territory and outputs."""
    outputs, codes = requested(laws, question), codes_of(question.territory) & laws.codes
    first, decided = question.period.first, question.decided_on
    given = frozenset(name for name, _ in question.given)
    key = (laws.epoch(first), laws.epoch(decided), question.law, outputs, codes, question.stage, given)
    order = Order(
        law=question.law, outputs=outputs, period=first, decided_on=decided, codes=codes, stage=question.stage
    )
    return laws.remembered(key, lambda: _made_ready(laws, order, given))


def _made_ready(laws: LawSet, order: Order, given: frozenset[str]) -> Tape:
    return make_tape(compile_graph(laws, order, PersonFacts(laws.vocabulary, given)), laws.vocabulary)


Values: TypeAlias = "Sequence[Slot] | Mapping[int, Slot] | _Over"


def facts_used(graph: Graph, values: Values, iterations: Mapping[int, Sequence[Iteration]]) -> tuple[FactRef, ...]:
    """Return the facts that a run looked at and found, in file order, those inside loops included."""
    found: dict[FactRef, None] = {}
    for node in graph.nodes:
        if node.kind is Kind.FACT:
            for person in _persons(node.args[0], node.number, values, iterations):
                found[FactRef(person, node.name)] = None
    return tuple(found)


def _persons(key: int, number: int, values: Values, iterations: Mapping[int, Sequence[Iteration]]) -> list[str]:
    loops = [item for items in iterations.values() for item in items if number in item.values]
    if loops:
        return [
            person for item in loops for person in _persons(key, number, _Over(item.values, values), item.iterations)
        ]
    person, value = values[key], values[number]
    is_known = value is not SKIPPED and not isinstance(value, Unknown)
    return [person] if isinstance(person, str) and is_known else []


@dataclass(frozen=True, slots=True)
class _Over:
    """Values inside a loop, over the values around it."""

    inner: Mapping[int, Slot]
    outer: "Sequence[Slot] | Mapping[int, Slot] | _Over"

    def __getitem__(self, number: int) -> Slot:
        return self.inner[number] if number in self.inner else self.outer[number]
