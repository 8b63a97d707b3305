"""What a card keeps of the assessments behind it: facts used, reasons and open questions, in every language."""

from collections.abc import Iterable, Mapping
from typing import Any

from dichterbij.ground.assessment.domain import SUBJECT, Assessment, Origin, Question, UsedFact

from .domain import LANGUAGES, Card, Output

MAY_BE_ASKED = (Origin.APPLICANT, Origin.CASE, Origin.REGISTER)


def of_card(card: Card, assessments: Mapping[Output, Assessment]) -> dict[str, Any]:
    """Return the content of a card per language."""
    behind = list({each.id: each for output in card.outputs() if (each := assessments.get(output))}.values())
    return {language: _in(language, behind) for language in LANGUAGES}


def _in(language: str, behind: list[Assessment]) -> dict[str, Any]:
    told = [explanation for each in behind if (explanation := each.explanation(language))]
    return {
        "outcome": [each.outcome for each in told if each.outcome],
        "why_not": [reason for each in told for reason in each.why_not][:2],
        "provisional": [sentence for each in told for sentence in each.provisional],
        "facts": _once(_fact(used) for each in behind for used in each.facts_in(language)),
        "questions": _once(_question(asked) for each in behind for asked in _own(each.questions_in(language))),
    }


def _own(questions: Iterable[Question]) -> list[Question]:
    return [asked for asked in questions if asked.person == SUBJECT and asked.origin in MAY_BE_ASKED]


def _fact(used: UsedFact) -> dict[str, Any]:
    return {
        "fact": used.fact,
        "person": used.person,
        "about": used.about,
        "label": used.label,
        "value": used.value_text,
        "source": used.source,
        "registry": used.registry,
        "valid_from": used.valid_from.isoformat() if used.valid_from else "",
        "read_at": used.read_at.isoformat() if used.read_at else "",
    }


def _question(asked: Question) -> dict[str, Any]:
    return {"fact": asked.fact, "person": asked.person, "question": asked.question}


def _once(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({(item["person"], item["fact"]): item for item in items}.values())
