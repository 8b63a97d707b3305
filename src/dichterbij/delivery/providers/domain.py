"""The contract of an organisation that can be asked, and what comes back when several are asked at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from dichterbij.delivery.cases.counters import Counter
from dichterbij.delivery.cases.domain import CaseLine, Draft, Value
from dichterbij.delivery.messages.boxes import Box
from dichterbij.ground.assessment.domain import Assessment, Request
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Oin
from dichterbij.kernel.problems import Problem

T = TypeVar("T")


class NotHere(Problem):
    """This organisation cannot be asked through this instance yet."""

    code = "organisation-not-here"
    title = "Deze organisatie is hier nog niet aangesloten"
    status = 404


class NotAvailable(Problem):
    """An organisation does not answer, or not within the second a page waits. Never to be read as "nothing"."""

    code = "organisation-not-available"
    title = "Deze organisatie is nu niet bereikbaar"
    status = 503


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What a person has at one organisation."""

    drafts: tuple[Draft, ...] = ()
    cases: tuple[CaseLine, ...] = ()


class Provider(Counter, Box, Protocol):
    """One organisation, asked under its own activity. Every access is already that of the organisation."""

    def assess(
        self, access: Access, requests: Sequence[Request], supplied: Mapping[str, Value]
    ) -> tuple[Assessment, ...]:
        """Return what the law says on each question, read by the organisation itself and nothing read twice."""
        ...

    def overview(self, access: Access) -> Overview:
        """Return the drafts and cases of the person."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Down:
    """An organisation that did not answer, and since when it does not."""

    organisation: Oin
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered(Generic[T]):
    """What several organisations answered, each at its own instant, and which did not answer."""

    answers: Mapping[Oin, T] = field(default_factory=dict)
    down: tuple[Down, ...] = ()
    asked_at: datetime
