"""Assessments that were made, for who may see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from dichterbij.ground.logbook import services as logbook
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Oin
from dichterbij.law import Determined, Outcome, Refused, Value, determine, explain
from dichterbij.law.receipt import question_of, replay

from .comparing import changed
from .domain import Assessment, State, UnknownAssessment
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


def of_other_law_files(organisation: Oin) -> frozenset[UUID]:
    """Return the determinations that cases of an organisation rest on and that other law files made."""
    found = Determination.objects.filter(
        organisation=organisation.value, state=State.DETERMINED, kept_for__startswith="case:"
    ).exclude(law_set=current_laws().hash)
    return frozenset(found.values_list("id", flat=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class ByPresentLaw:
    """What the present law files say on the question and the facts of a determination.

    `differs`: per outcome that is not the same what it was and what it is; None stands for one that is not given.
    """

    differs: Mapping[str, tuple[Value, Value]]
    outcome: Outcome

    def told(self, language: str) -> str:
        """Return the outcome in a sentence."""
        return explain(self.outcome, current_laws(), language).outcome


def by_present_law(access: Access, number: UUID) -> ByPresentLaw:
    """Return what the present law files would make of a determination; nothing is read from a registry or kept."""
    kept = _kept(access, number)
    if kept.assessment.receipt is None:
        raise UnknownAssessment("Er is nog geen uitkomst.")
    logbook.record_view(access, "beoordeling")
    question = question_of(dict(kept.assessment.receipt), kept.facts.subject)  # type: ignore[arg-type]
    now = determine(current_laws(), question, kept.facts)
    outputs = {} if isinstance(now, Refused) else now.outputs
    before = kept.assessment.outputs
    return ByPresentLaw(differs=changed(before, {name: outputs.get(name) for name in before}), outcome=now)


def _kept(access: Access, number: UUID) -> Kept:
    row = Determination.objects.filter(
        id=number, organisation=access.organisation.value, party=access.subject.party
    ).first()
    if row is None:
        raise UnknownAssessment
    return unseal(Oin(row.organisation), row.id, bytes(row.sealed))
