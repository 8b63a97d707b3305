"""Close a way to an organisation for now, or open it again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from dichterbij.ground.organisations import queries, services
from dichterbij.ground.organisations.domain import UnknownOrganisation

WAYS = ("click", "call", "counter", "paper")


class Command(BaseCommand):
    """`dichterbij ways KEY [--close WAY ...] [--open WAY ...]`; without either it tells what is closed."""

    help = "Close a way to an organisation in a crisis: every card, page and new letter names what works instead."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the organisation and the ways."""
        parser.add_argument("key", help="key of the organisation")
        parser.add_argument("--close", nargs="+", choices=WAYS, default=[])
        parser.add_argument("--open", nargs="+", choices=WAYS, default=[])

    def handle(self, *_args: Any, **options: Any) -> None:
        """Close, open, and tell what is closed."""
        try:
            organisation = queries.by_key(options["key"])
        except UnknownOrganisation:
            raise CommandError(f"There is no organisation called {options['key']}.") from None
        services.close(organisation.oin, options["open"], again_open=True)
        closed = services.close(organisation.oin, options["close"])
        self.stdout.write(f"{organisation.name}: {', '.join(sorted(closed)) or 'nothing'} closed")
