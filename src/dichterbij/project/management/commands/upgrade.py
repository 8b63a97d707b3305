"""Bring an instance to this release, with a copy to go back to."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from dichterbij.ground.logbook import verifying
from dichterbij.law import command as law_command
from dichterbij.project import health
from dichterbij.project.backups import saving
from dichterbij.project.backups.manifest import BackupNotWhole


class Command(BaseCommand):
    """`dichterbij upgrade DIR`: stop the server and install the new release first. DIR gets the copy."""

    help = "Check, copy to an empty folder, migrate, check the laws, and test whether everything works."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("folder", type=Path, help="empty folder for the copy")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run the steps in order; the first that fails stops the rest and says how to go back."""
        call_command("check", deploy=not settings.DEMONSTRATION, fail_level="WARNING")
        try:
            copied = saving.save(options["folder"])
        except BackupNotWhole as problem:
            raise CommandError(problem.detail) from problem
        self.stdout.write(f"Copied {len(copied.hashes)} files to {options['folder']}.")
        call_command("prepare")
        wrong = _what_does_not_work()
        if wrong:
            raise CommandError(
                f"Not working: {', '.join(wrong)}. Repair it, or install the earlier release and run: "
                f"dichterbij restore {options['folder']}"
            )
        call_command("recheck", stdout=self.stdout)
        self.stdout.write("Everything works. You can serve.")


def _what_does_not_work() -> list[str]:
    """Return the parts that do not work after the migration."""
    parts = [part for part in health.CHECKS if not health.works(part)]
    broken = [str(finding.position) for finding in verifying.verify() if finding.position is not None]
    if broken:
        parts.append(f"lines of the logbook: {', '.join(broken[:5])}")
    if law_command.run(["check"]) != 0:
        parts.append("law files")
    return parts
