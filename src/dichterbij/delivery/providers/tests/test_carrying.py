"""Going on for another in another instance: by a mandate, for as long and as far as it holds, and for a company."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.delivery.providers import elsewhere
from dichterbij.delivery.providers.api import PREFIX
from dichterbij.delivery.providers.domain import NotAvailable
from dichterbij.delivery.providers.keeping import purge_carried
from dichterbij.delivery.providers.line import Line, Reply
from dichterbij.delivery.providers.models import CarriedMandate, HandOver
from dichterbij.delivery.providers.moving import carrying, giving, sealing, taking
from dichterbij.delivery.providers.refusals import RefusedElsewhere
from dichterbij.ground.authority import mandates
from dichterbij.ground.authority.domain import Denied, Refusal
from dichterbij.ground.authority.models import Mandate
from dichterbij.ground.authority.services import require
from dichterbij.ground.authority.tests.said import Register
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity import services as identity_services
from dichterbij.ground.identity.domain import ActingFor, Ended
from dichterbij.ground.identity.models import LoginRow
from dichterbij.ground.identity.tests.clients import sign_in_client
from dichterbij.ground.logbook.models import Line as LogLine
from dichterbij.ground.organisations import models, queries, tokens
from dichterbij.ground.registry import adapters
from dichterbij.kernel import clock
from dichterbij.kernel.access import Permission, Subject
from dichterbij.kernel.identifiers import KvkNumber

from .other_side import signed

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT, ALLOWANCE = "aanvullende-beurs", "zorgtoeslag"
COMPANY = KvkNumber("90123456")


# The side where the mandate was given


@pytest.fixture
def helper(persona, duo):
    """The uncle, logged in here and acting for the student by a mandate."""
    uncle = sign_in_client(Client(), persona("uncle"), name="O. Verzonnen")
    whose = identity.subject_of(identity_services.party_for(persona("student")))
    return replace(uncle, acting_for=ActingFor(subject=whose, name="E. Verzonnen"))


@pytest.fixture
def mandated(helper):
    """Return a function that lets the student give the uncle a mandate."""

    def give(**changed):
        now = clock.now()
        usual = {"products": [GRANT, ALLOWANCE], "accepted_at": now, "valid_until": now + timedelta(days=9)}
        people = {"represented": helper.subject.party, "representative": helper.party}
        times = {"made_at": now, "code_until": now, "checked_until": now + timedelta(hours=1)}
        names = mandates.sealed({"represented": "E. Verzonnen", "representative": "O. Verzonnen"})
        return Mandate.objects.create(sealed=names, **{**people, **times, **usual, **changed})

    return give


def _handed_over(helper, duo):
    """Let the uncle go on at DUO; returns what DUO hears, and the number of the hand-over."""
    LoginRow.objects.filter(id=helper.id).update(acting_for_sealed=_acting(helper))
    code = giving.offer(helper, duo, GRANT, state="s-1")
    status, told = signed(duo.oin, taking.KIND, PREFIX + taking.PATH, {"code": code, "state": "s-1"})
    assert status == 200, told
    _, claims = tokens.signed_by(told["token"], kind=giving.KIND)
    return json.loads(tokens.decrypt(duo.oin, claims["sub"])), claims["jti"]


def _acting(helper):
    from dichterbij.ground.identity import sessions

    return sessions.sealed_party(helper.acting_for)


def _now(duo, number, signer=None):
    """Let DUO ask what a mandate allows now; returns that, or the status of the refusal."""
    path = PREFIX + carrying.PATH
    status, told = signed(signer or duo.oin, carrying.KIND, path, {"number": number})
    if status != 200:
        return status
    _, claims = tokens.signed_by(told["token"], kind=carrying.ANSWER)
    return json.loads(tokens.decrypt(duo.oin, claims["sub"]))["mandate"]


def test_of_a_mandate_only_what_is_for_the_bodies_there_goes_along(helper, mandated, duo):
    row = mandated()
    said, number = _handed_over(helper, duo)
    assert said["mandate"]["products"] == [GRANT]
    assert said["mandate"] == _now(duo, number)
    assert (said["mandate"]["submit"], said["mandate"]["reference"]) == (True, str(row.id))
    (line,) = [
        each
        for each in (json.loads(bytes(row.body)) for row in LogLine.objects.all())
        if each.get("onBehalfOf") and each["kind"] == "act"
    ]
    assert line["reason"].endswith("inlogniveau gingen mee, en voor wie.")


def test_nothing_of_somebody_goes_along_when_the_mandate_is_not_for_the_bodies_there(helper, mandated, duo):
    mandated(products=[ALLOWANCE])
    with pytest.raises(Denied):
        giving.offer(helper, duo, GRANT, state="s-1")
    with pytest.raises(giving.NotForThemThere):
        giving.offer(helper, duo, ALLOWANCE, state="s-1")
    assert not HandOver.objects.exists()


def test_who_goes_on_from_a_page_about_no_product_takes_along_what_the_mandate_covers_there(helper, mandated, duo):
    mandated()
    access, said = giving.with_whom(helper, duo, "")
    assert said["products"] == [GRANT]
    assert access.subject.party == helper.subject.party
    Mandate.objects.update(products=[ALLOWANCE])
    with pytest.raises(Denied):
        giving.with_whom(helper, duo, "")


def test_who_cannot_go_on_for_another_chooses_to_go_on_for_themselves_or_to_stay(persona, helper, mandated, duo):
    mandated(products=[ALLOWANCE])
    client = Client()
    login = sign_in_client(client, persona("uncle"), name="O. Verzonnen")
    LoginRow.objects.filter(id=login.id).update(acting_for_sealed=_acting(helper))
    address = f"/hand-over/{duo.oin}?state=s-1&level=low&page=/applications"
    page = client.get(address)
    assert page.status_code == 200
    for words in ("Voor E. Verzonnen kunt u daar niet verder", "Ga verder voor uzelf", "Blijf hier"):
        assert words in page.content.decode()
    assert client.post(address).status_code == 200, "no code is made for who may not"
    assert not HandOver.objects.exists()
    assert client.post(address, {"alone": "1"}).headers["Location"] == address
    page = client.get(address).content.decode()
    assert "Dit gaat mee" in page
    assert "voor wie u handelt" not in page


def test_the_other_instance_hears_at_once_that_a_mandate_was_stopped(helper, mandated, duo):
    row = mandated()
    _, number = _handed_over(helper, duo)
    assert _now(duo, number)["until"] == row.valid_until.isoformat()
    Mandate.objects.update(ended_at=clock.now())
    assert _now(duo, number) is None


def test_the_courts_are_asked_before_the_other_instance_hears_that_a_mandate_holds(helper, mandated, duo):
    mandated()
    _, number = _handed_over(helper, duo)
    Mandate.objects.update(checked_until=clock.now() - timedelta(seconds=1))
    adapters.register("ccbr", Register(**{"curatoren.aanwezig": True}))
    try:
        assert _now(duo, number) is None
    finally:
        adapters.configure(settings.REGISTRIES)


def test_only_the_instance_where_somebody_went_on_hears_of_their_mandate(helper, mandated, duo):
    mandated()
    _, number = _handed_over(helper, duo)
    assert _now(duo, number, signer=queries.by_key("belastingdienst").oin) == 403
    assert _now(duo, str(uuid4())) == 403
    LoginRow.objects.filter(id=helper.id).update(ended=Ended.IDLE)
    assert _now(duo, number) is not None, "a login that was left alone here goes on there"
    LoginRow.objects.filter(id=helper.id).update(ended=Ended.SIGNED_OUT)
    assert _now(duo, number) == 403


def test_the_page_says_that_the_mandate_goes_along_and_of_whom(persona, helper, mandated, duo):
    mandated()
    client = Client()
    login = sign_in_client(client, persona("uncle"), name="O. Verzonnen")
    LoginRow.objects.filter(id=login.id).update(acting_for_sealed=_acting(helper))
    page = client.get(f"/hand-over/{duo.oin}?state=s-1&level=low&page=/apply/{GRANT}").content.decode()
    assert "uw machtiging: wat u daarmee mag bij Dienst Uitvoering Onderwijs" in page
    assert "voor wie u handelt: E. Verzonnen, met het burgerservicenummer" in page


# The side where they go on


@pytest.fixture
def portal(duo):
    """DUO, believed about mandates that were given there."""
    models.Organisation.objects.filter(oin=duo.oin.value).update(may_mandate=True)
    queries.forget()
    return duo


def _mandate(**changed):
    until = (clock.now() + timedelta(days=3)).isoformat()
    return {
        "products": [ALLOWANCE],
        "everything": False,
        "submit": True,
        "until": until,
        "reference": str(uuid4()),
        **changed,
    }


@pytest.fixture
def carried(arriving, persona, portal):
    """Return a function that lets the uncle arrive from DUO for the student, by a mandate; gives their login."""

    def arrive(**changed):
        whom = {"actor": persona("uncle").value, "subject": persona("student").value, "subject_name": "E. Verzonnen"}
        said = {"mandate": _mandate(), "product": ALLOWANCE, **whom, **changed}
        answer = arriving(page=f"/apply/{ALLOWANCE}", **said)
        return answer, identity.running(LoginRow.objects.get(ended="").id)

    return arrive


def _may(login, product=ALLOWANCE, permission=Permission.SUBMIT):
    return require(login, catalogue.for_access(product), permission)


def _answering(monkeypatch, duo, answer):
    """Let DUO answer, when it is asked again, with this mandate or this problem; ten seconds are over."""
    CarriedMandate.objects.update(asked_at=clock.now() - timedelta(seconds=10))

    def post(line, to, kind, path, body):
        if isinstance(answer, Exception):
            raise answer
        own = queries.operator().oin
        token = tokens.sign(duo.oin, _claims(own, body["number"], answer), kind=carrying.ANSWER)
        return Reply(content=json.dumps({"token": token}).encode(), last_modified="")

    monkeypatch.setattr(Line, "post", post)


def _claims(own, number, mandate):
    said = json.dumps({"mandate": mandate}).encode()
    return {"aud": own.value, "jti": number, "sub": tokens.encrypt(own, said)}


def test_who_goes_on_acts_here_by_the_mandate_they_have_there_and_both_read_for_what(carried, persona):
    answer, login = carried()
    assert answer.status_code == 302
    assert login.acting_for.subject.bsn == persona("student")
    (offered,) = carrying.offered(login)
    assert (offered.party, offered.kind, offered.scopes[0].products) == (login.subject.party, "mandate", {ALLOWANCE})
    assert carrying.offered(replace(login, acting_for=None)) == ()
    access = _may(login)
    assert access.on_behalf_of == f"mandate:{CarriedMandate.objects.get().reference}"
    lines = [json.loads(bytes(row.body)) for row in LogLine.objects.filter(activity="portaal.verdergaan")]
    assert len({line["subject"] for line in lines}) == 2
    assert {line["reason"].partition(".")[0] for line in lines} == {
        "Verder vanuit Dienst Uitvoering Onderwijs, voor: Zorgtoeslag"
    }


@pytest.mark.parametrize(
    ("changed", "product", "permission", "reason"),
    [
        ({}, GRANT, Permission.READ, Refusal.OUT_OF_SCOPE),
        ({"submit": False}, ALLOWANCE, Permission.SUBMIT, Refusal.NOT_PERMITTED),
    ],
    ids=["another product", "only to look"],
)
def test_a_mandate_allows_no_more_here_than_there(carried, changed, product, permission, reason):
    _, login = carried(mandate=_mandate(**changed))
    with pytest.raises(Denied) as refused:
        _may(login, product, permission)
    assert refused.value.reason is reason


def test_a_mandate_for_everything_still_does_not_open_who_looked_or_the_authorities_of_the_other(carried):
    _, login = carried(mandate=_mandate(products=["portaal.overzicht", "berichten"], everything=True))
    assert _may(login, GRANT).on_behalf_of
    assert require(login, elsewhere.product_at(queries.operator().oin), Permission.READ).on_behalf_of
    page = elsewhere.product_at(queries.operator().oin)
    for name in ("portaal.inzage", "portaal.machtigen", "portaal.toestemming"):
        with pytest.raises(Denied):
            require(login, replace(page, id=name), Permission.READ)


def test_who_comes_for_no_product_acts_here_when_the_mandate_covers_one(carried):
    _, login = carried(product="")
    assert login.acting_for.name == "E. Verzonnen"


@pytest.mark.parametrize("why", ["not believed", "over", "for something else", "none"])
def test_who_comes_without_a_mandate_that_counts_is_logged_in_for_themselves(carried, portal, why):
    if why == "not believed":
        models.Organisation.objects.update(may_mandate=False)
        queries.forget()
    said = {
        "not believed": _mandate(),
        "over": _mandate(until=clock.now().isoformat()),
        "for something else": _mandate(products=[GRANT]),
        "none": None,
    }[why]
    answer, login = carried(mandate=said)
    assert (answer.status_code, "voor uzelf" in answer.content.decode()) == (403, True)
    assert login.acting_for is None


def test_a_mandate_is_asked_for_again_at_the_act_and_ends_here_when_it_ended_there(carried, portal, monkeypatch):
    _, login = carried()
    for over in (None, RefusedElsewhere("")):
        _answering(monkeypatch, portal, over)
        with pytest.raises(Denied) as refused:
            _may(login)
        assert refused.value.reason is Refusal.NOT_VALID_NOW
    _answering(monkeypatch, portal, _mandate())
    assert _may(login).on_behalf_of
    _answering(monkeypatch, portal, _mandate(products=[GRANT]))
    with pytest.raises(Denied) as refused:
        _may(login)
    assert refused.value.reason is Refusal.OUT_OF_SCOPE


def test_no_answer_of_where_it_was_given_is_no_authority_and_says_why(carried, portal, monkeypatch):
    _, login = carried()
    for silence in (NotAvailable(), KeyError()):
        _answering(monkeypatch, portal, silence)
        with pytest.raises(carrying.MandateNotAnswered, match="antwoordt nu niet"):
            _may(login)
    assert require(replace(login, acting_for=None), catalogue.for_access(ALLOWANCE), Permission.SUBMIT).is_own()


@pytest.mark.parametrize("wrong", ["signer", "number", "reader"])
def test_what_another_says_of_a_mandate_is_not_believed(carried, portal, monkeypatch, wrong):
    _, login = carried()
    own, other = queries.operator().oin, queries.by_key("belastingdienst").oin
    number = str(uuid4()) if wrong == "number" else str(CarriedMandate.objects.get().number)
    claims = _claims(own, number, _mandate()) | ({"aud": other.value} if wrong == "reader" else {})
    token = tokens.sign(other if wrong == "signer" else portal.oin, claims, kind=carrying.ANSWER)
    CarriedMandate.objects.update(asked_at=clock.now() - carrying.BELIEVED)
    monkeypatch.setattr(Line, "post", lambda *_: Reply(json.dumps({"token": token}).encode(), ""))
    with pytest.raises((Denied, carrying.MandateNotAnswered)):
        _may(login)


def test_a_mandate_came_with_one_login_and_counts_in_no_other(carried, persona):
    _, login = carried()
    direct = sign_in_client(Client(), persona("uncle"))
    with pytest.raises(Denied):
        _may(replace(direct, acting_for=login.acting_for))
    other = Subject.of(identity_services.party_for(persona("widow")), persona("widow"))
    with pytest.raises(Denied):
        _may(replace(login, acting_for=ActingFor(subject=other, name="")))


def test_a_mandate_of_who_died_here_is_over(carried, persona):
    _, login = carried()
    from dichterbij.ground.identity.models import Party

    Party.objects.filter(id=login.subject.party).update(died_at=clock.now())
    with pytest.raises(Denied):
        _may(login)


def test_what_was_said_of_a_mandate_is_forgotten_after_a_day(carried):
    carried()
    assert purge_carried(clock.now()) == 0
    assert purge_carried(clock.now() + timedelta(days=1, seconds=1)) == 1


@pytest.mark.parametrize("is_director", [True, False])
def test_who_acts_for_a_company_there_acts_for_it_here_when_our_own_business_register_says_so(
    arriving, persona, is_director
):
    function = {
        "functie": "bestuurder",
        "bevoegdheid": "alleen of zelfstandig bevoegd",
        "nummer": COMPANY.value,
        "naam": "Een bedrijf",
    }
    adapters.register("kvk", Register(functies=(function,) if is_director else ()))
    try:
        product = "kleineondernemersregeling"
        answer = arriving(subject=COMPANY.value, subject_name="Een bedrijf", product=product)
    finally:
        adapters.configure(settings.REGISTRIES)
    login = identity.running(LoginRow.objects.get(ended="").id)
    assert answer.status_code == (302 if is_director else 403)
    assert (login.acting_for.subject.kvk_number if login.acting_for else None) == (COMPANY if is_director else None)


def test_what_is_no_answer_of_another_instance_is_refused(organisations):
    for answer in (None, [], {}, {"token": 1}, {"token": "a.b.c"}):
        with pytest.raises(sealing.REFUSES):
            sealing.opened(queries.by_key("duo"), answer, kind=carrying.ANSWER)
