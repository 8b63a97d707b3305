"""Hold an organisation to a term that passed (Awb 4:17, 6:12, 7:14): in writing, once, confirmed at once."""

from decimal import Decimal
from uuid import UUID, uuid4

from django.db import transaction

from dichterbij.delivery.catalogue.domain import Channel
from dichterbij.delivery.messages import services as messages
from dichterbij.delivery.messages.domain import Nature
from dichterbij.ground.assessment.laws import current_laws
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission
from dichterbij.kernel.periods import Period
from dichterbij.law import Facts, Question, Refused, determine

from .. import letters, rows
from ..domain import Late, NotNow, Step, helped, late
from .addressing import paper_address
from .hearing import envelope
from .steps import record_act, write_down

LAW, OUTPUT, DAYS = "algemene_wet_bestuursrecht", "dwangsom", "dagen_te_laat"
NOBODY = "p1"


def give_notice(access: Access, case: UUID) -> None:
    """Give an organisation notice that it is late; a second one changes nothing. Raises `NotNow` while it is not."""
    if access.permission is not Permission.SUBMIT:
        raise NotNow("Alleen de aanvrager kan ons in gebreke stellen.")
    _ensure_in_writing(access)
    found = rows.whole(rows.case_row(access, case))
    if _late(access, case).noticed_on is not None:
        return
    address = paper_address(access)
    record_act(access, "ingebrekestelling")
    receipt = messages.render(letters.noticed(found, _late(access, case).on, address))
    with transaction.atomic():
        row = rows.case_row(access, case, lock=True)
        now = _late(access, case)
        if now.noticed_on is None:
            by = helped(access)
            write_down(
                row, Step.DEFAULT, by=access.actor.role, staff=access.actor.staff_reference, note=now.on, with_help=by
            )
            messages.send(envelope(access, row, uuid4(), Nature.RECEIPT), receipt)


def penalty(days: int) -> int:
    """Return what an organisation owes that is late by a number of days, in euro cents, as Awb 4:17 says."""
    today = clock.today()
    question = Question(law=LAW, outputs=(OUTPUT,), subject=NOBODY, period=Period.day(today), decided_on=today)
    said = determine(current_laws(), question, Facts(subject=NOBODY, persons={NOBODY: {DAYS: Decimal(days)}}))
    if isinstance(said, Refused):
        raise NotNow("De wet zegt niet hoe hoog de dwangsom is.")
    return int(str(said.outputs[OUTPUT]))


def _ensure_in_writing(access: Access) -> None:
    by = helped(access)
    if by is not None and by.how == Channel.CALL:
        raise NotNow(
            "In gebreke stellen kan niet aan de telefoon: de wet vraagt het op schrift.",
            remedy="Het kan wel op deze site, op papier of aan de balie.",
        )


def _late(access: Access, case: UUID) -> Late:
    found = late(rows.whole(rows.case_row(access, case)), clock.today())
    if found is None:
        raise NotNow("De termijn is nog niet voorbij, of er is al een besluit.")
    return found
