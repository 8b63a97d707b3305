"""A registered body hears whether its customer has died, and nothing else; nobody else hears anything."""

import base64
import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from joserfc import jws
from joserfc.jwk import OKPKey

from dichterbij.delivery.conftest import world  # noqa: F401 a fixture
from dichterbij.delivery.providers.assertion import Call
from dichterbij.delivery.verification import correcting, guessing, looking, told
from dichterbij.delivery.verification.models import Asked, Told, Verifier
from dichterbij.delivery.verification.signature import KIND
from dichterbij.ground.identity.register_events import DeathCorrected
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.logbook.models import Line
from dichterbij.ground.organisations import models as organisation_models
from dichterbij.ground.organisations import queries as organisations_of
from dichterbij.ground.organisations import tokens
from dichterbij.ground.outbox import queries as waiting
from dichterbij.ground.outbox import services as outbox
from dichterbij.ground.outbox.domain import ATTEMPTS
from dichterbij.ground.outbox.models import Delivery
from dichterbij.ground.outbox.services import emit
from dichterbij.ground.registry import adapters, fetching
from dichterbij.ground.registry.domain import SourceUnavailable
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Bsn, Oin

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
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
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def company(organisations, world, key, body_address) -> Oin:  # noqa: F811 the fixture
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


def customer(world, key: str, **changed: object) -> dict[str, object]:  # noqa: F811 the fixture
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


def test_a_company_hears_that_a_customer_has_died_and_nothing_else(ask, world):  # noqa: F811
    assert ask(customer(world, "student_mother")) == (200, {"hasDied": "yes"})


def test_the_look_is_on_record_under_an_activity_of_its_own(ask, world):  # noqa: F811
    ask(customer(world, "student_mother"))
    lines = [json.loads(bytes(line.body)) for line in Line.objects.order_by("id")]
    assert {line["activity"]["id"] for line in lines} == {looking.ACTIVITY}
    assert [line["fields"] for line in lines if line["fields"]] == [["overlijden.datum"]]
    assert all(f"Zonnevaart; {GROUND}" in line["reason"] for line in lines)


def test_who_lives_has_not_died(ask, world):  # noqa: F811
    assert ask(customer(world, "student")) == (200, {"hasDied": "no"})
    assert not Told.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [{"surname": "Anders"}, {"bornOn": "1971-10-03"}, {"postcode": "1111AA"}, {"houseNumber": 99998}],
)
def test_who_does_not_fit_in_everything_is_not_established(ask, world, changed):  # noqa: F811
    assert ask(customer(world, "student_mother", **changed)) == (200, {"hasDied": "not-established"})
    assert not Told.objects.exists()


def test_of_who_keeps_their_data_secret_nothing_is_told_alive_or_dead(ask, world):  # noqa: F811
    adapter = adapters.adapter("brp")
    try:
        adapters.register("brp", _Secret(adapter))
        for key in ("student", "student_mother"):
            assert ask(customer(world, key)) == (200, {"hasDied": "not-established"})
    finally:
        adapters.register("brp", adapter)


class _Secret:
    """The register, in which everybody asked for secrecy."""

    def __init__(self, register: Any) -> None:
        self.register = register

    def search(self, asked: Any) -> Any:
        return self.register.search(asked)

    def fetch(self, query: Any) -> Any:
        from dataclasses import replace

        return {bsn: replace(record, confidential=True) for bsn, record in self.register.fetch(query).items()}


@pytest.mark.parametrize(
    "wrong",
    [
        {"surname": "Zwaan*"},
        {"surname": ""},
        {"surname": "999900006"},
        {"bornOn": "2002"},
        {"postcode": "30"},
        {"houseNumber": 0},
        {"houseNumber": "x"},
    ],
)
def test_a_pattern_or_half_a_question_is_refused(ask, world, wrong):  # noqa: F811
    status, problem = ask(customer(world, "student", **wrong))
    assert (status, problem["type"]) == (400, "urn:dichterbij:problem:malformed-request")
    assert not any(str(value) in json.dumps(problem) for value in wrong.values() if len(str(value)) > 3)


def test_a_company_that_guesses_must_wait_and_that_is_on_record(ask, world):  # noqa: F811
    for day in range(1, guessing.MOST_AN_HOUR + 1):
        assert ask(customer(world, "student", bornOn=f"1950-01-{day:02d}"))[1] == {"hasDied": "not-established"}
    status, problem = ask(customer(world, "student_mother"))
    assert (status, problem["type"]) == (429, "urn:dichterbij:problem:too-many-guesses")
    assert json.loads(bytes(Line.objects.order_by("id").last().body))["kind"] == "denied"
    guessing.purge(clock.now() + guessing.DAY + timedelta(seconds=1))
    assert ask(customer(world, "student_mother"))[0] == 200


def test_a_question_counts_before_it_is_answered_so_many_at_once_stop_at_the_same_number(ask, world, monkeypatch):  # noqa: F811
    monkeypatch.setattr(guessing, "MOST_AN_HOUR", 1)
    fetching._connect()
    register, during = adapters.adapter("brp"), []

    class Busy(_Secret):
        def search(self, asked: Any) -> Any:
            if not during:
                during.append(0)
                during[0] = ask(customer(world, "student", surname="Anders"))[0]
            return self.register.search(asked)

    try:
        adapters.register("brp", Busy(register))
        assert ask(customer(world, "student", surname="Anders"))[0] == 200
    finally:
        adapters.register("brp", register)
    assert during == [429]


