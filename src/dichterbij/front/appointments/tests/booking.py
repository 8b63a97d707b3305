"""A process of its own that books a time, for the test of two processes: databases, party and time are given."""

import json
import os
import sys
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from unittest.mock import patch
from uuid import UUID, uuid4

if TYPE_CHECKING:
    from dichterbij.front.appointments.domain import Appointment, Told
    from dichterbij.kernel.access import Access


def main(databases: str, party: str, moment: str) -> None:
    """Book until only writing is left, say that it is ready, wait for a line, write, and print how that went."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "dichterbij.project.settings_test"
    import django
    from django.conf import settings

    for alias, name in json.loads(databases).items():
        settings.DATABASES[alias]["NAME"] = name
    django.setup()
    print(_book(UUID(party), datetime.fromisoformat(moment)))  # noqa: T201 the answer of this process


def _book(party: UUID, moment: datetime) -> str:
    from dichterbij.front.appointments import services, telling
    from dichterbij.front.appointments.domain import TimeGone, TooManyAppointments
    from dichterbij.front.appointments.locations import location

    prepare = telling.prepare

    def waiting(about: "Appointment", told: "Told") -> Callable[[], object]:
        send = prepare(about, told)
        print("ready", flush=True)  # noqa: T201 what the test waits for
        sys.stdin.readline()
        return send

    try:
        with patch.object(telling, "prepare", waiting):
            services.book(access_of(party), location("rotterdam-zuid"), moment, topic="other")
    except TimeGone:
        return "gone"
    except TooManyAppointments:
        return "too many"
    return "booked"


def access_of(party: UUID) -> "Access":
    """Return somebody's own access to their appointments at the municipality."""
    from dichterbij.ground.identity.queries import bsn_of
    from dichterbij.ground.organisations.queries import by_key, operator
    from dichterbij.ground.registry import activities
    from dichterbij.kernel import clock
    from dichterbij.kernel.access import Access, Actor, Permission, Role, Subject
    from dichterbij.kernel.levels import Level

    return Access(
        actor=Actor(role=Role.CITIZEN, organisation=operator().oin, party=party),
        subject=Subject(party=party, bsn=bsn_of(party)),
        organisation=by_key("rotterdam").oin,
        activity=activities.activity("rotterdam.afspraak"),
        permission=Permission.SUBMIT,
        product="afspraak",
        level=Level.SUBSTANTIAL,
        act=uuid4(),
        at=clock.now(),
        trace=uuid4().hex,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
