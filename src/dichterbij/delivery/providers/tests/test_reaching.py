"""An organisation elsewhere hears how somebody who has something there wants to be reached, and nobody else does."""

import json
from uuid import uuid4

import pytest
from django.test import Client

from dichterbij.delivery.contact import details, wishes
from dichterbij.delivery.contact.domain import EVERYTHING, Notify, Scope, Way, Wish
from dichterbij.delivery.contact.models import ContactDetail
from dichterbij.delivery.providers import elsewhere, reaching
from dichterbij.delivery.providers.api import PREFIX
from dichterbij.delivery.providers.assertion import Call
from dichterbij.ground.authority.models import Mandate
from dichterbij.ground.identity.models import Party
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.logbook import queries as logbook
from dichterbij.ground.logbook.models import Line
from dichterbij.ground.organisations import models, queries, tokens
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Bsn

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT, PATH = "aanvullende-beurs", f"{PREFIX}/reach"
MAIL, NOTHING = "student@voorbeeld.example", {"byPost": False, "toldAt": []}


@pytest.fixture
def student(citizen):
    """A student with a proven address and something at DUO."""
    access = citizen("student", GRANT)
    elsewhere.remember(access, [(uuid4(), GRANT)])
    _proven(access.subject.party, MAIL)
    return access


@pytest.fixture
def duo(student):
    """DUO as it is when it lives in another instance; its keys stay, so that the test can sign for it."""
    models.Organisation.objects.filter(oin=student.organisation.value).update(
        hosted=False,
        provider_url="https://duo.example/api/provider/v1",
        public_keys=tokens.public_keys(student.organisation),
    )
    queries.forget()
    yield student.organisation
    queries.forget()


def _proven(party, address):
    sealed = details.closed({"address": address})
    ContactDetail.objects.create(party=party, way=Way.EMAIL, sealed=sealed, verified_at=clock.now())


def _ask(signer, bsn, product=GRANT, **changes):
    body, now, operator = (
        json.dumps({"product": product}).encode(),
        int(clock.now().timestamp()),
        queries.operator().oin,
    )
    claims = {
        "aud": operator.value,
        "iat": now,
        "exp": now + 60,
        "jti": str(uuid4()),
        "sub": tokens.encrypt(operator, str(bsn and bsn.value).encode()),
        "digest": Call(method="POST", path=PATH, body=body).digest(),
        **changes,
    }
    token = tokens.sign(signer, claims, kind=reaching.KIND)
    answer = Client().post(PATH, body, "application/json", headers={"Authorization": f"Bearer {token}"})
    return answer.status_code, answer.json()


def _lines():
    bodies = [json.loads(bytes(line.body)) for line in Line.objects.filter(activity=reaching.ACTIVITY).order_by("id")]
    return [(line["reason"], line["outcome"]) for line in bodies]


def test_it_hears_the_proven_address_and_the_look_is_on_record(student, duo):
    told = [{"way": "email", "address": MAIL, "forAnother": False}]
    assert _ask(duo, student.subject.bsn) == (200, {"byPost": False, "toldAt": told})
    name = queries.organisation(duo).name
    assert _lines() == [(f"vraag van {name}", "given")]


def test_what_somebody_chose_for_this_organisation_is_what_it_hears(student, duo):
    wishes.prefer(student.subject.party, EVERYTHING, Wish(notify=Notify.EMAIL, by_post=False))
    wishes.prefer(student.subject.party, Scope(organisation=duo.value), Wish(notify=Notify.NONE, by_post=True))
    assert _ask(duo, student.subject.bsn) == (200, {"byPost": True, "toldAt": []})


@pytest.fixture
def helper(student, citizen):
    """An uncle with a proven address, who may act for the student by mandate."""
    access, now = citizen("uncle", GRANT), clock.now()
    _proven(access.subject.party, "oom@voorbeeld.example")
    Mandate.objects.create(
        represented=student.subject.party,
        representative=access.subject.party,
        products=[GRANT],
        sealed=b"",
        made_at=now,
        accepted_at=now,
        code_until=now,
        valid_until=now.replace(year=now.year + 1),
    )
    return access


def test_who_acts_by_mandate_is_told_too_and_marked_as_another(student, duo, helper):
    told = _ask(duo, student.subject.bsn)[1]["toldAt"]
    assert [(each["address"], each["forAnother"]) for each in told] == [(MAIL, False), ("oom@voorbeeld.example", True)]


def test_who_acts_by_mandate_finds_it_in_their_own_log_when_their_address_is_given(student, duo, helper):
    _ask(duo, student.subject.bsn)
    seen = [part for act in logbook.acts_about(helper, limit=10) for part in act.parts]
    assert [part.activity for part in seen].count(reaching.ACTIVITY) == 1
    wishes.prefer(helper.subject.party, EVERYTHING, Wish(notify=Notify.NONE, by_post=True))
    _ask(duo, student.subject.bsn)
    assert len(_lines()) == 3


def test_the_address_of_a_helper_who_died_is_given_to_nobody(student, duo, helper):
    Party.objects.filter(id=helper.subject.party).update(died_at=clock.now())
    assert [each["address"] for each in _ask(duo, student.subject.bsn)[1]["toldAt"]] == [MAIL]
    assert len(_lines()) == 1


def test_of_who_has_nothing_there_is_unknown_or_died_it_hears_the_same_nothing(student, duo, persona):
    _proven(party_for(persona("widow")), "weduwe@voorbeeld.example")
    assert _ask(duo, persona("widow")) == (200, NOTHING)
    assert _ask(duo, Bsn("999995200")) == (200, NOTHING)
    Party.objects.filter(id=student.subject.party).update(died_at=clock.now())
    assert _ask(duo, student.subject.bsn) == (200, NOTHING)
    assert [outcome for _, outcome in _lines()] == ["nothing"] * 3
    assert {line.subject for line in Line.objects.filter(activity=reaching.ACTIVITY)} == {""}


def test_one_that_lives_here_a_product_of_another_and_a_token_for_another_are_refused(student, duo):
    whom = student.subject.bsn
    assert _ask(queries.by_key("svb").oin, whom)[0] == 403
    assert _ask(duo, whom, product="zorgtoeslag")[0] == 404
    assert _ask(duo, whom, aud=duo.value)[0] == 401
    assert _ask(duo, whom, sub=tokens.encrypt(queries.operator().oin, b"123456789"))[0] == 401
    number = str(uuid4())
    assert _ask(duo, whom, jti=number)[0] == 200
    assert _ask(duo, whom, jti=number)[1]["type"] == "urn:dichterbij:problem:assertion-used"
