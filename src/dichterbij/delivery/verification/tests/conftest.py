"""An energy company that may ask, what it sends, and where it hears that a death was a mistake."""

import base64
import json
import threading
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.core.management import call_command
from django.test import Client
from joserfc import jws
from joserfc.jwk import OKPKey

from dichterbij.delivery.providers.assertion import Call
from dichterbij.delivery.verification.signature import KIND
from dichterbij.ground.organisations import models as organisation_models
from dichterbij.ground.organisations import queries as organisations_of
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Oin

GROUND = "Verordening gegevensverstrekking BRP (verzonnen), artikel 4"
PATH = "/api/verification/v1/deaths"
Ask = Callable[..., tuple[int, dict[str, Any]]]


def text(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).decode().rstrip("=")


@pytest.fixture
def key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


class Body:
    """What a body does with what it is told: `answers` are the codes it gives, in order; then 204."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.heard: list[tuple[str, bytes]] = []

    def hear(self, environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        content = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        self.heard.append((environ["HTTP_AUTHORIZATION"].removeprefix("Bearer "), content))
        start(f"{self.answers.pop(0) if self.answers else 204} x", [])
        return []


@pytest.fixture
def body() -> Body:
    return Body()


@pytest.fixture
def body_address(body: Body) -> Iterator[str]:
    """The address of a real server at which the company hears of corrections."""

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_args: object) -> None: ...

    with make_server("127.0.0.1", 0, body.hear, handler_class=Quiet) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def company(organisations, world, key, body_address) -> Oin:
    """An energy company, known with its keys and registered."""
    oin = Oin(f"000000991{uuid4().int % 10**11:011d}")  # another each time: how often one asks is remembered
    organisation_models.Organisation.objects.create(
        oin=oin.value,
        key="energiebedrijf",
        name="Energiebedrijf Zonnevaart",
        kind="company",
        territory="NL",
        hosted=False,
        public_keys={
            "sign": text(key.public_key().public_bytes_raw()),
            "exchange": text(X25519PrivateKey.generate().public_key().public_bytes_raw()),
        },
        contact={"phone": "", "url": "https://energie.example", "address": "", "hours": {}, "note": {}},
    )
    organisations_of.forget()
    call_command(
        "verifier", "register", "energiebedrijf", "--ground", GROUND, "--corrections", f"{body_address}/mistakes"
    )
    yield oin
    organisations_of.forget()


@pytest.fixture
def ask(company, key) -> Ask:
    """Return a function that asks as the company does; `claims` and `signer` make it go wrong."""

    def send(
        body: object, *, signer: Ed25519PrivateKey = key, kind: str = KIND, sent: object = None, **claims: object
    ) -> tuple[int, dict[str, Any]]:
        content = json.dumps(body).encode()
        now = int(clock.now().timestamp())
        call = Call(method="POST", path=PATH, body=content)
        said = {
            "aud": organisations_of.operator().oin.value,
            "iat": now,
            "exp": now + 60,
            "jti": str(uuid4()),
            "digest": call.digest(),
            **claims,
        }
        header = {"alg": "Ed25519", "typ": kind, "kid": company.value}
        token = jws.serialize_compact(
            header, json.dumps(said).encode(), OKPKey.import_key(signer), algorithms=["Ed25519"]
        )
        headers = {"Authorization": f"Bearer {token}"}
        answer = Client().post(PATH, json.dumps(sent) if sent else content, "application/json", headers=headers)
        return answer.status_code, answer.json()

    return send


def customer(world, key: str, **changed: object) -> dict[str, object]:
    """Return what a company knows of somebody of the world."""
    _, family = world.family_of(world.persona(key).bsn)
    person = family.person(world.persona(key).bsn)
    home = family.home(person.home)
    known = {
        "surname": person.surname,
        "bornOn": person.born_on.isoformat(),
        "postcode": home.postcode,
        "houseNumber": home.number,
    }
    return {**known, **changed}
