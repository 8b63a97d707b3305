"""What holds for every law file we ship: questions end, receipts replay, unknown stays unknown."""

import random
from contextlib import suppress
from datetime import date, timedelta
from functools import cache

import pytest

from dichterbij.kernel.periods import Period
from dichterbij.law import (
    UNKNOWN,
    Determined,
    FactDefinition,
    FactRef,
    Facts,
    LawError,
    Open,
    Question,
    Refused,
    Unknown,
    Value,
    determine,
)
from dichterbij.law.determine import requested, tape_or_refusal
from dichterbij.law.evaluate import Run, Tape
from dichterbij.law.receipt import replay
from dichterbij.law.written import canonical

from .laws_of_test import shipped

LAWS = shipped()
CONTRADICTIONS = ("NullForNonNullable", "InvalidDate", "NullOutput")
"""What invented facts may be told: they say there is none of something that the law knows there is."""
ISLANDS = ("BQ-BO", "BQ-SE", "BQ-SA")
PERSONS = ("p1", "p2", "p3", "p4")
TODAY = date(2026, 6, 15)


def asked(law: str, *outputs: str) -> Question:
    """Return a question about p1 in June 2026, who lives where the law gives an answer."""
    return _at(place_of(law), law, outputs)


@cache
def place_of(law: str) -> str:
    """Return where a law answers: where it is from, else the first place that has rules of its own for it."""
    version = LAWS.versions(law)[0]
    own = [" ".join(version.codes.values())] if version.codes else [*version.territory, "NL"]
    places = dict.fromkeys((*own, *ISLANDS, *sorted(LAWS.codes)))
    return next((place for place in places if _answers(_at(place, law, ()))), own[0])


def _at(place: str, law: str, outputs: tuple[str, ...]) -> Question:
    period = Period.month(2026, 6)
    return Question(law=law, outputs=outputs, subject="p1", period=period, decided_on=TODAY, territory=place)


def _answers(question: Question) -> bool:
    try:
        return not isinstance(determine(LAWS, question, Facts(subject="p1", persons={})), Refused)
    except LawError:
        return True


@cache
def questions() -> list[Question]:
    """Return a question for every decision, and for every output that needs no caller."""
    found = []
    for law in LAWS.laws:
        try:
            version = LAWS.version(law, TODAY)
        except LawError:
            continue
        found += [whole] if requested(LAWS, whole := asked(law)) else []
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


@cache
def answered(question: Question, seed: int) -> tuple[Determined | Open | Refused, Facts]:
    """Return the outcome after answering exactly what is asked, until it ends; refused when a rule is lacking."""
    chance, facts = random.Random(seed), Facts(subject="p1", persons={})  # noqa: S311 no secret
    for _ in range(80):
        result = determine(LAWS, question, facts)
        if not isinstance(result, Open) or not result.asks:
            return result, facts
        new = {ref: some_answer(LAWS.vocabulary[ref.fact], chance) for ref in result.asks}
        assert not any(ref.fact in facts.persons.get(ref.person, {}) for ref in new)
        facts = facts.with_answers(new)  # type: ignore[arg-type]
    raise AssertionError("the questions do not end")


@pytest.mark.parametrize("question", questions(), ids=lambda question: f"{question.law}-{'-'.join(question.outputs)}")
def test_answering_exactly_what_is_asked_ends_in_an_outcome(question: Question) -> None:
    for seed in range(3):
        try:
            result, facts = answered(question, seed)
        except LawError as error:
            assert error.name in CONTRADICTIONS, error
            continue
        if isinstance(result, Refused):  # a rule it came to is not established
            continue
        assert isinstance(result, Determined)
        again = replay(LAWS, result.receipt(), facts, result.salt)
        assert canonical(again.receipt()) == canonical(result.receipt())


@pytest.mark.parametrize("question", [q for q in questions() if not q.outputs], ids=lambda question: question.law)
def test_what_nobody_knows_leaves_a_question_open_and_never_gives_another_outcome(question: Question) -> None:
    for seed in range(3):
        try:
            certain, facts = answered(question, seed)
        except LawError:
            continue
        if isinstance(certain, Refused):
            continue
        assert isinstance(certain, Determined)
        for ref in certain.facts_used:
            try:
                result = determine(LAWS, question, without(facts, ref))
            except LawError as error:
                assert error.name in CONTRADICTIONS, error
                continue
            if isinstance(result, Refused):
                continue
            assert isinstance(result, Determined | Open)
            assert all(certain.outputs[name] == value for name, value in result.outputs.items())
            assert isinstance(result, Determined) or result.unknown or result.asks


def without(facts: Facts, ref: FactRef) -> Facts:
    """Return the facts of which one is what nobody knows."""
    return facts.with_answers({ref: UNKNOWN})


def completed(question: Question, facts: Facts, seed: int) -> Determined | None:
    """Return the outcome after answering all that is asked, the same answer for the same fact and seed."""
    for _ in range(80):
        result = determine(LAWS, question, facts)
        if not isinstance(result, Open) or not result.asks:
            return result if isinstance(result, Determined) else None
        new = {ref: answer_for(ref, seed) for ref in result.asks}
        facts = facts.with_answers(new)  # type: ignore[arg-type]
    return None


