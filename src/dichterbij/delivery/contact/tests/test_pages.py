"""The page of contact details: for oneself, and never with an e-mail address or number in its own address."""

import re
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from django.test import Client

from dichterbij.delivery.contact import details, wishes
from dichterbij.delivery.contact.domain import EVERYTHING, Notify, Scope, Way, Wish
from dichterbij.ground.identity import queries as identity
from dichterbij.ground.identity.tests.clients import sign_in_client
from dichterbij.ground.organisations import queries as organisations_queries
from dichterbij.ground.outbox import services as outbox
from dichterbij.kernel.levels import Level

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
MAIL = "naam@voorbeeld.example"


@pytest.fixture
def log_in(organisations: None, persona) -> Callable[..., tuple[Client, UUID]]:
    """Return a function that logs somebody of the world in; returns the browser and the party."""

    def logged_in(key: str, level: Level = Level.SUBSTANTIAL) -> tuple[Client, UUID]:
        client = Client()
        return client, sign_in_client(client, persona(key), level).party

    return logged_in


def test_an_address_is_given_proven_shown_and_taken_away(log_in, sent):
    client, party = log_in("student")
    answer = client.post("/contact-details/email", {"email": MAIL})
    assert answer["Location"] == "/contact-details/email/code"
    outbox.run_once()
    code = re.findall(r"\d{6}", sent[0].text)[0]
    assert MAIL in client.get("/contact-details/email/code").content.decode()
    assert client.post("/contact-details/email/code", {"code": "abc"}).status_code == 409
    assert client.post("/contact-details/email/code", {"code": code}).status_code == 302
    assert MAIL in client.get("/contact-details").content.decode()
    client.post("/contact-details/email/remove")
    assert MAIL not in client.get("/contact-details").content.decode()
    assert details.of(party) == ()


@pytest.mark.parametrize("written", ["06 12345678", "06-1234 5678", "+31 6 12345678", "0031612345678"])
def test_a_number_is_understood_however_it_is_written(log_in, sent, written):
    client, _party = log_in("student")
    client.post("/contact-details/sms", {"phone": written})
    outbox.run_once()
    assert sent[0].to == "+31612345678"


@pytest.mark.parametrize("written", ["", "bel mij", "12", "0" * 40])
def test_what_is_no_number_is_said_to_be_none(log_in, sent, written):
    client, _party = log_in("student")
    page = client.post("/contact-details/sms", {"phone": written}).content.decode()
    assert "error" in page
    outbox.run_once()
    assert sent == []


def test_paper_only_is_one_choice_for_all_organisations(log_in, sent):
    client, party = log_in("student")
    client.post("/contact-details", {"choice": "paper"})
    assert wishes.wishes(party) == {EVERYTHING: Wish(notify=Notify.NONE, by_post=True)}
    (organisation, *_others) = organisations_queries.hosted()
    assert wishes.reach(party, organisation.oin.value, "").by_post


def test_an_organisation_or_a_product_can_differ_until_that_is_taken_back(log_in, sent):
    client, party = log_in("student")
    duo = organisations_queries.by_key("duo").oin.value
    about = f"{duo} aanvullende-beurs"
    client.post("/contact-details/exception", {"exception-about": about, "exception-choice": "paper"})
    assert wishes.reach(party, duo, "aanvullende-beurs").by_post
    assert not wishes.reach(party, duo, "").by_post
    assert "Aanvullende beurs" in client.get("/contact-details").content.decode()
    client.post("/contact-details/exception/forget", {"about": about})
    assert wishes.wishes(party) == {}


def test_an_organisation_that_lives_elsewhere_can_differ_too_and_a_mere_address_cannot(log_in, sent, monkeypatch):
    client, party = log_in("student")
    duo, svb = (organisations_queries.by_key(key) for key in ("duo", "svb"))
    elsewhere = replace(duo, hosted=False, provider_url="https://duo.example/api")
    address = replace(svb, hosted=False)
    monkeypatch.setattr(organisations_queries, "organisations", lambda: (elsewhere, address))
    for each in (elsewhere, address):
        client.post("/contact-details/exception", {"exception-about": each.oin.value, "exception-choice": "paper"})
    assert set(wishes.wishes(party)) == {Scope(organisation=duo.oin.value)}


def test_a_choice_without_an_address_for_it_is_refused(log_in, sent):
    client, party = log_in("student")
    page = client.post("/contact-details", {"choice": "email"}).content.decode()
    assert "error" in page
    assert wishes.wishes(party) == {}


def test_the_language_of_letters_is_chosen_here(log_in, sent):
    client, party = log_in("student")
    client.post("/contact-details/language", {"language": "pap"})
    assert identity.party_language(party) == "pap"
    assert client.post("/contact-details/language", {"language": "xx"}).status_code == 404


def test_the_choice_for_paper_at_a_message_is_the_same_choice(log_in, own, sent):
    _client, party = log_in("student")
    duo = organisations_queries.by_key("duo").oin
    wishes.choose_post(own("student"), duo.value, by_post=True)
    assert wishes.wishes(party) == {Scope(organisation=duo.value): Wish(by_post=True)}


def test_what_nothing_sends_along_is_not_offered(log_in, sent, monkeypatch):
    from dichterbij.delivery.contact import senders

    monkeypatch.setattr(senders, "_senders", {Way.EMAIL: senders.sender(Way.EMAIL)})
    client, _party = log_in("student")
    assert client.get("/contact-details/sms").status_code == 404
    assert "Mobiel nummer doorgeven" not in client.get("/contact-details").content.decode()


def test_a_login_that_is_not_sure_enough_sees_nothing(log_in, sent):
    client, _party = log_in("student", Level.LOW)
    answer = client.get("/contact-details")
    assert answer.status_code == 302
    assert "login" in answer["Location"]
