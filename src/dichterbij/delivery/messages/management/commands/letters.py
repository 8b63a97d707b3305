"""Hand the print queue to the printer."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from dichterbij.delivery.messages.printing import write_out


class Command(BaseCommand):
    """`dichterbij letters DIR`: every letter that waits for paper, as PDF with a manifest."""

    help = "Write the letters that wait for the printer to a new folder, with a manifest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the folder."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the folder and say how many letters are in it."""
        try:
            count = write_out(options["folder"])
        except FileExistsError:
            raise CommandError("This folder exists already; name a new one.") from None
        self.stdout.write(f"{count} letters in {options['folder']}")
