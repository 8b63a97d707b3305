"""Help at the counter and on the phone, through the front door: on both sides of the counter."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from dichterbij.front.desk import barring, models, place, presence, reviewing
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Bsn
from dichterbij_world.store import World

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT = "aanvullende-beurs"
DESK = ("handler", "desk")


def read(response: HttpResponse) -> str:
    return unescape(response.content.decode()).replace("\xa0", " ").replace("\xad", "")


@pytest.fixture
def worker(log_in, roles) -> Client:
    roles("duo_handler", *DESK)
    return log_in("duo_handler")


@pytest.fixture
def official(log_in, roles) -> Client:
    roles("rotterdam_handler", *DESK)
    return log_in("rotterdam_handler")


@pytest.fixture
def roles(world: World) -> Callable[..., None]:
    """The tests share one world, which may be older than the roles of today."""

    def given(key: str, *names: str) -> None:
        assert set(names) <= set(world.persona(key).roles), f"load the world again: {key} has no {names}"

    return given


def show_code(citizen: Client) -> str:
    return re.search(r"<strong>([A-Z2-9]{4} [A-Z2-9]{4})</strong>", read(citizen.post("/talks")))[1]


def begin(worker: Client, citizen: Client, reason: str = "asked-help") -> str:
    response = worker.post("/desk/help", {"code": show_code(citizen)})
    assert response.url == "/desk/help/person", read(response)
    response = worker.post("/desk/help/person", {"reason": reason})
    assert response.url == "/desk/help/now", read(response)
    return read(worker.get("/desk/help/now"))


def test_a_code_on_the_phone_opens_what_the_person_sees(official, log_in):
    citizen = log_in("student")
    page = begin(official, citizen)
    assert "code op uw telefoon" in page
    assert official.get("/applications").status_code == 200
    assert official.get("/messages").status_code == 200
    mine = read(citizen.get("/talks"))
    assert "Gemeente Rotterdam" in mine
    assert "Stop deze hulp nu" in mine
    assert "U vroeg om hulp met uw zaken" in read(citizen.get("/talks"))
    assert "Een medewerker hielp u aan de balie van Gemeente Rotterdam" in read(citizen.get("/who-looked"))
