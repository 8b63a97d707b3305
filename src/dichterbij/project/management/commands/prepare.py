"""Bring databases, keys and static files up to date."""

from typing import Any

from django.core.management import BaseCommand, call_command
from django.db import connections

from dichterbij.ground.organisations import keys
from dichterbij.ground.organisations import queries as organisations


class Command(BaseCommand):
    """`dichterbij prepare`: check, migrate both databases, new keys, static files. Safe to run again."""

    help = "Check the settings, migrate both databases, make keys of a new kind and collect the static files."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the steps in order; the first that fails stops the rest."""
        from django.conf import settings

        settings.STATE.mkdir(mode=0o700, parents=True, exist_ok=True)
        call_command("check")
        for alias in connections:
            call_command("migrate", database=alias, verbosity=0, interactive=False)
        for found in organisations.organisations():
            if keys.complete(found.oin):
                self.stdout.write(f"{found.name} has a new key: copy its folder in keys/ to where you keep the others.")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        self.stdout.write("Databases and static files are up to date.")