def answer_for(ref: FactRef, seed: int) -> object:
    """Return a value for a fact that depends on nothing else; near the day and the limits that laws look at."""
    fact, chance = LAWS.vocabulary[ref.fact], random.Random(f"{ref.person} {ref.fact} {seed}")  # noqa: S311 no secret
    if fact.type in ("date", "list") and chance.random() < 0.35:
        return None
    match fact.type:
        case "boolean":
            return chance.random() < 0.5
        case "date" if chance.random() < 0.7:
            return (TODAY + timedelta(days=chance.randrange(-400, 60))).isoformat()
        case "amount" if chance.random() < 0.3:
            return chance.choice((-30_000_000, -5, 100_000, 900_000))
        case _:
            return some_answer(fact, chance)


def can_change(question: Question, facts: Facts, ref: FactRef, tries: int = 400) -> bool:
    """Say whether values of the still unknown facts were found under which this fact changes the outcome."""
    for seed in range(tries):
        answers = [answer_for(ref, seed), answer_for(ref, seed + tries)]
        try:
            found = [completed(question, facts.with_answers({ref: value}), seed) for value in answers]  # type: ignore[dict-item]
        except LawError:
            continue
        if all(found) and len({repr(sorted(each.outputs.items())) for each in found if each}) > 1:
            return True
    return False


ZORGTOESLAG = asked("wet_op_de_zorgtoeslag")


def in_part(facts: Facts, seed: int) -> Facts:
    """Return some of these facts: as if the others were not supplied yet."""
    chance = random.Random(seed)  # noqa: S311 no secret
    share = chance.random()
    kept = {p: {name: v for name, v in own.items() if chance.random() < share} for p, own in facts.persons.items()}
    return Facts(subject=facts.subject, persons=kept)


def asked_in_vain(question: Question, seed: int, tries: int) -> list[FactRef]:
    """Return the facts asked, with some known, for which no values were found under which they change the outcome."""
    try:
        _, facts = answered(question, seed)
        result = determine(LAWS, question, known := in_part(facts, seed))
    except LawError:
        return []
    asks = result.asks if isinstance(result, Open) else ()
    return [ref for ref in asks if not can_change(question, known, ref, tries)]


@pytest.mark.parametrize(
    "question",
    [pytest.param(ZORGTOESLAG, marks=pytest.mark.slow), asked("algemene_wet_inkomensafhankelijke_regelingen")],
)
def test_every_fact_that_is_asked_can_change_the_outcome(question: Question) -> None:
    facts = Facts(subject="p1", persons={})
    while isinstance(result := determine(LAWS, question, facts), Open) and result.asks:
        assert [ref for ref in result.asks if not can_change(question, facts, ref)] == []
        facts = facts.with_answers({ref: answer_for(ref, 5) for ref in result.asks})  # type: ignore[misc]


SEARCHED = (
    "algemene_kinderbijslagwet", "burgerlijk_wetboek_boek_3", "burgerlijk_wetboek_boek_7", "kentekenreglement",
    "kieswet", "wet_op_de_zorgtoeslag",
)  # fmt: skip
"""Laws whose values at random meet all conditions often enough to show that each fact asked can matter."""


@pytest.mark.slow
@pytest.mark.parametrize("law", SEARCHED)
def test_every_fact_that_is_asked_can_change_the_outcome_in_other_laws_too(law: str) -> None:
    assert [ref for seed in range(8) for ref in asked_in_vain(asked(law), seed, 1000)] == []


@pytest.mark.slow
@pytest.mark.parametrize("question", [q for q in questions() if not q.outputs], ids=lambda question: question.law)
def test_an_outcome_given_before_all_facts_are_known_stays_whatever_they_are(question: Question) -> None:
    for seed in range(4):
        try:
            _, facts = answered(question, seed)
            early = determine(LAWS, question, known := in_part(facts, seed))
        except LawError:
            continue
        for other in range(4 if isinstance(early, Determined) and early.certain else 0):
            try:
                final = evaluated(question, known, other)
            except LawError:
                continue
            assert {name: final[name] for name in early.outputs} == early.outputs


def evaluated(question: Question, facts: Facts, seed: int) -> dict[str, Value]:
    """Return the outputs of a plain evaluation, after supplying every fact that any of them lacks."""
    tape = tape_or_refusal(LAWS, question)
    assert isinstance(tape, Tape)
    while True:
        run = Run(tape.fresh(), "p1", question.period.first, question.decided_on, facts.persons)
        outputs = tape.outputs(run)
        lacking = {ref for value in outputs.values() if isinstance(value, Unknown) for ref in value.facts}
        if not lacking:
            return outputs
        facts = facts.with_answers({ref: answer_for(ref, seed) for ref in lacking})  # type: ignore[misc]


COHABITING = {"p1": {
    "verzekerd_zvw": True, "geboortedatum": "1990-01-01", "rechtmatig_verblijf": True, "partner": None,
    "samenwonende": "p2", "samenlevingscontract": False, "rendementsgrondslag": 0, "toetsingsinkomen": 2_000_000,
}}  # fmt: skip


def rounds_of(question: Question, seed: int, known: dict[str, dict[str, object]]) -> int:
    """Return how often something is asked before there is an outcome; `known`: what some answers are."""
    facts, count = Facts(subject="p1", persons={}), 0
    with suppress(LawError):  # somebody without a day of birth contradicts the law
        while isinstance(result := determine(LAWS, question, facts), Open):
            found = {ref: known.get(ref.person, {}).get(ref.fact, answer_for(ref, seed)) for ref in result.asks}
            facts, count = facts.with_answers(found), count + 1  # type: ignore[arg-type]
    return count


def test_a_zorgtoeslag_needs_at_most_four_rounds() -> None:
    assert max(rounds_of(ZORGTOESLAG, seed, {}) for seed in range(50)) <= 4
    assert max(rounds_of(ZORGTOESLAG, seed, COHABITING) for seed in range(50)) <= 4
