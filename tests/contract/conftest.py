"""One small world for all contract tests, in process and over a real socket, and others' contracts."""

import os
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from dichterbij.ground.registry.adapters import known, source, transports
from dichterbij.ground.registry.domain import Adapter
from dichterbij_world import serve
from dichterbij_world.load import load
from dichterbij_world.registries.all import applications
from dichterbij_world.store import World

ON = date(2026, 6, 15)
REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("DICHTERBIJ_SHARED", REPOSITORY.parent / "shared"))

Adapters = Callable[..., Adapter]


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a source says counts here, not how fast a busy machine is."""
    monkeypatch.setattr(source, "DEADLINE_SECONDS", 60.0)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The people of seed 1 on the day of the demonstration."""
    return load(tmp_path_factory.mktemp("world") / "world.sqlite3", seed=1, persons=300, on=ON)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the contracts of others; tests against them are skipped where it is not there."""
    if not SHARED.is_dir():
        pytest.skip(f"no contracts at {SHARED}")
    return SHARED


@pytest.fixture(scope="session", params=["in process", pytest.param("over HTTP", marks=pytest.mark.slow)])
def adapters(request: pytest.FixtureRequest, world: World) -> Iterator[Adapters]:
    """The production adapters, by name, against the same registries over each transport."""
    if request.param == "in process":
        for name, application in applications(world).items():
            transports.register(f"contract-{name}", application)
        yield lambda name, token="demonstration": known.ADAPTERS[name](f"inprocess:contract-{name}", token)
        return
    server = serve.server(world, port=0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield lambda name, token="demonstration": known.ADAPTERS[name](
        f"http://127.0.0.1:{server.server_port}/{name}", token
    )
    server.shutdown()
    server.server_close()
