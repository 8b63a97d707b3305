"""How fast the logbook keeps lines that survive a crash, and how fast it is checked; beside what the disk can do.

    python -m benchmarks.logbook

A state folder of its own with the real settings (SQLite, fully synchronised), or PostgreSQL with `DATABASE_URL`, of
which half the speed is asked. Times on a machine that others use too say little; seconds of the processor say more.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from uuid import uuid4

from tests.operation.product import product

from dichterbij.kernel.access import Access, Actor, Permission, Role, Subject
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.levels import Level

from .figures import Figure

THREADS = 8
LINES_PER_SECOND, LINE_P99_MS, VERIFIED_PER_SECOND, PROOF_MS, VISIBLE_MS = 5_000, 10, 100_000, 10, 1000
PROOFS = 200
BLOCK = b"\0" * 4096


@dataclass(frozen=True)
class Load:
    """What many threads did together for a while."""

    per_second: float
    milliseconds: list[float]


def main() -> int:
    """Measure; returns 1 when a limit is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.logbook", description="Measure the logbook.")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--lines", type=int, default=200_000, help="how many to verify")
    chosen = parser.parse_args()
    print(f"{os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}\n", flush=True)
    missed = 0
    with tempfile.TemporaryDirectory() as folder, product(Path(folder)) as instance:
        os.environ |= {**instance.environment, "DJANGO_SETTINGS_MODULE": "dichterbij.project.settings"}
        import django

        django.setup()
        for figure in _figures(Path(folder), chosen.seconds, chosen.lines):
            print(figure.line(), flush=True)
            missed += not figure.is_ok
    return 1 if missed else 0


def _figures(folder: Path, seconds: float, lines: int) -> Iterator[Figure]:
    yield disk(folder, seconds / 2)
    record = _recorder()
    yield from _spread("lines, one thread", load(1, seconds, record))
    together = load(THREADS, seconds, record)
    least = LINES_PER_SECOND / 2 if os.environ.get("DATABASE_URL") else LINES_PER_SECOND
    yield Figure(f"lines, {THREADS} threads", together.per_second, "/s", least, at_least=True)
    yield Figure("  99th percentile until durable", p99(together.milliseconds), "ms", LINE_P99_MS)
    yield Figure("from a look to the page of the person, median", _visible(record), "ms", VISIBLE_MS)
    yield from _checking(lines)


def disk(folder: Path, seconds: float) -> Figure:
    """Measure what the disk itself can do: the most that one line at a time could reach."""
    return Figure("this disk: small writes, each synchronised", _synchronised(folder, seconds), "/s")


def _visible(record: Callable[[], Access]) -> float:
    """Return how long after the beginning of a look the person finds it among what happened with their data."""
    from dichterbij.ground.logbook import queries

    def look() -> None:
        made = record()
        if made.act not in {each.act for each in queries.acts_about(made, limit=1)}:
            raise SystemExit("a look that was recorded is not shown")

    return median([_milliseconds(look) for _ in range(PROOFS)])


def _synchronised(folder: Path, seconds: float) -> float:
    descriptor = os.open(folder / "disk", os.O_WRONLY | os.O_CREAT)
    done, until = 0, time.perf_counter() + seconds
    while time.perf_counter() < until:
        os.write(descriptor, BLOCK)
        os.fsync(descriptor)
        done += 1
    os.close(descriptor)
    return done / seconds


def accesses(subject: Bsn) -> Callable[[], Access]:
    """Return a function that gives an access to the data of one person, each time for a new act."""
    from dichterbij.ground.organisations import queries as organisations
    from dichterbij.ground.registry import activities
    from dichterbij.kernel import clock

    activity = activities.activity("duo.aanvullende-beurs")
    organisation, portal = organisations.by_key("duo").oin, organisations.operator().oin

    def access() -> Access:
        party = uuid4()
        return Access(
            actor=Actor(role=Role.CITIZEN, organisation=portal, party=party),
            subject=Subject(party=party, bsn=subject),
            organisation=organisation,
            activity=activity,
            permission=Permission.READ,
            product="aanvullende-beurs",
            level=Level.SUBSTANTIAL,
            act=uuid4(),
            at=clock.now(),
            trace=uuid4().hex,
        )

    return access


