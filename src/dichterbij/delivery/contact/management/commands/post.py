"""Have the letters of a folder printed and posted by NotifyNL."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from dichterbij.delivery.contact.configuration import notify_nl

MANIFEST = "manifest.json"


class Command(BaseCommand):
    """`dichterbij post DIR`: a folder that `dichterbij letters` wrote; what was posted before is not posted again."""

    help = "Hand the letters of a folder to NotifyNL, each once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the folder."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Post each letter; one that cannot go now stops the rest, and the command can simply be run again."""
        service, folder = notify_nl(), options["folder"]
        if service is None:
            raise CommandError("Set DICHTERBIJ_NOTIFY_URL and DICHTERBIJ_NOTIFY_KEY first.")
        if not (folder / MANIFEST).is_file():
            raise CommandError(f"{folder} has no {MANIFEST}: it is unfinished, or no folder of letters.")
        letters = [folder / each["file"] for each in json.loads((folder / MANIFEST).read_bytes())["letters"]]
        for letter in letters:
            service.post_letter(letter.stem, letter.read_bytes(), again=True)
        self.stdout.write(f"{len(letters)} letters handed over")
