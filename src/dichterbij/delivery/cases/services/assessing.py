"""Ask the law about an application or a case, under the access of the organisation that decides."""

from collections.abc import Mapping
from datetime import date

from dichterbij.delivery.catalogue.domain import Product
from dichterbij.ground.assessment import services as assessment
from dichterbij.ground.assessment.domain import Assessment, Request
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access

from ..domain import Case, Judged, Value


def about_application(
    access: Access, product: Product, supplied: Mapping[str, Value], received_on: date | None = None
) -> Assessment:
    """Return what the law says of an application that would be sent today, or came on paper on a day before."""
    return assessment.assess(access, _request(product, received_on or clock.today()), supplied=supplied)


def about_case(access: Access, product: Product, case: Case, judged: tuple[Judged, ...] = ()) -> Assessment:
    """Return what the law says of a case today: what was applied with, what was answered, what a worker judged."""
    supplied = {**_applied_with(case), **answers(case), **{each.fact: each.value for each in judged}}
    return assessment.assess(access, _request(product, case.line.received_on), supplied=supplied)


def _applied_with(case: Case) -> dict[str, Value]:
    """Return what was applied with, without what came with an event that did not happen."""
    gone = case.application.caused if case.cause_gone_on else ()
    return {fact: value for fact, value in case.application.supplied.items() if fact not in gone}


def answers(case: Case) -> dict[str, Value]:
    """Return the facts that the citizen supplied in answer to questions."""
    return {each.fact: each.answer for each in case.questions if each.fact and each.answer is not None}


def _request(product: Product, received_on: date) -> Request:
    return Request(
        law=product.law,
        outputs=product.outputs,
        period=product.stretch.around(received_on),
        decided_on=clock.today(),
    )
