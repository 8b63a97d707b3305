"""The value types hold what their sources say."""

import doctest
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.kernel import clock
from dichterbij.kernel.access import Access, Activity, Actor, Permission, Role, Subject
from dichterbij.kernel.dates import easter, is_working_day, term_end, working_days_after
from dichterbij.kernel.identifiers import Bsn, KvkNumber, Oin, Rsin, passes_eleven_test
from dichterbij.kernel.levels import Level
from dichterbij.kernel.periods import InvalidPeriod, Period
from dichterbij.kernel.problems import AccessExpired, InvalidIdentifier, TermNotCovered


@pytest.mark.parametrize("name", ["identifiers", "money", "levels", "periods", "dates", "formats", "clock"])
def test_the_examples_in_the_documentation_are_true(name: str) -> None:
    result = doctest.testmod(import_module(f"dichterbij.kernel.{name}"))
    assert result.attempted > 0
    assert result.failed == 0


def test_a_bsn_never_shows_more_than_its_last_four_digits() -> None:
    bsn = Bsn("999993653")
    for text in (str(bsn), repr(bsn), f"{bsn}", f"{[bsn]}", f"{Subject(party=uuid4(), bsn=bsn)}"):
        assert "999993653" not in text


@pytest.mark.parametrize("text", ["", "12345678", "000000000", "999993654", "99999365٣", "9999936533", " 999993653"])
def test_a_number_that_fails_the_eleven_test_is_no_bsn_and_is_not_repeated(text: str) -> None:
    with pytest.raises(InvalidIdentifier) as error:
        Bsn(text)
    assert not text.strip() or text not in str(error.value)


@given(st.integers(10_000_000, 999_999_999), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number: int, place: int, shift: int) -> None:
    digits = f"{number:09d}"
    if not passes_eleven_test(digits):
        return
    wrong = digits[:place] + str((int(digits[place]) + shift) % 10) + digits[place + 1 :]
    assert not passes_eleven_test(wrong)


def test_organisation_numbers_have_their_own_form() -> None:
    assert str(KvkNumber("12345678")) == "12345678"
    assert str(Oin("00000001003214345000")) == "00000001003214345000"
    assert str(Rsin("999993653")) == "999993653"
    for kind, text in ((KvkNumber, "1234567"), (Oin, "123"), (Rsin, "123456789")):
        with pytest.raises(InvalidIdentifier):
            kind(text)


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter_falls_on_its_published_day(year: int, day: date) -> None:
    assert easter(year) == day


@pytest.mark.parametrize(
    ("after", "term", "last"),
    [
        (date(2026, 4, 13), {"weeks": 6}, date(2026, 5, 26)),  # ends on Whit Monday
        (date(2026, 5, 1), {"days": 14}, date(2026, 5, 18)),  # ends on an equated Friday
        (date(2026, 6, 15), {"weeks": 6}, date(2026, 7, 27)),
        (date(2026, 6, 12), {"days": 1}, date(2026, 6, 15)),  # ends on Saturday
        (
            date(2025, 12, 24),
            {"days": 3},
            date(2025, 12, 30),
        ),  # Christmas and a weekend: two working days needed
        (date(2026, 1, 31), {"months": 1}, date(2026, 3, 2)),  # 28 February 2026 is a Saturday
        (date(2026, 6, 8), {"months": 20}, date(2028, 2, 8)),  # article 4: not extended
    ],
)
def test_a_term_ends_on_the_day_the_law_says(after: date, term: dict[str, int], last: date) -> None:
    assert term_end(after, **term) == last


def test_a_term_beyond_the_known_decrees_is_refused() -> None:
    with pytest.raises(TermNotCovered):
        term_end(date(2028, 12, 1), weeks=6)


@given(st.dates(date(2023, 1, 1), date(2028, 9, 1)), st.integers(1, 12))
def test_a_short_term_never_ends_on_a_day_off_and_never_early(after: date, weeks: int) -> None:
    last = term_end(after, weeks=weeks)
    assert is_working_day(last)
    assert last >= after + timedelta(weeks=weeks)


def test_the_sixth_working_day_skips_weekends() -> None:
    assert working_days_after(date(2026, 5, 13), 1) == date(2026, 5, 18)


@pytest.mark.parametrize("text", ["", "juni", "2026-13", "2026-6", "2026-02-30", "2026-06-30/2026-06-01"])
def test_a_period_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(InvalidPeriod):
        Period.parse(text)


@given(st.dates(), st.integers(0, 400))
def test_a_period_is_read_back_as_written(first: date, days: int) -> None:
    try:
        period = Period(first, first + timedelta(days=days))
    except OverflowError:
        return
    assert Period.parse(str(period)) == period


def test_an_access_is_valid_for_one_minute_and_not_before_it_was_given() -> None:
    at = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
    access = _access(at)
    access.ensure_valid(at + timedelta(seconds=60))
    for other in (at + timedelta(seconds=61), at - timedelta(seconds=1)):
        with pytest.raises(AccessExpired):
            access.ensure_valid(other)


def _access(at: datetime) -> Access:
    party = uuid4()
    organisation = Oin("00000001003214345000")
    return Access(
        actor=Actor(role=Role.CITIZEN, organisation=organisation, party=party),
        subject=Subject(party=party, bsn=Bsn("999993653")),
        organisation=organisation,
        activity=Activity(id="plan", version="1", purpose="Uw overzicht tonen", legal_basis="Wmebv"),
        permission=Permission.READ,
        product="plan",
        level=Level.LOW,
        act=uuid4(),
        at=at,
        trace="0" * 32,
    )


def test_a_demonstration_stands_still_on_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_fixed_day", None)  # the day of the other tests comes back afterwards
    clock.stand_still_on(date(2026, 6, 15))
    assert clock.today() == date(2026, 6, 15)
    clock.stand_still_on(None)
    with clock.frozen(datetime(2026, 6, 14, 22, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 6, 15)
