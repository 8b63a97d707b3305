"""Replace this instance by a copy of it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from dichterbij.project.backups import restoring
from dichterbij.project.backups.manifest import BackupNotWhole


class Command(BaseCommand):
    """`dichterbij restore DIR`: stop the server first. What was there stays beside it as `.before-restore`."""

    help = "Check a backup and put it back. Stop the server first."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("folder", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check, put back, and say what is still to be done."""
        try:
            found = restoring.restore(options["folder"])
        except BackupNotWhole as problem:
            raise CommandError(problem.detail) from problem
        self.stdout.write(f"Back as of {found.made_at}; hashes, logbook and its chain are in order.")
        for name in restoring.without_keys():
            self.stdout.write(f"Put back the keys of {name} before you serve.")
