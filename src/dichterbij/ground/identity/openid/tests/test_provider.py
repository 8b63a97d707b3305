"""A provider that is down, slow or too talkative, changes its keys, or has another clock."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import repeat
from pathlib import Path

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from dichterbij.ground.identity import fetching
from dichterbij.ground.identity.configuration import Provider
from dichterbij.ground.identity.domain import Audience, IdentifierType
from dichterbij.ground.identity.openid import tokens
from dichterbij.ground.identity.openid.provider import Peer
from dichterbij.ground.identity.refusals import MeansUnavailable
from dichterbij.ground.registry import breaker
from dichterbij.kernel import clock

ISSUER = "https://broker.example"
OFFER = {"issuer": ISSUER, **{f"{name}_endpoint": f"{ISSUER}/{name}" for name in ("authorization", "token")}}
OFFER |= {"jwks_uri": f"{ISSUER}/keys"}
Answer = Callable[[httpx.Request], httpx.Response]


@pytest.fixture(autouse=True)
def _no_memory() -> Iterator[None]:
    """Let no test know which providers were down in another."""
    breaker._rows.clear()
    yield
    breaker._rows.clear()


def _peer(answer: Answer) -> Peer:
    provider = Provider(
        id="digid",
        name="DigiD",
        audience=Audience.CITIZEN,
        issuer=ISSUER,
        client_id="dichterbij",
        client_key=Path("/nowhere"),
        address="https://mijn.example",
        identifier_types=frozenset({IdentifierType.BSN}),
        levels={},
    )
    return Peer(provider, httpx.Client(transport=httpx.MockTransport(answer)))


class Dripping(httpx.SyncByteStream):
    """An answer that never ends."""

    def __iter__(self) -> Iterator[bytes]:
        return repeat(b" " * 100)


def _down(_request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused")


def _late(_request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("late")


WRONG: dict[str, Answer] = {
    "down": _down,
    "late": _late,
    "without end": lambda _request: httpx.Response(200, stream=Dripping()),
    "broken": lambda _request: httpx.Response(500),
    "no page": lambda _request: httpx.Response(404),
    "no JSON": lambda _request: httpx.Response(200, text="<html>"),
    "another issuer": lambda _request: httpx.Response(200, json=OFFER | {"issuer": "https://evil.example"}),
    "no addresses": lambda _request: httpx.Response(200, json={"issuer": ISSUER}),
}


@pytest.mark.parametrize("answer", WRONG.values(), ids=WRONG.keys())
def test_a_provider_that_cannot_be_used_is_said_to_be_unavailable(answer: Answer):
    with pytest.raises(MeansUnavailable):
        _peer(answer).offer()


def test_an_answer_that_comes_drop_by_drop_is_not_waited_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(fetching, "LARGEST", 10**12)
    ticks = iter(range(10**6))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(ticks)))
    with pytest.raises(MeansUnavailable):
        _peer(lambda _request: httpx.Response(200, stream=Dripping())).offer()


def test_a_provider_that_stays_down_is_left_alone_so_that_nobody_waits_for_it():
    asked: list[httpx.Request] = []

    def down(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        raise httpx.ConnectError("refused")

    peer = _peer(down)
    for _time in range(10):
        with pytest.raises(MeansUnavailable):
            peer.offer()
    assert len(asked) == breaker.FAILURES


class Rotating:
    """A provider that publishes one key at a time."""

    def __init__(self) -> None:
        self.key, self.fetched = ECKey.generate_key("P-256", parameters={"kid": "one"}), 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer who it is, or with which key it signs now."""
        if request.url.path != "/keys":
            return httpx.Response(200, json=OFFER)
        self.fetched += 1
        return httpx.Response(200, content=json.dumps(KeySet([self.key]).as_dict(private=False)))

    def token(self, ahead: timedelta = timedelta(0)) -> str:
        """Return a token signed with the key of now, by a clock that may be ahead of ours."""
        now = int((clock.machine_time() + ahead).timestamp())
        claims = {"iss": ISSUER, "aud": "dichterbij", "sub": "999990007", "sub_id_type": IdentifierType.BSN}
        claims |= {"nonce": "n", "iat": now, "exp": now + 300, "auth_time": now}
        return jwt.encode({"alg": "ES256", "kid": self.key.kid}, claims, self.key)


def _believed(peer: Peer, token: str) -> tokens.Identity:
    expected = tokens.Expected(issuer=ISSUER, client="dichterbij")
    return peer.believed(
        lambda keys: tokens.identity(token, keys, expected=expected, nonce="n", at=clock.machine_time())
    )


def test_a_key_that_the_provider_changed_is_asked_for_again_but_not_for_every_wrong_token(
    monkeypatch: pytest.MonkeyPatch,
):
    provider = Rotating()
    peer = _peer(provider)
    old = provider.token()
    assert _believed(peer, old).identifiers[0].value == "999990007"
    provider.key = ECKey.generate_key("P-256", parameters={"kid": "two"})
    assert _believed(peer, provider.token()).identifiers[0].value == "999990007", "the first is believed at once"
    for _wrong in range(3):
        with pytest.raises(tokens.KeyUnknown):
            _believed(peer, old)
    assert provider.fetched == 2, "for a minute they are not asked for again"
    later = clock.machine_time() + timedelta(seconds=61)
    monkeypatch.setattr(clock, "machine_time", lambda: later)
    with pytest.raises(tokens.KeyUnknown):
        _believed(peer, old)
    assert provider.fetched == 3


def test_a_clock_a_little_apart_is_accepted_and_a_wrong_one_is_not():
    provider = Rotating()
    peer = _peer(provider)
    for seconds in (50, -50, -330):
        assert _believed(peer, provider.token(timedelta(seconds=seconds)))
    for minutes in (2, -7, 60 * 24):
        with pytest.raises(tokens.TokenRefused):
            _believed(peer, provider.token(timedelta(minutes=minutes)))
