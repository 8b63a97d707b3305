"""How somebody lives: income per year, savings, insurance, study, pension, vehicles. Everybody gets all of it.

Incomes 2022-2026 grow with wages; the level follows age and chance. The figures are plausible, not calibrated:
the world shows how rules work, it says nothing about the population.
"""

from dataclasses import replace
from datetime import date
from random import Random

from .names import chance
from .people import Business, Claim, Income, Person, Study, Vehicle, Wealth

YEARS = range(2022, 2027)
LAST_YEAR = 2026
AOW_AGE = 67
AOW_YEAR_CENTS = 1_964_000
_GROWTH = {2022: 0.84, 2023: 0.89, 2024: 0.945, 2025: 0.98, 2026: 1.0}
INSURERS = ("Zorgverzekeraar De Linde", "Onderlinge Waarborg Maas", "IJssel Zorg", "Verzekeraar Duinzicht")
_SCHOOLS = {
    "mbo": ("Vakschool aan de Maas", "Techniek College Koningshaven"),
    "hbo": ("Hogeschool Rivierenland", "Hogeschool Havenstad"),
    "wo": ("Universiteit aan de Delta",),
}
_COURSES = {
    "mbo": ("Verzorgende", "Mechatronica", "Onderwijsassistent"),
    "hbo": ("Verpleegkunde", "Bouwkunde", "Social Work"),
    "wo": ("Rechtsgeleerdheid", "Technische Wiskunde"),
}
_TRADES = (
    ("56.10", "Restaurants"),
    ("96.02", "Haarverzorging"),
    ("62.01", "Ontwikkelen van software"),
    ("43.34", "Schilderen"),
)


def settle(person: Person, random: Random, serial: int) -> Person:
    """Return the person with everything filled in that was not already known. `serial`: unique per person."""
    person = replace(person, studies=person.studies or _studies(person, random))
    person = replace(person, incomes=_incomes(person, random))
    return replace(
        person,
        wealth=person.wealth or _wealth(person, random),
        insured_since=person.insured_since or _insured_since(person),
        insurer=person.insurer or random.choice(INSURERS),
        aow_percentage=_aow_percentage(person),
        vehicles=person.vehicles or _vehicles(person, random, serial),
        businesses=person.businesses or _businesses(person, random, serial),
        claims=person.claims or _claims(person),
    )


def _studies(person: Person, random: Random) -> tuple[Study, ...]:
    age = person.age(date(LAST_YEAR, 6, 15))
    if not 17 <= age <= 25 or random.random() > 0.7:
        return ()
    kind = "mbo" if age < 19 else random.choice(("mbo", "hbo", "wo"))
    since = date(LAST_YEAR - random.randint(1, 2), 9 if kind != "mbo" else 8, 1)
    adult_on = date(person.born_on.year + 18, person.born_on.month, 1)
    return (
        Study(
            kind=kind,
            level=random.randint(2, 4) if kind == "mbo" else None,
            route=random.choice(("bol", "bol", "bbl")) if kind == "mbo" else "",
            school=random.choice(_SCHOOLS[kind]),
            course=random.choice(_COURSES[kind]),
            since=since,
            finance_since=max(since, adult_on) if age >= 18 else None,
        ),
    )


def _incomes(person: Person, random: Random) -> tuple[Income, ...]:
    known = {income.year: income for income in person.incomes}
    level = _income_level(person, random)
    return tuple(known.get(year) or _income(person, year, level) for year in YEARS)


def _income_level(person: Person, random: Random) -> int:
    age = person.age(date(LAST_YEAR, 1, 1))
    if age < 15:
        return 0
    if age >= AOW_AGE:
        return AOW_YEAR_CENTS + person.occupational_pension_cents + random.randint(0, 14_000) * 100
    if person.studies or age < 20:
        return random.randint(0, 11_000) * 100
    if random.random() < 0.12:
        return random.randint(0, 17_500) * 100
    return int(random.lognormvariate(3.55, 0.5) * 1000) * 100


def _income(person: Person, year: int, level: int) -> Income:
    age = person.age(date(year, 1, 1))
    cents = int(level * _GROWTH[year]) if age >= 15 else 0
    is_pension = age >= AOW_AGE
    return Income(
        year=year, cents=cents, wage_cents=0 if is_pension else cents, benefit_cents=cents if is_pension else 0
    )


def _wealth(person: Person, random: Random) -> tuple[Wealth, ...]:
    age = person.age(date(LAST_YEAR, 1, 1))
    savings = int(random.lognormvariate(1.8 + min(age, 70) / 45, 1.0) * 1000) * 100 if age >= 4 else 0
    return tuple(Wealth(year=year, assets_cents=int(savings * _GROWTH[year])) for year in YEARS)


def _insured_since(person: Person) -> date | None:
    """Residents and people who work here are insured (Zorgverzekeringswet 2); who lives abroad is not."""
    if person.abroad:
        return None
    return max(person.born_on, person.immigrated_on or person.born_on, date(2006, 1, 1))


def _aow_percentage(person: Person) -> int:
    """Two percent per insured year between seventeen and pension age (AOW 6 and 13), as built up or expected."""
    if person.immigrated_on is None:
        return person.aow_percentage
    return max(0, min(100, 2 * (AOW_AGE - max(17, person.age(person.immigrated_on)))))


def _vehicles(person: Person, random: Random, serial: int) -> tuple[Vehicle, ...]:
    if person.age(date(LAST_YEAR, 1, 1)) < 18 or person.abroad or random.random() > 0.5:
        return ()
    make = random.choice(("Volvo", "Opel", "Renault", "Toyota", "Skoda"))
    return (Vehicle(plate=plate(serial), kind="Personenauto", make=make, since=_recent_day(random)),)


def plate(serial: int) -> str:
    """Return a registration of a form that is not given out (it begins with `ZZ`)."""
    return f"ZZ-{serial // 100 % 1000:03d}-{'BDFGHJKLNPRSTVXZ'[serial // 100_000 % 16]}{serial % 100:02d}"


def _businesses(person: Person, random: Random, serial: int) -> tuple[Business, ...]:
    age = person.age(date(LAST_YEAR, 1, 1))
    if not 25 <= age <= 66 or person.abroad or random.random() > 0.08:
        return ()
    _code, activity = trade = random.choice(_TRADES)
    return (
        Business(
            kvk_number=f"90{serial % 1_000_000:06d}",
            name=f"{activity} {person.surname}",
            form="Eenmanszaak",
            activity=" ".join(trade),
            since=_recent_day(random),
        ),
    )


def _claims(person: Person) -> tuple[Claim, ...]:
    """Return a fine or a contribution to care that is still to be paid, for some adults. Chance of its own."""
    random = chance("claims", person.bsn)
    if person.age(date(LAST_YEAR, 1, 1)) < 18 or person.abroad or person.died_on or random.random() > 0.2:
        return ()
    imposed_on, is_fine = date(LAST_YEAR, random.randint(1, 5), random.randint(1, 28)), random.random() < 0.7
    if is_fine:
        cents = random.randint(3, 45) * 1_000
        return (Claim(body="cjib", kind="cjib_verkeersboete", imposed_on=imposed_on, cents=cents, costs_cents=900),)
    cents = random.randint(20, 190) * 100
    paid = cents // 2 if random.random() < 0.5 else 0
    return (Claim(body="cak", kind="cak_eigen_bijdrage_wmo", imposed_on=imposed_on, cents=cents, paid_cents=paid),)


def _recent_day(random: Random) -> date:
    return date(random.randint(2012, 2025), random.randint(1, 12), random.randint(1, 28))
