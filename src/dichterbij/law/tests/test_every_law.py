"""What holds for every law file we ship: questions end, receipts replay, unknown stays unknown."""

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from dichterbij.kernel.periods import Period
from dichterbij.law import (
    UNKNOWN,
    Determined,
    FactDefinition,
    FactRef,
    Facts,
    LawError,
    LawSet,
    Open,
    Question,
    determine,
)
from dichterbij.law.determine import requested
from dichterbij.law.receipt import replay
from dichterbij.law.written import canonical

LAWS = LawSet.load([Path(__file__).resolve().parents[4] / "laws"])
PERSONS = ("p1", "p2", "p3", "p4")
TODAY = date(2026, 6, 15)


def asked(law: str, *outputs: str) -> Question:
    """Return a question about p1 in June 2026."""
    return Question(law=law, outputs=outputs, subject="p1", period=Period.month(2026, 6), decided_on=TODAY)


def questions() -> list[Question]:
    """Return a question for every decision, and for every output that needs no caller."""
    found = []
    for law in LAWS.laws:
        try:
            version = LAWS.version(law, TODAY)
        except LawError:
            continue
        found += [asked(law)] if requested(LAWS, asked(law)) else []
        for article in version.articles:
            if all(parameter.name == "bsn" for parameter in article.parameters):
                found += [asked(law, output.name) for output in article.outputs]
    return found


def some_answer(fact: FactDefinition, chance: random.Random) -> object:
    """Return a value a fact could have."""
    if fact.is_relation:
        others = chance.sample(PERSONS, chance.randrange(3))
        return others if fact.type == "list" else (others[0] if others else None)
    if fact.values:
        return chance.choice(fact.values)
    match fact.type:
        case "boolean":
            return chance.random() < 0.7
        case "date":
            return (date(1945, 1, 1) + timedelta(days=chance.randrange(29_800))).isoformat()
        case "number":
            return chance.randrange(1, 5)
        case "amount":
            return chance.choice((0, 1, 1_950_000, 3_000_000, 12_000_000, chance.randrange(20_000_000)))
        case "list":
            return []
        case _:
            return "tekst"


def answered(question: Question, seed: int) -> tuple[Determined | Open, Facts]:
    """Return the outcome after answering exactly what is asked, until it ends."""
    chance, facts = random.Random(seed), Facts(subject="p1", persons={})  # noqa: S311 no secret
    for _ in range(80):
        result = determine(LAWS, question, facts)
        assert isinstance(result, Determined | Open)
        if isinstance(result, Determined) or not result.asks:
            return result, facts
        new = {ref: some_answer(LAWS.vocabulary[ref.fact], chance) for ref in result.asks}
        assert not any(ref.fact in facts.persons.get(ref.person, {}) for ref in new)
        facts = facts.with_answers(new)  # type: ignore[arg-type]
    raise AssertionError("the questions do not end")


@pytest.mark.parametrize("question", questions(), ids=lambda question: f"{question.law}-{'-'.join(question.outputs)}")
def test_answering_exactly_what_is_asked_ends_in_an_outcome(question: Question) -> None:
    for seed in range(6):
        try:
            result, facts = answered(question, seed)
        except LawError as error:
            assert error.name in ("NullForNonNullable", "InvalidDate", "NullOutput"), error
            continue
        assert isinstance(result, Determined)
        again = replay(LAWS, result.receipt(), facts, result.salt)
        assert canonical(again.receipt()) == canonical(result.receipt())


@pytest.mark.parametrize("question", [q for q in questions() if not q.outputs], ids=lambda question: question.law)
def test_what_nobody_knows_leaves_a_question_open_and_never_gives_another_outcome(question: Question) -> None:
    for seed in range(6):
        try:
            certain, facts = answered(question, seed)
        except LawError:
            continue
        assert isinstance(certain, Determined)
        for ref in certain.facts_used:
            result = determine(LAWS, question, without(facts, ref))
            assert isinstance(result, Determined | Open)
            assert all(certain.outputs[name] == value for name, value in result.outputs.items())
            assert isinstance(result, Determined) or result.unknown or result.asks


def without(facts: Facts, ref: FactRef) -> Facts:
    """Return the facts of which one is what nobody knows."""
    return facts.with_answers({ref: UNKNOWN})
