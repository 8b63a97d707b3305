"""Send an application: once per key, whatever is clicked twice, and with a receipt that holds a copy."""

import secrets
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.catalogue.domain import Product
from dichterbij.delivery.messages import services as messages
from dichterbij.delivery.messages.domain import Envelope, Nature, Rendered
from dichterbij.ground.assessment import queries as assessments
from dichterbij.ground.assessment import services as assessment_services
from dichterbij.ground.outbox import services as outbox
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access

from .. import letters, models, rows
from ..asking import asked_of_applicant
from ..domain import CaseLine, Draft, NotComplete, State, Step, UnknownDraft, helped
from ..events import CaseSubmitted
from ..sealing import closed
from .addressing import paper_address
from .steps import helper, record_act, sender, write_down

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Receipt:
    case: UUID
    reference: str
    dated: date
    received_on: date
    decide_by: date
    letter: Rendered


def submit(access: Access, draft: UUID, key: UUID) -> CaseLine:
    """Make a case of a draft and put the receipt in the box; returns the case.

    The same key gives the same case: a double click, two tabs, a page sent again, two processes at once. Raises
    `UnknownDraft`, and `NotComplete` while something is asked that the applicant neither answered nor called unknown.
    """
    known = _case_of(access, key)
    if known is not None:
        return rows.line(known)
    found = _unsent(access, draft, key)
    if isinstance(found, CaseLine):
        return found
    product = catalogue.product(found.product)
    _ensure_complete(access, found)
    address = paper_address(access)
    record_act(access.for_case(found.key), "aanvraag")
    return _write(access, _signed(access, found), product, address)


def _signed(access: Access, draft: Draft) -> Draft:
    """Return the draft with who sends it for the applicant; as it is when they send it themself."""
    name, ground = sender(access)
    body, how = helper(access)
    signed = replace(draft.application, sent_by=name, sent_as=ground, sent_with=body, sent_how=how)
    return replace(draft, application=signed)


def _unsent(access: Access, draft: UUID, key: UUID) -> Draft | CaseLine:
    """Return the draft, or the case that another process made of it a moment ago."""
    try:
        found = rows.draft(rows.draft_row(access, draft))
    except UnknownDraft:
        known = _case_of(access, key)
        if known is None:
            raise
        return rows.line(known)
    if found.key != key or found.product != access.product:
        raise UnknownDraft  # a permission for one product sends no draft of another
    return found


def _case_of(access: Access, key: UUID) -> models.Case | None:
    return rows.cases_of(access).filter(key=key, product=access.product).first()


def _ensure_complete(access: Access, draft: Draft) -> None:
    if draft.application.assessment is None:
        raise NotComplete
    found = assessments.assessment(access, draft.application.assessment)
    if any(each.fact not in draft.application.unknown for each in asked_of_applicant(found)):
        raise NotComplete("Beantwoord eerst de vragen die nog open staan.")


def _write(access: Access, draft: Draft, product: Product, address: tuple[str, ...]) -> CaseLine:
    while True:
        receipt = _receipt(access, draft, product, address)
        try:
            with transaction.atomic():
                if clock.today() == receipt.dated:  # otherwise midnight passed: render for the new day
                    return rows.line(_create(access, draft, receipt))
        except IntegrityError:
            known = _case_of(access, draft.key)
            if known is None:
                raise
            return rows.line(known)


def new_reference(today: date) -> str:
    """Return a new reference that can be read over the phone: the year and eight signs that look like no other."""
    return f"{today.year}-{''.join(secrets.choice(ALPHABET) for _ in range(8))}"


def _receipt(access: Access, draft: Draft, product: Product, address: tuple[str, ...]) -> _Receipt:
    today = clock.today()
    received_on = draft.application.received_on or today
    reference = new_reference(today)
    decide_by = product.term.last_day(received_on)
    document = letters.receipt(
        access, draft, reference=reference, received_on=received_on, decide_by=decide_by, address=address
    )
    return _Receipt(
        case=draft.key,  # as the lines about what was looked at for the application already call it
        reference=reference,
        dated=today,
        received_on=received_on,
        decide_by=decide_by,
        letter=messages.render(document),
    )


def _create(access: Access, draft: Draft, receipt: _Receipt) -> models.Case:
    by = helped(access)
    channel = by.how if by else draft.channel
    row = models.Case.objects.create(
        id=receipt.case,
        organisation=access.organisation.value,
        unit=catalogue.product(draft.product).unit,
        party=access.subject.party,
        product=draft.product,
        cause=draft.cause,
        key=draft.key,
        reference=receipt.reference,
        channel=channel,
        language=draft.language,
        state=State.SUBMITTED,
        received_at=clock.now(),
        received_on=receipt.received_on,
        decide_by=receipt.decide_by,
        sealed=closed(access.organisation, draft.application.as_json()),
    )
    write_down(row, Step.SUBMIT, by=access.actor.role, staff=access.actor.staff_reference, note=channel, with_help=by)
    if not rows.drafts_of(access).filter(id=draft.id).delete()[0]:
        raise UnknownDraft  # taken back in the meantime, with the event it was begun for
    if draft.application.assessment:
        assessment_services.keep(access, (draft.application.assessment,), kept_for=f"case:{row.id}")
    messages.send(_envelope(access, row), receipt.letter)
    outbox.emit(
        CaseSubmitted(case=row.id, party=row.party, organisation=access.organisation, product=row.product),
        person=str(row.party),
    )
    return row


def _envelope(access: Access, row: models.Case) -> Envelope:
    return Envelope(
        cause=row.id,
        party=row.party,
        organisation=access.organisation,
        activity=access.activity.id,
        level=catalogue.product(row.product).level,
        nature=Nature.RECEIPT,
        product=row.product,
        matter=catalogue.product(row.product).matter,
        case=row.id,
    )
