"""What a paper form asks: the questions of the law of a product, in its order, in the words of the pages."""

from collections.abc import Mapping

from dichterbij.delivery.cases.asking import BY_PERSON, question_about
from dichterbij.delivery.cases.domain import Value
from dichterbij.delivery.catalogue.domain import Product
from dichterbij.ground.assessment.domain import COMPANY, Assessment, Question, State
from dichterbij.ground.registry.law_fields import facts_of
from dichterbij.ground.registry.laws import current_laws
from dichterbij.kernel import clock


def questions(product: Product, language: str, *, is_company: bool = False) -> tuple[Question, ...]:
    """Return every question that the law of a product can ask an applicant.

    What registers know is not asked; but what they know of a company only of a company with its number (`is_company`).
    """
    day = product.stretch.around(clock.today()).first
    found = (question_about(fact, language) for fact in facts_of(product.law, product.outputs, day))
    asked = [each for each in found if each is not None]
    return tuple(each for each in asked if each.origin in BY_PERSON or (not is_company and _is_of_company(each)))


def _is_of_company(question: Question) -> bool:
    return current_laws().vocabulary[question.fact].of == COMPANY


def still_open(
    product: Product, language: str, said: Assessment | None, supplied: Mapping[str, Value]
) -> tuple[Question, ...]:
    """Return the questions that can still matter to somebody whose data were read: none once the law has answered."""
    if said is not None and said.state is State.DETERMINED:
        return ()
    return tuple(each for each in questions(product, language) if each.fact not in supplied)
