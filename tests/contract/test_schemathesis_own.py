"""Our own APIs under invented requests, each as a caller that may ask: nothing they answer leaves their contract.

Two checks of the tool are left out. A request of the right form may still be refused (a law that does not exist, an
event that is none), and a caller here proves itself with every request, also where the tool wants to leave that out:
that is tested apart.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from dichterbij.delivery.providers.assertion import Call, make
from dichterbij.delivery.providers.reaching import KIND as REACHING
from dichterbij.delivery.sharing import signature as sharing
from dichterbij.delivery.verification import asking, guessing, registering, signature
from dichterbij.front.log_reading import api as log_reading
from dichterbij.front.rules import limits
from dichterbij.ground.authority.services import require
from dichterbij.ground.identity.tests.clients import sign_in_client
from dichterbij.ground.organisations import models as organisation_models
from dichterbij.ground.organisations import queries as organisations_of
from dichterbij.ground.organisations import tokens
from dichterbij.ground.registry import activities
from dichterbij.kernel import clock
from dichterbij.kernel.access import Permission, Product
from dichterbij.kernel.identifiers import Bsn, Oin
from dichterbij.kernel.levels import Level
from dichterbij_world import corporation
from dichterbij_world.load import load
from dichterbij_world.store import default_path

from .conftest import REPOSITORY

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "logbook"]),
    pytest.mark.filterwarnings("ignore"),  # of the tool, not of ours
]
TOKEN = "of-this-test-" + "x" * 40
ROOMS = (
    "ground/identity",
    "delivery/contact",
    "delivery/providers",
    "delivery/verification",
    "delivery/sharing",
    "front/log_reading",
    "front/my_data",
    "front/rules",
)
Sign = Callable[[Call], str]


@pytest.fixture
def signers(organisations: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Sign]]:
    """Return per room how a caller proves itself; a caller may ask as often as it likes."""
    world = load(default_path(), seed=1, persons=60, on=date(2026, 6, 15))
    settings.REGISTRIES = {name: {**each, "events_token": TOKEN} for name, each in settings.REGISTRIES.items()}
    settings.NOTIFY = {**settings.NOTIFY, "callback_token": TOKEN}
    monkeypatch.setattr(limits, "keeps_pace", lambda *_: True)
    monkeypatch.setattr(asking, "keeps_pace", lambda *_: True)
    monkeypatch.setattr(sharing, "keeps_pace", lambda *_: True)
    monkeypatch.setattr(guessing, "MOST_AN_HOUR", 10**6)
    monkeypatch.setattr(guessing, "MOST_A_DAY", 10**6)
    operator = organisations_of.operator().oin
    organisation_models.Organisation.objects.filter(oin=operator.value).update(
        may_ask=True, public_keys=dict(tokens.public_keys(operator))
    )
    organisations_of.forget()
    registering.register("operator", "a test", "https://body.example")
    corporation.set_up()
    elsewhere = _elsewhere("rdw")
    bearer: Sign = lambda _: TOKEN  # noqa: E731
    student = Bsn(world.persona("student").bsn)
    yield {
        "ground/identity": bearer,
        "delivery/contact": bearer,
        "delivery/providers": lambda call: (
            _reaching(call, elsewhere, student) if call.path.endswith("/reach") else _asserted(call, student)
        ),
        "delivery/verification": lambda call: _signed(call, signature.KIND),
        "delivery/sharing": lambda call: tokens.sign(corporation.OIN, _claims(call), kind=sharing.KIND),
        "front/log_reading": lambda call: _signed(call, log_reading.KIND),
    }
    organisations_of.forget()


def _asserted(call: Call, bsn: Bsn) -> str:
    """Return the assertion of the portal for the student at DUO."""
    from django.test import Client

    login = sign_in_client(Client(), bsn, Level.SUBSTANTIAL)
    duo = organisations_of.by_key("duo").oin
    activity = activities.activity("duo.aanvullende-beurs")
    product = Product(id="aanvullende-beurs", organisation=duo, activity=activity, level=Level.LOW)
    return make(require(login, product, Permission.READ), call)


def _elsewhere(key: str) -> Oin:
    """Let an organisation live in another instance; its keys stay, so that the test can sign for it."""
    oin = organisations_of.by_key(key).oin
    organisation_models.Organisation.objects.filter(oin=oin.value).update(
        hosted=False, provider_url="https://elsewhere.example/v1", public_keys=dict(tokens.public_keys(oin))
    )
    organisations_of.forget()
    return oin


def _reaching(call: Call, asker: Oin, person: Bsn) -> str:
    about = tokens.encrypt(organisations_of.operator().oin, person.value.encode())
    return tokens.sign(asker, {**_claims(call), "sub": about}, kind=REACHING)


def _signed(call: Call, kind: str) -> str:
    return tokens.sign(organisations_of.operator().oin, _claims(call), kind=kind)


def _claims(call: Call) -> dict[str, object]:
    operator, now = organisations_of.operator().oin, int(clock.now().timestamp())
    return {"aud": operator.value, "iat": now, "exp": now + 60, "jti": str(uuid4()), "digest": call.digest()}


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_is_found_in_our_own_api(room: str, live_server: Any, signers: dict[str, Sign]) -> None:
    schemathesis = pytest.importorskip("schemathesis")
    contract = json.loads((REPOSITORY / "src/dichterbij" / room / "openapi.json").read_text(encoding="utf-8"))
    base = live_server.url + contract["servers"][0]["url"]
    schema = schemathesis.openapi.from_dict(contract)
    tried = 0
    for operation in schema.get_all_operations():
        tried += _try(operation.ok(), base, signers.get(room))
    assert tried >= 20


def _try(operation: Any, base: str, sign: Sign | None) -> int:
    """Send invented requests to one operation; returns how many."""
    from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

    sent = []

    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def one(case: Any) -> None:
        answer = case.call(base_url=base, auth=_Proof(sign) if sign else None)
        sent.append(answer.status_code)
        assert answer.status_code < 500, (operation.label, answer.status_code, answer.text[:500])
        case.validate_response(answer, excluded_checks=[positive_data_acceptance, ignored_auth])

    one()
    return len(sent)


class _Proof:
    """Proves who asks, for the request as it is sent."""

    def __init__(self, sign: Sign) -> None:
        self.sign = sign

    def __call__(self, request: Any) -> Any:
        body = request.body or b""
        content = body.encode() if isinstance(body, str) else body
        token = self.sign(Call(method=request.method, path=request.path_url, body=content))
        request.headers["Authorization"] = f"Bearer {token}"
        return request


@pytest.mark.parametrize("room", ROOMS[:6])
def test_without_proof_every_operation_of_a_closed_api_is_refused(
    room: str, live_server: Any, signers: dict[str, Sign]
) -> None:
    contract = json.loads((REPOSITORY / "src/dichterbij" / room / "openapi.json").read_text(encoding="utf-8"))
    base = live_server.url + contract["servers"][0]["url"]
    for path, methods in contract["paths"].items():
        for method in methods:
            address = base + re.sub(r"\{[^}]*\}", str(uuid4()), path)
            for headers in ({}, {"Authorization": "Bearer x"}):
                assert httpx.request(method, address, headers=headers).status_code == 401, (method, path)
