"""Object to a decision (Awb 6:4): kept with the case, confirmed at once, its term counted."""

from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.messages import services as messages
from dichterbij.delivery.messages.domain import Envelope, Nature
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission

from .. import letters, rows
from ..domain import Case, NotComplete, NotNow, Objection, Step, last_day_to_decide_on_objection
from ..sealing import closed
from .addressing import paper_address
from .steps import record_act, write_down
from .submitting import new_reference


def object_to(access: Access, case: UUID, text: str, *, late_because: str = "") -> Objection:
    """Object to the decision in force of a case; returns the objection. A second one for it is the first.

    Too late is no reason to refuse it here: the organisation judges why (Awb 6:11). Raises `NotNow` while nothing was
    made known, and `NotComplete` without words, or without a reason when the last day has passed.
    """
    if access.permission is not Permission.SUBMIT:
        raise NotNow("Alleen de aanvrager kan bezwaar maken.")
    found = rows.whole(rows.case_row(access, case))
    if found.objection is not None:
        return found.objection
    made = _made(found, text, late_because)
    address = paper_address(access)
    record_act(access, "bezwaar")
    receipt = messages.render(letters.objected(found, made, address))
    try:
        with transaction.atomic():
            _write(access, case, made)
            messages.send(_envelope(access, found, made), receipt)
    except IntegrityError:  # two tabs at once: the other one was first
        return _known(access, case)
    return made


def _made(case: Case, text: str, late_because: str) -> Objection:
    decision, today = case.decision, clock.today()
    if decision is None or decision.object_until is None:
        raise NotNow("Er is nog geen besluit waartegen u bezwaar kunt maken.")
    is_late = today > decision.object_until
    if not text.strip() or (is_late and not late_because.strip()):
        raise NotComplete("Schrijf op waarom u het niet eens bent.")
    return Objection(
        id=uuid4(),
        reference=new_reference(today),
        received_on=today,
        decide_by=last_day_to_decide_on_objection(decision.object_until, today),
        is_late=is_late,
        text=text,
        late_because=late_because if is_late else "",
    )


def _write(access: Access, case: UUID, made: Objection) -> None:
    row = rows.case_row(access, case, lock=True)
    row.objections.create(
        id=made.id,
        organisation=row.organisation,
        decision=row.decisions.get(is_replaced=False, published_on__isnull=False),
        reference=made.reference,
        received_at=clock.now(),
        received_on=made.received_on,
        decide_by=made.decide_by,
        is_late=made.is_late,
        sealed=closed(access.organisation, {"text": made.text, "late_because": made.late_because}),
    )
    write_down(row, Step.OBJECT, by=access.actor.role)


def _known(access: Access, case: UUID) -> Objection:
    known = rows.whole(rows.case_row(access, case)).objection
    if known is None:
        raise NotNow
    return known


def _envelope(access: Access, case: Case, made: Objection) -> Envelope:
    return Envelope(
        cause=made.id,
        party=case.party,
        organisation=access.organisation,
        activity=access.activity.id,
        level=catalogue.product(case.line.product).level,
        nature=Nature.RECEIPT,
        product=case.line.product,
        matter=catalogue.product(case.line.product).matter,
        case=case.line.id,
    )
