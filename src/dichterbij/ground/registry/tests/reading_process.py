"""A process that reads through the gateway and says on its output what it released, until it is killed.

Arguments: `read` (until killed), `check FILE` (every released receipt of the file has its line, and the log verifies).
"""

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from threading import Thread
from uuid import uuid4

import django

django.setup()

from dichterbij.ground.logbook import services as logbook  # noqa: E402
from dichterbij.ground.logbook import verifying  # noqa: E402
from dichterbij.ground.logbook.models import Line, Position  # noqa: E402
from dichterbij.ground.organisations import queries as organisations  # noqa: E402
from dichterbij.ground.registry import activities, adapters, fetching, services  # noqa: E402
from dichterbij.ground.registry.domain import Query, RawRecord, RawValue  # noqa: E402
from dichterbij.kernel import clock  # noqa: E402
from dichterbij.kernel.access import Access, Actor, Permission, Role, Subject  # noqa: E402
from dichterbij.kernel.identifiers import Bsn  # noqa: E402
from dichterbij.kernel.levels import Level  # noqa: E402

ANNA = Bsn("999993653")


class Table:
    def fetch(self, query: Query) -> Mapping[Bsn, RawRecord]:
        return {bsn: RawRecord(values={name: RawValue(value="x") for name in query.fields}) for bsn in query.persons}


def access() -> Access:
    party, duo = uuid4(), organisations.by_key("duo").oin
    return Access(
        actor=Actor(role=Role.CITIZEN, organisation=duo, party=party),
        subject=Subject(party=party, bsn=ANNA),
        organisation=duo,
        activity=activities.activity("duo.aanvullende-beurs"),
        permission=Permission.READ,
        product="",
        level=Level.LOW,
        act=uuid4(),
        at=clock.now(),
        trace=uuid4().hex,
    )


def read() -> None:
    query = Query(registry="brp", persons=(ANNA,), fields=("geboorte.datum",), at=date(2026, 6, 15))
    while True:
        (receipt,) = services.read(access(), query).receipts
        sys.stdout.write(f"{receipt.id}\n")
        sys.stdout.flush()


def seal() -> None:
    while True:
        logbook.seal()


def check(file: Path) -> None:
    released = file.read_text().split()
    known = {str(found) for found in Line.objects.values_list("line_id", flat=True)}
    logbook.seal()
    wrong = [found for found in verifying.verify() if found.position is not None]
    gaps = Position.objects.count() != Line.objects.count()
    sys.stdout.write(f"{len(set(released) - known)} {len(wrong)} {int(gaps)}\n")


if __name__ == "__main__":
    fetching._connect()
    adapters.register("brp", Table())
    if sys.argv[1] == "check":
        check(Path(sys.argv[2]))
    else:
        Thread(target=seal, daemon=True).start()
        for _ in range(3):
            Thread(target=read, daemon=True).start()
        read()
