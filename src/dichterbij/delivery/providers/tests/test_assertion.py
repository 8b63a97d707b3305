"""Requests that are not what they say: each is refused with a clear problem, and nothing is read or done."""

import json
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from dichterbij.delivery.providers import assertion
from dichterbij.delivery.providers.api import PREFIX
from dichterbij.delivery.providers.assertion import Call, NotAsker
from dichterbij.delivery.providers.keeping import purge_used
from dichterbij.delivery.providers.models import UsedAssertion
from dichterbij.ground.authority.models import Mandate
from dichterbij.ground.identity.domain import StepUpNeeded
from dichterbij.ground.logbook.models import Line as LogLine
from dichterbij.ground.organisations import models, queries, tokens
from dichterbij.kernel import clock
from dichterbij.kernel.access import Role
from dichterbij.kernel.levels import Level

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT = "aanvullende-beurs"
PATH = f"{PREFIX}/overview"


@pytest.fixture
def student(citizen):
    return citizen("student", GRANT)


@pytest.fixture
def ask(line, live_server):
    """Return a function that sends a request with a token, and gives status and code of the problem."""

    def send(token, *, method="GET", path=PATH, body=b"", headers=None):
        head = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", **(headers or {})}
        answer = httpx.request(method, live_server.url + path, content=body, headers=head, timeout=20)
        is_problem = answer.headers["Content-Type"] == "application/problem+json"
        return answer.status_code, answer.json()["type"].rpartition(":")[2] if is_problem else ""

    return send


def _token(access, *, method="GET", path=PATH, body=b"", signer=None, **changes):
    call = Call(method=method, path=path, body=body)
    _, claims = tokens.signed_by(assertion.make(access, call), kind=assertion.KIND)
    return tokens.sign(signer or queries.operator().oin, {**claims, **changes}, kind=assertion.KIND)


def test_a_request_with_its_own_assertion_is_answered(ask, student):
    assert ask(_token(student)) == (200, "")


def test_an_assertion_is_used_once(ask, student):
    token = _token(student)
    assert ask(token) == (200, "")
    assert ask(token) == (401, "assertion-used")


def test_a_used_assertion_is_forgotten_only_when_it_has_expired(ask, student):
    assert ask(_token(student)) == (200, "")
    assert purge_used(clock.now()) == 0
    assert purge_used(clock.now() + timedelta(seconds=70)) == 1
    assert not UsedAssertion.objects.exists()


@pytest.mark.parametrize("shift", [-61, 10])
def test_an_assertion_of_another_minute_is_refused(ask, student, shift):
    with clock.frozen(clock.now() + timedelta(seconds=shift)):
        token = _token(replace(student, at=clock.now()))
    assert ask(token) == (401, "assertion-expired")


def test_an_assertion_lasts_a_minute_and_no_longer(ask, student):
    for lasts in [61, 0, -1, None, "60", 10**30]:
        exp = int(clock.now().timestamp()) + lasts if isinstance(lasts, int) else lasts
        assert ask(_token(student, exp=exp)) == (401, "assertion-expired")


def test_an_assertion_holds_for_one_request_only(ask, student):
    body = json.dumps({"byPost": True}).encode()
    assert ask(_token(student), path=f"{PREFIX}/messages") == (401, "assertion-for-other")
    assert ask(_token(student), path=f"{PATH}?a=b") == (401, "assertion-for-other")
    assert ask(_token(student), method="POST", path=f"{PREFIX}/drafts") == (401, "assertion-for-other")
    token = _token(student, method="POST", path=f"{PREFIX}/drafts", body=b"{}")
    assert ask(token, method="POST", path=f"{PREFIX}/drafts", body=body) == (401, "assertion-for-other")


def test_an_assertion_for_an_organisation_that_does_not_live_here_is_refused(ask, student):
    for other in (queries.by_key("cak").oin.value, "0" * 20):
        assert ask(_token(student, aud=other)) == (401, "assertion-for-other")


def test_an_assertion_for_one_organisation_does_not_open_another(ask, student):
    """The numbers are encrypted to who is asked: with another name on it nobody can read them."""
    assert ask(_token(student, aud=queries.by_key("svb").oin.value)) == (401, "token-refused")


def test_an_organisation_that_may_not_ask_is_refused(ask, student):
    assert ask(_token(student, signer=student.organisation)) == (403, "not-asker")


def test_a_portal_whose_right_to_ask_was_taken_away_is_refused(ask, student):
    token = _token(student)
    models.Organisation.objects.update(may_ask=False)
    queries.forget()
    assert ask(token) == (403, "not-asker")


def test_a_forged_assertion_is_refused(ask, student):
    header, claims, _ = _token(student).split(".")
    _, _, signature = _token(student, level=3).split(".")
    assert ask(f"{header}.{claims}.{signature}") == (401, "token-refused")


def test_what_is_no_assertion_is_refused(ask):
    for token in ["x", "a.b.c", "x" * 7000, "...."]:
        assert ask(token) == (401, "token-refused")


def test_a_request_without_an_assertion_is_refused(line, live_server):
    answer = httpx.get(live_server.url + PATH)
    assert (answer.status_code, answer.json()["type"]) == (401, "urn:dichterbij:problem:caller-unknown")
    assert answer.headers["API-Version"] == "1.0.0"


def test_an_assertion_of_another_form_is_refused(ask, student):
    for wrong in [
        {"sub": "x"},
        {"sub": None},
        {"jti": "1"},
        {"act": 7},
        {"trace": "0" * 32},
        {"trace": "é" * 32},
        {"level": 9},
        {"iat": "now"},
        {"iat": 10**30},
        {"aud": ["x"]},
    ]:
        assert ask(_token(student, **wrong)) == (401, "token-refused")


