"""The API of the law: evaluate, questions, explain, receipt. It keeps nothing and logs no body."""

import secrets
from typing import Final, Literal

from django.http import HttpRequest

from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.authority.routes import ANYONE, api_open_to
from dichterbij.kernel.periods import Period
from dichterbij.law import Determined, FactRef, Facts, Open, Outcome, Question, Refused, determine, explain
from dichterbij.law.changes import nearest_changes, turn_sentences
from dichterbij.law.explain import QuestionLine
from dichterbij.law.explain_steps import FactLine
from dichterbij.law.territory import is_territory
from dichterbij.law.what_if import curve
from dichterbij.law.written import as_json
from dichterbij.web.api import MalformedRequest, make_api

from . import api_shapes as shapes

State = Literal["determined", "open", "refused"]
WHO: Final = api_open_to(ANYONE)

api = make_api("law", title="De wet, toegepast", version="1.0.0", description=shapes.DESCRIPTION, auth=WHO)


@api.post("/evaluate", response=shapes.Answer, by_alias=True, openapi_extra=shapes.REFUSALS)
def evaluate(request: HttpRequest, asked: shapes.Evaluated) -> shapes.Answer:  # noqa: ARG001 ninja gives it
    """Say what the law gives."""
    found = _determined(asked)
    if isinstance(found, Refused):
        return shapes.Answer(state="refused", problem=_trouble(found))
    outputs = {name: as_json(value) for name, value in found.outputs.items()}
    return shapes.Answer(state=_state(found), outputs=outputs, trace=found.trace() if asked.trace else None)


@api.post("/questions", response=shapes.Questions, by_alias=True, openapi_extra=shapes.REFUSALS)
def questions(request: HttpRequest, asked: shapes.Asked) -> shapes.Questions:  # noqa: ARG001 ninja gives it
    """Say which facts the law needs next, and no others."""
    found = _determined(asked)
    if isinstance(found, Refused):
        return shapes.Questions(state="refused", questions=[], problem=_trouble(found))
    told = explain(found, current_laws(), asked.language)
    return shapes.Questions(state=_state(found), questions=[_missing(line) for line in told.missing])


@api.post("/explain", response=shapes.Explanation, by_alias=True, openapi_extra=shapes.REFUSALS)
def explain_outcome(request: HttpRequest, asked: shapes.Explained) -> shapes.Explanation:  # noqa: ARG001 ninja gives it
    """Tell an outcome in sentences: why, why not, what would change it, what is missing."""
    found = _determined(asked)
    told = explain(found, current_laws(), asked.language)
    changes = nearest_changes(found, asked.language) if isinstance(found, Determined) else ()
    return shapes.Explanation(
        state=_state(found),
        outcome=told.outcome,
        deciding=[_fact(line) for line in told.deciding],
        facts=[_fact(line) for line in told.facts],
        why_not=list(told.why_not),
        changes=[f"{change.sentence} {change.outcome}" for change in changes],
        steps=[
            shapes.Step(label=step.label, value=step.value_text, article=step.article, law=step.law_name, url=step.url)
            for step in told.steps
        ],
        questions=[_missing(line) for line in told.missing],
        provisional=list(told.provisional),
        is_draft=told.is_draft,
        curve=_curve(found, asked.curve, asked.language) if asked.curve else None,
    )


@api.post("/receipt", response=shapes.Receipt, by_alias=True, openapi_extra=shapes.REFUSALS)
def receipt(request: HttpRequest, asked: shapes.Asked) -> shapes.Receipt:  # noqa: ARG001 ninja gives it
    """Give what is needed to compute a determination again, byte for byte."""
    salt = secrets.token_bytes(16)
    found = _determined(asked, salt)
    if isinstance(found, Determined):
        return shapes.Receipt(state="determined", receipt=found.receipt(), salt=salt.hex())
    problem = _trouble(found) if isinstance(found, Refused) else None
    return shapes.Receipt(state=_state(found), problem=problem)


def _determined(asked: shapes.Asked, salt: bytes | None = None) -> Outcome:
    laws = current_laws()
    _check_names(asked)
    period = Period.parse(asked.period)
    question = Question(
        law=asked.law,
        outputs=tuple(asked.outputs),
        subject=asked.subject,
        period=period,
        decided_on=asked.decided_on or period.first,
        territory=asked.territory,
    )
    return determine(laws, question, Facts(subject=asked.subject, persons=asked.persons), salt=salt)


def _check_names(asked: shapes.Asked) -> None:
    """Refuse a fact that no law asks, and a territory that is none: nobody may get the answer to another question."""
    if not is_territory(asked.territory):
        raise MalformedRequest("Het gebied in territory kennen wij niet.")
    known = current_laws().vocabulary
    if any(name not in known for given in asked.persons.values() for name in given):
        raise MalformedRequest("Een gegeven in persons staat niet in de woordenlijst.")


def _state(found: Outcome) -> State:
    match found:
        case Determined():
            return "determined"
        case Open():
            return "open"
        case Refused():
            return "refused"


def _trouble(found: Refused) -> shapes.Trouble:
    return shapes.Trouble(code=found.code, detail=found.detail, who_helps=found.who_helps)


def _missing(line: QuestionLine) -> shapes.Missing:
    return shapes.Missing(
        person=line.ref.person,
        fact=line.ref.fact,
        question=line.question,
        help=line.help,
        type=line.type,
        values=[shapes.Choice(value=value, label=label) for value, label in line.values],
        origin=line.origin,
        source=line.source,
        law=line.law_name,
        article=line.article,
        url=line.url,
        nobody_knows=line.nobody_knows,
        asked_for=list(line.asked_for),
    )


def _fact(line: FactLine) -> shapes.Fact:
    return shapes.Fact(
        person=line.ref.person, fact=line.ref.fact, label=line.label, value=line.value_text, source=line.source
    )


def _curve(found: Outcome, asked: shapes.Range, language: str) -> shapes.CurveFound | None:
    if not isinstance(found, Determined):
        return None
    drawn = curve(found, FactRef(asked.person, asked.fact), asked.low, asked.high, most=asked.points)
    points = [
        shapes.Point(value=point.value, outputs={name: as_json(value) for name, value in point.outputs.items()})
        for point in drawn.points
    ]
    return shapes.CurveFound(points=points, turns=list(drawn.turns), told=list(turn_sentences(found, drawn, language)))
