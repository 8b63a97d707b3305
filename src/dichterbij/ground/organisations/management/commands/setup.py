"""Set up parts of an instance from files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from dichterbij.ground.organisations import activities, queries, services, tokens
from dichterbij.kernel.problems import Problem


class Command(BaseCommand):
    """`dichterbij setup organisation FILE.yaml ...`: make organisations and their keys, and no person.

    Without a file: every organisation of the data folders. Safe to run again. `dichterbij setup keys KEY ...` prints
    the public keys of organisations that live here, as another instance writes them in its files.
    `dichterbij setup activities KEY --like OTHER` prints the processing activities of another one as its own.
    """

    help = "Make organisations and their keys from files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("what", choices=["organisation", "keys", "activities"])
        parser.add_argument("files", nargs="*", type=Path, help="files, or keys of organisations")
        parser.add_argument("--like", default="", help="activities: the organisation to follow")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Set up each file; the first that is not in order stops the rest."""
        try:
            if options["what"] == "activities":
                self._print_activities([str(name) for name in options["files"]], options["like"])
                return
            services.ensure_right_mode()
            if options["what"] == "keys":
                self._print_keys([str(name) for name in options["files"]])
                return
            made = [services.set_up(path) for path in options["files"]] if options["files"] else services.set_up_all()
        except Problem as problem:
            raise CommandError(f"{problem.title}. {problem.detail}") from problem
        for organisation in made:
            self.stdout.write(f"{organisation.oin} {organisation.name}{' (hier)' if organisation.hosted else ''}")
            if organisation.hosted and not activities.written(organisation.key, settings.DATA_FOLDERS):
                self.stdout.write(
                    f"  has no processing activities yet: setup activities {organisation.key} --like OTHER"
                )

    def _print_activities(self, names: list[str], like: str) -> None:
        for name in names:
            self.stdout.write(activities.as_of(name, like, settings.DATA_FOLDERS))

    def _print_keys(self, names: list[str]) -> None:
        for name in names:
            found = queries.by_key(name)
            self.stdout.write(f"# {found.oin} {found.name}\npublic_keys:")
            for key, text in tokens.public_keys(found.oin).items():
                self.stdout.write(f"  {key}: {text}")
