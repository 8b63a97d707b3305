"""Check, seal and prove from the command line."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management import BaseCommand, CommandError

from dichterbij.ground.logbook import proving, sealing, verifying
from dichterbij.ground.logbook.domain import Log
from dichterbij.ground.logbook.models import Line
from dichterbij.kernel.problems import Problem


def _known(text: str) -> verifying.KnownHead:
    log, size, chain = text.split(":")
    return verifying.KnownHead(log=Log(log), size=int(size), chain_hash=bytes.fromhex(chain))


class Command(BaseCommand):
    """`dichterbij logbook verify`: exit 0 when every line is as it was written, 1 with the first that is not.

    `verify --proof FILE` checks the proof of one line, from the file alone. `prove ID` prints the proof of a line.
    """

    help = "Verify the logbook line by line, seal what waits, prove a line or check a proof."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("task", choices=["verify", "seal", "prove"])
        parser.add_argument("line", nargs="?", type=UUID, help="the line to prove")
        parser.add_argument("--head", type=_known, metavar="LOG:SIZE:HASH", help="a head kept elsewhere")
        parser.add_argument("--proof", type=Path, metavar="FILE", help="check this file and nothing else")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do the task."""
        try:
            match options["task"], options["proof"]:
                case "seal", _:
                    self.stdout.write(f"{sealing.seal()} lines sealed")
                case "prove", _:
                    self._prove(options["line"])
                case _, Path() as file:
                    self._check(file)
                case _:
                    self._verify(options["head"])
        except Problem as problem:
            raise CommandError(f"{problem.title}. {problem.detail}") from problem

    def _verify(self, known: verifying.KnownHead | None) -> None:
        findings = verifying.verify(known)
        for found in findings:
            state = "in order" if found.position is None else f"WRONG at position {found.position}: {found.what}"
            numbers = f"{found.lines} lines, {found.heads} signed heads, {found.unsealed} waiting"
            self.stdout.write(f"{found.log}: {numbers}: {state}")
        if any(found.position is not None for found in findings):
            raise CommandError("the logbook was changed")

    def _prove(self, line: UUID | None) -> None:
        row = Line.objects.filter(line_id=line).first() if line else None
        if row is None:
            raise proving.UnknownLine
        self.stdout.write(json.dumps(proving.made(row), ensure_ascii=False, indent=2))

    def _check(self, file: Path) -> None:
        try:
            content = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise CommandError(f"{file.name} cannot be read as JSON") from None
        found = proving.check(content)
        self.stdout.write(
            f"in order: line {found.position} of {found.size}, signed by {found.operator} at {found.sealed_at}"
        )
        if found.line is not None:
            self.stdout.write(found.line)
