"""Who else is registered at somebody's address, and who of them may count as living together.

Asked in steps and only as far as a field needs: the address, who is registered there, whose children they are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ..domain import Value
from .brp_residence import at_home_address
from .source import MOST_PERSONS, Json, Source

HOUSEHOLD_FIELDS = (
    "medebewoners.burgerservicenummer",
    "samenwonende.burgerservicenummer",
    "samenwonende.gezamenlijkKind",
    "samenwonende.minderjarigKindOpAdres",
)
_RELATED = ("partners", "ouders", "kinderen")
_OWN_FIELDS = (
    "burgerservicenummer",
    "geboorte.datum",
    "verblijfplaats.adresseerbaarObjectIdentificatie",
    "verblijfplaats.functieAdres",
    "partners.burgerservicenummer",
    "partners.ontbindingHuwelijkPartnerschap.datum",
    "ouders.burgerservicenummer",
    "kinderen.burgerservicenummer",
)
_OTHERS_FIELDS = (
    "verblijfplaats.adresseerbaarObjectIdentificatie",
    "geboorte.datum",
    "ouders.burgerservicenummer",
    "kinderen.burgerservicenummer",
)


@dataclass(frozen=True)
class Household:
    """The household of one person on a day, read when first needed."""

    source: Source
    number: str
    on: date
    trace: str

    def answer(self, field: str) -> Value:
        """Return one of the household fields; none when there is nothing to say."""
        match field:
            case "medebewoners.burgerservicenummer":
                return self._numbers_at_address or None
            case "samenwonende.burgerservicenummer":
                return self._living_together
            case "samenwonende.gezamenlijkKind":
                return self._has_joint_child(self._living_together) if self._living_together else None
            case _:
                return self._minor_at_address(self._living_together) if self._living_together else None

    @cached_property
    def _self(self) -> Json:
        return self._persons([self.number])[self.number]

    def also_about(self) -> dict[str, tuple[str, ...]]:
        """Return the others at the address with the fields that were looked at to answer so far."""
        looked_at = _OTHERS_FIELDS if "_others" in self.__dict__ else _OTHERS_FIELDS[:1]
        return dict.fromkeys(self._numbers_at_address, looked_at)

    @cached_property
    def _numbers_at_address(self) -> tuple[str, ...]:
        """Return the numbers of the others registered at the home address, the living only."""
        address = at_home_address(self._self)
        if address is None:
            return ()
        body = {
            "type": "ZoekMetAdresseerbaarObjectIdentificatie",
            "adresseerbaarObjectIdentificatie": address,
            "fields": ["burgerservicenummer"],
        }
        found = self.source.ask("/personen", body, trace=self.trace).get("personen", ())
        others = {number for one in found if (number := one.get("burgerservicenummer")) and number != self.number}
        return tuple(sorted(others))

    @cached_property
    def _others(self) -> dict[str, Json]:
        return self._persons(self._numbers_at_address)

    @cached_property
    def _living_together(self) -> str | None:
        """Return the adult at the address who is no spouse, parent, grandparent or child; with a joint child first.

        Of several without a joint child none is chosen: the register cannot say who of them it is (Awir 3).
        """
        close = _numbers(self._self, _RELATED)
        candidates = sorted(
            number
            for number, one in self._others.items()
            if number not in close
            and self._is_adult(one)
            and not _numbers(one, ("kinderen",)) & _numbers(self._self, ("ouders",))
        )
        with_child = [number for number in candidates if self._has_joint_child(number)]
        return (with_child or candidates)[0] if with_child or len(candidates) == 1 else None

    def _has_joint_child(self, number: str) -> bool:
        return bool(_numbers(self._others[number], ("kinderen",)) & _numbers(self._self, ("kinderen",)))

    def _minor_at_address(self, number: str) -> bool:
        children = _numbers(self._others[number], ("kinderen",)) | _numbers(self._self, ("kinderen",))
        return any(child in self._others and not self._is_adult(self._others[child]) for child in children)

    def _is_adult(self, person: Json) -> bool:
        born = person.get("geboorte", {}).get("datum", {}).get("datum")
        return born is None or (int(born[:4]) + 18, born[5:]) <= (self.on.year, self.on.isoformat()[5:])

    def _persons(self, numbers: Sequence[str]) -> dict[str, Json]:
        """Read persons by number, in groups as large as the register takes at once."""
        people: dict[str, Json] = {}
        for start in range(0, len(numbers), MOST_PERSONS):
            body = {
                "type": "RaadpleegMetBurgerservicenummer",
                "burgerservicenummer": list(numbers[start : start + MOST_PERSONS]),
                "fields": list(_OWN_FIELDS),
            }
            found = self.source.ask("/personen", body, trace=self.trace).get("personen", ())
            people |= {one["burgerservicenummer"]: one for one in found}
        return people


def _numbers(person: Json, groups: Iterable[str]) -> set[str]:
    """Return the numbers in groups of related persons; a partner only while the union lasts."""
    related = [one for group in groups for one in person.get(group, ()) if "ontbindingHuwelijkPartnerschap" not in one]
    return {one["burgerservicenummer"] for one in related if "burgerservicenummer" in one}
