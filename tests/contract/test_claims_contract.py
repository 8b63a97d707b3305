"""A body that claims money answers within a session, about whom a first session said, and nobody else can join in."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from dichterbij.ground.registry.adapters import sealed_session as sealed
from dichterbij.ground.registry.adapters.claims import DOCUMENTS, REQUESTS, SESSIONS
from dichterbij_world.registries import claims
from dichterbij_world.store import World

Session = tuple[str, bytes]


@pytest.fixture(scope="module")
def body(world: World) -> Iterator[httpx.Client]:
    with httpx.Client(transport=httpx.WSGITransport(app=claims.make("cjib", world)), base_url="http://cjib") as client:
        client.headers["X-API-KEY"] = "demonstration"
        yield client


def session(body: httpx.Client) -> Session:
    own = X25519PrivateKey.generate()
    opened = body.post(SESSIONS, json={"publicKey": sealed.public(own)}).json()
    return opened["sessionToken"], sealed.agreed(own, opened["publicKey"], opened["sessionToken"])


def say(body: httpx.Client, path: str, within: Session, content: dict[str, Any], **headers: str) -> httpx.Response:
    token, key = within
    message = {"sealed": sealed.seal(key, content)}
    return body.post(path, json=message, headers={"Session-Token": token, **headers})


def configured(body: httpx.Client, bsn: str) -> str:
    within = session(body)
    said = sealed.unseal(within[1], say(body, REQUESTS, within, {"bsn": bsn}).json()["sealed"])
    return str(said["configurationToken"])


def test_two_sessions_give_the_document_and_no_number_is_readable_on_the_way(body: httpx.Client, world: World) -> None:
    bsn = world.persona("widow_daughter").bsn
    within = session(body)
    answer = say(body, DOCUMENTS, within, {"configurationToken": configured(body, bsn)})
    found = sealed.unseal(within[1], answer.json()["sealed"])
    assert (found["type"], found["body"]) == ("FINANCIAL_CLAIMS_INFORMATION_DOCUMENT", world.document("cjib", bsn))
    assert bsn not in answer.text + str(answer.request.content) + str(answer.request.url)


def test_outside_a_session_or_in_that_of_another_nothing_is_answered(body: httpx.Client, world: World) -> None:
    within, about = session(body), {"bsn": world.persona("widow_daughter").bsn}
    assert say(body, REQUESTS, ("guessed", within[1]), about).status_code == 401
    assert say(body, REQUESTS, within, about, **{"X-API-KEY": "names-only"}).status_code == 401
    assert say(body, REQUESTS, (within[0], session(body)[1]), about).status_code == 400


def test_a_guessed_configuration_token_and_a_session_that_is_over_give_nothing(
    body: httpx.Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = configured(body, world.persona("widow_daughter").bsn)
    assert say(body, DOCUMENTS, session(body), {"configurationToken": "guessed"}).status_code == 401
    within = session(body)
    monkeypatch.setattr(claims, "LASTS_SECONDS", -1.0)
    assert say(body, DOCUMENTS, session(body), {"configurationToken": token}).status_code == 401
    assert say(body, DOCUMENTS, within, {"configurationToken": token}).status_code == 200


@pytest.mark.parametrize("wrong", [{}, {"bsn": "1"}, {"bsn": 999990019}, {"bsn": "999990019", "naam": "x"}])
def test_a_request_of_another_form_is_refused_and_repeats_nothing(body: httpx.Client, wrong: dict[str, Any]) -> None:
    answer = say(body, REQUESTS, session(body), wrong)
    assert (answer.status_code, answer.json()["code"]) == (400, "paramsValidation")
    assert "999990019" not in answer.text


def test_a_key_that_is_none_opens_no_session(body: httpx.Client) -> None:
    for key in ("", "A" * 43, "é" * 43, 1):
        assert body.post(SESSIONS, json={"publicKey": key}).status_code == 400
