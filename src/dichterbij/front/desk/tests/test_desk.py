"""The desk, walked as a worker walks it: open for a reason, read, ask, judge, decide, read the letter, send it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from dichterbij.delivery.cases import queries, services
from dichterbij.delivery.cases.domain import CaseLine, State
from dichterbij.delivery.cases.events import DatumCorrected
from dichterbij.ground.identity import late_forms
from dichterbij.ground.identity.domain import Audience
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.identity.tests.clients import sign_in_client
from dichterbij.ground.outbox import services as outbox
from dichterbij.kernel import clock
from dichterbij.kernel.access import Permission
from dichterbij.kernel.identifiers import Bsn

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT, FUNERAL = "aanvullende-beurs", "bijzondere-bijstand-uitvaart"
NOT_TO_PAY = "uitvaart_niet_te_betalen"
JUDGED = {
    "uitvaartkosten_noodzakelijk": "yes",
    "uitvaartkosten_noodzakelijk_reason": "De nalatenschap is leeg.",
    "noodzakelijke_uitvaartkosten": "3100",
    "noodzakelijke_uitvaartkosten_reason": "Een sobere uitvaart.",
}


@pytest.fixture
def apply(citizen) -> Callable[..., CaseLine]:
    def submitted(
        key: str = "student", product: str = GRANT, remark: str = "", unknown: tuple[str, ...] = (), **supplied: object
    ) -> CaseLine:
        access = citizen(key, product)
        draft = services.start(access, product, name="M. Verzonnen", language="nl", supplied=supplied)
        services.fill(citizen(key, product), draft.id, supplied=supplied, unknown=unknown, remark=remark)
        return services.submit(citizen(key, product), draft.id, draft.key)

    return submitted


@pytest.fixture
def worker(log_in) -> Client:
    return log_in("duo_handler")


@pytest.fixture
def official(log_in) -> Client:
    return log_in("rotterdam_handler")


def address(case: CaseLine, act: str = "") -> str:
    return f"/desk/cases/{case.id}" + (f"/{act}" if act else "")


def read(response: HttpResponse) -> str:
    return unescape(response.content.decode()).replace("\xa0", " ").replace("\xad", "")


def open_case(client: Client, case: CaseLine, reason: str = "Ik behandel deze aanvraag") -> str:
    response = client.post(address(case), {"kind": "other", "reason": reason})
    assert response.url == address(case), read(response)
    return read(client.get(address(case)))


def state_of(citizen: Callable, key: str, product: str, case: CaseLine) -> State:
    return queries.case(citizen(key, product, Permission.READ), case.id).line.state


# ------------------------------------------------------------------------------------------------ the list


def test_an_empty_list_says_so(worker):
    page = read(worker.get("/desk"))
    assert "Er zijn nu geen open aanvragen." in page


def test_the_list_has_the_case_with_the_least_time_first_and_no_names(worker, apply):
    late = apply("student")
    with clock.frozen(datetime(2026, 5, 18, 10, tzinfo=UTC)):
        early = apply("starter")
    page = read(worker.get("/desk"))
    assert page.index(early.reference) < page.index(late.reference)
    assert "nog 28 dagen" in page
    assert "Verzonnen" not in page


def test_a_case_of_another_organisation_is_not_on_the_list(official, apply):
    assert apply().reference not in read(official.get("/desk"))


def test_a_citizen_has_no_desk(log_in, apply):
    client = log_in("student")
    for path in ("/desk", address(apply())):
        response = client.get(path)
        assert response.status_code == 302
        assert "login" in response.url


# ------------------------------------------------------------------------------------------------ opening


def test_a_case_shows_nothing_before_somebody_says_why(worker, apply):
    page = read(worker.get(address(apply())))
    assert "Waarom opent u deze aanvraag?" in page
    assert "Waarom opent u deze aanvraag? (niet verplicht)" not in page
    assert "Verzonnen" not in page


def test_an_empty_reason_opens_nothing(worker, apply):
    response = worker.post(address(apply()), {"kind": "other", "reason": "  "})
    assert response.status_code == 422
    assert "Verzonnen" not in read(response)


def test_the_citizen_reads_the_reason_at_once(worker, apply, log_in):
    open_case(worker, apply(), "De aanvrager belde ons")
    citizen = log_in("student")
    acts = read(citizen.get("/who-looked"))
    assert "bekeek uw aanvraag: aanvullende beurs" in acts
    assert any("De aanvrager belde ons" in read(citizen.get(link)) for link in _acts(acts))


def _acts(page: str) -> set[str]:
    return {part.split('"')[0] for part in page.split('href="') if part.startswith("/who-looked/")}


def test_a_case_of_another_organisation_is_refused_before_a_reason_is_asked(official, apply):
    response = official.get(address(apply()))
    assert response.status_code == 403
    assert "andere organisatie" in read(response)


def test_ones_own_case_is_refused_before_a_reason_is_asked(worker, apply):
    case = apply("duo_handler")
    response = worker.get(address(case))
    assert response.status_code == 403
    assert "Vraag een collega" in read(response)
    assert worker.post(address(case), {"kind": "other", "reason": "Even kijken"}).status_code == 403
    assert case.reference not in read(worker.get("/desk"))


def test_an_unknown_case_is_not_found(worker):
    assert worker.get(f"/desk/cases/{uuid4()}").status_code == 404
    assert worker.post(f"/desk/cases/{uuid4()}/decision").status_code == 404


# ------------------------------------------------------------------------------------------------ reading


def test_a_case_shows_the_law_its_facts_with_their_source_and_the_term(worker, apply):
    page = open_case(worker, apply(remark="Bel mij liever."))
    for words in ("Wat de wet zei", "Basisregistratie Personen", "10 augustus 2026", "M. Verzonnen", "Bel mij liever."):
        assert words in page


def test_asking_the_law_again_says_that_nothing_changed_and_decides_nothing(worker, apply, citizen):
    case = apply()
    open_case(worker, case)
    page = read(worker.post(address(case, "assessment")))
    assert "Wat de wet nu zegt" in page
    assert "Er is niets veranderd." in page
    assert state_of(citizen, "student", GRANT, case) is State.SUBMITTED


def test_what_changed_since_the_application_is_named(official, apply):
    case = apply("student", FUNERAL, uitvaart_niet_te_betalen=True)
    open_case(official, case)
    page = read(official.post(address(case, "assessment"), JUDGED))
    assert "Wat er veranderde sinds de aanvraag" in page
    assert "€ 3.100,00" in page
    assert "Bij de aanvraag zei de wet" in page


def test_a_reader_sees_everything_and_no_button(log_in, apply):
    client, case = log_in("duo_reader"), apply()
    page = open_case(client, case)
    assert "Wat de wet zei" in page
    main = page[page.index("<main") : page.index("</main>")]
    assert "<form" not in main
    for act in ("handling", "question", "assessment", "decision", "publication"):
        response = client.post(address(case, act), {"text": "Wat?"})
        assert response.status_code == 403, act
        assert "Uw rol laat deze stap niet toe" in read(response)


# ------------------------------------------------------------------------------------------------ handling


def test_taking_a_case_puts_it_with_the_worker(worker, apply):
    case = apply()
    open_case(worker, case)
    worker.post(address(case, "handling"))
    page = read(worker.get("/desk"))
    assert "In behandeling" in page
    assert "bij u" in page


def test_a_question_stops_the_term_and_both_see_it(worker, apply, log_in):
    case = apply()
    open_case(worker, case)
    response = worker.post(address(case, "question"), {"text": "Volgt u de opleiding nog?"})
    page = read(worker.get(response.url))
    assert "De termijn staat stil sinds 15 juni 2026" in page
    assert "Volgt u de opleiding nog?" in page
    assert 'action="' + address(case, "decision") not in page
    assert "Volgt u de opleiding nog?" in read(log_in("student").get(f"/applications/{case.id}"))


def test_an_empty_question_is_not_sent(worker, apply, citizen):
    case = apply()
    open_case(worker, case)
    response = worker.post(address(case, "question"), {"text": " "})
    assert response.status_code == 422
    assert "Schrijf op wat u van de aanvrager wilt weten." in read(response)
    assert state_of(citizen, "student", GRANT, case) is State.SUBMITTED


def test_a_fact_that_the_law_misses_brings_its_own_question_and_the_answer_supplies_it(official, apply, log_in):
    case = apply("student", FUNERAL, unknown=(NOT_TO_PAY,))
    assert f'value="{NOT_TO_PAY}"' in open_case(official, case)
    official.post(address(case, "question"), {"fact": NOT_TO_PAY, "text": ""})
    citizen, page = log_in("student"), f"/applications/{case.id}"
    answer = re.search(rf'href="({page}/[^"]+)"[^>]*>[^<]*Antwoord geven', read(citizen.get(page)))[1]
    assert 'type="radio"' in read(citizen.get(answer))
    assert citizen.post(answer, {name_of_field(read(citizen.get(answer))): "yes"}).status_code == 302
    again = read(official.post(address(case, "assessment"), JUDGED))
    assert "“Ja”" in again
    assert "De gemeente geeft u € 3.100,00" in again


def name_of_field(page: str) -> str:
    return re.search(r'<input type="radio" name="([^"]+)"', page)[1]


def test_a_fact_that_is_not_the_applicants_to_tell_cannot_be_asked(official, apply, citizen):
    case = apply("student", FUNERAL, unknown=(NOT_TO_PAY,))
    open_case(official, case)
    response = official.post(address(case, "question"), {"fact": "uitvaartkosten_noodzakelijk", "text": ""})
    assert response.status_code == 422
    assert state_of(citizen, "student", FUNERAL, case) is State.SUBMITTED


# ------------------------------------------------------------------------------------------------ deciding


def test_deciding_is_refused_while_the_law_misses_a_judgement_and_names_it(official, apply, citizen):
    case = apply("student", FUNERAL, uitvaart_niet_te_betalen=True)
    open_case(official, case)
    response = official.post(address(case, "decision"))
    assert response.status_code == 409
    assert "Er is niets besloten. Dit mist nog:" in read(response)
    assert "Participatiewet, artikel 35" in read(response)
    assert state_of(citizen, "student", FUNERAL, case) is State.SUBMITTED


def test_a_judgement_without_a_reason_is_not_accepted_and_is_not_lost(official, apply):
    case = apply("student", FUNERAL, uitvaart_niet_te_betalen=True)
    open_case(official, case)
    response = official.post(address(case, "decision"), JUDGED | {"noodzakelijke_uitvaartkosten_reason": ""})
    page = read(response)
    assert response.status_code == 422
    assert "Schrijf bij uw afweging op waarom u dit vindt." in page
    assert "De nalatenschap is leeg." in page


def test_a_decision_is_read_as_letter_before_it_is_sent_and_then_it_is_sent(official, apply, log_in):
    case = apply("student", FUNERAL, uitvaart_niet_te_betalen=True)
    open_case(official, case)
    decided = read(official.get(official.post(address(case, "decision"), JUDGED).url))
    assert "De nalatenschap is leeg." in decided
    assert "De aanvrager weet dit nog niet." in decided
    letter = read(official.get(address(case, "letter")))
    assert "U krijgt € 3.100,00 voor de kosten van de uitvaart" in letter
    assert "27 juli 2026" in letter
    citizen = log_in("student")
    assert "€ 3.100,00" not in read(citizen.get("/messages"))
    sent = read(official.get(official.post(address(case, "publication")).url))
    assert "Bezwaar kan tot en met 27 juli 2026" in sent
    assert "€ 3.100,00" in read(citizen.get("/messages"))


def test_there_is_no_letter_before_a_decision_or_after_it_was_sent(worker, apply):
    case = apply()
    assert worker.get(address(case, "letter")).url == address(case)
    open_case(worker, case)
    assert worker.get(address(case, "letter")).status_code == 409
    worker.post(address(case, "decision"))
    worker.post(address(case, "publication"))
    assert worker.get(address(case, "letter")).status_code == 409


def test_nothing_more_can_be_done_with_a_case_that_is_finished(worker, apply):
    case = apply()
    open_case(worker, case)
    worker.post(address(case, "decision"))
    page = read(worker.get(worker.post(address(case, "publication")).url))
    assert "Wat u nu kunt doen" not in page
    assert worker.post(address(case, "decision")).status_code == 409
    assert worker.post(address(case, "question"), {"text": "Nog iets?"}).status_code == 409


# ------------------------------------------------------------------------------------------------ forms that were late


def test_coming_back_to_the_address_of_a_form_shows_the_case_and_does_nothing(worker, apply, citizen):
    case = apply()
    open_case(worker, case)
    for act in ("question", "assessment", "decision"):
        assert "Wat de wet zei" in read(worker.get(address(case, act)))
    for act in ("handling", "publication"):
        assert worker.get(address(case, act)).url == address(case)
    assert state_of(citizen, "student", GRANT, case) is State.SUBMITTED


def test_a_question_written_while_the_login_ended_is_there_again_after_login(worker, apply, world):
    case = apply()
    open_case(worker, case)
    with clock.frozen(datetime(2026, 6, 15, 23, tzinfo=UTC)):
        late = worker.post(
            address(case, "question"),
            {"text": "Wat studeert u?"},
            headers={"referer": f"http://testserver{address(case)}"},
        )
        assert "login" in late.url
        sign_in_client(worker, world.persona("duo_handler").bsn, audience=Audience.STAFF)
        kept = late_forms.newest(party_for(Bsn(world.persona("duo_handler").bsn)))
        back = f"{address(case)}?kept={kept}"
        assert "Waarom opent u deze aanvraag?" in read(worker.get(back))
        again = worker.post(address(case), {"kind": "other", "reason": "Ik behandel deze aanvraag", "back": back})
        assert "Wat studeert u?" in read(worker.get(again.url))


@pytest.fixture
def doubted(worker, apply) -> CaseLine:
    """A decision that was made known, after which the keeper of a source corrected a datum it rests on."""
    case = apply()
    open_case(worker, case)
    worker.post(address(case, "decision"))
    worker.post(address(case, "publication"))
    party = queries.place(case.id).party
    outbox.emit(DatumCorrected(party=party, source="duo", name="onderwijssoort"), person=str(party))
    while outbox.run_once():
        pass
    return case


def test_a_decision_on_a_datum_that_was_corrected_is_on_the_list_and_says_why(worker, doubted):
    assert "opnieuw bekijken: het besluit zou nu anders zijn" in read(worker.get("/desk"))
    assert (
        "verbeterde een gegeven waar dit besluit op rust: soort opleiding" in read(worker.get(address(doubted))).lower()
    )


def test_letting_a_decision_stand_needs_a_reason(worker, doubted):
    refused = worker.post(address(doubted, "second-look"), {"because": ""})
    assert refused.status_code == 422
    assert "Waarom blijft het besluit staan?" in read(refused)
    worker.post(address(doubted, "second-look"), {"because": "De opleiding telt hiervoor gelijk."})
    assert "opnieuw bekijken" not in read(worker.get("/desk"))


def test_deciding_again_brings_the_case_back(worker, doubted, citizen):
    worker.post(address(doubted, "second-look"), {"again": "1"})
    assert state_of(citizen, "student", GRANT, doubted) is State.IN_HANDLING
    page = read(worker.get(address(doubted)))
    assert "Opnieuw bekijken: een gegeven is verbeterd" in page
    assert "Kijk opnieuw naar dit besluit" not in page


def test_no_page_of_the_desk_asks_the_database_more_than_twelve_times(worker, apply, django_assert_max_num_queries):
    case = apply()
    open_case(worker, case)
    for path in ("/desk", address(case)):
        with django_assert_max_num_queries(12):
            worker.get(path)


def test_who_looks_for_an_objection_that_is_not_there_gets_the_case(worker, apply):
    case = apply()
    open_case(worker, case)
    assert worker.get(address(case, "objection")).url == address(case)
    assert worker.post(address(case, "objection"), {"do": "rule"}).status_code == 409


def test_of_two_workers_who_decide_at_once_the_second_first_reads_what_the_first_decided(log_in, official, apply):
    case, jurist = apply("student", FUNERAL, **{NOT_TO_PAY: True}), log_in("rotterdam_jurist")
    for each in (official, jurist):
        open_case(each, case)
    assert official.post(address(case, "decision"), JUDGED | {"seen": ""}).status_code == 302
    first = _seen(official, case)
    late = jurist.post(address(case, "decision"), JUDGED | {"seen": "", "noodzakelijke_uitvaartkosten": "100"})
    assert (late.status_code, _seen(jurist, case)) == (409, first)
    again = jurist.post(address(case, "decision"), JUDGED | {"seen": first, "noodzakelijke_uitvaartkosten": "100"})
    assert again.status_code == 302
    assert official.post(address(case, "publication"), {"seen": first}).status_code == 409
    assert official.post(address(case, "publication"), {"seen": _seen(official, case)}).status_code == 302


def _seen(client: Client, case: CaseLine) -> str:
    return re.search(r'name="seen" value="([^"]*)"', read(client.get(address(case))))[1]
