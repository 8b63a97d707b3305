"""The counter of an organisation: what its pages ask, whether its cases lie in this instance or elsewhere.

The room above fills this in, because only it knows who lives where (`register`). A page asks for a counter by the
organisation of its access; it never sees the difference.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from dichterbij.delivery.messages.domain import MessageLine
from dichterbij.ground.assessment.domain import Assessment
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Oin

from . import queries
from .domain import Case, CaseLine, Correction, Draft, UnknownCase, UnknownDraft, Value
from .queries import Place


class Counter(Protocol):
    """What a person does at one organisation with an application. Every access is that of the organisation."""

    def running(self, access: Access, product: str) -> CaseLine | None:
        """Return the open case of the person for a product, if there is one."""
        ...

    def start(
        self,
        access: Access,
        product: str,
        *,
        name: str,
        language: str,
        supplied: Mapping[str, Value] | None = None,
        cause: str = "",
    ) -> Draft:
        """Return a prefilled application."""
        ...

    def draft(self, access: Access, draft: UUID) -> tuple[Draft, Assessment | None]:
        """Return an application that is not sent yet, with what the law said of it last."""
        ...

    def fill(
        self,
        access: Access,
        draft: UUID,
        *,
        supplied: Mapping[str, Value] | None = None,
        unknown: tuple[str, ...] = (),
        corrections: tuple[Correction, ...] = (),
        remark: str | None = None,
    ) -> Draft:
        """Keep what the applicant filled in."""
        ...

    def discard(self, access: Access, draft: UUID) -> None:
        """Throw an application away that is not sent yet."""
        ...

    def submit(self, access: Access, draft: UUID, key: UUID) -> CaseLine:
        """Send an application; the same key gives the same case."""
        ...

    def case(self, access: Access, case: UUID) -> Case:
        """Return a case with all that belongs to it."""
        ...

    def determination(self, access: Access, found: Case) -> Assessment | None:
        """Return the determination a case rests on now."""
        ...

    def box(self, access: Access, case: UUID | None = None) -> tuple[MessageLine, ...]:
        """Return the messages to the person; only those of a case when it is given."""
        ...

    def answer(self, access: Access, case: UUID, question: UUID, given: Value) -> None:
        """Answer a question of the organisation."""
        ...

    def object_to(self, access: Access, case: UUID, text: str, *, late_because: str = "") -> None:
        """Object to the decision in force; a second time for it changes nothing."""
        ...

    def withdraw(self, access: Access, case: UUID) -> None:
        """Take an application back."""
        ...


@dataclass(slots=True)
class _Filled:
    counter: Callable[[Oin], Counter] | None = None
    place: Callable[[UUID], Place | None] | None = None


_filled = _Filled()


def register(counter: Callable[[Oin], Counter], place: Callable[[UUID], Place | None]) -> None:
    """Say how to reach the counter of an organisation, and where a case or draft lies that is not in this instance."""
    _filled.counter, _filled.place = counter, place


def at(organisation: Oin) -> Counter:
    """Return the counter of an organisation."""
    if _filled.counter is None:
        raise LookupError("no room said how to reach an organisation: see `counters.register`")
    return _filled.counter(organisation)


def place(case: UUID) -> Place:
    """Return where a case lies, here or elsewhere; raises `UnknownCase`."""
    try:
        return queries.place(case)
    except UnknownCase:
        found = _elsewhere(case)
        if found is None:
            raise
        return found


def place_of_draft(draft: UUID) -> Place:
    """Return where a draft lies, here or elsewhere; raises `UnknownDraft`."""
    try:
        return queries.place_of_draft(draft)
    except UnknownDraft:
        found = _elsewhere(draft)
        if found is None:
            raise
        return found


def _elsewhere(number: UUID) -> Place | None:
    return _filled.place(number) if _filled.place else None
