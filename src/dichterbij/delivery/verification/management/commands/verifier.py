"""Say which bodies may ask whether somebody has died."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from dichterbij.delivery.verification import registering
from dichterbij.kernel.problems import Problem


class Command(BaseCommand):
    """`dichterbij verifier register KEY --ground "law and article" --corrections URL`, `verifier end KEY`."""

    help = "Register a body that may ask whether somebody has died, on a ground; or end its registration."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("what", choices=["register", "end"])
        parser.add_argument("key", help="how the file of the organisation names it")
        parser.add_argument("--ground", default="", help="law and article, or agreement")
        parser.add_argument("--corrections", default="", help="address where it hears that a death was a mistake")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Register or end."""
        if options["what"] == "register" and not options["ground"]:
            raise CommandError("Zeg met --ground op welke grond deze organisatie mag vragen.")
        try:
            if options["what"] == "register":
                found = registering.register(options["key"], options["ground"], options["corrections"])
            else:
                found = registering.end(options["key"])
        except Problem as problem:
            raise CommandError(f"{problem.title}. {problem.detail}") from problem
        self.stdout.write(f"{options['what']}: {found.oin} {found.name}")
