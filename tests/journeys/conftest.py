"""One world per process, from a fresh seed; organisations and workers of it; visitors who are watched."""

import io
import logging
import os
import random
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.registry import adapters
from dichterbij_world.load import load
from dichterbij_world.store import World, WorldMissing, default_path

from .visitor import Visitor
from .watching import Watch

ON = date(2026, 6, 15)
PERSONS = 300


@pytest.fixture(scope="session")
def seed(request: pytest.FixtureRequest) -> int:
    """The number this world comes from: DICHTERBIJ_JOURNEY_SEED, or a new one for every run (the same per process)."""
    given = os.environ.get("DICHTERBIJ_JOURNEY_SEED")
    if given:
        return int(given)
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
    return random.Random(run).randrange(1, 1_000_000)


@pytest.fixture
def world(seed: int) -> World:
    """The world of this run; made again when other tests put theirs in its place."""
    known = World(default_path())
    try:
        told = known.meta()
    except WorldMissing:
        told = {}
    if told.get("seed") == str(seed) and int(told["persons"]) >= PERSONS:
        return known
    return load(default_path(), seed=seed, persons=PERSONS, on=ON)


@pytest.fixture
def watch(world: World) -> Iterator[Watch]:
    """Look at every page, address, header and log line of a journey for numbers of people."""
    watch = Watch(numbers=frozenset(world.keys("brp")))
    root = logging.getLogger()
    root.addHandler(watch)
    yield watch
    root.removeHandler(watch)
    assert not watch.found, f"a number of somebody stands in: {watch.found}"


@pytest.fixture
def demonstration(transactional_db: None, world: World) -> Iterator[None]:
    """Make the demonstration complete, with the command that `make run` uses."""
    organisations.forget()
    adapters.configure(settings.REGISTRIES)  # whatever another test left in their place
    call_command("demonstration", stdout=io.StringIO())
    yield
    organisations.forget()
    connections.close_all()


@pytest.fixture
def visitor(demonstration: None, watch: Watch) -> Callable[[], Visitor]:
    """Return a function that opens a browser."""
    return lambda: Visitor(watch)


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """Say with which seed a journey failed."""
    seed = getattr(item, "funcargs", {}).get("seed")
    if call.excinfo is not None and seed is not None:
        call.excinfo.value.add_note(f"DICHTERBIJ_JOURNEY_SEED={seed}")
