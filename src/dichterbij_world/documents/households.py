"""Who lives with whom, for the registries that look at families at one address."""

from datetime import date

from ..people import Family, Person


def partners_at_home(person: Person, family: Family, on: date) -> list[Person]:
    """Return who lives with this person and has a child with them, or is married to or registered with them."""
    bound = {union.partner for union in person.unions if not union.ended_on}
    others = (one for one in family.residents(person.home, on) if one != person)
    return [one for one in others if one.bsn in bound or set(person.children) & set(one.children)]


def children_at_home(person: Person, family: Family, on: date) -> list[Person]:
    """Return the children at the address of this person, their own and those of their partner there."""
    couple = {person.bsn, *(one.bsn for one in partners_at_home(person, family, on))}
    residents = family.residents(person.home, on)
    return [one for one in residents if any(parent.bsn in couple for parent in one.parents)]
