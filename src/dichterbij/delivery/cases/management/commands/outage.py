"""Write down that the site was down, and list when it was."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management import BaseCommand, CommandError

from dichterbij.delivery.cases import outages as terms
from dichterbij.delivery.contact import outages
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.organisations.domain import UnknownOrganisation
from dichterbij.kernel.clock import AMSTERDAM
from dichterbij.kernel.identifiers import Oin


class Command(BaseCommand):
    """`dichterbij outage [--from TIME] [--until TIME] [--organisation KEY]`; without `--from` it lists."""

    help = "Write down an outage of this site: terms of citizens that end in it go on after it. Without --from: list."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options; times as `2026-06-15T09:00`, in Amsterdam."""
        parser.add_argument("--from", dest="began_at", type=datetime.fromisoformat)
        parser.add_argument("--until", dest="ended_at", type=datetime.fromisoformat, help="leave out while it lasts")
        parser.add_argument("--organisation", default="", help="key of the one that was down; otherwise all here")

    def handle(self, *args: Any, **options: Any) -> None:
        """Record, or list."""
        if options["began_at"] is None:
            self._list()
            return
        began_at, ended_at = _local(options["began_at"]), options["ended_at"] and _local(options["ended_at"])
        for organisation in _chosen(options["organisation"]):
            self._record(organisation, began_at, ended_at)

    def _record(self, organisation: Oin, began_at: datetime, ended_at: datetime | None) -> None:
        try:
            moved = terms.record(organisation, began_at, ended_at)
        except outages.NoSuchOutage as problem:
            raise CommandError(problem.detail) from problem
        name = organisations.organisation(organisation).name
        if moved is None:
            self.stdout.write(f"{name}: was recorded already")
            return
        outage = outages.Outage(organisation=organisation, began_at=began_at, ended_at=ended_at)
        self.stdout.write(f"{name}: {moved} terms moved, {terms.lapsed(outage)} questions had lapsed")

    def _list(self) -> None:
        for each in outages.recorded():
            until = f"until {each.ended_at.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}" if each.ended_at else "still down"
            name = organisations.organisation(each.organisation).name
            self.stdout.write(f"{each.began_at.astimezone(AMSTERDAM):%Y-%m-%d %H:%M} {until}  {name}")


def _local(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)


def _chosen(key: str) -> list[Oin]:
    try:
        return [organisations.by_key(key).oin] if key else [each.oin for each in organisations.hosted()]
    except UnknownOrganisation:
        raise CommandError(f"There is no organisation called {key}.") from None