def test_who_guesses_slowly_stops_at_the_number_of_a_day(ask, world, monkeypatch):  # noqa: F811
    monkeypatch.setattr(guessing, "MOST_A_DAY", 2)
    wrong, began = customer(world, "student", surname="Anders"), clock.now()
    for hours, status in ((0, 200), (2, 200), (4, 429), (25, 200)):
        with clock.frozen(began + timedelta(hours=hours)):
            assert ask(wrong)[0] == status


def test_a_body_nobody_registered_or_whose_registration_ended_hears_nothing(ask, world):  # noqa: F811
    call_command("verifier", "end", "energiebedrijf")
    assert ask(customer(world, "student_mother"))[0] == 403
    Verifier.objects.all().delete()
    assert ask(customer(world, "student_mother"))[0] == 403
    assert not Line.objects.exists()


def test_another_key_another_kind_or_another_receiver_is_refused(ask, world):  # noqa: F811
    about = customer(world, "student_mother")
    assert ask(about, signer=Ed25519PrivateKey.generate())[0] == 401
    assert ask(about, kind="dichterbij-asks+jwt")[0] == 401
    assert ask(about, aud=str(uuid4()))[0] == 401
    assert ask(about, jti="x")[0] == 401
    assert not Line.objects.exists()


def test_a_question_that_is_repeated_changed_or_old_is_refused(ask, world):  # noqa: F811
    about, number = customer(world, "student_mother"), str(uuid4())
    assert ask(about, jti=number)[0] == 200
    assert ask(about, jti=number)[1]["type"] == "urn:dichterbij:problem:assertion-used"
    assert ask(about, sent=customer(world, "student"))[1]["type"] == "urn:dichterbij:problem:assertion-for-other"
    old = int(clock.now().timestamp()) - 120
    assert ask(about, iat=old, exp=old + 60)[1]["type"] == "urn:dichterbij:problem:assertion-expired"
    assert ask(about, exp=int(clock.now().timestamp()) + 3600)[0] == 401


def test_without_a_token_nothing_is_answered(company, world):  # noqa: F811
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Bearer é"}):
        assert Client().post(PATH, {}, "application/json", headers=headers).status_code == 401


def test_a_register_that_does_not_answer_is_never_an_answer(ask, world, monkeypatch):  # noqa: F811
    fetching._connect()

    def away(*_: object) -> None:
        raise SourceUnavailable("Kapot.")

    monkeypatch.setattr(type(adapters.adapter("brp")), "search", away)
    status, problem = ask(customer(world, "student_mother"))
    assert (status, problem["type"]) == (503, "urn:dichterbij:problem:registry-unavailable")
    assert not Asked.objects.exists()  # it did not guess


def test_the_relatives_see_who_knows_until_the_death_turns_out_wrong(ask, world):  # noqa: F811
    deceased = party_for(Bsn(world.persona("student_mother").bsn))
    ask(customer(world, "student_mother"))
    ask(customer(world, "student_mother"))
    (informed,) = told.informed(deceased)
    assert (informed.name, informed.on) == ("Energiebedrijf Zonnevaart", clock.today())
    correcting.begin(DeathCorrected(party=deceased), uuid4())
    assert told.informed(deceased) == ()


def test_a_body_that_was_told_of_a_death_hears_that_it_was_a_mistake_until_it_takes_it(ask, world, company, body):  # noqa: F811
    asked = str(uuid4())
    ask(customer(world, "student_mother"), jti=asked)
    call_command("verifier", "end", "energiebedrijf")
    with transaction.atomic():
        emit(DeathCorrected(party=party_for(Bsn(world.persona("student_mother").bsn))), person="x")
    body.answers = [503, 204]
    for _ in range(3):
        outbox.run_once()
        Delivery.objects.update(not_before=clock.machine_time())
    assert [json.loads(content) for _token, content in body.heard] == [{"question": asked, "holds": False}] * 2
    (first, content), (second, _content) = body.heard
    signer, claims = tokens.signed_by(second, kind=correcting.KIND)
    assert signer == organisations_of.operator().oin
    assert claims["aud"] == company.value
    assert claims["digest"] == Call(method="POST", path="/mistakes", body=content).digest()
    assert claims["jti"] == tokens.signed_by(first, kind=correcting.KIND)[1]["jti"]
    reasons = [json.loads(bytes(line.body)).get("reason") for line in Line.objects.all()]
    assert reasons.count("rechtzetting aan Energiebedrijf Zonnevaart") == 1


def test_a_body_that_refuses_a_correction_is_shown_to_the_operator(ask, world, body):  # noqa: F811
    ask(customer(world, "student_mother"))
    correcting.begin(DeathCorrected(party=party_for(Bsn(world.persona("student_mother").bsn))), uuid4())
    body.answers = [400] * ATTEMPTS
    for _ in range(ATTEMPTS):
        outbox.run_once()
        Delivery.objects.update(not_before=clock.machine_time())
    (stuck,) = waiting.stuck()
    assert (stuck.handler, stuck.problem) == ("verification.tell_correction", "CorrectionRefused")


def test_what_is_kept_says_nothing_of_who_was_asked_about(ask, world):  # noqa: F811
    ask(customer(world, "student"))
    row = Asked.objects.get()
    assert {field.name for field in Asked._meta.fields} == {"id", "organisation", "was_yes", "at"}
    assert row.was_yes is False
    assert told.purge(clock.now() + told.KEEP) == 0


def test_a_body_without_a_key_or_a_ground_cannot_be_registered(company):
    for arguments in (
        ["register", "cak", "--ground", "x", "--corrections", "https://x.example"],
        ["register", "energiebedrijf", "--corrections", "https://x.example"],
        ["register", "energiebedrijf", "--ground", "x"],
        ["end", "niemand"],
    ):
        with pytest.raises(CommandError):
            call_command("verifier", *arguments)
