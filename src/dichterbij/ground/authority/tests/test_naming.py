"""Who logs in with a number and no name, as with DigiD, is called by their name, and can see that it was asked for."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client

from dichterbij.ground.authority.naming import TASK
from dichterbij.ground.identity import arrival, asking, queries
from dichterbij.ground.identity.domain import Audience
from dichterbij.ground.identity.tests.clients import assertion_for, means_for, request_of
from dichterbij.ground.logbook.models import Line
from dichterbij.ground.registry import adapters
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.levels import Level

from .said import Register, Silent

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
ANNA = Bsn("999990007")


@pytest.fixture(autouse=True)
def population(organisations: None) -> Iterator[None]:
    adapters.register("brp", Register(**{"naam.volledigeNaam": "Anna Voorbeeld"}))
    yield
    adapters.configure(settings.REGISTRIES)


def arrived(name: str, audience: Audience = Audience.CITIZEN) -> str:
    """Return what pages call somebody after they came back from the means of login."""
    client = Client()
    request = request_of(client)
    state = asking.begin(request, means_for(audience).id, "/", Level.LOW).state
    arrival.arrive(request, assertion_for(ANNA, audience=audience, name=name, state=state))
    login = queries.running(request.login.id)
    assert login is not None
    return login.name


def looks() -> int:
    return Line.objects.filter(activity=TASK).count()


def test_a_login_without_a_name_gets_the_one_of_the_register_and_the_look_is_recorded():
    assert arrived("") == "Anna Voorbeeld"
    assert looks() == 1


def test_a_name_that_the_means_gave_is_not_asked_for():
    assert arrived("A. Voorbeeld") == "A. Voorbeeld"
    assert not looks()


def test_a_worker_without_a_name_is_not_looked_up():
    assert not arrived("", Audience.STAFF)
    assert not looks()


def test_who_logs_in_while_the_register_is_silent_is_let_in():
    adapters.register("brp", Silent())
    assert arrived("") == "de persoon met burgerservicenummer dat eindigt op 007"
