"""How fast the gateway reads: authorised, filtered and recorded before release; beside the same without log.

    python -m benchmarks.gateway

From a table in this process, through the production adapter in this process, and through it over HTTP from another one.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from statistics import median
from subprocess import Popen

from tests.operation.product import free_port, product

from .figures import Figure
from .logbook import Load, accesses, disk, load, p99

CLIENTS = 8
TABLE_PER_SECOND, ADAPTER_PER_SECOND, ADAPTER_P99_MS, HTTP_PER_SECOND, HTTP_P99_MS = 3_000, 600, 15, 250, 50
OVERHEAD_MS = 1
_late: list[int] = []
"""Questions that got no answer within the second a source has; on a busy machine there are some."""


def main() -> int:
    """Measure; returns 1 when a limit is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gateway", description="Measure the gateway.")
    parser.add_argument("--seconds", type=float, default=5)
    chosen = parser.parse_args()
    print(f"{os.cpu_count()} cores, {CLIENTS} clients, load before {os.getloadavg()[0]:.1f}\n", flush=True)
    missed = 0
    with tempfile.TemporaryDirectory() as folder, product(Path(folder)) as instance:
        os.environ |= {**instance.environment, "DJANGO_SETTINGS_MODULE": "dichterbij.project.settings"}
        import django

        django.setup()
        print(disk(Path(folder), chosen.seconds / 2).line(), flush=True)
        for figure in _figures(chosen.seconds):
            print(figure.line(), flush=True)
            missed += not figure.is_ok
    return 1 if missed else 0


def _figures(seconds: float) -> Iterator[Figure]:
    from dichterbij.ground.registry import adapters, fetching

    fetching._connect()
    production = adapters.adapter("brp")
    adapters.register("brp", _Table())
    yield from _measured("a table", seconds, TABLE_PER_SECOND)
    adapters.register("brp", production)
    yield from _measured("the adapter, in process", seconds, ADAPTER_PER_SECOND, ADAPTER_P99_MS)
    with _Served() as url:
        _switch(url)
        yield from _measured("the adapter, over HTTP", seconds, HTTP_PER_SECOND, HTTP_P99_MS)


def _measured(name: str, seconds: float, least: float, most_ms: float | None = None) -> Iterator[Figure]:
    _late.clear()
    logged, bare = _reader(is_logged=True), _reader(is_logged=False)
    logged()
    bare()
    with_log, without = load(CLIENTS, seconds, logged), load(CLIENTS, seconds, bare)
    yield Figure(f"{name}: reads", with_log.per_second, "/s", least, at_least=True)
    yield Figure("  99th percentile", p99(with_log.milliseconds), "ms", most_ms)
    yield Figure("  without log: reads", without.per_second, "/s")
    one, alone = load(1, seconds / 2, logged), load(1, seconds / 2, bare)
    yield Figure("  log overhead, one client, median", _difference(one, alone), "ms", OVERHEAD_MS)
    yield Figure("  not answered in time", len(_late), "", 0)


def _difference(one: Load, alone: Load) -> float:
    return median(one.milliseconds) - median(alone.milliseconds)


def _reader(*, is_logged: bool) -> Callable[[], None]:
    """Return a function that reads one datum of one person of the world, each time in a new act."""
    from dichterbij.ground.registry import fetching, services
    from dichterbij.ground.registry.answers import RegistryUnavailable
    from dichterbij.ground.registry.domain import Query, SourceUnavailable
    from dichterbij.kernel import clock
    from dichterbij.kernel.identifiers import Bsn
    from dichterbij_world.store import World, default_path

    person = Bsn(World(default_path()).persona("student").bsn)
    access = accesses(person)
    query = Query(registry="brp", persons=(person,), fields=("geboorte.datum",), at=clock.today())

    def read() -> None:
        try:
            services.read(access(), query) if is_logged else fetching.fetch(query)
        except (RegistryUnavailable, SourceUnavailable):
            _late.append(1)
            time.sleep(0.05)

    return read


class _Table:
    """A source that has the answer at hand."""

    def fetch(self, query: object) -> Mapping[object, object]:
        """Return what is there."""
        from dichterbij.ground.registry.domain import Query, RawRecord, RawValue

        assert isinstance(query, Query)
        record = RawRecord(values={name: RawValue(value="2002-02-11") for name in query.fields})
        return dict.fromkeys(query.persons, record)


class _Served:
    """The registries of the world, behind a port, in a process of their own."""

    def __enter__(self) -> str:
        """Start, and wait until it answers."""
        import httpx

        port = free_port()
        self.process = Popen([sys.executable, "-m", "dichterbij_world", "serve", "--port", str(port)])
        for _ in range(100):
            try:
                httpx.get(f"http://127.0.0.1:{port}/")
                return f"http://127.0.0.1:{port}"
            except httpx.TransportError:
                time.sleep(0.1)
        raise SystemExit("the registries do not answer")

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.process.terminate()
        self.process.wait()


def _switch(url: str) -> None:
    """Read the population register over HTTP from now on."""
    from django.conf import settings

    from dichterbij.ground.registry import adapters
    from dichterbij.ground.registry.adapters import known

    settings.REGISTRIES["brp"]["url"] = f"{url}/brp"
    adapters.register("brp", known.ADAPTERS["brp"](f"{url}/brp", settings.REGISTRIES["brp"]["token"]))


if __name__ == "__main__":
    sys.exit(main())
