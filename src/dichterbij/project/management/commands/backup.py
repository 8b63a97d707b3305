"""Copy this instance to a folder, while it runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from dichterbij.project.backups import saving
from dichterbij.project.backups.manifest import BackupNotWhole


class Command(BaseCommand):
    """`dichterbij backup DIR`: databases, then files, without keys. Keep it 30 days, and the keys somewhere else."""

    help = "Copy databases and files to an empty folder. Keys are not copied: keep those apart."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("folder", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Copy, and say what was copied."""
        try:
            made = saving.save(options["folder"])
        except BackupNotWhole as problem:
            raise CommandError(problem.detail) from problem
        self.stdout.write(f"{len(made.hashes)} files, {made.log_lines} lines of the logbook: {options['folder']}")
