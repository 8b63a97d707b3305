"""Serve the site and run the background work."""

import os
import shutil
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from dichterbij.ground.identity.services import end_former_means
from dichterbij.ground.organisations import keys, queries
from dichterbij.ground.organisations.domain import NoOperator
from dichterbij.ground.organisations.services import ensure_right_mode
from dichterbij.project import health
from dichterbij.project.metrics import SHARED_FOLDER

GUNICORN = (sys.executable, "-m", "gunicorn", "--config", "python:dichterbij.project.serving")


def _ensure_operated() -> None:
    try:
        operator = queries.operator()
    except NoOperator as missing:
        remedy = "write `operator: true` in the file of your organisation and run `dichterbij setup organisation`"
        raise CommandError(f"nobody operates this instance: {remedy}") from missing
    if not keys.present(operator.oin):
        raise CommandError(f"the keys of {operator.name} are not in {settings.STATE / 'keys'}: put them back")


def _ensure_own_port(bind: str) -> None:
    if bind.startswith("unix:") or bind.rpartition(":")[2] == settings.METRICS.rpartition(":")[2]:
        raise CommandError("the metrics need a port of their own, beside an address with a port for the site")


def _empty_folder(folder: Path) -> str:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    return str(folder)


class Command(BaseCommand):
    """`dichterbij serve`: the site on one address, until it is stopped."""

    help = "Serve the site and run the background work."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--bind", default="127.0.0.1:8000", help="address and port")
        parser.add_argument("--workers", type=int, default=1, help="processes; each takes about 150 MB")
        parser.add_argument("--threads", type=int, default=8, help="requests at once in each process")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, then become the server; a demonstration listens on the loopback address only."""
        host = options["bind"].rsplit(":", 1)[0]
        if settings.DEMONSTRATION and host not in {"127.0.0.1", "localhost", "[::1]"}:
            raise CommandError("a demonstration listens on this machine only: use 127.0.0.1")
        if health.behind():
            raise CommandError(
                "the databases are not of this release: `dichterbij prepare`, or `upgrade DIR` if in use"
            )
        ensure_right_mode()
        _ensure_operated()
        if ended := end_former_means():
            self.stdout.write(f"{ended} logins ended: their means is not admitted any more")
        if settings.DEMONSTRATION:
            self.stdout.write(f"Dichterbij: http://{options['bind']}/  (demonstration, invented people)")
            self.stdout.flush()
        chosen = [f"--{name}={options[name]}" for name in ("bind", "workers", "threads")]
        if settings.METRICS:
            _ensure_own_port(options["bind"])
            os.environ[SHARED_FOLDER] = _empty_folder(settings.STATE / "metrics")
            chosen.append(f"--bind={settings.METRICS}")
        os.execv(sys.executable, [*GUNICORN, *chosen])  # noqa: S606 our own interpreter
