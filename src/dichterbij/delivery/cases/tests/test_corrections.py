"""A request to correct a datum: once at a time, answered once by who keeps the source, seen by who decides."""

from dataclasses import replace
from datetime import date

import pytest

from dichterbij.delivery.cases import queries as cases
from dichterbij.delivery.cases import services as case_services
from dichterbij.delivery.cases.corrections import keepers, queries, services, views
from dichterbij.delivery.cases.corrections.domain import Datum, UnknownCorrection
from dichterbij.delivery.cases.domain import NotComplete, NotNow, OwnCase
from dichterbij.delivery.cases.services import doubting
from dichterbij.delivery.messages import queries as messages
from dichterbij.delivery.messages.tests.reading import text_of_html
from dichterbij.ground.authority.domain import Denied, Refusal
from dichterbij.ground.identity import services as identity
from dichterbij.ground.identity.tests.clients import sign_in_client
from dichterbij.ground.organisations import queries as organisations
from dichterbij.ground.outbox.models import Event
from dichterbij.kernel.access import Actor, Permission, Role
from dichterbij.kernel.levels import Level

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT = "aanvullende-beurs"
STUDY = Datum(source="duo", name="onderwijssoort")
SAYS = "Ik doe een andere opleiding."


@pytest.fixture
def own(citizen):
    place = keepers.place(organisations.by_key("duo").oin)
    return replace(citizen("student", GRANT), activity=place.activity, product=place.id)


@pytest.fixture
def keeper(own, persona):
    actor = Actor(
        role=Role.STAFF,
        organisation=own.organisation,
        party=identity.party_for(persona("duo_handler")),
        staff_reference="M-0001",
    )
    return replace(own, actor=actor, permission=Permission.HANDLE, reason="Verzoek behandelen")


def _ask(own, says: str = SAYS):
    return services.ask(own, STUDY, says, name="E. Verzonnen", language="nl")


def test_a_request_has_a_term_of_four_weeks_and_a_receipt(own):
    asked = _ask(own)
    assert (asked.received_on, asked.answer_by) == (date(2026, 6, 15), date(2026, 7, 13))
    (receipt,) = messages.box(own)
    assert SAYS in text_of_html(messages.letter(own, receipt.id).page.decode())
    assert _ask(own, "Nog eens.") == asked


def test_a_request_without_words_is_none(own):
    with pytest.raises(NotComplete):
        _ask(own, " ")


def test_a_request_is_taken_back_until_it_is_answered(own, keeper):
    services.take_back(own, _ask(own).id)
    assert queries.mine(own) == ()
    asked = _ask(own)
    services.answer(keeper, asked.id, "Het klopt.", is_corrected=False)
    with pytest.raises(NotNow):
        services.take_back(own, asked.id)
    with pytest.raises(NotNow):
        services.take_back(keeper, asked.id)


def test_an_answer_is_given_once_with_its_reason_and_the_way_to_object(own, keeper):
    asked = _ask(own)
    with pytest.raises(NotComplete):
        services.answer(keeper, asked.id, " ", is_corrected=True)
    services.answer(keeper, asked.id, "Uw school meldde dit zo.", is_corrected=False)
    with pytest.raises(NotNow):
        services.answer(keeper, asked.id, "Toch wel.", is_corrected=True)
    letter = text_of_html(messages.letter(own, messages.box(own)[0].id).page.decode())
    assert "Uw school meldde dit zo." in letter
    assert "27 juli 2026" in letter
    assert queries.running(own) == {}
    assert _ask(own, "Het is nu weer fout.").id != asked.id


@pytest.mark.parametrize("is_corrected", [True, False])
def test_only_what_was_corrected_makes_decisions_be_looked_at_again(own, keeper, is_corrected):
    services.answer(keeper, _ask(own).id, "Wij zochten het uit.", is_corrected=is_corrected)
    told = Event.objects.filter(name__endswith="DatumCorrected").count()
    assert told == (1 if is_corrected else 0)


