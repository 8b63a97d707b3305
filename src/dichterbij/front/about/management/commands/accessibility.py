"""Publish what the browser tests found, as the evidence of the accessibility statement."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from dichterbij.front.about import documents


class Command(BaseCommand):
    """`dichterbij accessibility RESULTS.json`: nothing of it is typed by hand, findings included."""

    help = "Copy the results of the browser tests (test-results/accessibility.json) to the accessibility statement."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("results", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check that it is what the tests write, and put it with the content."""
        try:
            found = documents.evidence_of(json.loads(options["results"].read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"These are no results of the browser tests: {type(error).__name__} {error}") from error
        target = Path(settings.DATA_FOLDERS[-1]) / "content" / "about" / documents.EVIDENCE
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(options["results"].read_text(encoding="utf-8"), encoding="utf-8")
        self.stdout.write(f"{found.pages} pages, {found.states} states, {len(found.findings)} findings: {target}")
