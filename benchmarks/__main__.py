"""Measure, print, and say whether every limit is kept."""

import argparse
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.operation.product import Product, product

from . import memory, story, together
from .browser import Session
from .figures import Figure, p95, spread

PAGE_MEDIAN_MS, PAGE_P95_MS, CROWD_P95_MS, PAGES_PER_SECOND = 50, 100, 300, 40
MOST_QUESTIONS, HTML_KB, CSS_KB, PLAN_MS, MEMORY_MB = 12, 60, 20, 1000, 200
MAY_MICROSECONDS, DETERMINATION_MS, FIRST_PAGE_SECONDS, SWITCH_MS = 50, 0.15, 60, 300
TIMES, USUAL_PERSONS = 40, 300


def main() -> int:
    """Run the benchmark; returns 1 when a limit is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure the product.")
    parser.add_argument("--persons", type=int, default=300, help="people in the world")
    parser.add_argument("--sessions", type=int, default=20, help="people who look at once")
    parser.add_argument("--seconds", type=float, default=20, help="how long they look")
    parser.add_argument("--workers", type=int, default=1, help="processes of the server, as make run has")
    chosen = parser.parse_args()
    print(f"{chosen.persons} persons, {os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}", flush=True)
    if os.getloadavg()[0] > 1:
        print("this machine is busy with something else: times are higher than they would be")
    print()
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        for figure in _figures(Path(folder), chosen):
            print(figure.line(), flush=True)
            missed += not figure.is_ok
    print(f"\n{missed} limits missed" if missed else "\nevery limit is kept")
    return 1 if missed else 0


def _figures(folder: Path, chosen: argparse.Namespace) -> Iterator[Figure]:
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    started = time.perf_counter()
    with product(folder, set_up=False) as instance:
        instance.run("demonstration", "--persons", str(chosen.persons))
        server = instance.start(workers=chosen.workers)
        limit = FIRST_PAGE_SECONDS if chosen.persons <= USUAL_PERSONS else None
        yield Figure("prepare, invent the people, first page", time.perf_counter() - started, "s", limit)
        walked = story.walk(server.address)
        yield Figure("opening a plan (first of the process)", walked.open_plan_ms, "ms", PLAN_MS)
        yield Figure("asking everybody again", walked.refresh_plan_ms, "ms", PLAN_MS)
        resident, shared_once = memory.megabytes(server.process.pid)
        yield Figure("memory after the journey with a letter (PSS)", shared_once, "MB", MEMORY_MB)
        yield Figure("  the same, shared memory counted in each process (RSS)", resident, "MB")
        server.stop()
        fresh = instance.start(workers=chosen.workers)
        first, *others = story.switching(fresh.address, TIMES)
        yield Figure("acting for another, with its reads: first", first, "ms", SWITCH_MS)
        yield from spread("acting for another, with its reads", others, SWITCH_MS, SWITCH_MS)
        yield from _pages(fresh.address, walked)
        yield from _crowd(fresh.address, chosen)
        _, shared_once = memory.megabytes(fresh.process.pid)
        yield Figure("memory after many sessions (PSS)", shared_once, "MB")
        yield from _inside(instance, walked)


def _pages(address: str, walked: story.Story) -> Iterator[Figure]:
    """Measure each page on a server that was just started: the first time, and many times."""
    everything: list[float] = []
    for guest, pages in walked.visits:
        guest.address = address
        session = Session.of(guest)
        for name, path in pages.items():
            first, body = session.get(path)
            times = [session.get(path)[0] for _ in range(TIMES)]
            everything += times
            yield Figure(f"{name}: first", first, "ms")
            yield from spread(name, times, PAGE_MEDIAN_MS, PAGE_P95_MS)
            if not path.endswith("/pdf"):
                yield Figure(f"{name}: HTML", len(body) / 1000, "kB", HTML_KB)
    yield Figure("all pages, median", median(everything), "ms", PAGE_MEDIAN_MS)
    yield Figure("all pages, 95th percentile", p95(everything), "ms", PAGE_P95_MS)
    session = Session.of(walked.student)
    sheets = re.findall(r'href="([^"]+\.css)"', session.get(walked.pages["plan"])[1].decode())
    size = sum(len(session.get(sheet, compressed=True)[1]) for sheet in sheets)
    yield Figure("style sheets of a plan, compressed", size / 1000, "kB", CSS_KB)


def _crowd(address: str, chosen: argparse.Namespace) -> Iterator[Figure]:
    """Let many people look at once; the journey of each began with a plan."""
    keys = [f"{family}-1" for family in range(20, 20 + 4 * chosen.sessions)]
    sessions = together.everybody(address, keys, chosen.sessions)
    load = together.look(sessions, chosen.seconds)
    name = f"{chosen.sessions} sessions at once"
    yield Figure(f"{name}: pages", load.pages_per_second, "/s", PAGES_PER_SECOND, at_least=True)
    yield Figure(f"{name}: 95th percentile", p95(load.milliseconds), "ms", CROWD_P95_MS)


def _inside(instance: Product, walked: story.Story) -> Iterator[Figure]:
    os.environ |= {"DICHTERBIJ_STATE": str(instance.state), "DJANGO_SETTINGS_MODULE": "dichterbij.project.settings"}
    import django

    django.setup()
    from . import inside

    for guest, pages in walked.visits:
        cookie = next(iter(guest.http.cookies.values()))
        for name, count in inside.questions(cookie, pages).items():
            yield Figure(f"{name}: questions to the database", count, "", MOST_QUESTIONS)
    yield Figure("may, without reading", inside.microseconds_of_may(), "µs", MAY_MICROSECONDS)
    yield Figure("one zorgtoeslag", inside.milliseconds_of_a_determination(), "ms", DETERMINATION_MS)


if __name__ == "__main__":
    sys.exit(main())
