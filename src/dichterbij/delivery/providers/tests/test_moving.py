"""Going on in another instance: what goes along, once, to whom it was meant for, and never more than the login was."""

import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.test import Client

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.providers.api import PREFIX
from dichterbij.delivery.providers.domain import NotAvailable
from dichterbij.delivery.providers.line import Line, Reply
from dichterbij.delivery.providers.models import HandOver
from dichterbij.delivery.providers.moving import ending, giving, instances, purpose, taking
from dichterbij.ground.authority.domain import Denied
from dichterbij.ground.authority.services import require
from dichterbij.ground.identity import blocking
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity import services as identity_services
from dichterbij.ground.identity.domain import Audience, Ended
from dichterbij.ground.identity.models import LoginRow
from dichterbij.ground.identity.tests.clients import request_of, sign_in_client
from dichterbij.ground.logbook.models import Line as LogLine
from dichterbij.ground.organisations import queries, tokens
from dichterbij.kernel import clock
from dichterbij.kernel.access import Permission, Subject
from dichterbij.kernel.levels import Level

from .other_side import SITE, signed

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT = "aanvullende-beurs"
TAKE, END = PREFIX + taking.PATH, PREFIX + ending.PATH
GONE = "00000099999999999999"


@pytest.fixture
def student(client, persona, duo):
    """The student, logged in here."""
    return sign_in_client(client, persona("student"), name="E. Verzonnen")


def _refused(client, login):
    """Return the problem with which a login is not let go; nothing when it is."""
    address = f"/hand-over/{queries.by_key('duo').oin}?state=s&level=low&page=/apply/{GRANT}"
    return client.get(address).status_code


def _take(signer, code, *, state="s-1", **changes):
    return signed(signer, taking.KIND, TAKE, {"code": code, "state": state}, **changes)


# The side where somebody is logged in


def test_the_page_says_what_goes_along_and_the_address_that_follows_holds_a_code_and_nothing_else(
    client, student, duo, persona
):
    address = f"/hand-over/{duo.oin}?state=s-1&level=low&page=/apply/{GRANT}"
    page = client.get(address)
    told = page.content.decode()
    assert all(word in told for word in ("E. Verzonnen", "burgerservicenummer", "Aanvullende beurs", "substantieel"))
    assert SITE in page.headers["Content-Security-Policy"]
    assert persona("student").value not in told
    assert not HandOver.objects.exists(), "looking gives nothing"
    there = urlsplit(client.post(address).headers["Location"])
    assert f"{there.scheme}://{there.netloc}" == SITE
    assert there.path == f"/login/from/{queries.operator().oin}/back"
    asked = parse_qs(there.query)
    assert (asked.keys(), asked["state"]) == ({"state", "code"}, ["s-1"])
    (line,) = [json.loads(bytes(row.body)) for row in LogLine.objects.filter(activity=purpose.TASK)]
    assert line["reason"].startswith(f"Verder bij {duo.name}, voor: Aanvullende beurs.")


def test_the_purpose_is_the_same_for_who_reads_in_another_language_than_they_came_in(client, student, duo):
    for prefix in ("", "/en", "/pap"):
        address = f"/hand-over/{duo.oin}?state=s-1&level=low&page={prefix}/apply/{GRANT}"
        assert "Aanvullende beurs" in client.get(address).content.decode(), prefix


def test_the_code_gives_the_login_once_to_whom_it_was_made_for(student, duo, persona):
    code = giving.offer(student, duo, GRANT, state="s-1")
    other = queries.by_key("belastingdienst").oin
    assert _take(other, code)[0] == 403, "signed by another body"
    assert _take(duo.oin, "guess")[0] == 403
    assert _take(duo.oin, code, state="of another browser")[0] == 403
    assert _take(duo.oin, code, aud=other.value)[0] == 401
    assert _take(duo.oin, code, digest="of something else")[0] == 401
    status, told = _take(duo.oin, code)
    signer, claims = tokens.signed_by(told["token"], kind=giving.KIND)
    assert (status, signer, claims["aud"]) == (200, queries.operator().oin, duo.oin.value)
    assert persona("student").value not in json.dumps(claims)
    said = json.loads(tokens.decrypt(duo.oin, claims["sub"]))
    assert (said["actor"], said["subject"]) == (persona("student").value,) * 2
    assert (said["level"], said["means"], said["product"]) == ("substantial", student.means, GRANT)
    assert (said["since"], said["until"]) == (student.authenticated_at.isoformat(), student.absolute_until.isoformat())
    assert _take(duo.oin, code)[0] == 403, "a second time"


