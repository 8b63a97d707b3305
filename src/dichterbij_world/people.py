"""What the world is made of: persons, homes and families.

A family is one or more households tied by partnership or descent; every relation stays within it, so a family
can be written and rewritten on its own. Amounts are euro cents. Days that lie after the day of the world have
not happened yet.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Sex = Literal["M", "V", "O"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """An address object with its rent or value. `municipality`: four digits."""

    id: str
    number_id: str
    street: str
    number: int
    postcode: str
    place: str
    municipality: str
    letter: str = ""
    addition: str = ""
    rented: bool = True
    independent: bool = True
    rent_cents: int = 0
    service_cents: int = 0
    landlord: str = ""
    value_cents: int = 0
    floor_area: int = 70
    built_in: int = 1970


@dataclass(frozen=True, slots=True, kw_only=True)
class Abroad:
    """An address outside the European part of the Netherlands. `country`: four digits of the country table."""

    line1: str
    line2: str
    country: str
    line3: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Union:
    """A marriage (`H`) or registered partnership (`P`). `ended_on` covers divorce; death is derived."""

    partner: str
    kind: Literal["H", "P"] = "H"
    since: date
    place: str
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """A parent: by number when registered here, by name alone otherwise."""

    bsn: str = ""
    given_names: str = ""
    prefix: str = ""
    surname: str = ""
    sex: Sex = "V"
    born_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Income:
    """What the tax administration knows of one calendar year. `cents`: verzamelinkomen."""

    year: int
    cents: int
    wage_cents: int = 0
    benefit_cents: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wealth:
    """Box 3 on 1 January of a year."""

    year: int
    assets_cents: int
    debts_cents: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """An enrolment. `kind`: mbo | hbo | wo; `route`: bol | bbl for mbo; `form`: voltijd | deeltijd | duaal."""

    kind: str
    level: int | None = None
    route: str = ""
    form: str = "voltijd"
    school: str = ""
    course: str = ""
    since: date
    until: date | None = None
    finance_since: date | None = None
    disregarded_parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """A vehicle in somebody's name."""

    plate: str
    kind: str
    make: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """An enterprise of which somebody is a functionary, until which day.

    `share`: eigenaar | vennoot | commanditaire vennoot | bestuurder | gevolmachtigde; `power`: alleen of zelfstandig
    bevoegd | gezamenlijk bevoegd | beperkt bevoegd.
    """

    kvk_number: str
    name: str
    form: str
    activity: str
    since: date
    share: str = "eigenaar"
    power: str = "alleen of zelfstandig bevoegd"
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Estate:
    """What the registers of the courts know of what somebody left, by the numbers of people.

    `contact`: who gets the post for the next of kin.
    """

    heirs: tuple[str, ...]
    executor: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bankruptcy:
    """The bankruptcy of a company of which somebody is the trustee."""

    kvk_number: str
    name: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """Whom the court appointed over somebody's money (`bewind`) or care (`mentorschap`), and since when."""

    kind: Literal["bewind", "mentorschap"]
    by: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What somebody must pay a body (`cjib`, `cak`). `kind`: its name in the catalogue of kinds of claims."""

    body: str
    kind: str
    imposed_on: date
    cents: int
    costs_cents: int = 0
    paid_cents: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who does not exist, with everything every registry must be able to say about them.

    `birth_known`: how much of the birthday the register knows; `born_on` is then the first day it can be.
    """

    bsn: str
    given_names: str
    surname: str
    prefix: str = ""
    sex: Sex
    born_on: date
    birth_known: Literal["day", "month", "year"] = "day"
    birth_place: str = "0599"
    birth_country: str = "6030"
    nationality: str = "0001"
    permit: str = ""
    home: str = ""
    home_since: date
    letter_address: bool = False
    abroad: Abroad | None = None
    municipality: str = "0599"
    immigrated_on: date | None = None
    unions: tuple[Union, ...] = ()
    parents: tuple[Parent, ...] = ()
    children: tuple[str, ...] = ()
    joint_authority: bool = True
    died_on: date | None = None
    confidential: bool = False
    guardianship: bool = False
    guardian: str = ""
    protected_by: tuple[Protection, ...] = ()
    estate: Estate | None = None
    bankruptcies: tuple[Bankruptcy, ...] = ()
    in_investigation: tuple[str, ...] = ()
    incomes: tuple[Income, ...] = ()
    wealth: tuple[Wealth, ...] = ()
    insured_since: date | None = None
    insurer: str = ""
    studies: tuple[Study, ...] = ()
    aow_percentage: int = 100
    occupational_pension_cents: int = 0
    survivor_benefit_since: date | None = None
    child_benefit: bool = False
    vehicles: tuple[Vehicle, ...] = ()
    businesses: tuple[Business, ...] = ()
    claims: tuple[Claim, ...] = ()

    def is_alive(self, on: date) -> bool:
        """Say whether the person has been born and has not died on a day."""
        return self.born_on <= on and not self.has_died(on)

    def has_died(self, on: date) -> bool:
        """Say whether the person had died on or before a day."""
        return self.died_on is not None and self.died_on <= on

    def age(self, on: date) -> int:
        """Return the age in whole years on a day."""
        return on.year - self.born_on.year - ((on.month, on.day) < (self.born_on.month, self.born_on.day))


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """People who are related, and the homes they live in. Nobody in it is related to somebody outside it."""

    people: tuple[Person, ...]
    homes: tuple[Home, ...] = field(default_factory=tuple)

    def person(self, bsn: str) -> Person:
        """Return a member; raises `KeyError` when there is none with that number."""
        for person in self.people:
            if person.bsn == bsn:
                return person
        raise KeyError("no such member of this family")

    def home(self, identification: str) -> Home | None:
        """Return a home of the family, or None for who has none."""
        return next((home for home in self.homes if home.id == identification), None)

    def residents(self, home: str, on: date) -> tuple[Person, ...]:
        """Return who is registered at a home on a day, the living only."""
        return tuple(person for person in self.people if home and person.home == home and person.is_alive(on))
