"""Ask the law for the cards, from facts alone: no registry, nobody's data but what somebody typed."""

from collections.abc import Iterable, Mapping
from datetime import date

from dichterbij.law import Facts, LawError, LawSet, Question, Refused, Unknown, determine
from dichterbij.law.values import Untranslatable

from .about import DEATH, WHO
from .domain import Card, Output
from .standings import Outcomes, asked_per_law, month_after

SUBJECT = "p1"
DECEASED = "p2"


def from_answers(laws: LawSet, cards: Iterable[Card], answers: Mapping[str, object], on: date) -> Outcomes:
    """Return what the laws say about the cards given some answers; what they cannot say is unknown."""
    facts = facts_of(answers)
    period = month_after(date.fromisoformat(str(answers.get(DEATH, on.isoformat()))))
    values: dict[Output, object] = {}
    for law, outputs in asked_per_law(cards).items():
        question = Question(law=law, outputs=outputs, subject=SUBJECT, period=period, decided_on=on)
        values |= {Output(law=law, output=name): value for name, value in _known(laws, question, facts).items()}
    return Outcomes(values=values, facts=answers)


def facts_of(answers: Mapping[str, object]) -> Facts:
    """Return answers as facts about somebody and the person who died."""
    subject = {**answers, WHO: DECEASED}
    deceased = {"datum_overlijden": answers[DEATH]} if DEATH in answers else {}
    return Facts(subject=SUBJECT, persons={SUBJECT: subject, DECEASED: deceased})  # type: ignore[dict-item]


def _known(laws: LawSet, question: Question, facts: Facts) -> Mapping[str, object]:
    try:
        outcome = determine(laws, question, facts)
    except LawError:
        return {}
    if isinstance(outcome, Refused):
        return {}
    return {name: value for name, value in outcome.outputs.items() if name in question.outputs and _is_known(value)}


def _is_known(value: object) -> bool:
    return not isinstance(value, Unknown | Untranslatable)
