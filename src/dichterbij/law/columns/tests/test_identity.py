"""One and many give the same, for every law we ship: values, absence, what is unknown and why, and errors."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from dichterbij.law import LawError, Question, Refused, Unknown, Value
from dichterbij.law.columns import Population, Table, population
from dichterbij.law.columns.lanes import ABSENT, ERROR, PRESENT, UNKNOWN
from dichterbij.law.determine import tape_or_refusal
from dichterbij.law.evaluate import Run, Tape
from dichterbij.law.settle import Reaches, settle
from dichterbij.law.tests.laws_of_test import shipped

from .people_of_test import PERIOD, TODAY, Facts, people, questions

LAWS = shipped()
QUESTIONS = questions(LAWS)
FEW, MANY = 100, 20_000
EXPLAINED = 50
"""So many rows per output and kind are asked why they have no value: the columns ask the scalar steps that."""


@dataclass(frozen=True)
class Failed:
    """An error, by its name and sentence."""

    name: str
    detail: str


def single(tape: Tape, name: str, facts: Mapping[str, Facts]) -> dict[str, Value | Failed]:
    """Return what the scalar steps give for one person, per output; where facts are missing, what is certain."""
    found: dict[str, Value | Failed] = {}
    run = new_run(tape, name, facts)
    for output, node in tape.graph.outputs.items():
        try:
            found[output] = tape.value(run, node)
        except LawError as error:
            found[output] = Failed(error.name, error.detail)
            run = new_run(tape, name, facts)
    return found | certain(tape, new_run(tape, name, facts), found)


def new_run(tape: Tape, name: str, facts: Mapping[str, Facts]) -> Run:
    """Return an evaluation for one person that has not begun."""
    return Run(tape.fresh(), name, PERIOD.first, TODAY, facts)


def certain(tape: Tape, run: Run, found: Mapping[str, Value | Failed]) -> dict[str, Value]:
    """Return the outputs that are unknown, or certain whatever the missing facts are."""
    nodes = {name: tape.graph.outputs[name] for name, value in found.items() if isinstance(value, Unknown)}
    settle(Reaches(tape, run), nodes.values())
    return {name: tape.value(run, node) for name, node in nodes.items()}


def many(found: Population, output: str, position: int) -> Value | Failed:
    """Return what the columns give for one row."""
    try:
        return found.value(output, position)
    except LawError as error:
        return Failed(error.name, error.detail)


def state_of(value: Value | Failed) -> int:
    """Return the state a column must have for this."""
    match value:
        case Failed():
            return int(ERROR)
        case Unknown():
            return int(UNKNOWN)
        case None:
            return int(ABSENT)
    return int(PRESENT)


def hold_together(question: Question, size: int) -> None:
    """Hold the columns against the scalar steps, for every output and row."""
    tape = tape_or_refusal(LAWS, question)
    if isinstance(tape, Refused):
        assert isinstance(population(LAWS, question, Table.of({"p1": {}}, LAWS.vocabulary)), Refused)
        return
    everybody = people(LAWS, question, size, seed=len(question.law))
    table = Table.of(everybody.facts, LAWS.vocabulary)
    found = population(LAWS, question, table, rows=[table.rows[name] for name in everybody.asked])
    assert isinstance(found, Population)
    explained = Counter[tuple[str, int]]()
    for position, name in enumerate(everybody.asked):
        for output, expected in single(tape, name, everybody.facts).items():
            state = state_of(expected)
            assert found.outcomes[output].state[position] == state, (output, everybody.facts[name], expected)
            explained[output, state] += 1
            if state == PRESENT or explained[output, state] <= EXPLAINED:
                assert many(found, output, position) == expected, (output, everybody.facts[name])


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.law)
def test_a_few_and_one_get_the_same(question: Question) -> None:
    hold_together(question, FEW)


@pytest.mark.slow
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.law)
def test_twenty_thousand_and_one_get_the_same(question: Question) -> None:
    hold_together(question, MANY)
