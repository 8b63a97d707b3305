"""What registers send: taken in once, never overtaken by what is older, from who holds it only."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import httpx
import pytest
from django.test import Client

from dichterbij.delivery.conftest import world  # noqa: F401 a fixture
from dichterbij.ground.identity.api import MOST_AT_ONCE
from dichterbij.ground.identity.machine_urls import EVENTS
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.outbox.models import Event
from dichterbij.ground.registry import fetching
from dichterbij.ground.registry.domain import SourceUnavailable
from dichterbij.kernel.identifiers import Bsn
from dichterbij_world import events, telling
from dichterbij_world.store import default_path

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
TOKEN = "of-the-brp-" + "x" * 40
Send = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def send(organisations, world, settings) -> Send:  # noqa: F811 the fixture
    """Return a function that sends something to the address for events."""
    settings.REGISTRIES = {
        name: {**each, "events_token": TOKEN if name == "brp" else ""} for name, each in settings.REGISTRIES.items()
    }

    def post(body: object, *, token: str = TOKEN, raw: bytes | None = None) -> tuple[int, dict[str, Any]]:
        content = json.dumps(body) if raw is None else raw
        kind = "application/cloudevents+json"
        answer = Client().post(f"/{EVENTS}/events", content, kind, headers={"Authorization": f"Bearer {token}"})
        return answer.status_code, answer.json()

    return post


@pytest.fixture
def death(send) -> dict[str, Any]:
    """A death of the world, as its register tells it."""
    return dict(events.events(default_path())[0])


def _later(event: dict[str, Any], kind: str, sequence: int) -> dict[str, Any]:
    """A later event about the same person; its reference leads to who it is about, as that of the first does."""
    return {**event, "id": str(uuid4()), "type": kind, "sequence": str(sequence)}


def test_an_event_is_taken_in_once_however_often_it_is_sent(send, death):
    assert [send(death) for _ in range(3)] == [(202, {"received": 1, "new": new}) for new in (1, 0, 0)]
    assert Event.objects.count() == 1


def test_several_events_come_in_one_message_in_their_order(send, death):
    corrected = _later(death, events.DEATH_CORRECTED, 2)
    assert send([death, corrected, death]) == (202, {"received": 3, "new": 2})
    names = list(Event.objects.order_by("id").values_list("name", flat=True))
    assert [name.rpartition(".")[2] for name in names] == ["DeathRegistered", "DeathCorrected"]


def test_an_event_that_was_overtaken_changes_nothing(send, death):
    assert send(_later(death, events.DEATH_CORRECTED, 2))[1]["new"] == 1
    assert send(death) == (202, {"received": 1, "new": 0})
    assert Event.objects.count() == 1


def test_events_about_another_person_are_not_held_up(send, death):
    send(_later(death, events.DEATH_CORRECTED, 9))
    other = {**_later(death, events.DEATH, 1), "subject": str(uuid4())}
    assert send(other)[1]["new"] == 1


def test_an_event_of_a_kind_nobody_waits_for_is_received_and_changes_nothing(send, death):
    assert send({**death, "type": "nl.brp.naam.gewijzigd"}) == (202, {"received": 1, "new": 0})


@pytest.mark.parametrize("kind", [events.BIRTH, events.MARRIAGE, events.MOVE, events.NATURALISATION])
def test_a_change_is_taken_in_and_is_not_overtaken_by_a_death_nor_the_other_way_round(send, death, kind):
    change = _later(death, kind, 5)
    assert [send(each)[1]["new"] for each in (change, death, change, _later(death, kind, 4))] == [1, 1, 0, 0]
    names = list(Event.objects.order_by("id").values_list("name", flat=True))
    assert [name.rpartition(".")[2] for name in names] == ["RecordChanged", "DeathRegistered"]


def test_the_tax_administration_tells_of_an_income_and_is_asked_about_whom_itself(send, world, settings):  # noqa: F811
    father = world.persona("student_father").bsn
    known = next(one for one in world.family_of(father)[1].person(father).incomes if one.year == 2025)
    events.determine_income(world.path, father, 2025, known.cents, date(2026, 6, 15))
    told = dict(events.events(world.path)[-1])
    assert send(told)[0] == 403  # that is not for the population register to say
    settings.REGISTRIES["belastingdienst"]["events_token"] = "of-the-tax-" + "x" * 40
    assert send(told, token="of-the-tax-" + "x" * 40) == (202, {"received": 1, "new": 1})
    body = Event.objects.get().body
    assert (body["party"], body["registry"]) == (str(party_for(Bsn(father))), "belastingdienst")


def test_a_register_that_cannot_say_about_whom_is_asked_to_send_it_again(send, death, monkeypatch):
    def away(*_arguments: object) -> None:
        raise SourceUnavailable

    with monkeypatch.context() as patch:
        patch.setattr(fetching, "look_up", away)
        status, problem = send(death)
        assert (status, problem["type"]) == (503, "urn:dichterbij:problem:source-unavailable")
    assert send(death)[1]["new"] == 1


@pytest.mark.parametrize("token", ["", "x", "demonstration", "é", TOKEN[:-1]])
def test_without_the_token_of_the_register_nothing_is_taken_in(send, death, token):
    status, problem = send(death, token=token)
    assert (status, problem["type"]) == (401, "urn:dichterbij:problem:caller-unknown")
    assert not Event.objects.exists()


def test_a_register_cannot_tell_of_what_another_holds(send, death, settings):
    settings.REGISTRIES["duo"]["events_token"] = "of-duo-" + "x" * 40
    assert send(death, token="of-duo-" + "x" * 40)[0] == 403
    assert not Event.objects.exists()


def test_an_event_of_another_form_is_refused(send, death):
    for change in [
        {"specversion": "0.3"},
        {"id": "x"},
        {"type": "death"},
        {"time": "2026-06-15"},
        {"dataref": "https://elsewhere.example/"},
        {"dataref": "//elsewhere.example/"},
        {"sequence": "-1"},
        {"sequence": "9" * 40},
        {"source": ""},
        {"subject": 7},
    ]:
        status, problem = send({**death, **change})
        assert (status, problem["type"]) == (400, "urn:dichterbij:problem:invalid-event")
        assert not Event.objects.exists()


def test_what_is_no_event_is_refused(send):
    for raw in [b"", b"{", b'"x"', b"[1]", b"\xff"]:
        assert send(None, raw=raw)[0] == 400


def test_too_many_events_at_once_are_refused_whole(send, death):
    assert send([death] * (MOST_AT_ONCE + 1))[0] == 400
    assert not Event.objects.exists()


def test_the_registers_of_the_world_tell_until_they_are_heard(send, live_server, monkeypatch):
    own, failed = httpx.Client.post, []

    def flaky(client: httpx.Client, *arguments: object, **more: object) -> httpx.Response:
        answer = own(client, *arguments, **more)
        if len(failed) < 2:
            failed.append(1)
            raise httpx.ReadError("the answer got lost")
        return answer

    monkeypatch.setattr(httpx.Client, "post", flaky)
    monkeypatch.setattr(telling, "FIRST_PAUSE_SECONDS", 0.001)
    told = events.events(default_path(), "brp")
    telling.tell(told, to=f"{live_server.url}/{EVENTS}", token=TOKEN)
    assert Event.objects.count() == len(told)
    assert telling.tell(told, to=f"{live_server.url}/{EVENTS}", token=TOKEN) == 0
    with pytest.raises(telling.NotTaken):
        telling.tell(told, to=f"{live_server.url}/{EVENTS}", token="another")
