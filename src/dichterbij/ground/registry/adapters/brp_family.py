"""What the register says of a union and of descent, as far as authority over children follows from it.

Of somebody's unions the register gives the present one, else the last one. A day that is only partly known has no
value. Where a deed was made is not delivered: only of who was born in the Netherlands it is certain that it is Dutch.
"""

from ..domain import Value
from .source import Json

NETHERLANDS = "6030"


def last_partner(person: Json) -> Value:
    """Return the number of the present or the last spouse or registered partner."""
    return _last_union(person).get("burgerservicenummer")


def last_union_since(person: Json) -> Value:
    """Return the day on which that union began."""
    return _day(_last_union(person), "aangaanHuwelijkPartnerschap")


def last_union_until(person: Json) -> Value:
    """Return the day on which that union ended; none while it lasts."""
    return _day(_last_union(person), "ontbindingHuwelijkPartnerschap")


def second_parent_since(person: Json) -> Value:
    """Return the day from which the second parent is one by law: the birth, or the recognition."""
    parents = (one for one in person.get("ouders", ()) if one.get("ouderAanduiding") == "2")
    found: Value = next((_date(one.get("datumIngangFamilierechtelijkeBetrekking")) for one in parents), None)
    return found


def has_dutch_deed(person: Json) -> Value:
    """Say that the birth is in a Dutch deed; none for who was born elsewhere, or where is not known."""
    return True if person.get("geboorte", {}).get("land", {}).get("code") == NETHERLANDS else None


def _last_union(person: Json) -> Json:
    unions = person.get("partners", ())
    lasting = [one for one in unions if "ontbindingHuwelijkPartnerschap" not in one]
    found: Json = (lasting or [*unions] or [{}])[-1]
    return found


def _day(group: Json, name: str) -> Value:
    return _date(group.get(name, {}).get("datum"))


def _date(written: Json | None) -> Value:
    found: Value = (written or {}).get("datum")
    return found
