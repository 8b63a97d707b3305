"""What a family administrator owes the court, and by when."""

from datetime import date

import pytest

from dichterbij.ground.authority.domain import Kind
from dichterbij.ground.authority.duties import Duty, What, duties

TODAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("since", "by"),
    [
        (date(2026, 6, 15), [date(2026, 10, 15), date(2027, 6, 15)]),
        (date(2026, 2, 15), [date(2026, 6, 15), date(2027, 2, 15)]),
        (date(2026, 2, 14), [date(2027, 2, 14)]),
        (date(2025, 6, 15), [date(2026, 6, 15)]),
        (date(2020, 6, 14), [date(2027, 6, 14)]),
        (date(2024, 2, 29), [date(2027, 2, 28)]),
        (None, [None, None]),
    ],
)
def test_an_administrator_owes_an_inventory_within_four_months_and_accounts_each_year(since, by):
    owed = duties(Kind.ADMINISTRATOR, since, TODAY)
    assert [duty.by for duty in owed if duty.what is not What.EVALUATION] == by


@pytest.mark.parametrize("kind", [Kind.ADMINISTRATOR, Kind.GUARDIAN, Kind.MENTOR])
@pytest.mark.parametrize(
    ("since", "by"),
    [
        (date(2026, 6, 15), date(2031, 6, 15)),
        (date(2021, 6, 15), date(2026, 6, 15)),
        (date(2021, 6, 14), date(2031, 6, 14)),
        (date(2006, 7, 8), date(2026, 7, 8)),
        (None, None),
    ],
)
def test_each_tells_the_court_every_five_years_how_it_goes(kind, since, by):
    assert Duty(what=What.EVALUATION, by=by) in duties(kind, since, TODAY)


def test_a_guardian_and_a_mentor_owe_what_the_court_asks_when_it_asks():
    assert Duty(what=What.ACCOUNTS_WHEN_ASKED) in duties(Kind.GUARDIAN, TODAY, TODAY)
    assert Duty(what=What.REPORT_WHEN_ASKED) in duties(Kind.MENTOR, TODAY, TODAY)


def test_nobody_else_owes_the_court_anything():
    others = set(Kind) - {Kind.ADMINISTRATOR, Kind.GUARDIAN, Kind.MENTOR}
    assert not any(duties(kind, TODAY, TODAY) for kind in others)
