"""`dichterbij law evaluate`: what a law gives for one person, what if, over a range, and what would change it."""

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeAlias, cast

from dichterbij.kernel.formats import LANGUAGES

from .changes import Change, nearest_changes, turn_sentences
from .determine import Determined, Facts, Open, Outcome, Question, Refused, determine, every_output
from .errors import LawError
from .explain import Explanation, QuestionLine, explain
from .lawset import LawSet
from .procedures import Complete, begin, execute_stage, pending
from .terminal import (
    DETERMINED,
    ERROR,
    OPEN,
    REFUSED,
    WrongUse,
    period_argument,
    read_facts,
    roots,
    say,
    territory_argument,
)
from .values import FactRef, Given
from .vocabulary import plain
from .what_if import Curve, curve, what_if
from .written import Json, as_json

Answer: TypeAlias = dict[str, Json]


def add_evaluate(parser: argparse.ArgumentParser) -> None:
    """Describe the command line of evaluate."""
    parser.add_argument("law", help="the $id of the law")
    parser.add_argument("output", nargs="?", help="one output; without it those of decisions and legal positions")
    parser.add_argument("--on", required=True, type=period_argument, help="the period: 2026, 2026-06 or 2026-06-15")
    parser.add_argument(
        "--decided-on", type=date.fromisoformat, help="the day of the decision (default: first of --on)"
    )
    parser.add_argument("--territory", default="NL", type=territory_argument)
    parser.add_argument("--facts", required=True, type=Path, help="a facts file (JSON)")
    parser.add_argument("--language", choices=LANGUAGES, default="nl")
    parser.add_argument("--trace", action="store_true", help="add the steps (with --json: the trace document)")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--what-if", type=_change, action="append", default=[], metavar="FACT=VALUE")
    parser.add_argument("--curve", type=_range, metavar="FACT=LOW:HIGH", help="the outcome over a range of one fact")
    parser.add_argument("--changes", action="store_true", help="tell what would change the outcome")
    parser.add_argument("--stages", action="store_true", help="walk through the stages of the procedure")
    parser.set_defaults(run=_evaluate)


def _change(written: str) -> tuple[str, Given]:
    fact, is_change, value = written.partition("=")
    if not is_change:
        raise argparse.ArgumentTypeError(f"'{written}' is no FACT=VALUE")
    try:
        return fact, cast(Given, json.loads(value))
    except ValueError:
        return fact, value


def _range(written: str) -> tuple[str, int | str, int | str]:
    fact, _, ends = written.partition("=")
    low, is_range, high = ends.partition(":")
    if not is_range:
        raise argparse.ArgumentTypeError(f"'{written}' is no FACT=LOW:HIGH")
    return fact, *(int(end) if end.lstrip("-").isdigit() else end for end in (low, high))  # type: ignore[return-value]


def _evaluate(arguments: argparse.Namespace) -> int:
    laws, facts = LawSet.load(roots(arguments)), read_facts(arguments.facts)
    _check_names(laws, facts, arguments.facts)
    question = Question(
        law=arguments.law,
        outputs=(arguments.output,) if arguments.output else (),
        subject=facts.subject,
        period=arguments.on,
        decided_on=arguments.decided_on or arguments.on.first,
        territory=arguments.territory,
    )
    try:
        if arguments.stages:
            return _walk_through(laws, question, facts)
        outcome = _if_changed(_determined(laws, question, facts), arguments)
        told = explain(outcome, laws, arguments.language)
        line, changes = _line(outcome, arguments), _changes(outcome, arguments)
    except LawError as error:
        return _failed(error, as_text=not arguments.json)
    if arguments.json:
        answer = _answer(outcome, told, with_trace=arguments.trace)
        say(json.dumps(answer | _more(line, changes), ensure_ascii=False, indent=2))
    else:
        say(*_told(told, with_steps=arguments.trace), *(f"~ {each.sentence} {each.outcome}" for each in changes))
        say(*_told_line(outcome, line, arguments.language))
    return _exit_code(outcome)


def _check_names(laws: LawSet, facts: Facts, file: Path) -> None:
    """Refuse names that no law asks: a slip would count as a fact that nobody supplied."""
    used = {name for values in facts.persons.values() for name in values}
    strange = sorted(name for name in used if name not in laws.vocabulary)
    if strange:
        raise WrongUse(f"{file}: the vocabulary (facts.yaml) has no fact {', '.join(map(repr, strange))}")


def _determined(laws: LawSet, question: Question, facts: Facts) -> Outcome:
    """Determine; of a law that takes no decision, all its outputs."""
    outcome = determine(laws, question, facts)
    if isinstance(outcome, Determined) and not outcome.outputs:
        return determine(laws, replace(question, outputs=every_output(laws, question)), facts)
    return outcome


