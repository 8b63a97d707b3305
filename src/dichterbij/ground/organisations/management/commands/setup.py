"""Set up parts of an instance from files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from dichterbij.ground.organisations import services
from dichterbij.kernel.problems import Problem


class Command(BaseCommand):
    """`dichterbij setup organisation FILE.yaml ...`: make organisations and their keys, and no person.

    Without a file: every organisation of the data folders. Safe to run again.
    """

    help = "Make organisations and their keys from files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("what", choices=["organisation"])
        parser.add_argument("files", nargs="*", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Set up each file; the first that is not in order stops the rest."""
        try:
            services.ensure_right_mode()
            made = [services.set_up(path) for path in options["files"]] if options["files"] else services.set_up_all()
        except Problem as problem:
            raise CommandError(f"{problem.title}. {problem.detail}") from problem
        for organisation in made:
            self.stdout.write(f"{organisation.oin} {organisation.name}{' (hier)' if organisation.hosted else ''}")
