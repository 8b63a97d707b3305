"""The pages of an application as they are, of nobody: no data is read, for there is nobody of whom to read any."""

from datetime import datetime, time
from uuid import UUID

from dichterbij.delivery.cases.domain import Application, Case, CaseLine, Draft, Happened, State, Step
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import Product
from dichterbij.kernel import clock
from dichterbij.kernel.access import Role
from dichterbij.kernel.clock import AMSTERDAM
from dichterbij.kernel.dates import add_months

NOBODY = UUID(int=0)


def draft(product: Product, name: str, language: str) -> Draft:
    """Return an application of nobody, in which nothing is filled in."""
    return Draft(
        id=NOBODY,
        organisation=catalogue.organisation_of(product),
        product=product.id,
        key=NOBODY,
        channel="click",
        language=language,
        cause="",
        application=Application(name=name),
        kept_until=add_months(clock.today(), 1),
    )


def case(product: Product, name: str, language: str) -> Case:
    """Return a case of nobody, received today."""
    today = clock.today()
    line = CaseLine(
        id=NOBODY,
        organisation=catalogue.organisation_of(product),
        reference="VOORBEELD",
        product=product.id,
        state=State.SUBMITTED,
        received_on=today,
        decide_by=product.term.last_day(today),
        channel="click",
    )
    return Case(
        line=line,
        party=NOBODY,
        application=Application(name=name),
        language=language,
        suspended_days=0,
        term_from=today,
        waiting_since=None,
        finished_on=None,
        cause_gone_on=None,
        history=(Happened(step=Step.SUBMIT, by=Role.CITIZEN, at=datetime.combine(today, time(9), tzinfo=AMSTERDAM)),),
        questions=(),
        decision=None,
    )
