"""A worker who looks outside an application is told to the person; of other looks nobody gets a message."""

from dataclasses import replace
from html import unescape
from uuid import uuid4

import pytest

from dichterbij.delivery.messages.models import Message
from dichterbij.ground.identity.models import Party
from dichterbij.ground.logbook import services as logbook
from dichterbij.ground.logbook import wording
from dichterbij.ground.logbook.domain import Entry, Kind, LogbookUnavailable, Result
from dichterbij.ground.outbox import services as outbox
from dichterbij.ground.outbox.models import Event
from dichterbij.kernel import clock
from dichterbij.kernel.access import Actor, Role

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


@pytest.fixture
def access(log_in, citizen):
    log_in("student")
    return citizen("student", "aanvullende-beurs")


@pytest.fixture
def worker(access):
    """The access of a worker of the same organisation, without a case."""
    staff = Actor(role=Role.STAFF, organisation=access.organisation, party=uuid4(), staff_reference="M-0A1B2C")
    return replace(access, actor=staff, act=uuid4(), reason="Vraag aan de balie")


def look(access, **changes):
    entry = {"kind": Kind.READ, "subject": access.subject.bsn, "fields": ("x",), "outcome": Result.GIVEN} | changes
    logbook.record(access, Entry(**entry))
    outbox.run_once()
    return Message.objects.count()


def test_a_worker_who_looks_outside_an_application_is_told_once_a_day(worker, log_in):
    assert look(worker) == 1
    assert look(worker) == 1
    assert look(replace(worker, act=uuid4())) == 1
    page = unescape(log_in("student").get(f"/messages/{Message.objects.get().id}").content.decode())
    assert "bekeek een medewerker van Dienst Uitvoering Onderwijs uw gegevens" in page
    assert "M-0A1B2C" not in page


def test_looks_by_yourself_within_an_application_or_automatically_bring_no_message(access, worker):
    assert look(access) == 0
    assert look(replace(worker, case=uuid4())) == 0
    assert look(replace(worker, actor=replace(worker.actor, role=Role.SYSTEM, staff_reference=""))) == 0


def test_a_refused_look_or_one_under_a_hidden_activity_brings_no_message_and_no_event(worker):
    hidden = replace(worker, activity=replace(worker.activity, confidential=True))
    assert look(hidden) == 0
    assert look(worker, kind=Kind.DENIED, outcome=Result.REFUSED) == 0
    assert not Event.objects.filter(name="logbook.SeenByWorker").exists()


def test_what_a_reviewer_found_is_no_look_and_brings_no_message(worker):
    assert look(worker, kind=Kind.ACT, fields=(wording.OPENED_RIGHTLY,), outcome=Result.DONE) == 0
    assert look(worker, kind=Kind.ACT, fields=("inlog blokkeren",), outcome=Result.DONE) == 1


def test_a_look_for_the_matter_of_somebody_else_brings_no_message(worker, persona):
    assert look(worker, subject=persona("widow")) == 0


def test_who_does_not_want_it_gets_none_and_can_want_it_again(worker, log_in):
    client = log_in("student")
    client.post("/who-looked/notices")
    assert "U krijgt geen berichten als iemand kijkt." in client.get("/who-looked").content.decode()
    assert look(worker) == 0
    client.post("/who-looked/notices", {"wanted": "yes"})
    assert look(replace(worker, act=uuid4())) == 1


def test_after_a_death_nobody_is_told_any_more(worker):
    Party.objects.filter(id=worker.subject.party).update(died_at=clock.now())
    assert look(worker) == 0


def test_without_a_line_there_is_no_message_either(worker, read_only_logbook):
    with read_only_logbook(), pytest.raises(LogbookUnavailable):
        look(worker)
    assert not Event.objects.filter(name="logbook.SeenByWorker").exists()
