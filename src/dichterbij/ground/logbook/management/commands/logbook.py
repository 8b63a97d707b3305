"""Check and seal the logbook from the command line."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from dichterbij.ground.logbook import sealing, verifying
from dichterbij.ground.logbook.domain import Log


def _known(text: str) -> verifying.KnownHead:
    log, size, chain = text.split(":")
    return verifying.KnownHead(log=Log(log), size=int(size), chain_hash=bytes.fromhex(chain))


class Command(BaseCommand):
    """`dichterbij logbook verify`: exit 0 when every line is as it was written, 1 with the first that is not."""

    help = "Verify the logbook line by line, or seal what waits."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("task", choices=["verify", "seal"])
        parser.add_argument("--head", type=_known, metavar="LOG:SIZE:HASH", help="a head kept elsewhere")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Verify, or seal."""
        if options["task"] == "seal":
            self.stdout.write(f"{sealing.seal()} lines sealed")
            return
        findings = verifying.verify(options["head"])
        for found in findings:
            state = "in order" if found.position is None else f"WRONG at position {found.position}: {found.what}"
            numbers = f"{found.lines} lines, {found.heads} signed heads, {found.unsealed} waiting"
            self.stdout.write(f"{found.log}: {numbers}: {state}")
        if any(found.position is not None for found in findings):
            raise CommandError("the logbook was changed")
