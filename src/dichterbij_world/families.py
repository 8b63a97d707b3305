"""Families out of a seed. The same seed and number give the same family, whatever was made before it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from . import names
from .homes import HomeBook
from .livelihood import settle
from .people import Family, Home, Parent, Person, Sex, Union

_MUNICIPALITIES = ("0599", "0599", "0599", "0150", "0150", "0606", "0344")
REFERENCE = date(2026, 6, 15)
# nationality, country of birth and residence permit of who came from elsewhere; no permit: the register knows of none
_ORIGINS = (
    ("0072", "7028", ""),
    ("0336", "7009", "26"),
    ("0339", "6043", "25"),
    ("0131", "5022", "25"),
    ("0339", "6043", ""),
)


@dataclass(slots=True)
class Maker:
    """What is needed to invent one family: chance, fresh numbers and fresh addresses."""

    random: Random
    numbers: Iterator[str]
    homes: HomeBook

    def home(self) -> Home:
        """Return a new home in one of the places of the world."""
        return self.homes.next(self.random, self.random.choice(_MUNICIPALITIES))

    def person(self, home: Home, sex: Sex, age: tuple[int, int], surname: tuple[str, str] | None = None) -> Person:
        """Return somebody of about an age (least and most, whole years on the reference day)."""
        born_on = self._birthday(*age)
        prefix, family_name = surname or names.surname(self.random)
        person = Person(
            bsn=next(self.numbers),
            given_names=names.given_names(self.random, sex),
            prefix=prefix,
            surname=family_name,
            sex=sex,
            born_on=born_on,
            birth_place=self.random.choice(_MUNICIPALITIES),
            home=home.id,
            home_since=max(born_on, self.day(date(2005, 1, 1), date(2026, 3, 1))),
            municipality=home.municipality,
            confidential=self.random.random() < 0.03,
            in_investigation=("verblijfplaats",) if self.random.random() < 0.02 else (),
        )
        return self._from_elsewhere(person) if self.random.random() < 0.1 else person

    def _from_elsewhere(self, person: Person) -> Person:
        """Return an adult as somebody who came here between eighteen and twenty-one; a child as it is."""
        if person.age(REFERENCE) < 22:
            return person
        nationality, country, permit = self.random.choice(_ORIGINS)
        came_on = self.day(_birthday_number(person, 18), _birthday_number(person, 21))
        is_exact = nationality == "0072" or self.random.random() < 0.6
        return replace(
            person,
            nationality=nationality,
            permit=permit,
            birth_country=country,
            birth_place="Onbekend",
            birth_known="day" if is_exact else "year",
            born_on=person.born_on if is_exact else date(person.born_on.year, 1, 1),
            immigrated_on=came_on,
            home_since=max(came_on, person.home_since),
        )

    def _birthday(self, least: int, most: int) -> date:
        latest = REFERENCE.replace(year=REFERENCE.year - least)
        return self.day(REFERENCE.replace(year=REFERENCE.year - most - 1) + timedelta(days=1), latest)

    def day(self, first: date, last: date) -> date:
        """Return a day between two days, both included."""
        return first + timedelta(days=self.random.randint(0, (last - first).days))


def _birthday_number(person: Person, age: int) -> date:
    return date(person.born_on.year + age, person.born_on.month, min(person.born_on.day, 28))


def family(seed: int, number: int, numbers: Iterator[str], homes: HomeBook) -> Family:
    """Invent the family with a number; `numbers` and `homes` are used up as it grows."""
    random = names.chance(seed, number)
    make = random.choices([kind for kind, _ in _KINDS], [weight for _, weight in _KINDS])[0]
    people, households = make(Maker(random, numbers, homes))
    return Family(
        people=tuple(settle(with_parents(person, random), random, int(person.bsn[3:])) for person in people),
        homes=tuple(households),
    )


Made = tuple[list[Person], list[Home]]


def _alone(maker: Maker) -> Made:
    home = maker.home()
    age = maker.random.choice(((19, 28), (19, 92), (19, 92)))
    return [maker.person(home, maker.random.choice(("M", "V")), age)], [home]


def _couple(maker: Maker) -> Made:
    home = maker.home()
    return list(_partners(maker, home, (24, 88))), [home]


def _couple_with_children(maker: Maker) -> Made:
    home = maker.home()
    first, second = _partners(maker, home, (25, 52))
    return _with_children(maker, home, first, second), [home]


def _separated(maker: Maker) -> Made:
    home, elsewhere = maker.home(), maker.home()
    first, second = _partners(maker, home, (25, 52))
    people = _with_children(maker, home, first, second)
    ended_on = maker.day(people[0].unions[0].since, date(2026, 1, 31)) if people[0].unions else None
    parted = [_part(person, ended_on) for person in people]
    return [parted[0], replace(parted[1], home=elsewhere.id, municipality=elsewhere.municipality), *parted[2:]], [
        home,
        elsewhere,
    ]


def _widowed(maker: Maker) -> Made:
    home = maker.home()
    first, second = _partners(maker, home, (66, 94))
    together_since = max([date(2015, 1, 1), *(union.since for union in second.unions)])
    return [first, replace(second, died_on=maker.day(together_since, date(2026, 4, 30)))], [home]


def _three_generations(maker: Maker) -> Made:
    home, own = maker.home(), maker.home()
    grandparents = _partners(maker, home, (62, 84))
    grown = maker.person(own, "V", (28, 41), (grandparents[0].prefix, grandparents[0].surname))
    elders, grown = _descend(grandparents, grown)
    partner = maker.person(own, "M", (28, 43))
    grown, partner = _unite(maker, grown, partner)
    return [*elders, *_with_children(maker, own, partner, grown)], [home, own]


_KINDS: tuple[tuple[Callable[[Maker], Made], int], ...] = (
    (_alone, 30),
    (_couple, 20),
    (_couple_with_children, 22),
    (_separated, 9),
    (_widowed, 8),
    (_three_generations, 11),
)


def _partners(maker: Maker, home: Home, age: tuple[int, int]) -> tuple[Person, Person]:
    first = maker.person(home, "M" if maker.random.random() < 0.95 else "V", age)
    years = first.age(REFERENCE)
    second = maker.person(
        home, "V" if maker.random.random() < 0.95 else "M", (max(age[0], years - 6), min(age[1], years + 4))
    )
    return _unite(maker, first, second)


def _unite(maker: Maker, first: Person, second: Person) -> tuple[Person, Person]:
    """Marry two people, or register them, or let them live together without either."""
    kind = maker.random.choices(("H", "P", ""), (60, 15, 25))[0]
    if not kind:
        return first, second
    grown_up = max(first.born_on, second.born_on)
    since = maker.day(date(grown_up.year + 20, 6, 1), date(2025, 3, 31))
    ties = [Union(partner=other.bsn, kind=kind, since=since, place=first.municipality) for other in (second, first)]  # type: ignore[arg-type]
    return replace(first, unions=(ties[0],)), replace(second, unions=(ties[1],))


def _with_children(maker: Maker, home: Home, first: Person, second: Person) -> list[Person]:
    youngest = min(first.age(REFERENCE), second.age(REFERENCE))
    born: list[Person] = []
    parents = (first, second)
    for _ in range(maker.random.choices((1, 2, 3, 4), (35, 42, 18, 5))[0]):
        child = maker.person(
            home, maker.random.choice(("M", "V")), (0, max(0, youngest - 21)), (first.prefix, first.surname)
        )
        parents, child = _descend(parents, replace(child, birth_place=home.municipality))
        born.append(child)
    return [*parents, *born]


def _descend(parents: tuple[Person, Person], child: Person) -> tuple[tuple[Person, Person], Person]:
    """Tie a child to both parents, in both directions. Authority: joint when married or recognised from 2023."""
    first, second = (replace(parent, children=(*parent.children, child.bsn)) for parent in parents)
    child = replace(
        child,
        parents=tuple(Parent(bsn=parent.bsn) for parent in sorted(parents, key=lambda parent: parent.sex != "V")),
        joint_authority=bool(parents[0].unions) or child.born_on >= date(2023, 1, 1),
    )
    return (first, second), child


def _part(person: Person, ended_on: date | None) -> Person:
    return replace(person, unions=tuple(replace(union, ended_on=ended_on) for union in person.unions))


def with_parents(person: Person, random: Random) -> Person:
    """Give who has no registered parents two by name: the register keeps those of people long gone."""
    if person.parents:
        return person
    mother = Parent(given_names=names.given_names(random, "V"), surname=names.surname(random)[1], sex="V")
    father = Parent(given_names=names.given_names(random, "M"), prefix=person.prefix, surname=person.surname, sex="M")
    return replace(person, parents=(mother, father))
