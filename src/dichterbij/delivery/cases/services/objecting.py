"""Object to a decision (Awb 6:4): kept with the case, confirmed at once, its term counted."""

from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import Channel
from dichterbij.delivery.messages import services as messages
from dichterbij.delivery.messages.domain import Envelope, Nature
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission

from .. import letters, rows
from ..domain import (
    Case,
    NotComplete,
    NotNow,
    Objection,
    Step,
    came_in_time,
    helped,
    last_day_to_decide_on_objection,
)
from ..remedies import remedies_against
from ..sealing import closed
from .addressing import paper_address
from .steps import record_act, write_down
from .submitting import new_reference


def object_to(
    access: Access,
    case: UUID,
    text: str,
    *,
    late_because: str = "",
    received_on: date | None = None,
    posted_on: date | None = None,
) -> Objection:
    """Object to the decision in force of a case; returns the objection. A second one for it is the first.

    `received_on`: the day on which it came in on paper, `posted_on`: that of the postmark, if it can be read.

    Too late is no reason to refuse it here: the organisation judges why (Awb 6:11). Raises `NotNow` while nothing was
    made known, and `NotComplete` without words, or without a reason when the last day has passed.
    """
    if access.permission is not Permission.SUBMIT:
        raise NotNow("Alleen de aanvrager kan bezwaar maken.")
    _ensure_in_writing(access)
    found = rows.whole(rows.case_row(access, case))
    if found.objection is not None:
        return found.objection
    made = _made(found, text, late_because, received_on or clock.today(), posted_on)
    address = paper_address(access)
    record_act(access, "bezwaar")
    receipt = messages.render(letters.objected(found, made, address))
    try:
        with transaction.atomic():
            _write(access, case, made, Channel.PAPER if received_on else "")
            messages.send(_envelope(access, found, made), receipt)
    except IntegrityError:  # two tabs at once: the other one was first
        return _known(access, case)
    return made


def _ensure_in_writing(access: Access) -> None:
    """Raise `NotNow` on the phone: an objection is written and signed (Awb 6:4 and 6:5)."""
    by = helped(access)
    if by is not None and by.how == Channel.CALL:
        raise NotNow(
            "Bezwaar maken kan niet aan de telefoon: de wet vraagt een handtekening.",
            remedy="Het kan wel op deze site, op papier of aan de balie.",
        )


def last_day_of(case: Case) -> date:
    """Return the last day to object to the decision of a case; raises `NotNow` while nothing was made known."""
    if case.decision is None:
        raise NotNow("Er is nog geen besluit waartegen u bezwaar kunt maken.")
    if case.decision.object_until is None:
        raise NotNow(
            "Er is een besluit genomen, maar de brief is nog niet verstuurd.",
            remedy="U kunt bezwaar maken zodra u de brief hebt. Daarin staat wat er besloten is, en waarom.",
        )
    return case.decision.object_until


def _made(case: Case, text: str, late_because: str, received_on: date, posted_on: date | None) -> Objection:
    until = last_day_of(case)
    is_late = not came_in_time(until, received_on, posted_on)
    if not text.strip() or (is_late and not late_because.strip()):
        raise NotComplete("Schrijf op waarom u het niet eens bent.")
    return Objection(
        id=uuid4(),
        reference=new_reference(clock.today()),
        received_on=received_on,
        decide_by=last_day_to_decide_on_objection(
            until, received_on, has_committee=remedies_against(case.line.organisation).has_committee
        ),
        is_late=is_late,
        text=text,
        late_because=late_because if is_late else "",
    )


def _write(access: Access, case: UUID, made: Objection, note: str) -> None:
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
    write_down(
        row, Step.OBJECT, by=access.actor.role, staff=access.actor.staff_reference, note=note, with_help=helped(access)
    )


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
