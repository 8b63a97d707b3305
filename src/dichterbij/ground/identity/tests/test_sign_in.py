"""A session is made in one place, only from what a means may assert, and only when it was asked for."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from dichterbij.ground.identity import asking, means, parties, queries, services
from dichterbij.ground.identity.domain import AssertionRefused, Audience, Identifier, IdentifierType
from dichterbij.ground.identity.models import LoginRow
from dichterbij.ground.identity.refusals import LevelTooLow, OtherPerson
from dichterbij.kernel.identifiers import Bsn
from dichterbij.kernel.levels import Level

from .clients import assertion_for, means_for, pseudonym, request_of, sign_in_client
from .conftest import ANNA, BORIS

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


def asked(client, level=Level.LOW, audience=Audience.CITIZEN):
    request = request_of(client)
    return request, asking.begin(request, means_for(audience).id, "/", level).state


def test_the_session_gets_a_new_id_at_login_and_at_step_up(client, organisations):
    client.get("/login")
    anonymous = client.session
    anonymous["left"] = "by a visitor"
    anonymous.save()
    client.cookies["dichterbij"] = before = anonymous.session_key
    request, state = asked(client)
    services.sign_in(request, assertion_for(ANNA, level=Level.LOW, state=state))
    after_login = request.session.session_key
    higher = asking.begin(request, means_for(Audience.CITIZEN).id, "/", Level.HIGH)
    again = assertion_for(ANNA, level=Level.HIGH, state=higher.state)
    assert services.sign_in(request, again).level is Level.HIGH
    assert len({before, after_login, request.session.session_key}) == 3
    assert not Session.objects.filter(session_key__in=[before, after_login]).exists()
    assert request.session["left"] == "by a visitor"


def test_two_tabs_that_ask_for_a_login_at_once_come_back_each_once(client, organisations):
    request, first = asked(client)
    higher = asking.begin(request, means_for(Audience.CITIZEN).id, "/", Level.HIGH).state
    answers = [assertion_for(ANNA, level=Level.HIGH, state=state) for state in (first, higher)]
    for answer in answers:
        assert services.sign_in(request, answer).level is Level.HIGH
    for answer in answers:
        with pytest.raises(AssertionRefused):
            services.sign_in(request, answer)


def test_the_session_holds_only_an_opaque_id_and_the_tables_hold_no_bare_number(client, organisations):
    login = sign_in_client(client, ANNA, name="Anna Voorbeeld")
    assert set(client.session.keys()) == {"login"}
    assert client.session["login"] == str(login.id)
    with connection.cursor() as cursor:
        for table in ("identity_party", "identity_partyidentifier", "identity_loginrow", "django_session"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 names of our own tables
            stored = b"|".join(
                value if isinstance(value, bytes) else str(value).encode() for row in cursor.fetchall() for value in row
            )
            assert ANNA.encode() not in stored and b"Voorbeeld" not in stored


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client, organisations, pages):
    answer = client.get("/login")
    cookie = answer.cookies["dichterbij"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["max-age"] and not cookie["domain"]


def test_in_production_the_cookie_is_bound_to_the_host_and_to_https():
    show = "from dichterbij.project import settings as s; print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE)"
    environment = {**os.environ, "DICHTERBIJ_MODE": "production", "DICHTERBIJ_SECRET_KEY": "k"}
    told = subprocess.run([sys.executable, "-c", show], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["__Host-dichterbij", "True"]


def test_a_lower_level_than_asked_makes_no_session(client, organisations):
    request, state = asked(client, Level.HIGH)
    with pytest.raises(LevelTooLow):
        services.sign_in(request, assertion_for(ANNA, level=Level.SUBSTANTIAL, state=state))
    assert "login" not in request.session and not LoginRow.objects.exists()


@pytest.mark.parametrize("word", ["", "none", "HIGH", "urn:unheard-of", "substantial "])
def test_a_level_that_is_missing_or_unknown_counts_as_none(client, organisations, word):
    request, state = asked(client)
    with pytest.raises(LevelTooLow):
        services.sign_in(request, replace(assertion_for(ANNA, state=state), level=word))
    assert not LoginRow.objects.exists()


def test_a_login_that_was_not_asked_for_in_this_browser_is_refused(client, organisations):
    with pytest.raises(AssertionRefused):
        services.sign_in(request_of(client), assertion_for(ANNA))
    _elsewhere, state = asked(client)
    with pytest.raises(AssertionRefused):
        services.sign_in(request_of(client), assertion_for(ANNA, state=state))


def test_an_answer_counts_once_and_only_with_the_state_and_means_it_was_asked_with(client, organisations):
    request, state = asked(client)
    with pytest.raises(AssertionRefused):
        services.sign_in(request, assertion_for(ANNA, state="guessed"))
    request, state = asked(client, audience=Audience.STAFF)
    with pytest.raises(AssertionRefused):
        services.sign_in(request, assertion_for(ANNA, state=state))
    request, state = asked(client)
    services.sign_in(request, assertion_for(ANNA, state=state))
    with pytest.raises(AssertionRefused):
        services.sign_in(request, assertion_for(ANNA, state=state))


def test_a_means_asserts_no_other_identifiers_than_it_was_admitted_for(client, organisations):
    for identifiers in ((), (Identifier(type=IdentifierType.RSIN, value="1"),), (pseudonym(), pseudonym())):
        request, state = asked(client)
        with pytest.raises(AssertionRefused):
            services.sign_in(request, assertion_for(ANNA, state=state, identifiers=identifiers))


def test_a_test_means_is_refused_outside_a_demonstration(settings):
    settings.DEMONSTRATION = False
    with pytest.raises(ImproperlyConfigured):
        means.register(means_for(Audience.CITIZEN))


def test_somebody_else_who_comes_back_from_a_step_up_ends_the_session(client, organisations, pages):
    sign_in_client(client, ANNA, Level.LOW)
    request, state = asked(client, Level.HIGH)
    with pytest.raises(OtherPerson):
        services.sign_in(request, assertion_for(BORIS, level=Level.HIGH, state=state))
    assert client.get("/note").status_code == 302
    assert not LoginRow.objects.filter(ended="").exists()


def test_the_same_number_through_another_means_is_the_same_person_at_the_level_of_this_session(client, organisations):
    first = sign_in_client(client, ANNA, Level.HIGH)
    second = sign_in_client(client, ANNA, Level.LOW, audience=Audience.STAFF)
    assert first.party == second.party
    assert (first.level, second.level) == (Level.HIGH, Level.LOW)


def test_a_login_with_a_pseudonym_reaches_no_citizen_service_number(client, organisations):
    request, state = asked(client)
    login = services.sign_in(request, assertion_for(ANNA, state=state, identifiers=(pseudonym(),)))
    assert login.bsn is None


def test_two_people_are_never_made_one(organisations):
    employee = Identifier(type=IdentifierType.EMPLOYEE, value="duo:1")
    parties.rows_for([Identifier.of(Bsn(ANNA)), employee])
    boris = services.party_for(Bsn(BORIS))
    with pytest.raises(AssertionRefused):
        parties.rows_for([Identifier.of(Bsn(BORIS)), employee])
    with pytest.raises(AssertionRefused):
        parties.rows_for([Identifier(type=IdentifierType.EMPLOYEE, value="duo:1"), Identifier.of(Bsn("999990020"))])
    assert queries.bsn_of(boris).value == BORIS


def test_a_person_is_found_again_by_number_and_the_number_by_person(organisations):
    assert queries.party_of(Bsn(ANNA)) is None
    party = services.party_for(Bsn(ANNA))
    assert services.party_for(Bsn(ANNA)) == party == queries.party_of(Bsn(ANNA))
    assert queries.bsn_of(party) == Bsn(ANNA)


def test_the_language_of_the_page_is_kept_with_the_person(client, organisations, pages):
    login = sign_in_client(client, ANNA)
    assert queries.party_language(login.party) == "nl"
    client.get("/en/logout")
    assert queries.party_language(login.party) == "en"
    client.get("/session")
    assert queries.party_language(login.party) == "en"


def test_logging_out_forgets_everything_the_browser_held(client, organisations, pages):
    sign_in_client(client, ANNA)
    before = client.session.session_key
    left = client.post("/logout")
    assert left.status_code == 302 and left["Location"] == "/logout"
    assert "U bent uitgelogd" in client.get("/logout").content.decode()
    assert not Session.objects.filter(session_key=before).exists()
    client.cookies["dichterbij"] = before
    assert client.get("/note").status_code == 302


def test_the_means_can_end_a_login_from_behind(client, organisations, pages):
    request, state = asked(client)
    login = services.sign_in(request, assertion_for(ANNA, state=state, upstream_session="their-session"))
    request.session.save()
    client.cookies["dichterbij"] = request.session.session_key
    assert client.get("/note").status_code == 200
    assert services.end_upstream(login.means, "") == 0
    assert services.end_upstream(login.means, "their-session") == 1
    assert client.get("/note").status_code == 302


@pytest.fixture
def eidas(monkeypatch):
    """Admit a means that says what another country calls somebody, and the number that the national link gives."""
    types = frozenset({IdentifierType.EIDAS, IdentifierType.BSN})
    found = replace(means_for(Audience.CITIZEN), id="eidas", identifier_types=types)
    monkeypatch.setitem(means._means, found.id, found)

    def sign_in(client, *identifiers):
        request = request_of(client)
        state = asking.begin(request, found.id, "/", Level.LOW).state
        return services.sign_in(request, assertion_for(ANNA, means=found.id, identifiers=identifiers, state=state))

    return sign_in


def test_a_foreign_identity_is_a_number_only_while_the_means_says_so(client, client_elsewhere, organisations, eidas):
    abroad = Identifier(type=IdentifierType.EIDAS, value="ES/NL/48123456X")
    alone = eidas(client, abroad)
    assert alone.bsn is None
    linked = eidas(client_elsewhere, abroad, Identifier.of(Bsn(ANNA)))
    assert linked.bsn == Bsn(ANNA) and linked.party == services.party_for(Bsn(ANNA)) != alone.party
    services.sign_out(request_of(client_elsewhere))
    ended = eidas(client_elsewhere, abroad)
    assert ended.bsn is None and ended.party == alone.party, "the link is kept nowhere"


def test_only_a_means_that_was_admitted_for_it_says_what_another_country_calls_somebody(client, organisations):
    request, state = asked(client)
    abroad = Identifier(type=IdentifierType.EIDAS, value="ES/NL/48123456X")
    with pytest.raises(AssertionRefused):
        services.sign_in(request, assertion_for(ANNA, identifiers=(abroad,), state=state))
