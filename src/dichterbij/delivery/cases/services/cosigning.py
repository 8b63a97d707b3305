"""A second pair of eyes: another worker looks at a decision before it is made known, where its product asks that."""

from uuid import UUID

from django.db import transaction

from dichterbij.kernel.access import Access, Permission

from .. import models, rows
from ..domain import Cosign, NotComplete, NotNow, SamePerson, Step
from ..sealing import closed
from .steps import ensure_worker, record_act, stepped


def agree(access: Access, case: UUID, decision: UUID) -> None:
    """Agree with a decision as a second worker; raises `OwnCase`, `SamePerson`, and `NotNow` when it is another now."""
    _look(access, case, decision, Step.COSIGN)


def send_back(access: Access, case: UUID, decision: UUID, because: str) -> None:
    """Send a decision back to be handled again, with a reason; raises as `agree`, and `NotComplete` without one."""
    if not because.strip():
        raise NotComplete("Schrijf op wat er anders moet.")
    _look(access, case, decision, Step.SEND_BACK, because.strip())


def in_force(access: Access, case: UUID) -> models.Decision:
    """Return the decision in force of a case; raises `UnknownCase`, and `NotNow` while there is none."""
    found = rows.case_row(access, case).decisions.filter(is_replaced=False).first()
    if found is None:
        raise NotNow("Er is nog geen besluit.")
    return found


def ensure_cosigned(decision: models.Decision) -> None:
    """Raise `NotNow` for a decision that still waits for a second worker."""
    if decision.cosign not in ("", Cosign.GIVEN):
        raise NotNow("Een tweede medewerker kijkt eerst mee. Daarna kan de brief weg.")


def _look(access: Access, case: UUID, decision: UUID, step: Step, because: str = "") -> None:
    ensure_worker(access, Permission.DECIDE)
    _ensure_another(access, in_force(access, case))
    record_act(access, "besluit nagekeken")
    with transaction.atomic():
        row = stepped(access, case, step)
        found = row.decisions.select_for_update().get(is_replaced=False)
        if found.id != decision or found.cosign != Cosign.ASKED:
            raise NotNow("Een collega was u voor, of er is opnieuw besloten. Lees het besluit zoals het nu is.")
        _ensure_another(access, found)
        found.cosign = Cosign.GIVEN if step is Step.COSIGN else Cosign.SENT_BACK
        found.cosigned_by = access.actor.staff_reference
        found.cosign_sealed = closed(access.organisation, {"because": because}) if because else None
        found.save(update_fields=["cosign", "cosigned_by", "cosign_sealed"])
        row.save(update_fields=["state"])


def _ensure_another(access: Access, decision: models.Decision) -> None:
    own = rows.references(access.organisation, access.actor.party) | {access.actor.staff_reference}
    if decision.decided_by in own:
        raise SamePerson("Wie het besluit nam, is niet de tweede medewerker.")
