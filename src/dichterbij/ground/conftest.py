"""Real processes for tests: a database of their own on disk, or the test's PostgreSQL, and a kill that is a kill."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections

Start = Callable[..., subprocess.Popen[str]]
MIGRATE = """
import django; django.setup()
from django.core.management import call_command
for alias in ("default", "logbook"):
    call_command("migrate", database=alias, verbosity=0, interactive=False)
from dichterbij.ground.organisations import services
services.set_up_all()
"""


@pytest.fixture
def start(tmp_path: Path, transactional_db: None) -> Iterator[Start]:  # noqa: ARG001 on PostgreSQL: the test's database
    """Return a function that starts a Python script in a process of its own; all share one database and its keys."""
    environment = {**os.environ, "DICHTERBIJ_STATE": str(tmp_path), **_database()}
    subprocess.run([sys.executable, "-c", MIGRATE], env=environment, check=True)
    running: list[subprocess.Popen[str]] = []

    def begin(script: Path, *arguments: object) -> subprocess.Popen[str]:
        command = [sys.executable, str(script), *map(str, arguments)]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        running.append(process)
        return process

    yield begin
    for process in running:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _database() -> dict[str, str]:
    """Return where the processes find the test's PostgreSQL databases; SQLite makes its own in the state folder."""
    found = connections["default"].settings_dict
    if connections["default"].vendor != "postgresql":
        return {}
    form = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}"
    logbook = connections["logbook"].settings_dict
    return {"DATABASE_URL": form.format(**found), "DICHTERBIJ_LOGBOOK_URL": form.format(**logbook)}
