"""What is private of the people of the world: the amounts and birthdays that somebody else may not see."""

from dichterbij.kernel.formats import date_long, euro
from dichterbij_world.people import Family, Person
from dichterbij_world.store import World

from .told import ON, Told, fact

LEAST_CENTS = 100_000
"""Smaller amounts are also amounts of the law itself."""
LAST_BIRTH = ON.replace(year=ON.year - 4)
"""Later days are also days of the story itself: deaths are drawn from the last 900 days, and terms count from them."""


def everybody(world: World) -> list[tuple[str, Person, Family]]:
    """Return every adult who can log in, by the key of the test means."""
    return [
        (f"{number}-{place}", person, family)
        for number, family in enumerate(world.families())
        for place, person in enumerate(family.people, start=1)
        if person.is_alive(ON) and person.age(ON) >= 18
    ]


def secrets_of(told: Told) -> frozenset[str]:
    """Return the amounts and birthdays of the family that somebody may not see: of who does not claim with them."""
    together = {told.person.bsn, fact(told, "partner"), fact(told, "samenwonende")}
    others = [one for one in told.family.people if one.bsn not in together]
    own = {text for one in told.family.people if one.bsn in together for text in _private(one)}
    return frozenset({text for one in others for text in _private(one)} - own)


def _private(person: Person) -> set[str]:
    cents = {part // 100 * 100 for row in person.incomes for part in (row.cents, row.wage_cents, row.benefit_cents)}
    cents |= {row.assets_cents // 100 * 100 for row in person.wealth}
    amounts = {euro(part, "nl").replace("\xa0", " ") for part in cents if part >= LEAST_CENTS}
    return amounts | ({date_long(person.born_on, "nl")} if person.born_on <= LAST_BIRTH else set())
