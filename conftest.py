"""What every test shares: the logbook refuses to be emptied, so emptying it between tests lifts its guard first."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections


@pytest.fixture(scope="session", autouse=True)
def _logbook_can_be_emptied_between_tests() -> Iterator[None]:
    from dichterbij.ground.logbook import append_only

    connection = connections["logbook"]
    empty: Callable[[Any], None] = connection.ops.execute_sql_flush

    def unguarded(statements: Any) -> None:
        append_only.unguard(connection)
        empty(statements)
        append_only.guard(connection)

    connection.ops.execute_sql_flush = unguarded
    yield
    connection.ops.execute_sql_flush = empty
