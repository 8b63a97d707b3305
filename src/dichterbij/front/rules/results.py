"""What comes out of a check: the outcome, what decided it, what would change it, and who can help further."""

from dataclasses import dataclass

from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import Organisation
from dichterbij.law import Determined, Explanation, FactRef, Outcome, Refused, explain
from dichterbij.law.changes import Change, nearest_changes
from dichterbij.law.explain_steps import FactLine
from dichterbij.law.values import Given

from . import people, published
from .asking import told as answers_given
from .check import Check
from .curves import Drawing, drawn
from .places import MUNICIPALITY, places
from .published import Topic
from .visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The outcome of a check as the page shows it. `refusal`: why there is none, as a code; `helper`: who executes."""

    told: Explanation
    deciding: tuple[tuple[str, str], ...]
    topic: Topic
    refusal: str
    is_determined: bool
    changes: tuple[Change, ...]
    curve: Drawing | None
    executor: str
    helper: Organisation | None


def result_of(check: Check, visit: Visit, found: Outcome) -> Result:
    """Return what the page of an outcome shows."""
    told, topic = explain(found, current_laws(), check.language), check.topic(visit)
    is_determined = isinstance(found, Determined)
    executor = published.executor_of(check.version)
    return Result(
        told=told,
        deciding=tuple((_whose(line.ref, check, visit), _value(line, check, visit)) for line in told.deciding),
        topic=topic,
        refusal=found.code if isinstance(found, Refused) else "",
        is_determined=is_determined,
        changes=nearest_changes(found, check.language) if isinstance(found, Determined) else (),
        curve=drawn(found, told, topic.product, check.labels) if isinstance(found, Determined) else None,
        executor=executor,
        helper=_helper(executor),
    )


def _helper(executor: str) -> Organisation | None:
    names = executor.casefold()
    known = (each for each in organisations.organisations() if names in (each.name.casefold(), each.key.casefold()))
    return next(known, None) if executor else None


def answers_of(check: Check, visit: Visit) -> list[tuple[str, str]]:
    """Return everything that was answered, as people read it; whose it is when it is not the visitor's own."""
    return [(_whose(ref, check, visit), _answer(ref, value, check, visit)) for ref, value in answers_given(visit)]


def _value(line: FactLine, check: Check, visit: Visit) -> str:
    """Return the value of a fact that decided; what the visitor told us of somebody else is no secret for them."""
    given = visit.persons.get(line.ref.person, {})
    if (line.shown and line.ref.fact != MUNICIPALITY) or line.ref.fact not in given:
        return line.value_text
    return _answer(line.ref, given[line.ref.fact], check, visit)


def _whose(ref: FactRef, check: Check, visit: Visit) -> str:
    label, whose = check.labels.label_of_fact(ref.fact), people.name_of(ref.person, visit, check.labels)
    return f"{label} ({whose})" if whose else label


def _answer(ref: FactRef, value: Given, check: Check, visit: Visit) -> str:
    said = people.answer_text(ref, value, visit, check.labels)
    return dict(places()).get(said, said) if ref.fact == MUNICIPALITY else said