def _recorder() -> Callable[[], Access]:
    """Return a function that records one read of one person, each time a new act, and returns under which access."""
    from dichterbij.ground.logbook import services
    from dichterbij.ground.logbook.domain import Entry, Kind, Result

    subject = Bsn("999993653")
    access = accesses(subject)
    fields = ("geboorte.datum", "verblijfplaats.gebied", "kinderen.burgerservicenummer")
    entry = Entry(kind=Kind.READ, subject=subject, registry="brp", fields=fields, outcome=Result.GIVEN)

    def record() -> Access:
        made = access()
        services.record(made, entry)
        return made

    return record


def _fill(lines: int) -> None:
    """Add copies of a line, each with a number of its own, without measuring."""
    from dichterbij.ground.logbook import appending
    from dichterbij.ground.logbook.domain import canonical, leaf
    from dichterbij.ground.logbook.lines import parsed
    from dichterbij.ground.logbook.models import Line

    example = Line.objects.latest("id")
    content = dict(parsed(example))
    for start in range(0, lines, 5000):
        batch = []
        for _ in range(min(5000, lines - start)):
            number = uuid4()
            body = canonical({**content, "id": str(number)})
            columns = {field.attname: getattr(example, field.attname) for field in Line._meta.concrete_fields}
            batch.append(Line(**{**columns, "id": None, "line_id": number, "body": body, "leaf_hash": leaf(body)}))
        appending.append(batch)


def load(threads: int, seconds: float, work: Callable[[], object]) -> Load:
    """Let threads work for a while; each closes its own connections."""
    from django.db import connections

    until = time.perf_counter() + seconds

    def many() -> list[float]:
        times = []
        while (began := time.perf_counter()) < until:
            work()
            times.append((time.perf_counter() - began) * 1000)
        connections.close_all()
        return times

    with ThreadPoolExecutor(threads) as pool:
        found = [each.result() for each in [pool.submit(many) for _ in range(threads)]]
    times = [one for each in found for one in each]
    return Load(per_second=len(times) / seconds, milliseconds=times)


def _checking(lines: int) -> Iterator[Figure]:
    from dichterbij.ground.logbook import queries, sealing, verifying

    _fill(lines - queries.size())
    began = time.perf_counter()
    sealed = sealing.seal()
    yield Figure("lines sealed", sealed / (time.perf_counter() - began), "/s")
    began, worked = time.perf_counter(), _processor_seconds()
    found = verifying.verify()
    took, worked = time.perf_counter() - began, _processor_seconds() - worked
    if any(each.position is not None for each in found):
        raise SystemExit(f"the logbook is not in order: {found}")
    size = queries.size()
    yield Figure(f"lines verified, of {size}", size / took, "/s", VERIFIED_PER_SECOND, at_least=True)
    yield Figure("  per second of one processor", size / worked, "/s")
    yield from _proving()


def _processor_seconds() -> float:
    """Return how long processors worked for this process and for those it started and saw end."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _proving() -> Iterator[Figure]:
    from dichterbij.ground.logbook import proving
    from dichterbij.ground.logbook.domain import Log
    from dichterbij.ground.logbook.models import Head, Line

    rows = list(Line.objects.order_by("?")[:PROOFS])
    times = [_milliseconds(lambda row=row: proving.check(proving.made(row))) for row in rows]
    yield Figure("one line proved and checked, median", median(times), "ms", PROOF_MS)
    sizes = list(Head.objects.filter(log=Log.OPEN).order_by("size").values_list("size", flat=True))
    between = _milliseconds(lambda: proving.check_consistency(proving.consistency(Log.OPEN, sizes[0], sizes[-1])))
    yield Figure("the first head proved to lead to the last", between, "ms", PROOF_MS)


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _spread(name: str, load: Load) -> Iterator[Figure]:
    yield Figure(name, load.per_second, "/s")
    yield Figure("  median until durable", median(load.milliseconds), "ms")
    yield Figure("  99th percentile until durable", p99(load.milliseconds), "ms")


def p99(values: list[float]) -> float:
    return quantiles(values, n=100, method="inclusive")[-1]


if __name__ == "__main__":
    sys.exit(main())