def test_nobody_answers_their_own_request_or_that_of_another_organisation(own, keeper, elsewhere):
    asked = _ask(own)
    with pytest.raises(OwnCase):
        services.answer(replace(keeper, actor=own.actor), asked.id, "Klopt.", is_corrected=True)
    with pytest.raises(UnknownCorrection):
        services.answer(elsewhere(keeper, "zorgtoeslag"), asked.id, "Klopt.", is_corrected=True)


def test_an_application_begun_later_carries_what_is_in_doubt(own, citizen):
    asked = _ask(own)
    draft = case_services.start(citizen("student", GRANT), GRANT, name="E. Verzonnen", language="nl")
    (said,) = draft.application.corrections
    assert (said.fact, said.says, said.since) == (STUDY.name, SAYS, asked.received_on)


def test_a_case_that_did_not_use_the_datum_hears_nothing(own, citizen):
    draft = case_services.start(citizen("student", GRANT), GRANT, name="E. Verzonnen", language="nl")
    case = case_services.submit(citizen("student", GRANT), draft.id, draft.key)
    used = _ask(own)
    other = replace(used, datum=Datum(source="rdw", name="voertuigen"))
    assert case_services.doubt(citizen("student", GRANT), other) == 0
    assert case_services.doubt(citizen("student", GRANT), used) == 1
    assert cases.case(citizen("student", GRANT), case.id).application.corrections[0].says == SAYS


@pytest.fixture
def doubted(own, citizen):
    """A running request that an open case of the student at DUO carries."""
    asked, access = _ask(own), citizen("student", GRANT)
    draft = case_services.start(access, GRANT, name="E. Verzonnen", language="nl")
    case_services.submit(access, draft.id, draft.key)
    return asked


def _corrections(citizen):
    access = citizen("student", GRANT)
    return [said for line in cases.cases(access) for said in cases.case(access, line.id).application.corrections]


@pytest.fixture
def student(organisations, persona, client):
    sign_in_client(client, persona("student"), Level.SUBSTANTIAL, name="E. Verzonnen")
    return client


def test_who_is_cut_off_while_taking_back_still_has_the_request_and_can_take_it_back_again(
    doubted, student, own, citizen, monkeypatch
):
    class PowerCut(BaseException):
        """What comes halfway."""

    def cut(*_args):
        raise PowerCut

    page = f"/corrections/{doubted.id}/undo"
    with monkeypatch.context() as halfway, pytest.raises(PowerCut):
        halfway.setattr(doubting, "_forget", cut)
        student.post(page)
    assert queries.mine(own) == (doubted,)
    assert len(_corrections(citizen)) == 1
    assert student.post(page).status_code == 302
    assert queries.mine(own) == ()
    assert _corrections(citizen) == []


def test_an_organisation_where_somebody_may_not_act_does_not_stop_the_others_from_forgetting(
    doubted, student, own, citizen, monkeypatch
):
    care = citizen("student", "zorgtoeslag")
    case_services.start(care, "zorgtoeslag", name="E. Verzonnen", language="nl")
    ask = views.require

    def not_at_care(login, product, permission):
        if product.organisation == care.organisation:
            raise Denied(Refusal.NO_AUTHORITY)
        return ask(login, product, permission)

    monkeypatch.setattr(views, "require", not_at_care)
    assert student.post(f"/corrections/{doubted.id}/undo").status_code == 302
    assert queries.mine(own) == ()
    assert _corrections(citizen) == []


def test_what_is_answered_already_stays_in_the_cases_when_somebody_tries_to_take_it_back(
    doubted, student, keeper, citizen
):
    services.answer(keeper, doubted.id, "Het klopt.", is_corrected=False)
    assert student.post(f"/corrections/{doubted.id}/undo").status_code == 409
    assert len(_corrections(citizen)) == 1


def test_somebody_else_sees_no_request_of_another(own, citizen):
    _ask(own)
    assert queries.mine(citizen("widow", GRANT)) == ()
    assert queries.mine(replace(own, actor=citizen("widow", GRANT).actor)) == ()
