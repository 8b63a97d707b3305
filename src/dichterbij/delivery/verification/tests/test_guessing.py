"""A body that tries names is stopped, by the hour and by the day, also when it asks many at once."""

import json
from datetime import timedelta
from typing import Any

import pytest

from dichterbij.delivery.verification import guessing, told
from dichterbij.delivery.verification.models import Asked
from dichterbij.ground.logbook.models import Line
from dichterbij.ground.registry import adapters, fetching
from dichterbij.kernel import clock

from .conftest import customer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "logbook"])


def test_a_company_that_guesses_must_wait_and_that_is_on_record(ask, world):
    for day in range(1, guessing.MOST_AN_HOUR + 1):
        assert ask(customer(world, "student", bornOn=f"1950-01-{day:02d}"))[1] == {"hasDied": "not-established"}
    status, problem = ask(customer(world, "student_mother"))
    assert (status, problem["type"]) == (429, "urn:dichterbij:problem:too-many-guesses")
    assert json.loads(bytes(Line.objects.order_by("id").last().body))["kind"] == "denied"
    guessing.purge(clock.now() + guessing.DAY + timedelta(seconds=1))
    assert ask(customer(world, "student_mother"))[0] == 200


def test_a_question_counts_before_it_is_answered_so_many_at_once_stop_at_the_same_number(ask, world, monkeypatch):
    monkeypatch.setattr(guessing, "MOST_AN_HOUR", 1)
    fetching._connect()
    register, during = type(adapters.adapter("brp")), []
    search = register.search

    def ask_meanwhile(adapter: Any, asked: Any) -> Any:
        if not during:
            during.append(0)
            during[0] = ask(customer(world, "student", surname="Anders"))[0]
        return search(adapter, asked)

    monkeypatch.setattr(register, "search", ask_meanwhile)
    assert ask(customer(world, "student", surname="Anders"))[0] == 200
    assert during == [429]


def test_who_guesses_slowly_stops_at_the_number_of_a_day(ask, world, monkeypatch):
    monkeypatch.setattr(guessing, "MOST_A_DAY", 2)
    wrong, began = customer(world, "student", surname="Anders"), clock.now()
    for hours, status in ((0, 200), (2, 200), (4, 429), (25, 200)):
        with clock.frozen(began + timedelta(hours=hours)):
            assert ask(wrong)[0] == status


def test_what_is_kept_says_nothing_of_who_was_asked_about(ask, world):
    ask(customer(world, "student"))
    row = Asked.objects.get()
    assert {field.name for field in Asked._meta.fields} == {"id", "organisation", "was_yes", "at"}
    assert row.was_yes is False
    assert told.purge(clock.now() + told.KEEP) == 0
