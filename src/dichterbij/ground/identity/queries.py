"""What is known about parties and their logins."""

from uuid import UUID

from dichterbij.kernel.identifiers import Bsn


def bsn_of(party: UUID) -> Bsn:
    """Return the BSN of a party; raise `PartyUnknown` when it has none."""
    raise NotImplementedError


def party_language(party: UUID) -> str:
    """Return the language in which a person reads: `nl`, `en` or `pap`."""
    raise NotImplementedError
