"""Whom a question touches, by the ids of the facts file: `p1` is the subject; numbers stay in this process."""

from collections.abc import Iterable

from dichterbij.kernel.identifiers import Bsn, Number
from dichterbij.kernel.problems import InvalidIdentifier

from .domain import SUBJECT


class People:
    """Who is who within one assessment. Only people a registry relates to the subject may be read about."""

    def __init__(self, subject: Number | None) -> None:
        self._by_id: dict[str, Number | None] = {SUBJECT: subject}
        self._via: dict[str, str] = {}
        self._known_to_registry: set[str] = {SUBJECT}

    def number(self, person: str) -> Number | None:
        """Return the number of a person or of the company that asks, when we may use it to read."""
        return self._by_id.get(person) if person in self._known_to_registry else None

    def via(self, person: str) -> str:
        """Return the relation (a fact name) through which a person came in; empty for the subject."""
        return self._via.get(person, "")

    def related(self, numbers: Iterable[object], *, via: str) -> list[str]:
        """Return ids for people that a registry relates to somebody; from now on they may be read about."""
        found = [self._id(number, via) for number in numbers]
        self._known_to_registry.update(found)
        return found

    def confirm(self, person: str, relatives: Iterable[Bsn]) -> bool:
        """Let somebody who was only named be read about when a register names them as a relative too."""
        if self._by_id.get(person) in set(relatives):
            self._known_to_registry.add(person)
        return person in self._known_to_registry

    def named(self, given: object, *, via: str) -> str:
        """Return the id for a person that somebody named; that alone is no ground to read about them."""
        return self._id(given, via)

    def _id(self, given: object, via: str) -> str:
        bsn = _bsn(given)
        for person, known in self._by_id.items():
            if bsn is not None and known == bsn:
                return person
        person = f"p{len(self._by_id) + 1}"
        self._by_id[person] = bsn
        self._via[person] = via
        return person


def _bsn(given: object) -> Bsn | None:
    if isinstance(given, Bsn):
        return given
    try:
        return Bsn(str(given))
    except InvalidIdentifier:
        return None
