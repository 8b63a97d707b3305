"""A login that was lost or stolen: blocked at once, by the person or by phone, and lifted only at the counter."""

from dataclasses import replace
from datetime import date

import pytest
from django.conf import settings
from django.test import Client

from dichterbij.ground.identity import asking, blocking, means, services
from dichterbij.ground.identity.domain import Audience, Login, Means
from dichterbij.ground.identity.models import LoginBlock, LoginRow
from dichterbij.ground.identity.refusals import LoginBlocked
from dichterbij.ground.identity.tests.clients import assertion_for, means_for, request_of, sign_in_client
from dichterbij.ground.organisations.domain import Appointment, StaffTask
from dichterbij.ground.organisations.queries import by_key
from dichterbij.ground.organisations.services import appoint
from dichterbij.kernel.levels import Level

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
UP_TO_SUBSTANTIAL = {"low": Level.LOW, "substantial": Level.SUBSTANTIAL}
ALL = {"scope": "all", "last_day_day": "31", "last_day_month": "12", "last_day_year": "2026"}


@pytest.fixture
def people(organisations, persona):
    """Return a function that logs one of the world in, in a browser of their own."""

    def log_in(name: str) -> tuple[Client, Login]:
        client = Client()
        return client, sign_in_client(client, persona(name), Level.SUBSTANTIAL, name=f"{name.title()} Verzonnen")

    return log_in


@pytest.fixture
def worker(people):
    """A worker of the municipality that operates this instance."""
    login = people("duo_handler")[1]
    appoint(
        Appointment(
            party=login.party,
            organisation=by_key("rotterdam").oin,
            unit="burgerzaken",
            roles=(StaffTask.HANDLE,),
            first_on=date(2020, 1, 1),
        )
    )
    client = Client()
    sign_in_client(client, login.bsn, Level.SUBSTANTIAL, audience=Audience.STAFF)
    return client


def test_who_blocks_their_login_is_out_everywhere_and_nobody_gets_in(people):
    widow, login = people("widow")
    thief = people("widow")[0]
    answer = widow.post("/authorities/misuse", {"means": ""})
    assert answer["Location"].endswith("/login?blocked=1")
    assert "Uw inlog is geblokkeerd" in widow.get(answer["Location"]).content.decode()
    sent = thief.get("/authorities")
    assert "deze inlog is geblokkeerd" in thief.get(sent["Location"]).content.decode()
    assert not LoginRow.objects.filter(party=login.party, ended="").exists()
    with pytest.raises(LoginBlocked):
        people("widow")
    assert people("student")


def test_who_lost_one_means_still_gets_in_through_another(people):
    widow, login = people("widow")
    LoginRow.objects.filter(id=people("widow")[1].id).update(means="somewhere-else")
    widow.post("/authorities/misuse", {"means": "somewhere-else"})
    assert not LoginRow.objects.filter(party=login.party, means="somewhere-else", ended="").exists()
    again, _other = people("widow")
    again.post("/authorities/misuse", {"means": means_for(Audience.CITIZEN).id})
    with pytest.raises(LoginBlocked):
        people("widow")


@pytest.mark.parametrize("form", [{"means": "a means nobody has"}, {}], ids=["unknown", "none named"])
def test_only_a_means_with_which_somebody_logged_in_is_blocked(people, form):
    widow, login = people("widow")
    assert widow.post("/authorities/misuse", form).status_code == 404
    assert not LoginBlock.objects.exists()
    assert LoginRow.objects.filter(party=login.party, ended="").exists()


def test_a_low_login_blocks_nothing_and_is_asked_to_log_in_more_surely(people, persona):
    login = people("widow")[1]
    low = Client()
    sign_in_client(low, login.bsn, Level.LOW)
    answer = low.post("/authorities/misuse", {"means": ""})
    assert answer["Location"].startswith("/login?")
    assert "level=substantial" in answer["Location"]
    assert not LoginBlock.objects.exists()


