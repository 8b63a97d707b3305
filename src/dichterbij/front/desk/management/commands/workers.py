"""Let an employer say who works for which unit, with which tasks, from when and until when."""

import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any
from uuid import UUID

from django.core.management import BaseCommand, CommandError
from django.db import transaction

from dichterbij.ground.identity.services import party_for, party_of_employee
from dichterbij.ground.organisations import queries, services
from dichterbij.ground.organisations.domain import Appointment, StaffTask, UnknownOrganisation
from dichterbij.kernel.identifiers import Bsn, Oin
from dichterbij.kernel.problems import InvalidIdentifier


class Command(BaseCommand):
    """`dichterbij workers KEY < lines`: each line who, a unit, tasks, a first day and perhaps a last one."""

    help = "Read lines 'employee:jansen inkomen handle,decide 2026-06-01 [2026-12-31]' (or 'bsn:...') and appoint them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("organisation", help="the key of the employer: rotterdam")

    def handle(self, *args: Any, **options: Any) -> None:
        """Appoint every line, or nobody when one is wrong; print the audit reference of each, never who it is."""
        organisation = queries.by_key(options["organisation"]).oin
        with transaction.atomic():
            for number, line in enumerate(sys.stdin, 1):
                if line.strip():
                    role = services.appoint(_read(number, line, organisation))
                    self.stdout.write(f"line {number}: {role.audit_ref} {role.unit}")


def _read(number: int, line: str, organisation: Oin) -> Appointment:
    try:
        who, unit, tasks, first, *last = line.split()
        if unit not in queries.organisation(organisation).units or len(last) > 1:
            raise ValueError
        return Appointment(
            party=_party(who),
            organisation=organisation,
            unit=unit,
            roles=tuple(map(StaffTask, tasks.split(","))),
            first_on=date.fromisoformat(first),
            last_on=date.fromisoformat(last[0]) if last else None,
        )
    except (ValueError, InvalidIdentifier, UnknownOrganisation):
        raise CommandError(f"Line {number} is not who, a unit, tasks and days; nobody was appointed.") from None


def _party(who: str) -> UUID:
    kind, _colon, name = who.partition(":")
    if kind == "bsn":
        return party_for(Bsn(name))
    if kind != "employee" or not name:
        raise ValueError
    return party_of_employee(name)
