"""What the register says of unions, descent and authority over children.

Of somebody's unions the register gives the present one, else the last one. A day that is only partly known has no
value. Where a deed was made is not delivered: only of who was born in the Netherlands it is certain that it is Dutch.
"""

from collections.abc import Callable, Mapping

from ..domain import Value
from .source import Json

NETHERLANDS = "6030"


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
    """Return over which minors somebody has authority: kind, and number, name and age of each; none over nobody."""
    own = person.get("burgerservicenummer")
    over = [one for one in person.get("gezag", ()) if own in _holders(one)]
    return tuple({"soort": one["type"], **_minor(one["minderjarige"])} for one in over) or None


def _minor(minor: Json) -> Mapping[str, Value]:
    name = minor.get("naam", {}).get("volledigeNaam", "")
    return {"minderjarige": minor["burgerservicenummer"], "naam": name, "leeftijd": minor.get("leeftijd")}


def _holders(relation: Json) -> set[str]:
    holders = [*relation.get("ouders", ()), *relation.get("derden", ())]
    holders += [relation[role] for role in ("ouder", "derde") if role in relation]
    return {holder.get("burgerservicenummer", "") for holder in holders}


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