@pytest.fixture
def abroad():
    """A second means, such as the login of another country of the Union: at most substantial."""
    found = replace(means_for(Audience.CITIZEN), id="tests-abroad", name="Login uit Europa", levels=UP_TO_SUBSTANTIAL)
    means.register(found)
    yield found
    means._means.pop(found.id)


def _from_abroad(persona, abroad: Means) -> Client:
    client = Client()
    request = request_of(client)
    asked = asking.begin(request, abroad.id, "/", Level.SUBSTANTIAL)
    services.sign_in(request, assertion_for(persona("uncle"), means=abroad.id, state=asked.state))
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
    return client


def test_who_lives_abroad_lets_a_lost_means_in_again_with_one_that_is_as_sure(people, persona, abroad):
    """Without a counter in the Netherlands; the other way round a means that is less sure lifts nothing."""
    uncle, login = people("uncle")
    _from_abroad(persona, abroad)
    uncle.post("/authorities/misuse", {"means": abroad.id})
    assert "<li>Login uit Europa</li>" in uncle.get("/authorities/misuse").content.decode(), "still logged in"
    with pytest.raises(LoginBlocked):
        _from_abroad(persona, abroad)
    again = people("uncle")[0]
    assert "Zet Login uit Europa weer aan" in again.get("/authorities/misuse").content.decode()
    assert again.post("/authorities/misuse", {"lift": abroad.id})["Location"] == "/authorities/misuse"
    assert "U zette uw inlog weer aan" in again.get("/authorities/misuse").content.decode()
    from_abroad = _from_abroad(persona, abroad)
    people("uncle")[0].post("/authorities/misuse", {"means": login.means})
    page = from_abroad.get("/authorities/misuse").content.decode()
    assert "Zet Middel van de tests" not in page and "die even zeker is. Of kom" in page
    assert from_abroad.post("/authorities/misuse", {"lift": login.means}).status_code == 404
    with pytest.raises(LoginBlocked):
        people("uncle")


def test_a_block_of_every_means_is_lifted_by_a_worker_only(people, persona, worker):
    widow, login = people("widow")
    widow.post("/authorities/misuse", {"means": ""})
    assert blocking.liftable(login) == frozenset()


def test_blocking_is_in_the_log_and_a_worker_undoes_it_as_the_page_says(people, persona, worker):
    people("widow")[0].post("/authorities/misuse", {"means": means_for(Audience.CITIZEN).id})
    with pytest.raises(LoginBlocked):
        people("widow")
    form = {"bsn": persona("widow").value, "what": "lift", "seen": "document"}
    assert worker.post("/authorities/block", form).status_code == 200
    assert "U blokkeerde uw inlog" in people("widow")[0].get("/authorities/misuse").content.decode()


def test_the_page_shows_the_logins_and_what_was_done_with_them_and_where_to_undo_it(people):
    widow, _login = people("widow")
    assert "Er is niets verstuurd of veranderd." in widow.get("/authorities/misuse").content.decode()
    widow.post("/authorities/give", ALL)
    page = widow.get("/authorities/misuse").content.decode()
    assert "U machtigde iemand" in page
    assert "Er is een machtiging gegeven" in page
    assert 'href="/authorities">Naar de pagina' in page.replace("/nl/", "/")


def test_a_worker_blocks_by_phone_and_lifts_only_with_an_identity_document(people, persona, worker):
    widow = people("widow")[0]
    page = worker.get("/authorities/counter").content.decode()
    assert 'href="/authorities/block"' in page and "Machtiging aan de balie" in page
    form = {"bsn": persona("widow").value, "what": "block", "seen": "called"}
    assert worker.post("/authorities/block", form).status_code == 200
    assert widow.get("/authorities").status_code == 302
    with pytest.raises(LoginBlocked):
        people("widow")
    assert worker.post("/authorities/block", form | {"what": "lift"}).status_code == 422
    with pytest.raises(LoginBlocked):
        people("widow")
    assert worker.post("/authorities/block", form | {"what": "lift", "seen": "document"}).status_code == 200
    page = people("widow")[0].get("/who-looked").content.decode()
    assert "Een medewerker van" in page
