"""An organisation that is asked for another person finds out itself whether that may, also when a register is away."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.conf import settings

from dichterbij.delivery.providers import receiving
from dichterbij.delivery.providers.assertion import Asserted
from dichterbij.ground.authority.domain import Denied, Refusal
from dichterbij.ground.authority.tests.said import Register, Silent
from dichterbij.ground.identity import acts
from dichterbij.ground.organisations import queries as organisations_of
from dichterbij.ground.registry import adapters
from dichterbij.ground.registry.answers import RegistryUnavailable
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.levels import Level

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT, ANNA, BORIS, CLARA = "aanvullende-beurs", Bsn("999990007"), Bsn("999990019"), Bsn("999990020")


@pytest.fixture
def registers(organisations: None) -> Iterator[None]:
    """Let Anna be the parent of Boris, and the business register be away."""
    adapters.register("brp", Register(gezag=({"minderjarige": BORIS.value, "naam": "B. Verzonnen"},)))
    adapters.register("ccbr", Register())
    adapters.register("kvk", Silent())
    yield
    adapters.configure(settings.REGISTRIES)


def _asked(subject: Bsn) -> Asserted:
    return Asserted(
        number=uuid4(),
        asker=organisations_of.operator().oin,
        organisation=organisations_of.by_key("duo").oin,
        actor=ANNA,
        subject=subject,
        level=Level.HIGH,
        act=acts.new(),
        asked_at=clock.now(),
    )


def test_a_register_that_is_away_does_not_stop_who_may_act_by_another(registers):
    assert receiving.to_start(_asked(BORIS), GRANT).subject.bsn == BORIS


def test_while_a_register_is_away_nobody_is_told_that_they_may_not_act(registers):
    with pytest.raises(RegistryUnavailable):
        receiving.to_start(_asked(CLARA), GRANT)
    adapters.register("kvk", Register())
    with pytest.raises(Denied) as refused:
        receiving.to_start(_asked(CLARA), GRANT)
    assert refused.value.reason is Refusal.NO_AUTHORITY
