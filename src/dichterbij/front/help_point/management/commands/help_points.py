"""`dichterbij help_points FILE.csv`: the points where people get help, from a file of the operator."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from dichterbij.front.help_point import counting, files, finding
from dichterbij.kernel.problems import Problem


class Command(BaseCommand):
    """Checks the whole file first: one line that is not right and nothing changes. Without a file: a code per point."""

    help = "Replace the points by those of a file, or print the code with which each point counts questions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the file."""
        parser.add_argument("file", nargs="?", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Replace, or print."""
        if options["file"] is None:
            for each in finding.points():
                self.stdout.write(f"{counting.code_of(each.key)}  {each.name}, {each.place}")
            return
        try:
            number = finding.replace(files.read(options["file"]))
        except Problem as problem:
            raise CommandError(f"{problem.title}. {problem.detail}") from problem
        self.stdout.write(f"{number} informatiepunten")
