"""Saying yes or no to a mandate: with the code that was handed over or posted, at the counter, or with a login."""

from uuid import UUID

from django.db import transaction

from dichterbij.ground.identity import queries as identity
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access

from . import codes, standing
from .mandates import Given, UnknownMandate, as_given, is_giver, opened, over, record, running, sealed
from .models import Mandate
from .standing import CannotMandate


def look(access: Access, code: str) -> Given:
    """Return the mandate of a code that was handed over or posted, to say yes or no to.

    Raises `CodeUnknown`, `TooManyCodes`, and `CannotMandate` for one's own.
    """
    return as_given([_of_code(access, code)])[0]


def accept(access: Access, code: str, *, name: str) -> Given:
    """Accept a mandate with its code. `name`: of who accepts.

    Raises what `look` raises, and `CannotMandate` for who is under guardianship.
    """
    row = _of_code(access, code)
    standing.ensure_can_represent(access)
    record(access, "machtiging aannemen")
    return _accepted(row.id, access.subject.party, name, by_code=codes.lookup(code))


def refuse(access: Access, code: str) -> None:
    """Refuse a mandate with its code: it is over. Raises what `look` raises."""
    row = _of_code(access, code)
    record(access, "machtiging weigeren")
    over(Mandate.objects.filter(id=row.id), by=access.subject.party)


def allow(access: Access, mandate: UUID) -> Given:
    """Say yes to who asked to act for the subject of the access. Raises `UnknownMandate`, `CannotMandate`."""
    row, representative = _asked_of(access, mandate)
    standing.ensure_can_mandate(access)
    record(access, "machtiging")
    return _accepted(row.id, representative, opened(row)["representative"])


def of_letter(worker: UUID, code: str) -> Given:
    """Return what somebody at the counter was asked in a letter, by its code. Raises `CodeUnknown`, `TooManyCodes`."""
    codes.ensure_not_guessing(worker)
    row = running().filter(code_lookup=codes.lookup(code), accepted_at=None).exclude(representative=None).first()
    if row is None:
        raise codes.wrong(worker)
    return as_given([row])[0]


def allow_at_counter(access: Access, mandate: UUID) -> Given:
    """Say yes for the subject of the access, who came to the counter with the letter. Raises `UnknownMandate`."""
    row, representative = _asked_of(access, mandate)
    record(access, "machtiging aan de balie")
    return _accepted(row.id, representative, opened(row)["representative"])


def _asked_of(access: Access, mandate: UUID) -> tuple[Mandate, UUID]:
    """Return a mandate that somebody asked of the subject of the access, with who asked."""
    row = running().filter(id=mandate, represented=access.subject.party, accepted_at=None).first()
    if row is None or row.representative is None:
        raise UnknownMandate
    return row, row.representative


def _of_code(access: Access, code: str) -> Mandate:
    party = access.subject.party
    codes.ensure_not_guessing(party)
    row = running().filter(code_lookup=codes.lookup(code), accepted_at=None).first()
    if row is None or row.representative not in (None, party) or identity.has_died(row.represented):
        raise codes.wrong(party)
    if party == row.represented or is_giver(row, party):
        raise CannotMandate("U kunt uzelf niet machtigen.", remedy="Geef de code aan degene die u wilt machtigen.")
    return row


def _accepted(mandate: UUID, representative: UUID, name: str, *, by_code: str = "") -> Given:
    """Write down that a mandate was accepted, once, also when two try it at the same time."""
    with transaction.atomic():
        rows = Mandate.objects.select_for_update().filter(id=mandate, accepted_at=None, ended_at=None)
        row = rows.filter(code_lookup=by_code).first() if by_code else rows.first()
        if row is None:
            raise codes.CodeUnknown("De code bestaat niet, is al gebruikt of is te oud.")
        row.representative, row.accepted_at, row.code_lookup = representative, clock.now(), ""
        row.sealed = sealed({"represented": opened(row)["represented"], "representative": name})
        row.save()
        return as_given([row])[0]
