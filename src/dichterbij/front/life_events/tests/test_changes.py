"""What a register says of somebody has changed: their opened plans say so, and nothing is read until they ask."""

from html import unescape
from uuid import uuid4

import pytest
from django.db import transaction

from dichterbij.delivery.verification import told
from dichterbij.delivery.verification.domain import Asker
from dichterbij.front.life_events import plans
from dichterbij.front.life_events.models import Plan
from dichterbij.ground.identity.register_events import RecordChanged
from dichterbij.ground.identity.services import party_for
from dichterbij.ground.logbook import queries as logbook
from dichterbij.ground.organisations.queries import by_key
from dichterbij.ground.outbox import services as outbox
from dichterbij.ground.outbox.services import emit
from dichterbij.kernel.identifiers import Bsn

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


def change(party) -> None:
    with transaction.atomic():
        emit(RecordChanged(party=party, registry="brp"), person=str(party))
    outbox.run_once()


def opened(own, key: str) -> Plan:
    plan = plans.begin(own(key), "overlijden")
    who = plans.about_of(Plan.objects.get(id=plan)).candidates[0]
    plans.open_plan(own(key), plan, who, {"zelfde_adres_als_overledene": True})
    return Plan.objects.get(id=plan)


def test_an_opened_plan_says_that_something_changed_until_it_is_asked_again(own, log_in, world):
    plan = opened(own, "student")
    looks = len(logbook.acts_about(own("student"), limit=50))
    change(party_for(Bsn(world.persona("student").bsn)))
    browser = log_in("student")
    assert "Er is iets veranderd" in unescape(browser.get(f"/plan/{plan.id}").content.decode())
    assert len(logbook.acts_about(own("student"), limit=50)) == looks
    plans.refresh(own("student"), plan.id)
    assert "Er is iets veranderd" not in unescape(browser.get(f"/plan/{plan.id}").content.decode())


def test_a_change_says_nothing_to_who_has_no_plan_or_has_not_opened_it(own, world):
    waiting = plans.begin(own("student"), "overlijden")
    change(party_for(Bsn(world.persona("student").bsn)))
    assert Plan.objects.get(id=waiting).changed_at is None


def test_a_plan_tells_who_knows_of_the_death_and_a_body_that_asked_is_among_them(own, log_in, world):
    plan = opened(own, "student")
    told.note(Asker(oin=by_key("cak").oin, question=uuid4()), party_for(Bsn(world.persona("student_mother").bsn)))
    page = unescape(log_in("student").get(f"/plan/{plan.id}").content.decode())
    assert "Wie het overlijden al weet" in page
    assert "CAK, die vroeg het na op 15 juni 2026" in page.replace("\xa0", " ")
