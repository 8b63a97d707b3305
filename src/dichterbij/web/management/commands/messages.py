"""`dichterbij messages`: bring the catalogues of sentences up to date, or check them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dichterbij.web import catalogues


class Command(BaseCommand):
    """Takes the sentences from the source of every room, updates the `.po` files and compiles them."""

    help = "Update and compile the English and Papiamentu sentences of every room, or check them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add `--check`."""
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when something is wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        """Update, or check."""
        if options["check"]:
            self._check()
            return
        for file in catalogues.write():
            self.stdout.write(f"{file}")

    def _check(self) -> None:
        found = list(catalogues.findings())
        for finding in found:
            self.stdout.write(f"{finding.file}: {finding.what}")
        if found:
            raise CommandError(f"{len(found)} sentences or files need attention")
