"""Invite somebody to tell their story about their objection (Awb 7:2), or put deciding on it off once (Awb 7:10)."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.messages import services as messages
from dichterbij.delivery.messages.document import Document
from dichterbij.delivery.messages.domain import Envelope, Nature
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Permission

from .. import letters, models, rows
from ..domain import Case, NotComplete, NotNow, Objection, State, Step, adjourned
from .addressing import paper_address
from .steps import ensure_worker, record_act, write_down

DAYS_TO_PREPARE = 11
"""Awb 7:4: until ten days before they are heard somebody can send papers; the invitation comes before that."""

Write = Callable[[Case, date], Document]
"""Give a letter about a case, as it goes out on a day."""


def invite(access: Access, case: UUID, hear_on: date, where: str) -> None:
    """Invite somebody by letter to tell their story about their objection; again for another day is possible."""
    ensure_worker(access, Permission.HANDLE)
    _found, made = open_objection(access, case)
    if hear_on < clock.today() + timedelta(days=DAYS_TO_PREPARE):
        raise NotNow("Nodig minstens elf dagen vooraf uit: dan is er tijd om stukken te sturen (Awb 7:4).")
    if not where.strip():
        raise NotComplete("Schrijf op hoe laat en waar, of dat u belt.")
    address = paper_address(access)
    record_act(access, "uitnodiging om te vertellen")
    _tell(
        access,
        case,
        Step.INVITE,
        lambda found, today: letters.invited(found, made, hear_on=hear_on, where=where, dated=today, address=address),
        hear_on=hear_on,
    )


def adjourn(access: Access, case: UUID) -> date:
    """Put deciding on an objection off for six weeks, once and before its last day; returns the new last day."""
    ensure_worker(access, Permission.HANDLE)
    _found, made = open_objection(access, case)
    if made.is_adjourned or made.decide_by < clock.today():
        raise NotNow("Uitstellen kan één keer, voor de laatste dag (Awb 7:10).")
    decide_by = adjourned(made.decide_by)
    address = paper_address(access)
    record_act(access, "uitstel van beslissing op bezwaar")
    _tell(
        access,
        case,
        Step.ADJOURN,
        lambda found, today: letters.adjourned(found, made, decide_by, today, address),
        decide_by=decide_by,
        is_adjourned=True,
    )
    return decide_by


def open_objection(access: Access, case: UUID) -> tuple[Case, Objection]:
    """Return a case with the objection that waits for a decision; raises `NotNow`."""
    found = rows.whole(rows.case_row(access, case))
    if found.objection is None or not found.objection.is_open:
        raise NotNow("Er is geen bezwaar waarover nog beslist moet worden.")
    if found.line.state is not State.PUBLISHED:
        raise NotNow("Deze aanvraag wordt opnieuw behandeld. Neem eerst het nieuwe besluit (Awb 6:19).")
    return found, found.objection


def locked(access: Access, case: UUID) -> tuple[models.Case, models.Objection]:
    """Return a case with its open objection, locked for the rest of the transaction; raises `NotNow`."""
    row = rows.case_row(access, case, lock=True)
    objection = row.objections.filter(ruled_on__isnull=True).first()
    if objection is None or row.state != State.PUBLISHED:
        raise NotNow("Iemand anders besliste intussen.")
    return row, objection


def _tell(access: Access, case: UUID, step: Step, write: Write, **changes: object) -> None:
    while True:
        today = clock.today()
        found, made = open_objection(access, case)
        letter = messages.render(write(found, today))
        with transaction.atomic():
            if clock.today() == today:
                row, objection = locked(access, case)
                same = models.Objection.objects.filter(id=objection.id, hear_on=made.hear_on, decide_by=made.decide_by)
                if not same.update(**changes):
                    raise NotNow("Iemand anders was u voor.")
                write_down(row, step, by=access.actor.role, staff=access.actor.staff_reference)
                messages.send(envelope(access, row, uuid4(), Nature.INFORMATION), letter)
                return


def envelope(access: Access, row: models.Case, cause: UUID, nature: Nature) -> Envelope:
    """Return what is put on a letter about a case or an objection; the same cause sends it once."""
    product = catalogue.product(row.product)
    return Envelope(
        cause=cause,
        party=row.party,
        organisation=access.organisation,
        activity=access.activity.id,
        level=product.level,
        nature=nature,
        product=row.product,
        matter=product.matter,
        case=row.id,
    )