def test_a_code_is_over_after_a_minute_and_when_the_login_ended_or_changed_person(client, student, duo, persona):
    late = giving.offer(student, duo, "", state="s-1")
    HandOver.objects.update(made_at=clock.now() - giving.VALID_FOR)
    assert _take(duo.oin, late)[0] == 403
    changed = giving.offer(student, duo, "", state="s-1")
    HandOver.objects.update(owner=f"{student.party} for {uuid4()}")
    assert _take(duo.oin, changed)[0] == 403
    left = giving.offer(student, duo, "", state="s-1")
    identity_services.sign_out(request_of(client))
    assert _take(duo.oin, left)[0] == 403


def test_a_login_goes_along_only_when_it_is_of_a_person_and_began_here(client, student, duo, persona):
    assert _refused(client, student) == 200
    LoginRow.objects.filter(id=student.id).update(means=instances.means_of(duo.oin))
    assert _refused(client, student) == 403
    LoginRow.objects.filter(id=student.id).update(means=student.means)
    higher = f"/hand-over/{duo.oin}?state=s&level=high&page=/"
    assert client.get(higher).headers["Location"].startswith("/login?"), "log in more surely first"
    assert client.get(f"/hand-over/{queries.by_key('belastingdienst').oin}?state=s").status_code == 404, "lives here"
    assert client.get("/hand-over/12?state=s").status_code == 404
    worker = sign_in_client(client, persona("widow"), audience=Audience.STAFF)
    with pytest.raises(giving.CannotGoOn):
        giving.ensure_may_go(worker)


def test_the_other_side_is_told_until_it_answers_that_a_login_ended_and_not_that_it_was_left_alone(
    student, duo, monkeypatch
):
    assert _take(duo.oin, giving.offer(student, duo, "", state="s-1"))[0] == 200
    told, answers = [], [NotAvailable(), b'{"ended": 0}', b'{"ended": 1}']

    def post(line, to, kind, path, body):
        told.append((line.url, to, kind, path, body))
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return Reply(content=answer, last_modified="")

    monkeypatch.setattr(Line, "post", post)
    for why in (Ended.IDLE, Ended.ABSOLUTE):
        LoginRow.objects.filter(id=student.id).update(ended=why)
        ending.tell()
    assert told == []
    LoginRow.objects.filter(id=student.id).update(ended=Ended.BLOCKED)
    number = str(HandOver.objects.get().number)
    other = HandOver.objects.values().get() | {"number": uuid4(), "organisation": GONE, "code_hash": "1" * 64}
    HandOver.objects.create(**other)  # to a body that nobody knows any more; the others are told all the same
    for _ in range(4):
        ending.tell()
    assert told == [(SITE + PREFIX, duo.oin, ending.KIND, ending.PATH, {"number": number})] * 3


# The side where they go on


def _running():
    return [identity.running(row.id) for row in LoginRow.objects.filter(ended="")]


def test_the_login_that_opens_is_as_sure_and_as_old_as_the_first_and_recorded_with_its_purpose(arriving, duo, persona):
    act = str(uuid4())
    answer = arriving(page=f"/apply/{GRANT}", act=act)
    assert answer.headers["Location"] == f"/apply/{GRANT}"
    (login,) = _running()
    assert (login.bsn, login.level, login.means) == (persona("student"), Level.SUBSTANTIAL, f"portal-{duo.oin}")
    assert timedelta(minutes=59) < clock.now() - login.authenticated_at < timedelta(minutes=61)
    assert timedelta(minutes=119) < login.absolute_until - clock.now() < timedelta(minutes=121)
    (line,) = [json.loads(bytes(row.body)) for row in LogLine.objects.filter(activity=purpose.TASK)]
    assert line["act"] == act
    assert line["reason"].startswith(f"Verder vanuit {duo.name}, voor: Aanvullende beurs.")


def test_no_login_lasts_longer_than_four_hours_whatever_the_other_side_says(arriving):
    arriving(until=(clock.now() + timedelta(days=9)).isoformat(), since=(clock.now() + timedelta(hours=9)).isoformat())
    (login,) = _running()
    assert login.absolute_until <= clock.now() + timedelta(hours=4)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"state": "of another browser"}, 403),
        ({"through": Client()}, 403),
        ({"level": "high"}, 403),  # more was asked than the other side can say
        ({"level": "low", "page": "/", "actor": "1"}, 403),
        ({"until": "2020-01-01T00:00:00+00:00"}, 403),
        ({"trace": "0" * 32}, 403),
        ({"act": 5}, 403),
        ({"since": "9999-12-31T23:59:59-10:00"}, 403),
    ],
    ids=["state", "browser", "level", "number", "over", "trace", "no text", "no day that can be"],
)
def test_who_arrives_with_one_thing_wrong_is_not_logged_in(arriving, changes, status):
    assert arriving(**changes).status_code == status
    assert _running() == []


