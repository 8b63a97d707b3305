"""Say which companies may ask people to share facts, and for what."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from dichterbij.delivery.sharing import recipients
from dichterbij.kernel.problems import Problem


class Command(BaseCommand):
    """`dichterbij recipient register KEY PURPOSE`, `recipient end KEY PURPOSE`."""

    help = "Register a company that may ask people to share facts for a purpose; or end its registration."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("what", choices=["register", "end"])
        parser.add_argument("key", help="how the file of the organisation names it")
        parser.add_argument("purpose", help="a purpose of content/sharing.yaml")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Register or end."""
        do = {"register": recipients.register, "end": recipients.end}[options["what"]]
        try:
            found = do(options["key"], options["purpose"])
        except Problem as problem:
            raise CommandError(f"{problem.title}. {problem.detail}") from problem
        self.stdout.write(f"{options['what']}: {found.oin} {found.name}, {options['purpose']}")
