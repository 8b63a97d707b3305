"""Check what editors wrote."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from dichterbij.front.life_events import checking


class Command(BaseCommand):
    """`dichterbij content check [FOLDER ...]`: one line per mistake, with file, line and remedy; exit 1 on any."""

    help = "Check the files of life events: shape, references to laws, facts, organisations and products, language."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("what", choices=["check"])
        parser.add_argument("folders", nargs="*", type=Path, help="data folders; without one, those of this instance")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check all files and print what is wrong."""
        folders = [*settings.DATA_FOLDERS, *options["folders"]]
        findings = checking.findings(folders)
        for finding in findings:
            self.stdout.write(str(finding))
        if findings:
            raise CommandError(f"{len(findings)} keer iets mis.")
        self.stdout.write("Alle bestanden zijn in orde.")
