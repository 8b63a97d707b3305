"""Asking several organisations at once: a second for all, and who does not answer is named with since when."""

from collections.abc import Callable
from threading import Barrier, Event

import pytest
from django.db import OperationalError, connection

from dichterbij.delivery.providers import side_by_side
from dichterbij.delivery.providers.domain import NotAvailable, NotHere
from dichterbij.delivery.providers.side_by_side import gather
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Oin

ONE, TWO, THREE = (Oin(f"0000000000000000000{n}") for n in (1, 2, 3))


@pytest.fixture(autouse=True)
def _nobody_is_known_to_be_down():
    side_by_side._down.clear()
    yield
    side_by_side._down.clear()


def _fails(problem: Exception) -> Callable[[], str]:
    def call() -> str:
        raise problem

    return call


def test_all_are_asked_at_the_same_time():
    together = Barrier(3)
    found = gather({oin: lambda: together.wait(timeout=10) for oin in (ONE, TWO, THREE)}, deadline=10)
    assert sorted(found.answers.values()) == [0, 1, 2]


def test_who_is_too_slow_is_not_waited_for_and_named():
    waited_for = Event()
    found = gather({ONE: lambda: "snel", TWO: lambda: waited_for.wait(timeout=10)}, deadline=0.5)
    waited_for.set()
    assert found.answers == {ONE: "snel"}
    assert [down.organisation for down in found.down] == [TWO]


@pytest.mark.parametrize("problem", [NotAvailable(), OperationalError("database is locked")])
def test_who_is_down_is_named_and_not_empty(problem):
    found = gather({ONE: _fails(problem), TWO: lambda: "er is niets"})
    assert found.answers == {TWO: "er is niets"}
    assert found.down[0].organisation == ONE


def test_since_when_stays_the_same_until_it_answers_again():
    first = gather({ONE: _fails(NotAvailable())}).down[0].since
    assert gather({ONE: _fails(NotAvailable())}).down[0].since == first
    assert gather({ONE: lambda: "terug"}).down == ()
    assert gather({ONE: _fails(NotAvailable())}).down[0].since > first


def test_a_refusal_is_not_taken_for_being_down():
    with pytest.raises(NotHere):
        gather({ONE: _fails(NotHere())})


def test_a_mistake_of_ours_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        gather({ONE: lambda: 1 / 0})


def test_it_says_when_it_asked():
    assert gather({}).asked_at <= clock.now()


@pytest.mark.django_db(transaction=True)
def test_each_thread_closes_its_own_connection():
    def count() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return id(connection.connection)

    gather({ONE: count, TWO: count})
    gather({ONE: count, TWO: count})  # a connection left open would fail the run: warnings are errors
