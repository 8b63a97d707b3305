"""Assessments that were made, for who may see them."""

from uuid import UUID

from dichterbij.ground.logbook import services as logbook
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Oin
from dichterbij.law import Determined
from dichterbij.law.receipt import replay

from .domain import Assessment, UnknownAssessment
from .laws import current_laws
from .models import Determination
from .sealing import Kept, unseal


def assessment(access: Access, number: UUID) -> Assessment:
    """Return an assessment of the subject at the organisation of the access, as it was made.

    Recorded when somebody else than the person looks. Raises `UnknownAssessment`, also for one of another person or
    organisation.
    """
    kept = _kept(access, number)
    logbook.record_view(access, "beoordeling")
    return kept.assessment


def replayed(access: Access, number: UUID) -> Determined:
    """Determine again with the kept facts and the present law files; raises LawError when the receipt differs."""
    kept = _kept(access, number)
    if kept.assessment.receipt is None:
        raise UnknownAssessment("Er is nog geen uitkomst.")
    logbook.record_view(access, "beoordeling")
    return replay(current_laws(), dict(kept.assessment.receipt), kept.facts, bytes.fromhex(kept.salt))  # type: ignore[arg-type]


def _kept(access: Access, number: UUID) -> Kept:
    row = Determination.objects.filter(
        id=number, organisation=access.organisation.value, party=access.subject.party
    ).first()
    if row is None:
        raise UnknownAssessment
    return unseal(Oin(row.organisation), row.id, bytes(row.sealed))
