"""Income per year and box 3 on 1 January, as the tax administration keeps them. Whole euros on the wire."""

from datetime import date
from typing import Any

from ..people import Family, Income, Person, Wealth


def document(person: Person, _family: Family, on: date) -> dict[str, Any]:
    """Return all years that are known on a day: final after two years, provisional last year, estimated this year."""
    return {
        "burgerservicenummer": person.bsn,
        "inkomensgegevens": [_income(income, on) for income in person.incomes if income.year <= on.year],
        "vermogensgegevens": [_wealth(wealth) for wealth in person.wealth if wealth.year <= on.year],
    }


def _income(income: Income, on: date) -> dict[str, Any]:
    age = on.year - income.year
    return {
        "jaar": income.year,
        "verzamelinkomen": income.cents // 100,
        "loonPerMaand": income.wage_cents // 1200,
        "uitkeringPerMaand": income.benefit_cents // 1200,
        "status": "geschat" if age == 0 else "voorlopig" if age == 1 else "definitief",
        "vastgesteldOp": date(income.year if age == 0 else income.year + 1, 1 if age == 0 else 5, 1).isoformat(),
    }


def _wealth(wealth: Wealth) -> dict[str, Any]:
    assets, debts = wealth.assets_cents // 100, wealth.debts_cents // 100
    return {
        "peildatum": f"{wealth.year}-01-01",
        "bezittingen": assets,
        "schulden": debts,
        "rendementsgrondslag": max(0, assets - debts),
    }
