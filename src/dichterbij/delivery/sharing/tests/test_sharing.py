"""A company gets what somebody agreed to share, and nothing else, once, until it is taken back."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command

from dichterbij.delivery.sharing import asking, catalogue, deciding, recipients, releasing, signature
from dichterbij.delivery.sharing.domain import CannotConsent, QuestionOver, State, UnknownConsent
from dichterbij.delivery.sharing.models import Consent, Recipient
from dichterbij.ground.authority import codes, registers
from dichterbij.ground.authority.domain import Denied
from dichterbij.ground.authority.models import RegisteredAuthority
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.logbook.models import Line
from dichterbij.ground.organisations import queries as organisations_of
from dichterbij.ground.organisations import tokens
from dichterbij.ground.registry import activities, fetching
from dichterbij.ground.registry import adapters as registries
from dichterbij.ground.registry.domain import SourceUnavailable
from dichterbij.kernel import clock
from dichterbij.kernel.access import Permission
from dichterbij.kernel.identifiers import Oin
from dichterbij_world import corporation

from .conftest import ADDRESS, AMOUNT, LIMIT, asked, fetched, lines

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


def code_of(answer):
    return answer[0], answer[1]["type"].rpartition(":")[2]


# ------------------------------------------------------------------------------------------------ what is shared


def test_before_a_yes_nothing_is_read_and_the_company_knows_nothing_of_anybody(post, person):
    request, code = asked(post)
    assert code_of(fetched(post, request)) == (404, "not-answered")
    person("starter").opens(code)
    assert code_of(fetched(post, request)) == (404, "not-answered")
    assert not any(line["kind"] == "read" for line in lines())


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (LIMIT, {"isWithin": True, "year": 2025}),
        ({**LIMIT, "atMostCents": 3_009_999}, {"isWithin": False, "year": 2025}),
        ({"purpose": "huurwoning", "packet": "inkomen-grens", "atLeastCents": 3_010_000}, {"isWithin": True}),
        (AMOUNT, {"incomeCents": 3_010_000, "year": 2025, "isWithin": None, "address": None}),
        (ADDRESS, {"incomeCents": None, "year": None, "isWithin": None}),
    ],
)
def test_after_a_yes_the_company_gets_the_packet_and_nothing_else(post, person, body, said):
    request, code = asked(post, body)
    person("starter").says_yes(code)
    status, facts = fetched(post, request, body)
    assert (status, facts["name"], facts["bornOn"]) == (200, "Fenna ter Berkenkade", "1982-04-17")
    assert {key: facts[key] for key in said} == said
    assert bool(facts["address"]) == (body is ADDRESS)


def test_the_look_and_the_giving_are_on_record_with_company_and_consent(post, person):
    request, code = asked(post)
    person("starter").says_yes(code)
    before = Line.objects.count()
    fetched(post, request)
    found = lines()[before:]
    assert [line["registry"] for line in found if line["kind"] == "read"] == ["brp", "belastingdienst"]
    assert (found[-1]["kind"], found[-1]["fields"]) == ("act", [releasing.SHARED])
    assert {line["activity"]["id"] for line in found} == {"delen.inkomen"}
    reason = f"voor {corporation.NAME}: Nagaan of u deze woning kunt huren; toestemming {request[:8]} van "
    assert all(line["reason"].startswith(reason) for line in found)


def test_without_a_writable_log_nothing_is_given_and_it_can_be_fetched_later(post, person, read_only_logbook):
    request, code = asked(post)
    person("starter").says_yes(code)
    token = post("/tokens", {"request": request})[1]["token"]
    with read_only_logbook():
        assert post("/facts", {"token": token, "purpose": "huurwoning", "packet": "inkomen-grens"})[0] == 503
    assert fetched(post, request)[0] == 200


@pytest.fixture
def without_incomes(monkeypatch):
    """Return a context in which the register of incomes gives no answer."""
    fetching._connect()

    def away(*_: object) -> None:
        raise SourceUnavailable("Kapot.")

    @contextmanager
    def down():
        with monkeypatch.context() as patched:
            patched.setattr(type(registries.adapter("belastingdienst")), "fetch", away)
            yield

    return down


def test_a_source_that_does_not_answer_uses_up_nothing(post, person, without_incomes):
    request, code = asked(post)
    person("starter").says_yes(code)
    with without_incomes():
        assert fetched(post, request)[0] == 503
    assert fetched(post, request)[0] == 200


def test_what_was_asked_and_not_given_is_not_told_as_fetched(post, person, without_incomes):
    request, code = asked(post, {**LIMIT, "days": 30})
    person("starter").says_yes(code, is_once=False)
    with without_incomes():
        assert fetched(post, request)[0] == 503
        assert Consent.objects.get(id=request).used_at is None
    assert fetched(post, request)[0] == 200
    given_at = Consent.objects.get(id=request).used_at
    with without_incomes():
        assert fetched(post, request)[0] == 503
    assert Consent.objects.get(id=request).used_at == given_at


# ------------------------------------------------------------------------------------------------ no consent


def test_what_is_shared_once_is_given_once(post, person):
    request, code = asked(post)
    fenna = person("starter")
    given = fenna.says_yes(code)
    assert fetched(post, request)[0] == 200
    assert code_of(fetched(post, request)) == (403, "no-consent")
    assert deciding.one(fenna.access(), given.id).state is State.USED


def test_from_the_moment_it_is_taken_back_nothing_is_given(post, person):
    request, code = asked(post)
    fenna = person("starter")
    given = fenna.says_yes(code)
    token = post("/tokens", {"request": request})[1]["token"]
    fenna.takes_back(given)
    with clock.frozen(clock.now() + timedelta(seconds=1)):
        fetching_now = {"token": token, "purpose": "huurwoning", "packet": "inkomen-grens"}
        assert code_of(post("/facts", fetching_now)) == (403, "no-consent")
        assert code_of(fetched(post, request)) == (403, "no-consent")
    assert [line["kind"] for line in lines()][-2:] == ["denied", "denied"]


def test_what_is_taken_back_while_it_is_read_is_not_given(post, person, monkeypatch):
    request, code = asked(post)
    fenna = person("starter")
    given = fenna.says_yes(code)
    fetching._connect()
    register = type(registries.adapter("belastingdienst"))
    fetch = register.fetch

    def taken_back_meanwhile(adapter, query):
        Consent.objects.filter(id=given.id).update(withdrawn_at=clock.now())
        return fetch(adapter, query)

    monkeypatch.setattr(register, "fetch", taken_back_meanwhile)
    assert code_of(fetched(post, request)) == (403, "no-consent")


def test_a_wrong_purpose_a_wider_packet_and_a_token_that_comes_again_are_refused(post, person):
    request, code = asked(post, {**LIMIT, "days": 30})
    person("starter").says_yes(code, is_once=False)
    token = post("/tokens", {"request": request})[1]["token"]
    right = {"token": token, "purpose": "huurwoning", "packet": "inkomen-grens"}
    assert code_of(post("/facts", {**right, "purpose": "hypotheek"})) == (403, "no-consent")
    assert code_of(post("/facts", {**right, "packet": "inkomen"})) == (403, "no-consent")
    assert post("/facts", right)[0] == 200
    assert code_of(post("/facts", right)) == (401, "assertion-used")
    assert [line["kind"] for line in lines()].count("denied") == 3
    assert fetched(post, request)[0] == 200  # with a new token, as was agreed


def test_a_request_that_is_sent_again_or_a_token_that_is_too_old_is_refused(post, person):
    request, code = asked(post)
    person("starter").says_yes(code)
    number = uuid4()
    token = post("/tokens", {"request": request}, number)[1]["token"]
    assert code_of(post("/tokens", {"request": request}, number)) == (401, "assertion-used")
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        late = post("/facts", {"token": token, "purpose": "huurwoning", "packet": "inkomen-grens"})
        assert code_of(late) == (401, "assertion-expired")


def test_another_company_gets_nothing_with_the_number_or_the_token(post, person, monkeypatch):
    request, code = asked(post)
    person("starter").says_yes(code)
    token = post("/tokens", {"request": request})[1]["token"]
    monkeypatch.setattr(corporation, "OIN", Oin("00000099100000991000"))
    monkeypatch.setattr(corporation, "KEY", "een-ander")
    corporation.set_up()
    assert code_of(fetched(post, request)) == (403, "no-consent")
    stolen = {"token": token, "purpose": "huurwoning", "packet": "inkomen-grens"}
    assert code_of(post("/facts", stolen)) == (403, "no-consent")
    assert [line["kind"] for line in lines()][-2:] == ["denied", "denied"]
    assert {line["reason"] for line in lines()[-2:]} == {f"vraag van {corporation.NAME}, zonder toestemming"}
    assert code_of(post("/tokens", {"request": str(uuid4())})) == (403, "no-consent")


def test_a_token_that_is_not_ours_opens_nothing(post, person):
    request, code = asked(post)
    person("starter").says_yes(code)
    claims = {"aud": corporation.OIN.value, "consent": request}
    for signer, kind in ((corporation.OIN, releasing.KIND), (organisations_of.operator().oin, signature.KIND)):
        forged = tokens.sign(signer, claims, kind=kind)
        status, problem = post("/facts", {"token": forged, "purpose": "huurwoning", "packet": "inkomen-grens"})
        assert (status, problem["type"].rpartition(":")[2]) == (401, "token-refused")


def test_what_an_operator_takes_out_is_given_and_asked_no_more_and_stays_readable(post, person, monkeypatch, tmp_path):
    request, code = asked(post, {**LIMIT, "days": 30})
    _other, waits = asked(post)
    fenna = person("starter")
    given = fenna.says_yes(code, is_once=False)
    waiting = fenna.opens(waits)
    token = post("/tokens", {"request": request})[1]["token"]
    (own,) = (folder / "content" / "sharing.yaml" for folder in settings.DATA_FOLDERS)
    content = yaml.safe_load(own.read_text(encoding="utf-8"))
    del content["packets"]["inkomen-grens"], content["purposes"]["hypotheek"]
    overlay = tmp_path / "sharing.yaml"
    overlay.write_text(yaml.safe_dump(content), encoding="utf-8")
    monkeypatch.setattr(catalogue, "_content", lambda: catalogue._load((own, overlay)))
    assert code_of(post("/requests", LIMIT)) == (400, "not-in-purpose")
    assert code_of(post("/requests", {**AMOUNT, "purpose": "hypotheek"})) == (400, "not-in-purpose")
    fetching_now = {"token": token, "purpose": "huurwoning", "packet": "inkomen-grens"}
    assert code_of(post("/facts", fetching_now)) == (403, "no-consent")
    assert code_of(fetched(post, request)) == (403, "no-consent")
    with pytest.raises(QuestionOver):
        deciding.give(fenna.access(Permission.SUBMIT, waiting), waiting.id, is_once=True)
    assert {each.id for each in deciding.mine(fenna.access())} == {given.id, waiting.id}
    assert catalogue.what_is_asked(given.question, "en").startswith("Whether your income")
    fenna.takes_back(given)


def test_a_yes_ends_by_itself(post, person):
    request, code = asked(post, {**LIMIT, "days": 30})
    person("starter").says_yes(code, is_once=False)
    assert fetched(post, request)[0] == 200
    over = clock.end_of(clock.today() + timedelta(days=30))
    with clock.frozen(over - timedelta(seconds=1)):  # the last day counts whole, as the person reads
        assert fetched(post, request)[0] == 200
    with clock.frozen(over):
        assert code_of(fetched(post, request)) == (403, "no-consent")


def test_no_company_can_ask_for_longer_than_a_quarter_or_for_ever(post):
    for days in (asking.MOST_DAYS + 1, -1, None, "forever"):
        assert code_of(post("/requests", {**LIMIT, "days": days})) == (400, "malformed-request")


@pytest.mark.parametrize(
    "body",
    [
        {"purpose": "huurwoning", "packet": "inkomen-grens"},
        {**LIMIT, "atLeastCents": 1},
        {**AMOUNT, "atMostCents": 1},
        {**LIMIT, "packet": "medisch-dossier"},
        {**LIMIT, "purpose": "reclame"},
    ],
)
def test_what_does_not_fit_the_purpose_cannot_be_asked(post, body):
    assert code_of(post("/requests", body)) == (400, "not-in-purpose")


def test_who_died_shares_nothing_and_the_company_does_not_hear_why(post, person, monkeypatch):
    request, code = asked(post)
    person("starter").says_yes(code)
    _as_if(monkeypatch, suspended="O")
    assert code_of(fetched(post, request)) == (404, "not-established")
    assert lines()[-1]["kind"] == "denied"


def test_the_address_of_who_keeps_it_secret_is_never_given_nor_read(post, person, monkeypatch):
    _as_if(monkeypatch, confidential=True)
    request, code = asked(post, ADDRESS)
    person("starter").says_yes(code)
    assert code_of(fetched(post, request, ADDRESS)) == (404, "not-established")
    assert not any("adressering" in name for line in lines() if line["kind"] == "read" for name in line["fields"])
    request, code = asked(post, LIMIT)
    person("starter").says_yes(code)
    assert fetched(post, request)[0] == 200


def _as_if(monkeypatch, **flags):
    """Let the population register say something else of everybody."""
    fetching._connect()
    register = type(registries.adapter("brp"))
    fetch = register.fetch
    monkeypatch.setattr(
        register,
        "fetch",
        lambda adapter, query: {bsn: replace(raw, **flags) for bsn, raw in fetch(adapter, query).items()},
    )


# ------------------------------------------------------------------------------------------------ who decides


def test_who_has_a_guardian_does_not_decide_and_the_guardian_does(post, person, persona):
    request, code = asked(post)
    ward = person("ward")
    with pytest.raises(CannotConsent):
        ward.says_yes(code)
    assert lines()[-1]["kind"] == "denied"
    guardian = person("guardian").acting_for(persona("ward"))
    found = deciding.one(guardian.access(), ward.opens(code).id)
    before = len(lines())
    deciding.give(guardian.access(Permission.SUBMIT, found), found.id, is_once=True)
    assert [line["kind"] for line in lines()[before:]] == ["act"]  # who says yes does not look once more
    assert fetched(post, request)[0] == 200


def test_when_the_guardian_is_one_no_longer_their_yes_holds_no_longer(post, person, persona, monkeypatch):
    request, code = asked(post)
    person("guardian").acting_for(persona("ward")).says_yes(code)
    registers.forget(party_for(persona("ward")))
    monkeypatch.setattr(type(registries.adapter("ccbr")), "fetch", lambda *_: {})
    assert code_of(fetched(post, request)) == (403, "no-consent")


def test_who_has_no_known_day_of_birth_hears_where_to_go_and_not_that_we_can_help(post, person, monkeypatch):
    _request, code = asked(post)
    monkeypatch.setattr(deciding, "_read", lambda *_: {})
    with pytest.raises(CannotConsent) as refused:
        person("starter").says_yes(code)
    assert refused.value.remedy.startswith("Vraag het bedrijf hoe het anders kan")


def test_a_child_below_sixteen_does_not_decide(post, person, monkeypatch):
    _request, code = asked(post)
    monkeypatch.setattr(deciding, "OWN_FROM", 60)  # as if the starter, of 44, were a child
    with pytest.raises(CannotConsent, match="16"):
        person("starter").says_yes(code)
    assert lines()[-1]["kind"] == "denied"


def test_a_parent_decides_for_a_child_until_that_is_sixteen(post, person, persona):
    request, code = asked(post, {**ADDRESS, "days": 30})
    mother = person("bonaire_mother").acting_for(persona("bonaire_son"))
    mother.says_yes(code, is_once=False)
    assert fetched(post, request, ADDRESS)[0] == 200
    RegisteredAuthority.objects.update(age=16)
    assert code_of(fetched(post, request, ADDRESS)) == (403, "no-consent")
    with pytest.raises(Denied):
        mother.access()


def test_who_acts_by_mandate_or_for_who_died_does_not_consent(post, person, persona):
    with pytest.raises(CannotConsent):
        person("student").acting_for(persona("student_mother")).access()
    assert lines()[-1]["kind"] == "denied"


def test_nobody_sees_or_answers_the_question_of_another(post, person):
    _request, code = asked(post)
    given = person("starter").opens(code)
    other = person("student")
    with pytest.raises(codes.CodeUnknown):
        other.opens(code)
    for act in (deciding.refuse, deciding.withdraw):
        with pytest.raises(QuestionOver):
            act(other.access(Permission.SUBMIT), given.id)
    with pytest.raises(UnknownConsent):
        deciding.give(other.access(Permission.SUBMIT), given.id, is_once=True)
    assert deciding.mine(other.access()) == ()


def test_a_question_is_answered_once_and_no_means_no(post, person):
    request, code = asked(post)
    fenna = person("starter")
    found = fenna.opens(code)
    deciding.refuse(fenna.access(Permission.SUBMIT, found), found.id)
    with pytest.raises(QuestionOver):
        fenna.says_yes(code)
    assert code_of(fetched(post, request)) == (403, "no-consent")


def test_who_was_asked_for_once_is_never_held_to_more(post, person):
    _request, code = asked(post)
    with pytest.raises(QuestionOver):
        person("starter").says_yes(code, is_once=False)


# ------------------------------------------------------------------------------------------------ who may ask


@pytest.mark.parametrize("body", ["duo", "rotterdam", "rechtbank"])
def test_a_body_with_a_legal_task_is_told_to_use_the_law(post, body):
    with pytest.raises(CommandError, match="wettelijke taak"):
        call_command("recipient", "register", body, "huurwoning")


def test_a_body_of_the_government_that_asks_is_refused_on_record(post, monkeypatch):
    monkeypatch.setattr(corporation, "OIN", organisations_of.by_key("duo").oin)
    assert code_of(post("/requests", LIMIT)) == (403, "use-the-law")
    assert (lines()[-1]["kind"], lines()[-1]["subject"]) == ("denied", "")


def test_a_company_that_gets_a_task_by_law_asks_and_fetches_no_more(post, person, monkeypatch):
    request, code = asked(post)
    person("starter").says_yes(code)
    task = replace(activities.registered("duo.aanvullende-beurs"), organisation=corporation.KEY)
    monkeypatch.setattr(recipients.activities, "all_registered", lambda: (task,))
    assert code_of(post("/requests", LIMIT)) == (403, "use-the-law")
    assert code_of(fetched(post, request)) == (403, "use-the-law")
    assert [line["kind"] for line in lines()][-2:] == ["denied", "denied"]


def test_a_company_nobody_registered_or_for_something_else_is_refused_on_record(post, person):
    request, code = asked(post)
    person("starter").says_yes(code)
    assert code_of(post("/requests", {**LIMIT, "purpose": "hypotheek"})) == (403, "not-recipient")
    call_command("recipient", "end", corporation.KEY, "huurwoning")
    assert code_of(fetched(post, request)) == (403, "not-recipient")
    Recipient.objects.all().delete()
    assert code_of(post("/requests", LIMIT)) == (403, "not-recipient")
    assert [line["kind"] for line in lines()][-3:] == ["denied"] * 3
    without_key, without_purpose = ("verhuurder", "huurwoning"), (corporation.KEY, "reclame")
    for arguments in (("register", *without_purpose), ("register", *without_key), ("end", "niemand", "huurwoning")):
        with pytest.raises(CommandError):
            call_command("recipient", *arguments)


def test_a_company_that_asks_too_often_must_wait(post, monkeypatch):
    monkeypatch.setattr(signature, "keeps_pace", lambda _: False)
    assert code_of(post("/requests", LIMIT)) == (429, "too-many-requests")


def test_only_packets_rest_on_consent_and_none_widens_a_law():
    known = {each.activity.id: each for each in activities.all_registered()}
    by_consent = {name: each for name, each in known.items() if "(uw toestemming)" in each.activity.legal_basis}
    assert set(by_consent) == {packet.activity for packet in catalogue.packets().values()}
    for name, found in by_consent.items():
        assert (found.organisation, dict(found.laws), found.activity.automatic) == ("operator", {}, True)
        packets = [each for each in catalogue.packets().values() if each.activity == name]
        read = {"naam.volledigeNaam", "geboorte.datum", *(field for each in packets for field in each.fields)}
        assert {field for fields in activities.allowed_fields(name).values() for field in fields} == read


def test_questions_nobody_opened_go_when_they_are_over_and_the_others_two_years_later(post, person):
    asked(post)
    _request, code = asked(post)
    person("starter").says_yes(code)
    assert asking.purge(clock.now()) == 0
    over = clock.end_of(clock.today() + asking.ANSWER_WITHIN)
    assert asking.purge(over) == 1
    assert asking.purge(over + asking.KEPT_FOR) == 1
