"""How people are called in lines: otherwise per organisation and per year, so that nobody can match them.

When the key of a year is destroyed its lines belong to nobody, also those in a copy; what was signed still verifies.
"""

from uuid import UUID

from dichterbij.ground.organisations import keys
from dichterbij.kernel import clock
from dichterbij.kernel.identifiers import Number, Oin

SUBJECT, ACTOR, PARTY = "logbook-subject", "logbook-actor", "logbook-party"


def of_subject(organisation: Oin, number: Number) -> str:
    """Return how a person whose data it is about is called now."""
    return _now(organisation, SUBJECT, number.value)


def of_actor(organisation: Oin, party: UUID) -> str:
    """Return how who acts is called now."""
    return _now(organisation, ACTOR, str(party))


def of_party(organisation: Oin, party: UUID) -> str:
    """Return how the person of an access is called now."""
    return _now(organisation, PARTY, str(party))


def all_of_subject(organisation: Oin, number: Number) -> list[str]:
    """Return every name under which lines about a person can still be found."""
    return _all(organisation, SUBJECT, number.value)


def all_of_actor(organisation: Oin, party: UUID) -> list[str]:
    """Return every name under which lines of who acted can still be found."""
    return _all(organisation, ACTOR, str(party))


def all_of_party(organisation: Oin, party: UUID) -> list[str]:
    """Return every name under which the person or company of an access can still be found."""
    return _all(organisation, PARTY, str(party))


def _now(organisation: Oin, purpose: str, text: str) -> str:
    return keys.hash_of_year(organisation, clock.today().year, purpose, text)


def _all(organisation: Oin, purpose: str, text: str) -> list[str]:
    """Return the names of the years whose keys are here, and the one of before there were keys of years."""
    first = keys.first_year(organisation)
    years = range(first, max(first, clock.today().year) + 2)  # one more: of a clock that was set back
    return [
        keys.keyed_hash(organisation, purpose, text),
        *(keys.hash_of_year(organisation, year, purpose, text) for year in years),
    ]
