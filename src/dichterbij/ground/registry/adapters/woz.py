"""What homes are worth, at the register of property values (Kadaster, WOZ bevragen 1.0). Whole euros there, cents here.

That register knows homes, not people: the gateway reads at the land register which are theirs and gives them as `keys`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dichterbij.kernel.identifiers import Number

from ..domain import Query, RawRecord, RawValue, SourceRefused
from .source import Source, source

VALUE = "wozObjecten.waarde"


def make(url: str, token: str) -> "Woz":
    """Return the adapter for an address and credential."""
    return Woz(source("woz", url, token))


@dataclass(frozen=True, slots=True)
class Woz:
    """Adapter for the register of property values."""

    source: Source

    def fetch(self, query: Query) -> Mapping[Number, RawRecord]:
        """Return the value of all homes of each person together; raises `SourceUnavailable`, `SourceRefused`."""
        if set(query.fields) != {VALUE}:
            raise SourceRefused("De bron woz kent alleen de waarde.")
        return {person: self._record(query.keys.get(person, ()), query) for person in query.persons}

    def _record(self, homes: tuple[str, ...], query: Query) -> RawRecord:
        values = [self._value(home, query) for home in homes]
        known = [value for value in values if value is not None]
        if not known or len(known) < len(values):  # a total that leaves out a home would be a wrong one
            return RawRecord(values={})
        cents = sum(value["vastgesteldeWaarde"] * 100 for value in known)
        starts = max(date.fromisoformat(value["ingangsdatum"]) for value in known)
        return RawRecord(values={VALUE: RawValue(value=cents, valid_from=starts)})

    def _value(self, home: str, query: Query) -> Mapping[str, Any] | None:
        """Return the value of a home that counts on the day asked."""
        asked = {"adresseerbaarObjectIdentificatie": home, "fields": "identificatie,waarden"}
        answer = self.source.look_up("/wozobjecten", asked, trace=query.trace)
        objects = answer.get("_embedded", {}).get("wozObjecten", [])
        rows = [row for each in objects for row in each.get("waarden", ())]
        counting = [row for row in rows if row["ingangsdatum"] <= query.at.isoformat()]
        return max(counting, key=lambda row: str(row["ingangsdatum"]), default=None)
