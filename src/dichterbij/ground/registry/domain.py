"""What is asked of a registry and what comes back, before and after the gateway has looked at it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from dichterbij.kernel.identifiers import Bsn, Number
from dichterbij.kernel.periods import Period
from dichterbij.kernel.problems import Problem

Value = str | int | bool | None | tuple["Value", ...] | Mapping[str, "Value"]
"""What a registry says: text (dates as ISO text), number (amounts in euro cents), yes or no, nothing, or several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Ask one registry for named fields of some persons.

    `fields` are the `source.field` paths of `laws/facts.yaml`; `at` is the day the answer must be valid on;
    `period` the year or month of facts that belong to one (income), else None; `keys`: filled in by the gateway for
    a registry that knows no people, with what of each person to ask about.
    """

    registry: str
    persons: tuple[Number, ...]
    fields: tuple[str, ...]
    at: date
    period: Period | None = None
    trace: str = ""
    keys: Mapping[Number, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawValue:
    """One value as the registry gave it. `valid_from`: since when it holds, where the registry says so."""

    value: Value
    valid_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """What a registry says of one person. A field that is asked but not in `values` has no row at the source.

    `in_investigation`: fields the holder doubts; `confidential`: not to be given to third parties;
    `suspended`: why the list is no longer kept (`O` died, `E` emigrated, `R` non-resident ...), else None.
    `also_about`: others whose data had to be looked at to answer (who lives at the same address), with which fields.
    """

    values: Mapping[str, RawValue]
    in_investigation: frozenset[str] = field(default_factory=frozenset)
    confidential: bool = False
    suspended: str | None = None
    also_about: Mapping[Bsn, tuple[str, ...]] = field(default_factory=dict)


class Adapter(Protocol):
    """Speaks the contract of one registry."""

    def fetch(self, query: Query) -> Mapping[Number, RawRecord]:
        """Return what the registry says, per person it knows; raises `SourceUnavailable`, `SourceRefused`."""
        ...


class SourceUnavailable(Problem):
    """A registry does not answer, or not in time. Never to be read as "no data"."""

    code = "source-unavailable"
    title = "Deze bron is nu niet bereikbaar"
    status = 503


class SourceRefused(Problem):
    """A registry understood the question and refuses it: wrong field, wrong credential, wrong form."""

    code = "source-refused"
    title = "Deze bron weigert de vraag"
    status = 502


class TooManyAtSource(SourceRefused):
    """More people fit a search than the registry itself gives."""


class NotAtSource(SourceRefused):
    """The registry knows nothing under the number that was asked."""
