"""Let an employer register the citizen service numbers of its own workers, as keyed hashes that nobody can read."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from dichterbij.front.desk import barring
from dichterbij.ground.organisations import queries
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.problems import InvalidIdentifier


class Command(BaseCommand):
    """`dichterbij own_records KEY < lines`: each line an audit reference and a number; nothing of it is printed."""

    help = "Read lines 'M-1234567890AB 999990019' and keep those workers from their own record. The input is not kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("organisation", help="the key of the employer: rotterdam")

    def handle(self, *args: Any, **options: Any) -> None:
        """Register every line, or none when one of them is wrong."""
        organisation = queries.by_key(options["organisation"]).oin
        rows = [_read(number, line) for number, line in enumerate(sys.stdin, 1) if line.strip()]
        workers = queries.workers(organisation)
        unknown = [number for number, reference, _bsn in rows if reference not in workers]
        if unknown:
            raise CommandError(f"Nobody works here under the audit reference of line {unknown[0]}; nothing was kept.")
        for _number, reference, bsn in rows:
            barring.bar(organisation, workers[reference], bsn, barring.Why.OWN)
        self.stdout.write(f"{len(rows)} workers cannot open their own record any more.")


def _read(number: int, line: str) -> tuple[int, str, Bsn]:
    parts = line.split()
    try:
        reference, digits = parts
        return number, reference, Bsn(digits)
    except (ValueError, InvalidIdentifier):
        raise CommandError(f"Line {number} is not an audit reference and a number; nothing was kept.") from None
