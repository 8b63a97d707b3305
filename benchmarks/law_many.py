"""How long the law takes for many: `python -m benchmarks.law_many [--peer PYTHON]`. CPU time, one core, in memory.

Limits (the room's own): a zorgtoeslag with partners for 17.9 million people at most 3 CPU-seconds; at most 3 ns per
person and operation of the graph; the disposable income of openfisca's country template for at least three times as
many persons per CPU-second as openfisca-core itself, with equal results. The peer runs in the same minute, in an
environment of its own that is thrown away, unless `--peer` names a Python that has it.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import median

import numpy as np

from dichterbij.kernel.periods import Period
from dichterbij.law import Determined, Facts, LawSet, Question, determine
from dichterbij.law.columns import Column, Population, Table, population
from dichterbij.law.determine import tape_for

from .figures import Figure
from .law_one import LAWS, QUESTION, milliseconds

HERE = Path(__file__).resolve().parent / "country_template"
PEER = ("openfisca-core==44.7.1", "openfisca-country-template==8.2.0")
DUTCH, PERSONS = 17_900_000, 1_000_000
SECONDS, NANOSECONDS, TIMES_AS_MANY, CENT = 3, 3, 3, 0.011
STATUS = ("owner", "tenant", "free_lodger", "homeless")
ASKED = Question(
    law="country_template",
    outputs=("disposable_income",),
    subject="h",
    period=Period.month(2022, 1),
    decided_on=date(2022, 1, 1),
)
ONE = Facts(
    subject="h",
    persons={
        "h": {"members": ["a", "b", "c"], "accommodation_size": 80, "housing_occupancy_status": "tenant"},
        "a": {"salary": 250_000, "capital_returns": 0, "birth": "1985-05-05", "is_adult": True},
        "b": {"salary": 100_000, "capital_returns": 0, "birth": "1987-05-05", "is_adult": True},
        "c": {"salary": 0, "capital_returns": 0, "birth": "2019-05-05", "is_adult": False},
    },
)


def seconds_of(work: Callable[[], object], times: int = 2) -> float:
    """Return the least CPU time of some repetitions."""
    took = []
    for _ in range(times):
        began = time.process_time()
        work()
        took.append(time.process_time() - began)
    return min(took)


# -- zorgtoeslag for everybody -----------------------------------------------------------------------------------


def everybody(laws: LawSet, size: int, *, side_by_side: bool) -> Table:
    """Return invented people: 36 % married, 14 % living together, half of those with a child of both.

    Partners stand in the next row, as in a table in order of addresses, or anywhere.
    """
    chance = np.random.default_rng(1)
    order = np.arange(size) if side_by_side else chance.permutation(size)
    married, together = int(size * 0.36) // 2 * 2, int(size * 0.14) // 2 * 2
    kinds = chance.permutation((married + together) // 2) < married // 2
    first, second = order[: married + together : 2], order[1 : married + together : 2]
    columns = {
        "partner": _pairs(size, first[kinds], second[kinds]),
        "samenwonende": _pairs(size, first[~kinds], second[~kinds]),
        "samen_kind": Column(data=chance.random(size) < 0.5),
        "geboortedatum": Column(data=chance.integers(-20_000, 18_000, size, dtype=np.int32)),
        "verzekerd_zvw": Column(data=chance.random(size) < 0.98),
        "rechtmatig_verblijf": Column(data=chance.random(size) < 0.99),
        "toetsingsinkomen": Column(data=chance.integers(0, 8_000_000, size)),
        "rendementsgrondslag": Column(data=chance.integers(0, 20_000_000, size)),
    }
    for fact in tape_for(laws, QUESTION).graph.facts:
        if fact not in columns:
            assert laws.vocabulary[fact].type == "boolean", fact
            columns[fact] = Column(data=chance.random(size) < 0.05)
    return Table(size=size, columns=columns, vocabulary=laws.vocabulary)


def _pairs(size: int, first: np.ndarray, second: np.ndarray) -> Column:
    """Return a relation between these rows; the others have nobody."""
    data, absent = np.zeros(size, dtype=np.int64), np.ones(size, dtype=np.uint8)
    data[first], data[second] = second, first
    absent[first] = absent[second] = 0
    return Column(data=data, state=absent)


def zorgtoeslag(size: int) -> Iterator[Figure]:
    """Measure a zorgtoeslag with partners for so many people."""
    laws = LawSet.load([LAWS])
    for side_by_side in (True, False):
        table = everybody(laws, size, side_by_side=side_by_side)
        found = population(laws, QUESTION, table)
        assert isinstance(found, Population)
        seconds = seconds_of(lambda table=table: population(laws, QUESTION, table))
        where = "next to each other" if side_by_side else "anywhere in the table"
        limit = SECONDS * size / DUTCH
        yield Figure(f"zorgtoeslag for {size:,} persons, partners {where}", seconds, "CPU-s", limit)
        each = seconds * 1e9 / size / found.operations
        yield Figure(f"  per person and operation ({found.operations} operations)", each, "ns", NANOSECONDS)
        yield Figure("  persons determined one at a time", found.determined_alone, "")


# -- the country template ----------------------------------------------------------------------------------------


def households(persons: int) -> dict[str, np.ndarray]:
    """Return invented households of one to five people; salaries in whole euros, as euro cents."""
    chance = np.random.default_rng(2)
    household = np.sort(chance.integers(0, persons * 2 // 5, persons))
    _, household = np.unique(household, return_inverse=True)
    starts = np.flatnonzero(np.diff(household, prepend=-1))
    rank = np.arange(persons) - starts[household]
    is_adult = rank < 2
    birth = np.where(is_adult, chance.integers(-14_000, 12_000, persons), chance.integers(12_600, 18_900, persons))
    return {
        "household": household,
        "is_adult": is_adult,
        "birth": birth,
        "salary": np.where(is_adult, chance.integers(0, 9000, persons) * (chance.random(persons) < 0.7), 0) * 100,
        "capital_returns": chance.integers(0, 200, persons) * 100,
        "size": chance.integers(10, 200, household[-1] + 1),
        "status": chance.integers(0, 4, household[-1] + 1),
    }


def table_of(people: dict[str, np.ndarray], laws: LawSet) -> tuple[Table, np.ndarray]:
    """Return a table of persons and, after them, households; and the rows of the households."""
    persons, count = len(people["salary"]), len(people["size"])
    none = np.full(count, 1, dtype=np.uint8)

    def of_persons(name: str) -> Column:
        data = np.concatenate((people[name], np.zeros(count, dtype=people[name].dtype)))
        return Column(data=data, state=np.concatenate((np.zeros(persons, dtype=np.uint8), none)))

    def of_households(name: str, **more: object) -> Column:
        data = np.concatenate((np.zeros(persons, dtype=np.int64), people[name]))
        state = np.concatenate((np.ones(persons, dtype=np.uint8), np.zeros(count, dtype=np.uint8)))
        return Column(data=data, state=state, **more)  # type: ignore[arg-type]

    sizes = np.concatenate((np.zeros(persons, dtype=np.int64), np.bincount(people["household"], minlength=count)))
    columns = {name: of_persons(name) for name in ("salary", "capital_returns", "birth", "is_adult")}
    columns["accommodation_size"] = of_households("size")
    columns["housing_occupancy_status"] = of_households("status", words=STATUS)
    offsets = np.concatenate(([0], np.cumsum(sizes)))
    columns["members"] = Column(data=np.arange(persons), offsets=offsets)
    table = Table(size=persons + count, columns=columns, vocabulary=laws.vocabulary)
    return table, np.arange(persons, persons + count)


def country_template(peer: str) -> Iterator[Figure]:
    """Measure the country template in both engines, and hold the outcomes of all households against each other."""
    laws = LawSet.load([HERE])
    people = households(PERSONS)
    table, rows = table_of(people, laws)
    found = population(laws, ASKED, table, rows=rows)
    assert isinstance(found, Population)
    ours = PERSONS / seconds_of(lambda: population(laws, ASKED, table, rows=rows), 3)
    theirs, other = _peer(peer, people)
    outcome = found.outcomes["disposable_income"]
    difference = np.abs(outcome.data / outcome.form.unit / 100 - other).max()
    yield Figure("country template: largest difference with openfisca (float32)", float(difference), "euro", CENT)
    yield Figure("  openfisca-core, persons per CPU-second", PERSONS / theirs["population"] / 1e6, "million")
    yield Figure("  ours", ours / 1e6, "million")
    times = ours * theirs["population"] / PERSONS
    yield Figure("  times as many", times, "times", TIMES_AS_MANY, at_least=True)
    yield Figure("  households determined one at a time", found.determined_alone, "")
    assert isinstance(determine(laws, ASKED, ONE), Determined)
    yield Figure("  one household: openfisca-core, median", theirs["one"] * 1000, "ms")
    yield Figure("  one household: ours, median", median(milliseconds(lambda: determine(laws, ASKED, ONE), 500)), "ms")


def _peer(python: str, people: dict[str, np.ndarray]) -> tuple[dict[str, float], np.ndarray]:
    """Return what the peer measures of itself, and its outcomes in euros."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if not python:
            subprocess.run([sys.executable, "-m", "venv", folder / "peer"], check=True)
            python = str(folder / "peer" / "bin" / "python")
            subprocess.run([python, "-m", "pip", "install", "--quiet", *PEER], check=True)
        np.savez(folder / "people.npz", **people)
        subprocess.run([python, HERE / "peer.py", folder], check=True)
        return json.loads((folder / "figures.json").read_text()), np.load(folder / "disposable_income.npy")


def main() -> int:
    """Run the benchmark; returns 1 when a limit is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.law_many", description="Measure the law for many.")
    parser.add_argument("--persons", type=int, default=DUTCH, help="how many people ask for a zorgtoeslag")
    parser.add_argument("--peer", default="", help="a Python with openfisca-country-template; otherwise one is made")
    chosen = parser.parse_args()
    print(f"load before {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores", flush=True)
    missed = 0
    for figures in (zorgtoeslag(chosen.persons), country_template(chosen.peer)):
        for figure in figures:
            print(figure.line(), flush=True)
            missed += not figure.is_ok
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
