"""Letters that came back: noted once, and nothing more goes to that address until somebody settled it.

Law: Awb 3:41 (a decision is made known by sending it to the person), Wet basisregistratie personen 2.34 (who doubts an
address in the register tells its keeper).
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.utils.html import escape

from dichterbij.ground.organisations import keys
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import Problem

from . import channels
from .characters import printable
from .domain import Reason, Settled
from .models import Message, PrintJob, ReturnedLetter
from .services import PAGE

COLUMNS = ("file", "returned_on", "reason")


class BadReturnFile(Problem):
    """A file of returned letters is not in order; the detail names the line."""

    code = "bad-return-file"
    title = "Dit bestand met retourpost klopt niet"
    status = 400


class UnknownReturn(Problem):
    """There is no such returned letter at the organisations of this worker."""

    code = "unknown-return"
    title = "Deze teruggekomen brief is er niet"
    status = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A letter that came back and is not settled. `product`: what it was about, if anything."""

    id: UUID
    organisation: Oin
    message: UUID
    party: UUID = field(repr=False)
    product: str
    case: UUID | None
    sent_at: datetime
    reason: Reason
    returned_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a file of the supplier gave: letters that are new, known before, and lines that name no letter of ours."""

    new: int
    known: int
    strange: tuple[str, ...]


def read_file(path: Path) -> Read:
    """Note every letter of a supplier's file (file, returned_on, reason); reading it twice changes nothing.

    Raises `BadReturnFile` before anything is noted.
    """
    lines = [_line(number, row) for number, row in _rows(path)]
    new, known, strange = 0, 0, []
    for name, returned_on, reason in lines:
        message = _message(name)
        if message is None:
            strange.append(name)
        elif note(message.id, reason, returned_on):
            new += 1
        else:
            known += 1
    return Read(new=new, known=known, strange=tuple(strange))


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise BadReturnFile(f"De eerste regel moet zijn: {','.join(COLUMNS)}.")
        return list(enumerate(reader, start=2))


def _line(number: int, row: dict[str, str]) -> tuple[str, date, Reason]:
    try:
        return row["file"], date.fromisoformat(row["returned_on"]), Reason(row["reason"])
    except (ValueError, TypeError):
        raise BadReturnFile(f"Regel {number}: een dag als 2026-06-15 en een reden uit {', '.join(Reason)}.") from None


def _message(name: str) -> Message | None:
    try:
        return Message.objects.filter(id=UUID(name.removesuffix(".pdf"))).first()
    except ValueError:
        return None


def note(message: UUID, reason: Reason, returned_on: date) -> bool:
    """Note that a letter came back; returns whether that is new."""
    found = Message.objects.get(id=message)
    _row, is_new = ReturnedLetter.objects.get_or_create(
        message=found,
        defaults={
            "organisation": found.organisation,
            "party": found.party,
            "reason": reason,
            "returned_on": returned_on,
            "known_at": clock.now(),
        },
    )
    return is_new


def last_printed(organisation: Oin, case: UUID) -> UUID | None:
    """Return the letter about a case that went to the printer last."""
    jobs = PrintJob.objects.filter(organisation=organisation.value, message__case=case, printed_at__isnull=False)
    return jobs.order_by("-printed_at", "-id").values_list("message", flat=True).first()


def unsettled(organisations: Iterable[Oin]) -> tuple[Returned, ...]:
    """Return the letters that came back to these organisations and wait for somebody, the oldest first."""
    rows = ReturnedLetter.objects.filter(organisation__in=[oin.value for oin in organisations], settled_at=None)
    return tuple(map(_value, rows.select_related("message").order_by("returned_on", "known_at")[:200]))


def one(organisations: Iterable[Oin], returned: UUID) -> Returned:
    """Return one letter that came back and is not settled; raises `UnknownReturn`."""
    rows = ReturnedLetter.objects.filter(organisation__in=[oin.value for oin in organisations], settled_at=None)
    row = rows.select_related("message").filter(id=returned).first()
    if row is None:
        raise UnknownReturn
    return _value(row)


def _value(row: ReturnedLetter) -> Returned:
    return Returned(
        id=row.id,
        organisation=Oin(row.organisation),
        message=row.message_id,
        party=row.party,
        product=row.message.product,
        case=row.message.case,
        sent_at=row.message.sent_at,
        reason=Reason(row.reason),
        returned_on=row.returned_on,
    )


def settle(returned: UUID, how: Settled) -> None:
    """Say what was done about a letter that came back; post to the person goes on from now."""
    rows = ReturnedLetter.objects.filter(id=returned, settled_at=None)
    rows.update(settled=how, settled_at=clock.now())


def send_again(returned: UUID, cover: UUID) -> None:
    """Put the letter that came back in the envelope of its cover, to be signed for; within the caller's transaction."""
    row = ReturnedLetter.objects.select_related("message").get(id=returned)
    envelope, _made = PrintJob.objects.get_or_create(
        message_id=cover, defaults={"organisation": row.organisation, "queued_at": clock.now()}
    )
    PrintJob.objects.filter(id=envelope.id).update(registered=True)
    PrintJob.objects.filter(message=row.message).update(
        printed_at=None, batch=None, registered=True, enclosed_with=envelope, queued_at=clock.now()
    )
    settle(returned, Settled.SENT_AGAIN)


def tell_otherwise(returned: UUID) -> None:
    """Tell the person of the letter in another way, if they chose one; once, within the caller's transaction."""
    channels.NOTICE.put(ReturnedLetter.objects.select_related("message").get(id=returned).message)


def says(message: UUID, words: str) -> bool:
    """Say whether a letter holds these words, such as the line of an address."""
    row = Message.objects.get(id=message)
    page = keys.open_sealed(Oin(row.organisation), bytes(row.page_sealed), purpose=PAGE).decode()
    return str(escape(printable(words))) in page


def without_address(organisations: Iterable[Oin]) -> int:
    """Return how many letters of these organisations wait for an address that the register does not have."""
    mine = [oin.value for oin in organisations]
    jobs = PrintJob.objects.filter(organisation__in=mine, printed_at=None, message__is_addressed=False)
    return jobs.count()
