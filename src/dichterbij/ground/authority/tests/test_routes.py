"""An API is open for whom it says, at the level it says, and answers in problem+json."""

import pytest
from django.test import Client

from dichterbij.ground.authority.routes import ANYONE, CITIZEN, STAFF, api_open_to, open_to
from dichterbij.ground.identity.domain import Audience
from dichterbij.ground.identity.tests.clients import sign_in_client
from dichterbij.ground.organisations import queries
from dichterbij.kernel.levels import Level

PERSON = "999990007"


@pytest.fixture
def strict(organisations, settings):
    """A browser whose security tokens are checked, on a site with the API of these tests."""
    from . import api

    settings.ROOT_URLCONF = api.__name__
    yield Client(enforce_csrf_checks=True)
    queries.forget()


def problem(answer):
    assert answer["Content-Type"] == "application/problem+json"
    return answer.status_code, answer.json()["type"].rsplit(":", 1)[1]


@pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
def test_an_api_for_people_asks_for_a_login_and_for_the_token_when_something_changes(strict):
    assert problem(strict.get("/api/tests/own")) == (401, "login-needed")
    sign_in_client(strict, PERSON)
    assert strict.get("/api/tests/own").json() == {"means": "tests-citizen"}
    assert strict.post("/api/tests/own").status_code == 403


@pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
def test_an_api_for_workers_is_closed_to_people_and_to_who_is_not_sure_enough(strict):
    sign_in_client(strict, PERSON, Level.HIGH)
    assert problem(strict.get("/api/tests/work")) == (401, "login-needed")
    sign_in_client(strict, PERSON, Level.SUBSTANTIAL, audience=Audience.STAFF)
    assert problem(strict.get("/api/tests/work")) == (403, "step-up-needed")
    sign_in_client(strict, PERSON, Level.HIGH, audience=Audience.STAFF)
    assert strict.get("/api/tests/work").status_code == 200


@pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
def test_an_api_for_anyone_needs_neither_login_nor_token(strict):
    assert strict.post("/api/tests/open").json() == {"known": False}


def test_what_an_operation_declares_can_be_read():
    assert api_open_to(STAFF, level=Level.HIGH).declares.audiences == (STAFF,)
    assert api_open_to(ANYONE).declares.level is Level.NONE


@pytest.mark.parametrize("audiences", [(), (ANYONE, CITIZEN)])
def test_a_declaration_that_contradicts_itself_is_refused(audiences):
    with pytest.raises(ValueError, match="open to"):
        open_to(*audiences)
