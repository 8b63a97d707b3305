"""Who acts for somebody by law, as registers told when that person asked. It is for them to read; it lets nobody act.

Law: Burgerlijk Wetboek 1:245 (parents), 1:381 (guardian), 1:441 (administrator), 1:453 (mentor); only the court ends
what the court began, and the authority of parents ends at eighteen (1:233).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from dichterbij.kernel import clock
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Bsn

from .asking import NAME, rows_of, said_by
from .domain import Kind
from .models import RegisteredRepresentative
from .registers import KEPT, name_in, name_sealed

PARENTS = "gezag.gezaghebbenden"
OF_COURTS = {
    "curatoren.wie": Kind.GUARDIAN,
    "bewindvoerders.wie": Kind.ADMINISTRATOR,
    "mentoren.wie": Kind.MENTOR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative:
    """Somebody who acts by law for who asks: as what, and since when, where the register says that."""

    kind: Kind
    name: str = field(repr=False)
    since: date | None


def look_up(access: Access) -> None:
    """Ask the registers who acts for the subject of the access, and keep the answer for a day in place of the last.

    Raises `RegistryUnavailable` and `SourceRefused`.
    """
    bsn, now = access.subject.bsn, clock.now()
    nobody = Representative(kind=Kind.SELF, name="", since=None)  # kept too, so that "nobody" is an answer
    found = ([*_parents(access, bsn), *_appointed(access, bsn)] if bsn else []) or [nobody]
    rows = [
        RegisteredRepresentative(
            represented=access.subject.party,
            kind=each.kind,
            sealed=name_sealed(each.name),
            since=each.since,
            fetched_at=now,
        )
        for each in found
    ]
    with transaction.atomic():
        RegisteredRepresentative.objects.filter(represented=access.subject.party).delete()
        RegisteredRepresentative.objects.bulk_create(rows)


def known(access: Access) -> tuple[Representative, ...] | None:
    """Return who acts for the subject of the access by law, as the registers said last; None when not asked today."""
    rows = list(RegisteredRepresentative.objects.filter(represented=access.subject.party).order_by("fetched_at", "id"))
    if not rows:
        return None
    return tuple(
        Representative(
            kind=Kind(row.kind),
            name=name_in(bytes(row.sealed)),
            since=row.since,
        )
        for row in rows
        if row.kind != Kind.SELF and row.fetched_at == rows[-1].fetched_at  # who asks twice at once keeps both answers
    )


def purge(now: datetime) -> int:
    """Remove what was said more than a day ago; returns how many."""
    return RegisteredRepresentative.objects.filter(fetched_at__lte=now - KEPT).delete()[0]


def _parents(access: Access, bsn: Bsn) -> Iterator[Representative]:
    for row in rows_of(said_by(access, "brp", (bsn,), (PARENTS,)), bsn, PARENTS):
        yield Representative(kind=Kind.PARENT, name=str(row["naam"]), since=None)


def _appointed(access: Access, bsn: Bsn) -> Iterator[Representative]:
    """Give who the court appointed: people by their name in the population register, institutions by their own."""
    said = said_by(access, "ccbr", (bsn,), tuple(OF_COURTS))
    rows = [(kind, row) for name, kind in OF_COURTS.items() for row in rows_of(said, bsn, name)]
    numbers = tuple(dict.fromkeys(Bsn(str(row["nummer"])) for _, row in rows if row["nummer"]))
    people = said_by(access, "brp", numbers, (NAME,))
    for kind, row in rows:
        own = people.get(Bsn(str(row["nummer"])), {}).get(NAME) if row["nummer"] else row["naam"]
        yield Representative(kind=kind, name=str(own or ""), since=date.fromisoformat(str(row["sinds"])))
