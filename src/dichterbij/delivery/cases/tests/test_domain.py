"""The life of a case: which steps can follow, when terms end."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.delivery.cases.domain import (
    OPEN_STATES,
    Application,
    Correction,
    NotNow,
    State,
    Step,
    after,
    application_from,
    last_day_to_object,
    may_follow,
    suspended_days,
)  # fmt: skip
from dichterbij.delivery.catalogue.domain import DecisionTerm, Source
from dichterbij.kernel.dates import is_working_day

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
TERM = DecisionTerm(weeks=8, source=Source(article="Awb 4:13", url="https://wetten.overheid.nl/BWBR0005537"))


@given(st.lists(st.sampled_from(Step), max_size=30))
def test_whatever_is_tried_a_case_leaves_its_end_only_when_what_it_rested_on_was_wrong(steps: list[Step]) -> None:
    state, seen = State.SUBMITTED, [State.SUBMITTED]
    for step in steps:
        if may_follow(state, step) and (state, step) != (State.PUBLISHED, Step.REOPEN):
            state = after(state, step)
            seen += [state] if state is not seen[-1] else []
    for end in (State.PUBLISHED, State.WITHDRAWN):
        if end in seen:
            assert seen.index(end) == len(seen) - 1


@given(st.lists(st.sampled_from(Step), max_size=30))
def test_nothing_is_published_that_was_not_decided(steps: list[Step]) -> None:
    state, before = State.SUBMITTED, State.SUBMITTED
    for step in steps:
        if may_follow(state, step) and after(state, step) is not state:
            before, state = state, after(state, step)
    if state is State.PUBLISHED:
        assert before is State.DECIDED


@pytest.mark.parametrize("state", OPEN_STATES)
def test_an_open_application_can_be_withdrawn(state: State) -> None:
    assert after(state, Step.WITHDRAW) is State.WITHDRAWN


@pytest.mark.parametrize("state", [State.DECIDED, State.PUBLISHED, State.WITHDRAWN])
def test_a_decided_application_cannot_be_withdrawn(state: State) -> None:
    with pytest.raises(NotNow):
        after(state, Step.WITHDRAW)


def test_nobody_decides_while_the_citizen_is_asked_something() -> None:
    with pytest.raises(NotNow):
        after(State.WAITING_FOR_CITIZEN, Step.DECIDE)


def test_a_decision_can_be_taken_again_until_it_is_made_known() -> None:
    assert after(State.DECIDED, Step.DECIDE) is State.DECIDED
    assert not may_follow(State.PUBLISHED, Step.DECIDE)


@given(DAYS, st.integers(0, 60))
def test_suspension_never_shortens_the_term(received_on: date, days: int) -> None:
    assert TERM.last_day(received_on, days) >= TERM.last_day(received_on)
    assert is_working_day(TERM.last_day(received_on, days))


@given(DAYS, st.integers(0, 60))
def test_the_term_stands_still_exactly_as_long_as_the_answer_takes(asked_on: date, days: int) -> None:
    assert suspended_days(asked_on, asked_on + timedelta(days=days)) == days


def test_the_term_to_object_is_six_weeks_from_the_day_after() -> None:
    assert last_day_to_object(date(2026, 6, 15)) == date(2026, 7, 27)
    assert last_day_to_object(date(2026, 11, 13)) == date(2026, 12, 28)  # 25 December is a holiday, then a weekend


def test_an_application_is_written_and_read_without_loss() -> None:
    application = Application(
        name="J. Verzonnen",
        supplied={"overlijdensdatum": "2026-06-08", "samen_koopwoning": False},
        corrections=(Correction(person="p1", fact="toetsingsinkomen", says="Dat was vorig jaar."),),
        remark="Bel mij liever.",
    )
    assert application_from(application.as_json()) == application


def test_an_application_says_nothing_personal_when_printed() -> None:
    assert "Verzonnen" not in repr(Application(name="J. Verzonnen", supplied={"x": "geheim"}, remark="geheim"))
    assert "geheim" not in repr(Application(name="J. Verzonnen", supplied={"x": "geheim"}, remark="geheim"))
