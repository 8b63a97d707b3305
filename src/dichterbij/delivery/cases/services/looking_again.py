"""Find decisions that would be others now, by a corrected law file or a corrected datum; a worker settles each.

Nothing decided changes by itself: what is found becomes work (`SecondLook`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from dichterbij.ground.assessment import queries as assessments
from dichterbij.ground.assessment.domain import SUBJECT, Assessment
from dichterbij.ground.assessment.laws import current_laws
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission
from dichterbij.kernel.identifiers import Oin
from dichterbij.law import Value

from .. import models
from ..domain import NotComplete, NotNow, State, Why
from ..rows import case_row, second_look_rows
from ..sealing import closed
from .reopening import job_access, reopen
from .steps import ensure_worker, record_act


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A decision that was compared: per outcome that differs what it was and what it would be now."""

    product: str
    differs: Mapping[str, tuple[Value, Value]]


def compare_with_present_law(of: Oin) -> Iterator[Compared]:
    """Compare each decision in force of an organisation that other law files made; what differs becomes work."""
    made_otherwise, present = assessments.of_other_law_files(of), current_laws().hash
    for decision in _in_force(of):
        if decision.assessment in made_otherwise:
            access = job_access(decision.case, f"law:{present}")
            differs = assessments.by_present_law(access, decision.assessment).differs
            if differs:
                _note(decision, Why.LAW, present)
            yield Compared(product=decision.case.product, differs=differs)


def compare_with_corrected_datum(party: UUID, source: str, name: str, trigger: str) -> None:
    """Note each decision in force about a person that rests on a datum of theirs that was corrected."""
    for decision in _standing().filter(case__party=party):
        said = assessments.assessment(job_access(decision.case, trigger), decision.assessment)
        if _rests_on(said, source, name):
            _note(decision, Why.DATUM, f"{source}.{name}")


def decide_again(access: Access, case: UUID) -> None:
    """Bring a case back to be decided anew, because of what was found; the person gets a letter."""
    ensure_worker(access, Permission.DECIDE)
    row = case_row(access, case)
    found = second_look_rows(access, case).order_by("found_at").first()
    if found is None or row.state != State.PUBLISHED:
        raise NotNow
    if models.Objection.objects.filter(case=row, ruled_on__isnull=True).exists():
        raise NotNow("Er loopt een bezwaar tegen dit besluit. Neem de uitkomst daarin mee (Awb 6:19).")
    reopen(access.for_case(case), row, Why(found.why), found.id)
    _settle(access, case)


def let_stand(access: Access, case: UUID, because: str) -> None:
    """Leave a decision as it is, for a reason that is kept with it; raises `NotComplete` without one."""
    ensure_worker(access, Permission.DECIDE)
    if not because.strip():
        raise NotComplete("Schrijf op waarom het besluit blijft zoals het is.")
    if not second_look_rows(access, case).exists():
        raise NotNow
    record_act(access.for_case(case), "besluit blijft na nakijken")
    _settle(access, case, because)


def _in_force(of: Oin) -> Iterator[models.Decision]:
    return _standing().filter(organisation=of.value).order_by("id").iterator()


def _standing() -> "QuerySet[models.Decision]":
    """Return the decisions in force and those that are about to be made known; what is reopened is decided anyway."""
    standing = models.Decision.objects.filter(is_replaced=False, case__state__in=(State.DECIDED, State.PUBLISHED))
    return standing.select_related("case")


def _rests_on(said: Assessment, source: str, name: str) -> bool:
    """Say whether a datum of the person themself was used: by the name of the fact, or of the field it came from."""
    vocabulary = current_laws().vocabulary
    return any(
        each.person == SUBJECT and each.registry == source and name in (each.fact, vocabulary[each.fact].field)
        for each in said.facts_in("nl")
    )


def _note(decision: models.Decision, why: Why, about: str) -> None:
    """Make work of a decision; of the same law files once, of a datum each time that it is corrected."""
    settled_before = {"settled_on": None} if why is Why.DATUM else {}
    models.SecondLook.objects.get_or_create(
        decision=decision,
        why=why,
        about=about,
        **settled_before,
        defaults={"organisation": decision.organisation, "case": decision.case, "found_at": clock.now()},
    )


def _settle(access: Access, case: UUID, because: str = "") -> None:
    with transaction.atomic():
        second_look_rows(access, case).update(
            settled_on=clock.today(),
            settled_by=access.actor.staff_reference,
            sealed=closed(access.organisation, {"because": because}),
        )
