"""What an applicant is asked: what the law still misses, that they can know, and that no registry will say."""

from dichterbij.ground.assessment.domain import SUBJECT, Assessment, Origin, Question
from dichterbij.ground.registry.laws import current_laws
from dichterbij.law.labels import labels_for

BY_PERSON = (Origin.APPLICANT, Origin.CASE)


def asked_of_applicant(found: Assessment, language: str = "nl") -> tuple[Question, ...]:
    """Return the questions for the applicant, in their language.

    Not: a judgement of a worker, something about another person, who somebody is, or what a source that is down knows.
    """
    return tuple(each for each in found.questions_in(language) if _can_tell(found, each))


def _can_tell(found: Assessment, question: Question) -> bool:
    if question.person != SUBJECT or current_laws().vocabulary[question.fact].is_relation:
        return False
    if question.origin is Origin.REGISTER:
        return not found.unavailable
    return question.origin in BY_PERSON


def missing_otherwise(found: Assessment, language: str = "nl") -> tuple[Question, ...]:
    """Return what is still missing and is not for the applicant: we look it up, or a worker judges it."""
    asked = {each.fact for each in asked_of_applicant(found)}
    return tuple(each for each in found.questions_in(language) if each.fact not in asked)


def question_about(fact: str, language: str) -> Question | None:
    """Return the words in which an applicant is asked for a fact of theirs; None for what is not theirs to tell."""
    laws = current_laws()
    known = laws.vocabulary.get(fact)
    if known is None or known.is_relation or Origin(known.origin) not in (*BY_PERSON, Origin.REGISTER):
        return None
    labels = labels_for(laws, language)
    words = labels.fact(fact)
    return Question(
        person=SUBJECT,
        fact=fact,
        about="",
        label=labels.label_of_fact(fact),
        question=words.get("question"),
        help=words.get("help"),
        type=known.type,
        values=tuple((value, words.values.get(value, value)) for value in known.values),
        origin=Origin(known.origin),
    )
