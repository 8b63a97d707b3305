"""A body that was told of a death hears when it was registered by mistake."""

import json
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import transaction

from dichterbij.delivery.providers.assertion import Call
from dichterbij.delivery.verification import asking, correcting, told
from dichterbij.ground.identity.register_events import DeathCorrected
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.logbook.models import Line
from dichterbij.ground.organisations import queries as organisations_of
from dichterbij.ground.organisations import tokens
from dichterbij.ground.outbox import queries as waiting
from dichterbij.ground.outbox import services as outbox
from dichterbij.ground.outbox.domain import ATTEMPTS
from dichterbij.ground.outbox.models import Delivery
from dichterbij.ground.outbox.services import emit
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Bsn

from .conftest import customer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


def test_the_relatives_see_who_knows_until_the_death_turns_out_wrong(ask, world):
    deceased = party_for(Bsn(world.persona("student_mother").bsn))
    ask(customer(world, "student_mother"))
    ask(customer(world, "student_mother"))
    (informed,) = told.informed(deceased)
    assert (informed.name, informed.on) == ("Energiebedrijf Zonnevaart", clock.today())
    correcting.begin(DeathCorrected(party=deceased), uuid4())
    assert told.informed(deceased) == ()


def test_a_death_that_is_corrected_while_it_is_asked_about_is_no_yes(ask, world, monkeypatch):
    party, answered = party_for(Bsn(world.persona("student_mother").bsn)), asking._answer

    def corrected_meanwhile(*about):
        answer = answered(*about)
        with transaction.atomic():
            emit(DeathCorrected(party=party), person=str(party))
        outbox.run_once()
        return answer

    monkeypatch.setattr(asking, "_answer", corrected_meanwhile)
    assert ask(customer(world, "student_mother")) == (200, {"hasDied": "not-established"})
    assert told.informed(party) == ()


def test_a_body_that_was_told_of_a_death_hears_that_it_was_a_mistake_until_it_takes_it(ask, world, company, body):
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


def test_a_body_that_refuses_a_correction_is_shown_to_the_operator(ask, world, body):
    ask(customer(world, "student_mother"))
    correcting.begin(DeathCorrected(party=party_for(Bsn(world.persona("student_mother").bsn))), uuid4())
    body.answers = [400] * ATTEMPTS
    for _ in range(ATTEMPTS):
        outbox.run_once()
        Delivery.objects.update(not_before=clock.machine_time())
    (stuck,) = waiting.stuck()
    assert (stuck.handler, stuck.problem) == ("verification.tell_correction", "CorrectionRefused")
