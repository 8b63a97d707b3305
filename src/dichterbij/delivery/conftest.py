"""What the tests of delivery share: the invented world, and accesses of citizens and workers to it."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from tests import worlds

from dichterbij.delivery.cases import queries as cases
from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.ground.identity import services as identity
from dichterbij.ground.organisations import queries as organisations_queries
from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Actor, Permission, Role, Subject
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.levels import Level
from dichterbij_world.store import World

Citizen = Callable[..., Access]
Worker = Callable[..., Access]


@pytest.fixture(scope="session")
def world() -> World:
    """A small invented world, where the registries of the demonstration look for it."""
    return worlds.small()


@pytest.fixture
def persona(world: World) -> Callable[[str], Bsn]:
    """Return the number of somebody of the world."""

    def number(key: str) -> Bsn:
        return Bsn(world.persona(key).bsn)

    return number


@pytest.fixture
def citizen(organisations: None, persona: Callable[[str], Bsn]) -> Citizen:  # noqa: ARG001 they must be there
    """Return a function that gives a person's own access to a product."""

    def access(key: str, product: str, permission: Permission = Permission.SUBMIT) -> Access:
        bsn = persona(key)
        found, party = catalogue.for_access(product), identity.party_for(bsn)
        return Access(
            actor=Actor(role=Role.CITIZEN, organisation=organisations_queries.operator().oin, party=party),
            subject=Subject(party=party, bsn=bsn),
            organisation=found.organisation,
            activity=found.activity,
            permission=permission,
            product=found.id,
            level=Level.SUBSTANTIAL,
            act=uuid4(),
            at=clock.now(),
            trace=uuid4().hex,
        )

    return access


@pytest.fixture
def worker(organisations: None, persona: Callable[[str], Bsn]) -> Worker:  # noqa: ARG001 they must be there
    """Return a function that gives a worker access to somebody's case."""

    def access(
        case: UUID, subject: Bsn, permission: Permission = Permission.DECIDE, key: str = "duo_handler"
    ) -> Access:
        place = cases.place(case)
        return Access(
            actor=Actor(
                role=Role.STAFF,
                organisation=place.product.organisation,
                party=identity.party_for(persona(key)),
                staff_reference="M-0001",
            ),
            subject=Subject(party=place.party, bsn=subject),
            organisation=place.product.organisation,
            activity=place.product.activity,
            permission=permission,
            product=place.product.id,
            level=Level.SUBSTANTIAL,
            act=uuid4(),
            at=clock.now(),
            trace=uuid4().hex,
            case=case,
            reason="Aanvraag behandelen",
        )

    return access


@pytest.fixture
def elsewhere() -> Callable[[Access, str], Access]:
    """Return a function that gives the same access at the organisation of another product."""

    def access(known: Access, product: str) -> Access:
        found = catalogue.for_access(product)
        return replace(known, organisation=found.organisation, activity=found.activity, product=found.id)

    return access