def test_what_another_body_signed_or_what_is_for_another_is_not_believed(arriving, client):
    other = queries.by_key("belastingdienst").oin
    assert arriving(signer=other).status_code == 403
    assert arriving(aud=other).status_code == 403
    assert client.get(f"/login/from/{other}/back?state=s&code=c").status_code == 403
    assert client.get(f"/login/from/{other}?page=/applications").headers["Location"] == "/login?next=/applications"
    assert _running() == []


def test_an_answer_counts_once_and_stopping_leads_back_to_the_choice(arriving, client, duo):
    state = "once"
    assert arriving().status_code == 302
    assert client.get(f"/login/from/{duo.oin}/back", {"state": state, "code": "c"}).status_code == 403
    began = client.get(f"/login/from/{duo.oin}?page=/messages").headers["Location"]
    asked = parse_qs(urlsplit(began).query)["state"][0]
    stopped = client.get(f"/login/from/{duo.oin}/back", {"state": asked, "error": "cancelled"})
    assert stopped.headers["Location"] == "/login?next=/messages&cancelled=1"


def test_a_means_that_is_blocked_here_does_not_come_in_by_way_of_another_body(arriving, persona):
    party = identity_services.party_for(persona("student"))
    blocking.block(party, "digid")
    assert arriving().status_code == 403
    assert _running() == []
    assert arriving(means="eidas").status_code == 302


def test_who_may_act_for_another_there_acts_for_them_here_when_our_own_registers_say_so(arriving, persona):
    guardian, ward = persona("guardian").value, persona("ward").value
    assert arriving(actor=guardian, subject=ward, subject_name="W. Verzonnen").status_code == 302
    (login,) = _running()
    assert login.acting_for.subject.bsn == persona("ward")


def test_who_may_not_is_logged_in_for_themselves_and_reads_that(arriving, persona):
    answer = arriving(subject=persona("ward").value, subject_name="W. Verzonnen")
    assert (answer.status_code, "voor uzelf" in answer.content.decode()) == (403, True)
    (login,) = _running()
    assert login.acting_for is None


@pytest.mark.parametrize("subject", ["guardian", "student"], ids=["for themselves", "for who they may not"])
def test_who_arrives_acts_no_more_for_whom_they_acted_here_before(arriving, persona, subject):
    guardian, ward = persona("guardian").value, persona("ward").value
    arriving(actor=guardian, subject=ward, subject_name="W. Verzonnen")
    arriving(actor=guardian, subject=persona(subject).value)
    (login,) = _running()
    assert login.acting_for is None


def test_who_logs_in_more_surely_by_way_of_the_other_body_goes_on_acting_for_whom_they_did(arriving, persona):
    guardian, ward = persona("guardian").value, persona("ward").value
    arriving(actor=guardian, subject=ward, subject_name="W. Verzonnen")
    LoginRow.objects.update(level=Level.LOW)
    arriving(actor=guardian, subject=guardian, level="substantial")
    (login,) = _running()
    assert login.acting_for.subject.bsn == persona("ward")


def test_nothing_opens_when_it_cannot_be_recorded(arriving, read_only_logbook):
    with read_only_logbook():
        assert arriving().status_code == 503
    assert _running() == []


def test_the_login_ends_when_the_other_side_says_so_and_only_for_its_own(arriving, client, duo):
    arriving()
    row = LoginRow.objects.get(ended="")
    other, body = queries.by_key("belastingdienst").oin, {"number": row.upstream_session}
    assert signed(other, ending.KIND, END, body)[0] == 403
    assert signed(duo.oin, taking.KIND, END, body)[0] == 401, "a token of another kind"
    assert signed(duo.oin, ending.KIND, END, {"number": str(uuid4())}) == (200, {"ended": 0})
    assert signed(duo.oin, ending.KIND, END, body) == (200, {"ended": 1})
    assert client.get("/applications").headers["Location"].startswith("/login")


def test_logging_out_says_where_one_may_still_be_logged_in(arriving, client, duo):
    arriving()
    left = client.post("/logout").headers["Location"]
    assert f"{SITE}/logout" in client.get(left).content.decode()


def test_what_is_refused_here_about_an_organisation_elsewhere_stands_in_our_own_log(student, duo, persona):
    other = persona("widow")
    whose = Subject(party=identity_services.party_for(other), bsn=other)
    with pytest.raises(Denied):
        require(student, catalogue.for_access(GRANT), Permission.READ, subject=whose)
    assert LogLine.objects.get().organisation == queries.operator().oin.value
