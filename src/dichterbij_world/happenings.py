"""What can happen to people: each of these takes a family as it was and returns it as it is after."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from . import names
from .families import with_parents
from .homes import later_home
from .livelihood import settle
from .people import Family, Income, Parent, Person, Sex, Union

DUTCH = "0001"


class CannotHappen(Exception):
    """It did not happen because it cannot: they are married already, are Dutch already, have died."""


def death(family: Family, bsn: str, died_on: date | None) -> Family:
    """Let somebody have died on a day; None: it was a mistake."""
    return _changed(family, bsn, lambda one: replace(one, died_on=died_on))


def birth(family: Family, parent: str, child: str, on: date) -> Family:
    """Let a child be born, with the number `child`, to a person and who they are married to or registered with."""
    first = _alive(family, parent, on)
    bound = (union.partner for union in first.unions if not union.ended_on)
    others = [other for other in map(family.person, bound) if other.is_alive(on)][:1]
    parents = sorted([first, *others], key=lambda one: one.sex != "V")
    random = names.chance("birth", child)
    sexes: tuple[Sex, ...] = ("M", "V")
    sex = random.choice(sexes)
    born = Person(
        bsn=child,
        given_names=names.given_names(random, sex),
        prefix=first.prefix,
        surname=first.surname,
        sex=sex,
        born_on=on,
        birth_place=first.municipality,
        home=first.home,
        home_since=on,
        municipality=first.municipality,
        nationality=first.nationality,
        parents=tuple(Parent(bsn=one.bsn) for one in parents),
    )
    born = settle(with_parents(born, random), random, int(child[3:]))
    for one in parents:
        family = _changed(family, one.bsn, lambda other: replace(other, children=(*other.children, child)))
    return replace(family, people=(*family.people, born))


def marriage(family: Family, first: str, second: str, on: date) -> Family:
    """Let two people of one family, brought together for it, marry."""
    for one in (_alive(family, first, on), _alive(family, second, on)):
        if one.age(on) < 18 or any(not union.ended_on for union in one.unions if _lives(family, union.partner, on)):
            raise CannotHappen("who is under eighteen or bound already cannot marry")
    place = family.person(first).municipality
    for bsn, partner in ((first, second), (second, first)):
        union = Union(partner=partner, since=on, place=place)
        family = _bound(family, bsn, union)
    return family


def _bound(family: Family, bsn: str, union: Union) -> Family:
    return _changed(family, bsn, lambda one: replace(one, unions=(*one.unions, union)))


def move(family: Family, bsn: str, municipality: str, serial: int, on: date) -> Family:
    """Let somebody move to a home nobody lived in before; `serial` numbers such homes of the world."""
    _alive(family, bsn, on)
    home = later_home(municipality, serial)
    moved = _changed(
        family,
        bsn,
        lambda one: replace(
            one, home=home.id, home_since=on, municipality=municipality, letter_address=False, abroad=None
        ),
    )
    return replace(moved, homes=(*moved.homes, home))


def naturalisation(family: Family, bsn: str, on: date) -> Family:
    """Let somebody become Dutch; a residence permit is then no longer needed."""
    if _alive(family, bsn, on).nationality == DUTCH:
        raise CannotHappen("who is Dutch cannot become Dutch")
    return _changed(family, bsn, lambda one: replace(one, nationality=DUTCH, permit=""))


def income(family: Family, bsn: str, year: int, cents: int) -> Family:
    """Let the tax administration determine what somebody earned in a year."""
    new = Income(year=year, cents=cents, wage_cents=cents)
    return _changed(
        family,
        bsn,
        lambda one: replace(one, incomes=tuple(new if each.year == year else each for each in one.incomes)),
    )


def _changed(family: Family, bsn: str, change: Callable[[Person], Person]) -> Family:
    return replace(family, people=tuple(change(one) if one.bsn == bsn else one for one in family.people))


def _alive(family: Family, bsn: str, on: date) -> Person:
    person = family.person(bsn)
    if not person.is_alive(on):
        raise CannotHappen("this can only happen to the living")
    return person


def _lives(family: Family, bsn: str, on: date) -> bool:
    return family.person(bsn).is_alive(on)
