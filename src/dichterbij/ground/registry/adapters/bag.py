"""Homes, at the register of addresses and buildings (Kadaster, BAG individuele bevragingen 2.0).

That register knows homes, not people: the gateway reads at the population register where somebody lives and gives the
identification as `keys`. Whether a home is independent is not in the published contract: where the source does not say
so either, the person is asked.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dichterbij.kernel.identifiers import Number

from ..domain import NotAtSource, Query, RawRecord, RawValue, SourceRefused
from .source import Json, Source, source

HOME = re.compile("[0-9]{4}01[0-9]{10}")
"""The identification of a building unit; of a mooring or a pitch this source says nothing we ask."""


def make(url: str, token: str) -> "Bag":
    """Return the adapter for an address and credential."""
    return Bag(source("bag", url, token))


@dataclass(frozen=True, slots=True)
class Bag:
    """Adapter for the register of addresses and buildings."""

    source: Source

    def fetch(self, query: Query) -> Mapping[Number, RawRecord]:
        """Return what is known of the home of each person; raises `SourceUnavailable`, `SourceRefused`."""
        for name in query.fields:
            if name not in FIELDS:
                raise SourceRefused(f"De bron bag kent het veld {name} niet.")
        return {person: self._record(query.keys.get(person, ()), query) for person in query.persons}

    def _record(self, homes: tuple[str, ...], query: Query) -> RawRecord:
        found = self._home(homes[0], query) if len(homes) == 1 else {}
        values = {name: FIELDS[name](found) for name in query.fields}
        return RawRecord(values={name: RawValue(value=value) for name, value in values.items() if value is not None})

    def _home(self, home: str, query: Query) -> Json:
        if not HOME.fullmatch(home):
            return {}
        try:
            answer = self.source.look_up(f"/verblijfsobjecten/{home}", trace=query.trace)
        except NotAtSource:
            return {}
        found: Json = answer.get("verblijfsobject", {})
        return found


def _plain(key: str) -> Callable[[Json], bool | int | None]:
    return lambda home: home.get(key)


FIELDS: Mapping[str, Callable[[Json], bool | int | None]] = {
    "verblijfsobject.zelfstandigeWoning": _plain("zelfstandigeWoning"),
    "verblijfsobject.oppervlakte": _plain("oppervlakte"),
}
