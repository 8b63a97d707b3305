"""What an operator may count: requests and how long they took, waiting work, silent sources, reads per activity.

Served on an address of its own (`DICHTERBIJ_METRICS`), which the proxy does not pass on. Labels are names of routes,
sources and activities: never an address of a page, never anything of a person.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Counter, Histogram, make_wsgi_app
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from dichterbij.ground.outbox import queries as outbox
from dichterbij.ground.registry import health as sources

SHARED_FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""Where workers add up what they count: named so by prometheus_client, and set before it is imported."""

REQUESTS = Counter("dichterbij_requests", "Requests answered, by route and status.", ["route", "status"])
SECONDS = Histogram("dichterbij_request_seconds", "How long requests took, by route.", ["route"])


class Counted:
    """Counts every request under the name of its route."""

    def __init__(self, following: Callable[[HttpRequest], HttpResponse]) -> None:
        self.following = following

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and count it."""
        started = time.perf_counter()
        response = self.following(request)
        route = request.resolver_match.view_name if request.resolver_match else "none"
        REQUESTS.labels(route, response.status_code).inc()
        SECONDS.labels(route).observe(time.perf_counter() - started)
        return response


class State(Collector):
    """How the instance does at the moment of asking."""

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Say nothing before somebody asks."""
        return ()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Ask the rooms."""
        yield _gauge("outbox_lag_seconds", "How long the oldest waiting delivery waits.", outbox.lag().total_seconds())
        yield _gauge("outbox_waiting", "Deliveries that still have to be made.", outbox.waiting())
        yield _gauge("outbox_stuck", "Deliveries that failed ten times.", len(outbox.stuck()))
        down = GaugeMetricFamily(
            "dichterbij_source_down_since", "Silent sources, seconds since 1970.", labels=["source"]
        )
        for source, since in sources.down().items():
            down.add_metric([source], since.timestamp())
        yield down
        close_old_connections()


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"dichterbij_{name}", meaning, value=value)


def application() -> Callable[..., Iterable[bytes]]:
    """Return what answers at the address of the metrics: what every worker counted, and how the instance does now."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    registry.register(State())
    return make_wsgi_app(registry)
