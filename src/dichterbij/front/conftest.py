"""What the tests of the front share: the invented world, its people logged in, and their cases."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from dichterbij.delivery.conftest import citizen, persona, world
from dichterbij.ground.identity.domain import Audience
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.identity.tests.clients import sign_in_client
from dichterbij.ground.organisations import queries, services
from dichterbij.ground.organisations.domain import Appointment
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.levels import Level
from dichterbij_world.management.commands.demonstration import TASKS
from dichterbij_world.personas import Persona
from dichterbij_world.store import World

__all__ = ["citizen", "persona", "world"]


@pytest.fixture
def log_in(organisations: None, world: World) -> Callable[..., Client]:  # noqa: ARG001 they must be there
    """Return a function that gives the browser of somebody of the world: as a citizen, or as the worker they are."""

    def logged_in(key: str) -> Client:
        person, client = world.persona(key), Client()
        if person.roles:
            _appoint(person)
        audience = Audience.STAFF if person.roles else Audience.CITIZEN
        sign_in_client(client, person.bsn, Level.SUBSTANTIAL, audience=audience, name=person.name)
        return client

    return logged_in


def _appoint(person: Persona) -> None:
    services.appoint(
        Appointment(
            party=party_for(Bsn(person.bsn)),
            organisation=queries.by_key(person.organisation).oin,
            unit=person.unit,
            roles=tuple(task for role in person.roles for task in TASKS[role]),
            first_on=date(2024, 1, 1),
        )
    )
