"""Write the contracts of our own APIs from their code."""

from argparse import ArgumentParser
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from dichterbij.project.rooms import all_rooms
from dichterbij.web.api import contract, written


class Command(BaseCommand):
    """`dichterbij contracts`: write `openapi.json` of every room with an API; `--check` compares only."""

    help = "Write the contracts of our own APIs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--check", action="store_true", help="write nothing; fail when one is out of date")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write or compare each contract."""
        for room in all_rooms():
            if find_spec(f"{room}.api"):
                self._one(room, check=options["check"])

    def _one(self, room: str, *, check: bool) -> None:
        module = import_module(f"{room}.api")
        file = Path(str(module.__file__)).with_name("openapi.json")
        now = written(contract(module.api))
        if check and (not file.is_file() or file.read_text(encoding="utf-8") != now):
            raise CommandError(f"{file.name} of {room} is out of date: run `dichterbij contracts`.")
        if not check:
            file.write_text(now, encoding="utf-8")
        self.stdout.write(f"{room}: {module.api.version}")
