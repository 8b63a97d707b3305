"""A process that removes what is past its term, a few lines at a time, until it is killed.

Arguments: `fill` (write and sign lines of May and June 2005), `remove` (until done or killed), `check` (print what
verification found: the first wrong position or 0, and how many lines are here).
"""

import sys
from datetime import UTC, datetime
from uuid import uuid4

import django

django.setup()

from dichterbij.ground.logbook import removing, sealing, services, verifying  # noqa: E402
from dichterbij.ground.logbook.domain import Entry, Kind, Log, Result  # noqa: E402
from dichterbij.ground.logbook.models import Line  # noqa: E402
from dichterbij.ground.organisations import queries as organisations  # noqa: E402
from dichterbij.ground.registry import activities  # noqa: E402
from dichterbij.kernel import clock  # noqa: E402
from dichterbij.kernel.access import Access, Actor, Permission, Role, Subject  # noqa: E402
from dichterbij.kernel.identifiers import Bsn  # noqa: E402
from dichterbij.kernel.levels import Level  # noqa: E402

ANNA = Bsn("999993653")
LINES = 1500


def fill() -> None:
    party, duo = uuid4(), organisations.by_key("duo").oin
    for month in (5, 6):
        with clock.frozen(datetime(2005, month, 10, 9, tzinfo=UTC)):
            access = Access(
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
            entry = Entry(kind=Kind.READ, subject=ANNA, fields=("geboorte.datum",), outcome=Result.GIVEN)
            services.record_all(access, [entry] * LINES)
            sealing.seal()


def remove() -> None:
    removing.CHUNK = 20
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    with clock.frozen(datetime(2025, 6, 1, tzinfo=UTC)):  # May is past its term, June is not
        removing.remove_expired(Log.OPEN)


def check() -> None:
    found = verifying.verify()[0]
    sys.stdout.write(f"{found.position or 0} {Line.objects.count()}\n")


{"fill": fill, "remove": remove, "check": check}[sys.argv[1]]()
