"""Whether this instance is alive, and ready to serve people."""

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from dichterbij.ground.assessment.laws import current_laws
from dichterbij.ground.authority.routes import ANYONE, open_to
from dichterbij.ground.logbook import appending
from dichterbij.ground.organisations import keys, queries
from dichterbij.kernel import clock
from dichterbij.kernel.problems import Problem


@open_to(ANYONE)
def live(_request: HttpRequest) -> JsonResponse:
    """Say that the process answers."""
    return JsonResponse({"status": "live"})


@open_to(ANYONE)
def ready(_request: HttpRequest) -> JsonResponse:
    """Say per part whether it works; 503 when one does not."""
    parts = {name: works(name) for name in CHECKS}
    return JsonResponse(
        {"status": "ready" if all(parts.values()) else "not ready", "parts": parts},
        status=200 if all(parts.values()) else 503,
    )


def works(part: str) -> bool:
    """Say whether a part works now."""
    try:
        return bool(CHECKS[part]())
    except (DatabaseError, OSError, Problem):
        return False


def _database() -> bool:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def behind() -> list[str]:
    """Return the databases that this release has not migrated yet; raises `DatabaseError` when one does not answer."""
    return [alias for alias in connections if _plan(MigrationExecutor(connections[alias]))]


def _plan(executor: MigrationExecutor) -> object:
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def _clock() -> bool:
    return not settings.FIXED_DAY or clock.today().isoformat() == settings.FIXED_DAY


CHECKS: dict[str, Callable[[], object]] = {
    "database": _database,
    "logbook": appending.is_writable,
    "laws": lambda: current_laws().hash,
    "keys": lambda: keys.present(queries.operator().oin),
    "clock": _clock,
}
