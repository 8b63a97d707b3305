"""Ask the law about an application or a case, under the access of the organisation that decides."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from dichterbij.delivery.catalogue.domain import Product
from dichterbij.ground.assessment import services as assessment
from dichterbij.ground.assessment.domain import Assessment, Request, Supplied
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity.refusals import PartyUnknown
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access

from ..domain import Case, Judged, Value
from . import who_died

DECEASED = "overledene"
"""The fact that says who died: known of the cause of a case, or of the register; never told by the applicant."""


def about_application(
    access: Access, product: Product, supplied: Mapping[str, Value], received_on: date | None = None
) -> Assessment:
    """Return what the law says of an application that would be sent today, or came on paper on a day before."""
    return assessment.assess(access, _request(product, received_on or clock.today()), supplied=supplied)


def about_case(access: Access, product: Product, case: Case, judged: tuple[Judged, ...] = ()) -> Assessment:
    """Return what the law says of a case today: what was applied with, what was answered, what a worker judged."""
    told = {**_applied_with(case), **answers(case), **{each.fact: each.value for each in judged}}
    supplied = {**_of_the_cause(product, case), **told}
    asked = _request(product, case.line.received_on)
    said = assessment.assess(access, asked, supplied=supplied)
    if DECEASED not in product.applicant_facts or all(each.fact != DECEASED for each in said.questions):
        return said
    late = who_died.late_spouse(access, told)
    return assessment.assess(access, asked, supplied={**supplied, DECEASED: late}) if late else said


def _applied_with(case: Case) -> dict[str, Value]:
    """Return what was applied with, without what came with an event that did not happen."""
    gone = case.application.caused if case.cause_gone_on else ()
    return {fact: value for fact, value in case.application.supplied.items() if fact not in gone}


def _of_the_cause(product: Product, case: Case) -> Supplied:
    """Return the deceased of whose death the case was begun, for a law that asks: a number, never kept or shown."""
    kind, _colon, party = case.cause.partition(":")
    if DECEASED not in product.applicant_facts or kind != "death" or case.cause_gone_on is not None:
        return {}
    try:
        return {DECEASED: identity.bsn_of(UUID(party))}
    except (PartyUnknown, ValueError):  # begun elsewhere, where the deceased goes by something else
        return {}


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
