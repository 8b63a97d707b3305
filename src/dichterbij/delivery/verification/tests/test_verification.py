"""A registered body hears whether its customer has died, and nothing else; nobody else hears anything."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.core.management import CommandError, call_command
from django.test import Client
from joserfc import jws
from joserfc.jwk import OKPKey

from dichterbij.delivery.conftest import world  # noqa: F401 a fixture
from dichterbij.delivery.providers.assertion import Call
from dichterbij.delivery.verification import asking, told
from dichterbij.delivery.verification.models import Asked, Told, Verifier
from dichterbij.delivery.verification.signature import KIND
from dichterbij.ground.identity.register_events import DeathCorrected
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.logbook.models import Line
from dichterbij.ground.organisations import models as organisation_models
from dichterbij.ground.organisations import queries as organisations_of
from dichterbij.ground.registry import adapters, fetching
from dichterbij.ground.registry.domain import SourceUnavailable
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Bsn, Oin

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
PATH = "/api/verification/v1/deaths"
Ask = Callable[..., tuple[int, dict[str, Any]]]


def text(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).decode().rstrip("=")


@pytest.fixture
def key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


@pytest.fixture
def company(organisations, world, key) -> Oin:  # noqa: F811 the fixture
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
    call_command("verifier", "register", "energiebedrijf", "--ground", "Energiewet, artikel 2.1")
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
    assert {line["activity"]["id"] for line in lines} == {asking.ACTIVITY}
    assert [line["fields"] for line in lines if line["fields"]] == [["overlijden.datum"]]
    assert all("Zonnevaart; Energiewet" in line["reason"] for line in lines)


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
    for day in range(1, asking.MOST_GUESSES + 1):
        assert ask(customer(world, "student", bornOn=f"1950-01-{day:02d}"))[1] == {"hasDied": "not-established"}
    status, problem = ask(customer(world, "student_mother"))
    assert (status, problem["type"]) == (429, "urn:dichterbij:problem:too-many-guesses")
    assert json.loads(bytes(Line.objects.order_by("id").last().body))["kind"] == "denied"
    asking.purge(clock.now() + asking.WITHIN + timedelta(seconds=1))
    assert ask(customer(world, "student_mother"))[0] == 200


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


def test_the_relatives_see_who_knows_until_the_death_turns_out_wrong(ask, world):  # noqa: F811
    deceased = party_for(Bsn(world.persona("student_mother").bsn))
    ask(customer(world, "student_mother"))
    ask(customer(world, "student_mother"))
    (informed,) = told.informed(deceased)
    assert (informed.name, informed.on) == ("Energiebedrijf Zonnevaart", clock.today())
    told.forget(DeathCorrected(party=deceased), uuid4())
    assert told.informed(deceased) == ()


def test_what_is_kept_says_nothing_of_who_was_asked_about(ask, world):  # noqa: F811
    ask(customer(world, "student"))
    row = Asked.objects.get()
    assert {field.name for field in Asked._meta.fields} == {"id", "organisation", "was_yes", "at"}
    assert row.was_yes is False
    assert told.purge(clock.now() + told.KEEP) == 0


def test_a_body_without_a_key_or_a_ground_cannot_be_registered(company):
    for arguments in (["register", "cak", "--ground", "x"], ["register", "energiebedrijf"], ["end", "niemand"]):
        with pytest.raises(CommandError):
            call_command("verifier", *arguments)
