"""Make the demonstration complete: organisations, the world, its workers, and what just happened in it."""

import sys
from argparse import ArgumentParser
from datetime import date
from io import StringIO
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from dichterbij.delivery.contact import wishes
from dichterbij.delivery.contact.domain import EVERYTHING, Notify, Wish
from dichterbij.ground.identity.register_events import receive
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.organisations import queries, services
from dichterbij.ground.organisations.domain import Appointment, StaffTask
from dichterbij.kernel.identifiers import Bsn
from dichterbij_world import corporation, events, help_points
from dichterbij_world.load import load, maker
from dichterbij_world.personas import Persona
from dichterbij_world.store import World, WorldMissing, default_path

TASKS = {
    "reader": (StaffTask.READ,),
    "handler": (StaffTask.HANDLE, StaffTask.DECIDE),
    "operator": (StaffTask.OPERATE,),
    "desk": (StaffTask.DESK,),
    "auditor": (StaffTask.AUDIT,),
    "editor": (StaffTask.EDIT,),
}


class Command(BaseCommand):
    """`dichterbij demonstration`: safe to run again; an existing world stays."""

    help = "Set up the organisations, the invented world, its workers and its events; print who you can be."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--persons", type=int, default=300)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do each step; each one finds what an earlier run left."""
        services.set_up_all()
        world = _world(options["seed"], options["persons"])
        for persona in world.personas():
            if persona.roles:
                _appoint(persona)
            if persona.channel == "paper":
                _send_on_paper(persona)
        for event in events.events(default_path()):
            receive(event)
        corporation.set_up()
        corporation.ask_everybody(world)
        if apps.is_installed("dichterbij.front.help_point"):
            path = help_points.write(default_path().with_name("help_points.csv"), options["seed"])
            call_command("help_points", path, stdout=StringIO())
        self._print(world)

    def _print(self, world: World) -> None:
        self.stdout.write("\nWho you can be (choose the test login; everybody is invented):\n")
        for persona in world.personas():
            if persona.login and not persona.roles:
                self.stdout.write(f"  {persona.name:28} {persona.login}")
        self.stdout.write("Workers: choose the test login for workers, by organisation.\n\n")


def _world(seed: int, persons: int) -> World:
    path = default_path()
    try:
        world = World(path)
        made_by = world.meta().get("made_by")
    except WorldMissing:
        sys.stdout.write(f"Inventing {persons} people ...\n")
        return load(path, seed=seed, persons=persons, on=date.fromisoformat(settings.FIXED_DAY))
    if made_by != maker():
        raise CommandError(
            f"The demonstration in {settings.STATE} was invented by another version; its people do not fit this one. "
            "Remove that folder and run this again."
        )
    return world


def _send_on_paper(persona: Persona) -> None:
    """Note that somebody wants everything on paper, from whatever organisation."""
    wishes.prefer(party_for(Bsn(persona.bsn)), EVERYTHING, Wish(notify=Notify.NONE, by_post=True))


def _appoint(persona: Persona) -> None:
    organisation = queries.by_key(persona.organisation)
    services.appoint(
        Appointment(
            party=party_for(Bsn(persona.bsn)),
            organisation=organisation.oin,
            unit=persona.unit,
            roles=tuple(task for role in persona.roles for task in TASKS[role]),
            first_on=date(2024, 1, 1),
        )
    )