def test_numbers_that_are_no_numbers_of_a_person_are_refused(ask, student):
    for people in (b"{}", b"[]", b"x", json.dumps({"actor": "1", "subject": "1"}).encode()):
        assert ask(_token(student, sub=tokens.encrypt(student.organisation, people))) == (401, "token-refused")


def test_somebody_elses_matter_is_refused_and_they_can_see_that(ask, line, citizen, student):
    """A portal that says that the widow asks for the matters of the student; our own `may` says no."""
    widow = citizen("widow", GRANT)
    people = {"actor": widow.subject.bsn.value, "subject": student.subject.bsn.value}
    body = json.dumps({"activity": "duo.aanvullende-beurs", "requests": []}).encode()
    path, sub = f"{PREFIX}/assessments", tokens.encrypt(student.organisation, json.dumps(people).encode())
    token = _token(student, method="POST", path=path, body=body, sub=sub)
    assert ask(token, method="POST", path=path, body=body) == (403, "denied")
    assert [line.kind for line in LogLine.objects.order_by("id")][-1] == "denied"


def test_a_login_that_is_not_sure_enough_is_told_how_sure_it_must_be(line, student):
    from dichterbij.delivery.providers.over_http import OverHttp

    with pytest.raises(StepUpNeeded) as needed:
        OverHttp(line).start(replace(student, level=Level.LOW), GRANT, name="x", language="nl")
    assert needed.value.level is Level.SUBSTANTIAL


@pytest.mark.parametrize("role", [Role.STAFF, Role.SYSTEM])
def test_a_worker_or_a_job_asks_nothing_elsewhere(may_ask, student, role):
    with pytest.raises(NotAsker):
        assertion.make(
            replace(student, actor=replace(student.actor, role=role)), Call(method="GET", path="/", body=b"")
        )


def test_a_body_of_another_form_is_refused(ask, student):
    for body in [
        b"",
        b"[]",
        b"{",
        b'{"product":1}',
        b"\xff",
        b'{"a":' * 3000,
        b'{"product":"x","name":[],"language":"nl"}',
    ]:
        path = f"{PREFIX}/drafts"
        token = _token(student, method="POST", path=path, body=body)
        assert ask(token, method="POST", path=path, body=body) == (400, "malformed-request")


def test_a_body_that_is_too_big_is_refused(ask, student):
    path, body = f"{PREFIX}/drafts", b"x" * 1_500_000
    status, _ = ask(_token(student, method="POST", path=path, body=b""), method="POST", path=path, body=body)
    assert status == 413


def test_a_number_that_is_no_uuid_is_not_found(ask, student):
    path = f"{PREFIX}/cases/999993653"
    assert ask(_token(student, path=path), path=path)[0] == 404


def test_no_number_of_a_person_travels_in_the_open(may_ask, student):
    token = assertion.make(student, Call(method="GET", path=PATH, body=b""))
    _, claims = tokens.signed_by(token, kind=assertion.KIND)
    assert student.subject.bsn.value not in json.dumps(claims)
    assert str(student.subject.party) not in json.dumps(claims)


@pytest.fixture
def by_mandate(citizen, student):
    """Return a function that gives an access of the uncle to the grant of the student by mandate, and the mandate."""

    def access(**changed):
        uncle, now = citizen("uncle", GRANT), clock.now()
        usual = {"products": [GRANT], "accepted_at": now, "valid_until": now + timedelta(days=9), "checked_until": now}
        row = Mandate.objects.create(
            represented=student.subject.party,
            representative=uncle.subject.party,
            sealed=b"",
            made_at=now,
            code_until=now,
            **{**usual, **changed},
        )
        actor = replace(uncle.actor, role=Role.REPRESENTATIVE)
        return replace(student, actor=actor, on_behalf_of=f"mandate:{row.id}"), row

    return access


def _begin(ask, access, product=GRANT):
    """Send a request to begin an application; the mandate is known where it was given only, so it is gone here."""
    body = json.dumps({"product": product, "name": "E. Verzonnen", "language": "nl"}).encode()
    path = f"{PREFIX}/drafts"
    token = _token(access, method="POST", path=path, body=body)
    Mandate.objects.all().delete()
    return ask(token, method="POST", path=path, body=body)


def test_a_mandate_that_was_given_at_a_portal_counts_where_that_portal_is_believed(ask, by_mandate):
    access, _ = by_mandate()
    assert _begin(ask, access) == (403, "denied")
    models.Organisation.objects.update(may_mandate=True)
    queries.forget()
    access, row = by_mandate()
    assert _begin(ask, access) == (201, "")
    grounds = {json.loads(bytes(each.body)).get("onBehalfOf", "") for each in LogLine.objects.all()}
    assert grounds - {""} == {f"mandate:{row.id}"}


@pytest.mark.parametrize(
    "changed",
    [
        {"ended_at": clock.now()},
        {"accepted_at": None},
        {"valid_until": clock.now() - timedelta(seconds=1)},
        {"products": ["zorgtoeslag"]},
        {"may_submit": False},
        {"is_bankrupt": True},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_what_a_mandate_does_not_allow_there_it_does_not_allow_here(ask, by_mandate, changed):
    models.Organisation.objects.update(may_mandate=True)
    queries.forget()
    access, _ = by_mandate(**changed)
    assert _begin(ask, access)[0] == 403
