"""What the register says of unions, descent and authority over children.

Of somebody's unions the register gives the present one, else the last one. A day that is only partly known has no
value. Where a deed was made is not delivered: only of who was born in the Netherlands it is certain that it is Dutch.
"""

from collections.abc import Callable, Mapping

from ..domain import Value
from .source import Json

NETHERLANDS = "6030"
NOBODY = frozenset({"TijdelijkGeenGezag", "GezagNietTeBepalen"})
"""The kinds of answer about authority over a child that name nobody who has it."""


def present_partner(person: Json) -> Value:
    """Return the number of the spouse or registered partner, unless the union has ended."""
    present = [one for one in person.get("partners", ()) if "ontbindingHuwelijkPartnerschap" not in one]
    return present[0].get("burgerservicenummer") if present else None


def former_partner(person: Json) -> Value:
    """Return the number of the last partner when that union has ended, by divorce or death."""
    ended = [one for one in person.get("partners", ()) if "ontbindingHuwelijkPartnerschap" in one]
    return ended[-1].get("burgerservicenummer") if ended else None


def partner_at_death(person: Json) -> Value:
    """Return the number of who was spouse or registered partner on the day the person died; none for the living."""
    died = person.get("overlijden", {}).get("datum", {}).get("datum")
    unions = (
        (one, one.get("ontbindingHuwelijkPartnerschap", {}).get("datum", {})) for one in person.get("partners", ())
    )
    return next(
        (one.get("burgerservicenummer") for one, ended in unions if died and ended.get("datum", died) == died), None
    )


def parent(indication: str) -> Callable[[Json], Value]:
    """Return how the number of the first (`1`) or second (`2`) parent is read; none when not in the register."""

    def follows(person: Json) -> Value:
        parents = (one for one in person.get("ouders", ()) if one.get("ouderAanduiding") == indication)
        return next((one.get("burgerservicenummer") for one in parents), None)

    return follows


def authority(person: Json) -> Value:
    """Return over which minors somebody has authority: kind, and number, name and age of each; none over nobody.

    Also of which other minors the register tells somebody that nobody has it now, or that it cannot say who.
    """
    own = person.get("burgerservicenummer")
    told = [one for one in person.get("gezag", ()) if own in _holders(one) or _is_of_nobody(one, own)]
    return tuple(_relation(one) for one in told) or None


def _relation(told: Json) -> Mapping[str, Value]:
    return {"soort": told["type"], "vanNiemand": told["type"] in NOBODY, **_minor(told["minderjarige"])}


def holders(person: Json) -> Value:
    """Return the name of each who has authority over somebody; none over who is of age."""
    own = person.get("burgerservicenummer")
    over = [one for one in person.get("gezag", ()) if one["minderjarige"]["burgerservicenummer"] == own]
    return tuple({"naam": who.get("naam", {}).get("volledigeNaam", "")} for one in over for who in _with(one)) or None


def _minor(minor: Json) -> Mapping[str, Value]:
    name = minor.get("naam", {}).get("volledigeNaam", "")
    return {"minderjarige": minor["burgerservicenummer"], "naam": name, "leeftijd": minor.get("leeftijd")}


def _is_of_nobody(relation: Json, own: str | None) -> bool:
    return relation["type"] in NOBODY and relation["minderjarige"]["burgerservicenummer"] != own


def _holders(relation: Json) -> set[str]:
    return {holder.get("burgerservicenummer", "") for holder in _with(relation)}


def _with(relation: Json) -> list[Json]:
    """Return who have the authority in a relation, as parents or otherwise."""
    several = [*relation.get("ouders", ()), *relation.get("derden", ())]
    return several + [relation[role] for role in ("ouder", "derde") if role in relation]


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
