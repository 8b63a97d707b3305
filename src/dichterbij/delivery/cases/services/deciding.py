"""Decide: the law answers again, with what a worker judged. Nobody types an outcome or decides on their own case."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import Product
from dichterbij.ground.assessment import queries as assessments
from dichterbij.ground.assessment import services as assessment_services
from dichterbij.ground.assessment.comparing import Difference, differences
from dichterbij.ground.assessment.domain import Assessment
from dichterbij.ground.assessment.domain import State as Determination
from dichterbij.ground.outbox import services as outbox
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission, Role

from .. import models, rows
from ..domain import Case, Cosign, Json, Judged, NotAJudgement, NotDecidable, State, Step, Taken
from ..events import DecisionTaken
from ..rows import second_look_rows
from ..sealing import closed
from .assessing import about_case
from .steps import ensure_may_follow, ensure_seen, ensure_worker, organisation, record_act, stepped


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """A case asked again, before anything is decided: what the law says now, what changed since the application."""

    assessment: Assessment
    differences: tuple[Difference, ...]


def assess_again(access: Access, case: UUID, judged: tuple[Judged, ...] = ()) -> Fresh:
    """Return what the law says of a case now, with these judgements tried; decides nothing and keeps no judgement."""
    found = rows.whole(rows.case_row(access, case))
    product = catalogue.product(found.line.product)
    ensure_judgements(product, judged)
    now = about_case(access.for_case(case), product, found, judged)
    return Fresh(assessment=now, differences=_since_application(access, found, now))


def _since_application(access: Access, case: Case, now: Assessment) -> tuple[Difference, ...]:
    if case.application.assessment is None:
        return ()
    return differences(assessments.assessment(access, case.application.assessment), now)


def decide(access: Access, case: UUID, judged: tuple[Judged, ...] = (), seen: str | None = None) -> Taken:
    """Decide on a case: what the law determines today, from the facts of today and the judgements of the worker.

    Raises `OwnCase`, `NotNow`, `NotAJudgement`, and `NotDecidable` while the law still misses a fact. Deciding again
    before the decision is made known replaces it, never one that the worker did not see (`seen`, empty when there was
    none). Where the product asks it, a second worker looks at it first.
    """
    ensure_worker(access, Permission.DECIDE)
    row = rows.case_row(access, case)
    ensure_may_follow(State(row.state), Step.DECIDE)
    ensure_seen(row, seen)
    product = catalogue.product(row.product)
    ensure_judgements(product, judged)
    found = about_case(access.for_case(case), product, rows.whole(row), judged)
    ensure_determined(found)
    record_act(access, "besluit")
    with transaction.atomic():
        ensure_seen(rows.case_row(access, case, lock=True), seen)
        return _write(access, case, product, found, judged)


def ensure_judgements(product: Product, judged: tuple[Judged, ...]) -> None:
    for each in judged:
        if product.judgement(each.fact) is None:
            raise NotAJudgement("Dit gegeven volgt uit de wet of uit een register.")
        if not each.reason.strip():
            raise NotAJudgement("Schrijf op waarom u dit vindt. De aanvrager leest het in de brief.")


def ensure_determined(found: Assessment) -> None:
    if found.state is not Determination.DETERMINED:
        raise NotDecidable("De wet mist nog een gegeven.", tuple(question.fact for question in found.questions))


def _write(access: Access, case: UUID, product: Product, found: Assessment, judged: tuple[Judged, ...]) -> Taken:
    row = stepped(access, case, Step.DECIDE)
    row.save(update_fields=["state"])
    row.decisions.filter(is_replaced=False).update(is_replaced=True)
    second_look_rows(access, case).update(settled_on=clock.today(), settled_by=access.actor.staff_reference)
    assessment_services.keep(access, (found.id,), kept_for=f"case:{row.id}")
    granted = is_granted(product, found)
    is_asked = access.actor.role is not Role.SYSTEM and product.needs_second_worker(
        is_granted=granted, is_judged=bool(judged)
    )
    decision = row.decisions.create(
        **columns(access, row, found, judged), is_granted=granted, cosign=Cosign.ASKED if is_asked else ""
    )
    outbox.emit(
        DecisionTaken(
            case=row.id, party=row.party, organisation=organisation(row), product=row.product, decision=decision.id
        ),
        person=str(row.party),
    )
    return rows.taken(organisation(row), decision)


def columns(access: Access, row: models.Case, found: Assessment, judged: tuple[Judged, ...]) -> dict[str, object]:
    said: list[Json] = [
        {"fact": each.fact, "value": each.value, "reason": each.reason, "ground": each.ground} for each in judged
    ]
    return {
        "organisation": row.organisation,
        "assessment": found.id,
        "is_automatic": access.actor.role is Role.SYSTEM,
        "decided_at": clock.now(),
        "decided_on": clock.today(),
        "decided_by": access.actor.staff_reference,
        "sealed": closed(organisation(row), {"judged": said}),
    }


def is_granted(product: Product, found: Assessment) -> bool:
    return found.outputs[product.decisive] is True
