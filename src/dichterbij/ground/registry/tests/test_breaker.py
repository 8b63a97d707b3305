"""A source that fails is left alone for a while and comes back by itself."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest

from dichterbij.ground.registry import adapters, breaker, fetching
from dichterbij.ground.registry.domain import Query, SourceRefused, SourceUnavailable
from dichterbij.kernel.identifiers import Bsn


@pytest.fixture
def name() -> str:
    return f"source-{uuid4()}"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Return a function that lets so many seconds pass."""
    now = [1000.0]
    monkeypatch.setattr(breaker, "monotonic", lambda: now[0])

    def pass_by(seconds: float) -> None:
        now[0] += seconds

    return pass_by


def _fail(name: str, times: int) -> None:
    for _ in range(times):
        breaker.failed(name)


def test_two_failures_are_bad_luck_and_the_third_is_a_reason_to_wait(name, later):
    _fail(name, breaker.FAILURES - 1)
    assert breaker.may_ask(name)
    _fail(name, 1)
    assert not breaker.may_ask(name)


def test_after_the_rest_one_may_ask_and_the_others_wait_for_the_answer(name, later):
    _fail(name, breaker.FAILURES)
    later(breaker.FIRST_REST_SECONDS)
    assert [breaker.may_ask(name) for _ in range(3)] == [True, False, False]
    breaker.answered(name)
    assert all(breaker.may_ask(name) for _ in range(3))


def test_each_rest_is_twice_as_long_up_to_a_minute(name, later):
    _fail(name, breaker.FAILURES)
    rests = []
    for _ in range(8):
        waited = 0.0
        while not breaker.may_ask(name):
            later(1.0)
            waited += 1.0
        rests.append(waited)
        breaker.failed(name)
    assert rests == [2, 4, 8, 16, 32, 60, 60, 60]


def test_a_success_in_between_begins_a_new_row(name, later):
    _fail(name, breaker.FAILURES - 1)
    breaker.answered(name)
    _fail(name, breaker.FAILURES - 1)
    assert breaker.may_ask(name)


class _Failing:
    """A source elsewhere that counts how often it is asked."""

    def __init__(self, problem: type[Exception]) -> None:
        self.asked, self.problem = 0, problem

    def fetch(self, query: Query) -> dict[Bsn, object]:
        self.asked += 1
        raise self.problem


@pytest.mark.parametrize(("problem", "asked"), [(SourceUnavailable, breaker.FAILURES), (SourceRefused, 6)])
def test_a_remote_source_that_is_down_is_not_asked_again_at_once_and_one_that_refuses_is(
    name, settings, later, problem, asked
):
    settings.REGISTRIES = {**settings.REGISTRIES, name: {"url": "https://source.example", "token": ""}}
    source = _Failing(problem)
    query = Query(registry=name, persons=(Bsn("999993653"),), fields=("x",), at=date(2026, 6, 15))
    adapters.register(name, source)
    for _ in range(6):
        with pytest.raises(problem):
            fetching.fetch(query)
    assert source.asked == asked


def test_a_reference_of_an_event_is_not_looked_up_at_a_source_that_rests(name, settings, later):
    settings.REGISTRIES = {**settings.REGISTRIES, name: {"url": "https://source.example", "token": ""}}
    source = _Failing(SourceUnavailable)
    source.source = source
    source.look_up = source.fetch
    adapters.register(name, source)
    for _ in range(6):
        with pytest.raises(SourceUnavailable):
            fetching.look_up(name, "/gebeurtenissen/1")
    assert source.asked == breaker.FAILURES
