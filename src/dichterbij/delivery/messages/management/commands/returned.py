"""Take in the letters that came back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from dichterbij.delivery.messages.returns import BadReturnFile, read_file


class Command(BaseCommand):
    """`dichterbij returned FILE.csv`: what the print supplier got back; safe to run again."""

    help = "Take in a file of letters that came back (columns file, returned_on, reason)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the file and say what was in it."""
        try:
            read = read_file(options["file"])
        except (OSError, BadReturnFile) as problem:
            raise CommandError(str(getattr(problem, "detail", "") or problem)) from None
        self.stdout.write(f"{read.new} new, {read.known} known before, {len(read.strange)} not ours")
        for name in read.strange:
            self.stdout.write(f"not ours: {name}")