def _walk_through(laws: LawSet, question: Question, facts: Facts) -> int:
    """Run stage after stage and print what each adds, until facts are lacking or the last one is done."""
    state = begin(laws, question)
    while True:
        lacking = pending(laws, state, facts)
        if lacking:
            say(f"{state.stage}: requires {', '.join(lacking)}")
            return OPEN
        result = execute_stage(laws, state, facts)
        if isinstance(result, Open | Refused):
            say(f"{state.stage}: {'open' if isinstance(result, Open) else result.detail}")
            return _exit_code(result)
        new = {name: as_json(value) for name, value in result.outputs.items() if name not in state.outputs}
        say(f"{state.stage}: {', '.join(f'{name} = {value}' for name, value in new.items()) or '-'}")
        if isinstance(result, Complete):
            return DETERMINED
        state = result.state


def _if_changed(outcome: Outcome, arguments: argparse.Namespace) -> Outcome:
    if isinstance(outcome, Refused) or not arguments.what_if:
        return outcome
    return what_if(outcome, {FactRef(outcome.question.subject, fact): value for fact, value in arguments.what_if})


def _line(outcome: Outcome, arguments: argparse.Namespace) -> Curve | None:
    if not isinstance(outcome, Determined) or not arguments.curve:
        return None
    fact, low, high = arguments.curve
    return curve(outcome, FactRef(outcome.question.subject, fact), low, high)


def _changes(outcome: Outcome, arguments: argparse.Namespace) -> tuple[Change, ...]:
    if not arguments.changes or not isinstance(outcome, Determined):
        return ()
    return nearest_changes(outcome, arguments.language)


def _more(line: Curve | None, changes: tuple[Change, ...]) -> Answer:
    """Return what is in the answer only when it was asked for."""
    more: Answer = {}
    if line is not None:
        more["curve"] = [
            {"value": point.value, "outputs": {name: as_json(value) for name, value in point.outputs.items()}}
            for point in line.points
        ]
        more["turns"] = list(line.turns)
    if changes:
        more["changes"] = [
            {
                "fact": each.ref.fact,
                "value": as_json(plain(each.value)),
                "sentence": each.sentence,
                "outcome": each.outcome,
            }
            for each in changes
        ]
    return more


def _told_line(outcome: Outcome, line: Curve | None, language: str) -> Iterable[str]:
    if line is None or not isinstance(outcome, Determined):
        return
    for point in line.points:
        shown = ", ".join(f"{name} = {as_json(value)}" for name, value in point.outputs.items())
        yield f"{point.value}{' *' if point.value in line.turns else ''}: {shown}"
    yield from turn_sentences(outcome, line, language)


def _failed(error: LawError, *, as_text: bool) -> int:
    problem: Answer = {**error.as_json(), "name": error.name, "place": str(error.place)}
    if as_text:
        place = f" ({error.place})" if str(error.place) else ""
        sys.stderr.write(f"{error.name}: {error.detail}{place}\n")
    else:
        say(json.dumps(_frame("error", problem=problem), ensure_ascii=False, indent=2))
    return ERROR


def _exit_code(outcome: Outcome) -> int:
    match outcome:
        case Determined():
            return DETERMINED
        case Open():
            return OPEN
        case Refused():
            return REFUSED


def _frame(state: str, **parts: Json) -> Answer:
    empty: Answer = {"outputs": {}, "questions": [], "problem": None, "receipt": None, "trace": None}
    return {"state": state, **empty, **parts}


def _answer(outcome: Outcome, told: Explanation, *, with_trace: bool) -> Answer:
    if isinstance(outcome, Refused):
        problem: Json = {"code": outcome.code, "detail": outcome.detail, "who_helps": outcome.who_helps}
        return _frame("refused", problem=problem)
    outputs: Json = {name: as_json(value) for name, value in outcome.outputs.items()}
    trace = outcome.trace() if with_trace else None
    if isinstance(outcome, Open):
        return _frame("open", outputs=outputs, questions=[_question(line) for line in told.missing], trace=trace)
    return _frame("determined", outputs=outputs, receipt=outcome.receipt(), trace=trace)


def _question(line: QuestionLine) -> Json:
    return {
        "person": line.ref.person,
        "fact": line.ref.fact,
        "question": line.question,
        "help": line.help,
        "type": line.type,
        "values": [value for value, _ in line.values],
        "origin": line.origin,
        "source": line.source,
        "law": line.law_name,
        "article": line.article,
        "url": line.url,
        "nobody_knows": line.nobody_knows,
        "asked_for": list(line.asked_for),
    }


def _told(told: Explanation, *, with_steps: bool) -> Iterable[str]:
    yield told.outcome
    yield from (f"  {line.label}: {line.value_text} ({line.source})" for line in told.deciding)
    yield from (f"- {reason}" for reason in told.why_not)
    for line in told.missing:
        needed = f" -> {', '.join(line.asked_for)}" if line.asked_for else ""
        yield f"? {line.question} ({line.law_name}, {line.article}; {line.source}){needed}"
    yield from (f"! {notice}" for notice in told.provisional)
    if with_steps:
        yield from (f"  {step.label} = {step.value_text} [{step.law_name}, {step.article}]" for step in told.steps)
