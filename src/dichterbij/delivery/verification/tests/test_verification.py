"""A registered body hears whether its customer has died, and nothing else; nobody else hears anything."""

import json
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from django.test import Client

from dichterbij.delivery.verification import looking
from dichterbij.delivery.verification.models import Asked, Told, Verifier
from dichterbij.ground.logbook.models import Line
from dichterbij.ground.registry import adapters, fetching
from dichterbij.ground.registry.domain import SourceUnavailable
from dichterbij.kernel import clock

from .conftest import GROUND, PATH, customer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


def test_a_company_hears_that_a_customer_has_died_and_nothing_else(ask, world):
    assert ask(customer(world, "student_mother")) == (200, {"hasDied": "yes"})


def test_the_look_is_on_record_under_an_activity_of_its_own(ask, world):
    ask(customer(world, "student_mother"))
    lines = [json.loads(bytes(line.body)) for line in Line.objects.order_by("id")]
    assert {line["activity"]["id"] for line in lines} == {looking.ACTIVITY}
    assert [line["fields"] for line in lines if line["fields"]] == [["overlijden.datum"]]
    assert all(f"Zonnevaart; {GROUND}" in line["reason"] for line in lines)


def test_who_lives_has_not_died(ask, world):
    assert ask(customer(world, "student")) == (200, {"hasDied": "no"})
    assert not Told.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [{"surname": "Anders"}, {"bornOn": "1971-10-03"}, {"postcode": "1111AA"}, {"houseNumber": 99998}],
)
def test_who_does_not_fit_in_everything_is_not_established(ask, world, changed):
    assert ask(customer(world, "student_mother", **changed)) == (200, {"hasDied": "not-established"})
    assert not Told.objects.exists()


def test_of_who_keeps_their_data_secret_nothing_is_told_alive_or_dead(ask, world):
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
def test_a_pattern_or_half_a_question_is_refused(ask, world, wrong):
    status, problem = ask(customer(world, "student", **wrong))
    assert (status, problem["type"]) == (400, "urn:dichterbij:problem:malformed-request")
    assert not any(str(value) in json.dumps(problem) for value in wrong.values() if len(str(value)) > 3)


def test_a_body_nobody_registered_or_whose_registration_ended_hears_nothing(ask, world):
    call_command("verifier", "end", "energiebedrijf")
    assert ask(customer(world, "student_mother"))[0] == 403
    Verifier.objects.all().delete()
    assert ask(customer(world, "student_mother"))[0] == 403
    assert not Line.objects.exists()


def test_another_key_another_kind_or_another_receiver_is_refused(ask, world):
    about = customer(world, "student_mother")
    assert ask(about, signer=Ed25519PrivateKey.generate())[0] == 401
    assert ask(about, kind="dichterbij-asks+jwt")[0] == 401
    assert ask(about, aud=str(uuid4()))[0] == 401
    assert ask(about, jti="x")[0] == 401
    assert not Line.objects.exists()


def test_a_question_that_is_repeated_changed_or_old_is_refused(ask, world):
    about, number = customer(world, "student_mother"), str(uuid4())
    assert ask(about, jti=number)[0] == 200
    assert ask(about, jti=number)[1]["type"] == "urn:dichterbij:problem:assertion-used"
    assert ask(about, sent=customer(world, "student"))[1]["type"] == "urn:dichterbij:problem:assertion-for-other"
    old = int(clock.now().timestamp()) - 120
    assert ask(about, iat=old, exp=old + 60)[1]["type"] == "urn:dichterbij:problem:assertion-expired"
    assert ask(about, exp=int(clock.now().timestamp()) + 3600)[0] == 401


def test_without_a_token_nothing_is_answered(company, world):
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Bearer é"}):
        assert Client().post(PATH, {}, "application/json", headers=headers).status_code == 401


def test_a_register_that_does_not_answer_is_never_an_answer(ask, world, monkeypatch):
    fetching._connect()

    def away(*_: object) -> None:
        raise SourceUnavailable("Kapot.")

    monkeypatch.setattr(type(adapters.adapter("brp")), "search", away)
    status, problem = ask(customer(world, "student_mother"))
    assert (status, problem["type"]) == (503, "urn:dichterbij:problem:registry-unavailable")
    assert not Asked.objects.exists()  # it did not guess


def test_a_body_without_a_key_or_a_ground_cannot_be_registered(company):
    for arguments in (
        ["register", "cak", "--ground", "x", "--corrections", "https://x.example"],
        ["register", "energiebedrijf", "--corrections", "https://x.example"],
        ["register", "energiebedrijf", "--ground", "x"],
        ["end", "niemand"],
    ):
        with pytest.raises(CommandError):
            call_command("verifier", *arguments)
