"""What the tests of life events share: the invented world, and accesses of its people to their own plans."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from tests import worlds

from dichterbij.front.life_events import asking
from dichterbij.front.life_events.asking import PORTAL
from dichterbij.ground.identity import services as identity
from dichterbij.ground.organisations import queries
from dichterbij.ground.registry import activities
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Bsn
from dichterbij_world.store import World

Own = Callable[[str], Access]


@pytest.fixture(autouse=True)
def _time_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy test machine is no organisation that does not answer."""
    monkeypatch.setattr(asking, "DEADLINE_SECONDS", 20.0)


@pytest.fixture
def world() -> World:
    """A small invented world, made anew, where the registries of the demonstration look for it."""
    return worlds.small()


@pytest.fixture
def own(organisations: None, world: World, new_access: Callable[..., Access]) -> Own:
    """Return a function that gives a persona's access to their own plans, a new act each time."""

    def access(key: str) -> Access:
        bsn = Bsn(world.persona(key).bsn)
        return new_access(
            bsn=bsn,
            organisation=queries.operator().oin,
            activity=activities.activity(PORTAL),
            party=identity.party_for(bsn),
            act=uuid4(),
        )

    return access
