"""Who wants everything on paper gets everything on paper, with an address, and every letter says how to react."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from dichterbij.delivery.cases import services
from dichterbij.delivery.cases.corrections import keepers
from dichterbij.delivery.cases.corrections import services as corrections
from dichterbij.delivery.cases.corrections.domain import Datum
from dichterbij.delivery.contact import wishes
from dichterbij.delivery.contact.domain import EVERYTHING, Notify, Wish
from dichterbij.delivery.messages import queries as messages
from dichterbij.delivery.messages.models import Message, PrintJob
from dichterbij.delivery.paper import receiving, writing
from dichterbij.delivery.paper.domain import Trouble
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel import clock
from dichterbij.kernel.access import Actor, Permission, Role

from .test_post import NOTHING, _lines, clerk  # noqa: F401 the same worker

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])
GRANT, CAUSE = "aanvullende-beurs", "overlijden:test"
WAYS = ("Online", "Bellen", "Langskomen", "Op papier")


@pytest.fixture
def student(citizen):
    """The student, who wants everything on paper and nothing else."""
    access = citizen("student", GRANT)
    wishes.prefer(access.subject.party, EVERYTHING, Wish(notify=Notify.NONE, by_post=True))
    return access


def test_every_kind_of_message_goes_to_the_printer_with_an_address_and_four_ways(
    student,
    citizen,
    worker,
    persona,
    clerk,  # noqa: F811
):
    _applied_asked_decided_and_objected(student, citizen, worker, persona)
    _corrected(citizen, persona)
    _looked_at_again(citizen)
    _asked_back_and_twice(clerk("duo", "duo_handler"), persona)
    sent = Message.objects.filter(party=student.subject.party)
    assert len(sent) == 9
    assert PrintJob.objects.filter(message__party=student.subject.party).count() == len(sent)
    assert all(message.is_addressed for message in sent)
    for message in sent:
        page = _page(citizen, message)
        assert all(way in page for way in WAYS), page[:200]


def _applied_asked_decided_and_objected(student, citizen, worker, persona) -> None:
    draft = services.start(student, GRANT, name="Mirthe Zwaanstra", language="nl")
    case = services.submit(student, draft.id, draft.key).id
    question = services.ask(worker(case, persona("student"), Permission.HANDLE), case, "Woont u nog thuis?")
    services.answer(citizen("student", GRANT), case, question, "Ja")
    services.decide(worker(case, persona("student")), case)
    services.publish(worker(case, persona("student")), case)
    services.object_to(citizen("student", GRANT), case, "Dit klopt niet.")


def _corrected(citizen, persona) -> None:
    place = keepers.place(organisations.by_key("duo").oin)
    own = replace(citizen("student", GRANT), activity=place.activity, product=place.id)
    datum = Datum(source="duo", name="onderwijssoort")
    asked = corrections.ask(own, datum, "Ik doe iets anders.", name="Mirthe Zwaanstra", language="nl")
    who = Actor(role=Role.STAFF, organisation=own.organisation, party=uuid4(), staff_reference="M-0001")
    keeper = replace(own, actor=who, permission=Permission.HANDLE, reason="Verzoek behandelen")
    corrections.answer(keeper, asked.id, "U hebt gelijk.", is_corrected=True)


def _looked_at_again(citizen) -> None:
    vehicle = "voertuig-na-overlijden"
    told = {"overlijdensdatum": "2026-06-08", "relatie_tot_overledene": "kind"}
    access = citizen("student", vehicle)
    draft = services.start(access, vehicle, name="Mirthe Zwaanstra", language="nl", supplied=told, cause=CAUSE)
    services.submit(access, draft.id, draft.key)
    services.undo_cause(CAUSE, uuid4())


def _asked_back_and_twice(login, persona) -> None:
    paper = receiving.open_envelope(login, _lines(GRANT), clock.today())
    receiving.identify(login, paper.id, persona("student"), date(2002, 2, 11))
    writing.ask_back(login, paper.id, Trouble.NOT_SIGNED)


def _page(citizen, message: Message) -> str:
    access = citizen("student", message.product if message.product in (GRANT, "voertuig-na-overlijden") else GRANT)
    return messages.letter(access, message.id).page.decode()
