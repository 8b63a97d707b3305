"""Parties and their numbers: sealed with the key of the operator, found again by keyed hash."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from dichterbij.ground.organisations import keys, queries
from dichterbij.kernel import clock

from .domain import AssertionRefused, Identifier, IdentifierType
from .models import Party, PartyIdentifier


def rows_for(identifiers: Sequence[Identifier]) -> list[PartyIdentifier]:
    """Return the rows of these identifiers, all of one party, which is made when none of them was known.

    Raises `AssertionRefused` when they belong to different parties: two people are never made one.
    """
    try:
        with transaction.atomic():
            return _find_or_make(identifiers)
    except IntegrityError:
        pass
    try:
        with transaction.atomic():  # somebody made the same party at the same moment: theirs is the one
            return _find_or_make(identifiers)
    except IntegrityError:
        raise AssertionRefused("Deze gegevens horen bij een andere persoon.") from None


def party_of(identifier: Identifier) -> UUID | None:
    """Return the party with this identifier, if it is known."""
    row = PartyIdentifier.objects.filter(type=identifier.type, lookup=lookup(identifier)).first()
    return row.party_id if row else None


def value_of(row: PartyIdentifier) -> str:
    """Return the number or name that a row keeps."""
    return unseal(row.sealed, purpose=_purpose(row.type))


def lookup(identifier: Identifier) -> str:
    """Return the keyed hash under which an identifier is found."""
    return keys.keyed_hash(queries.operator().oin, _purpose(identifier.type), identifier.value)


def seal(text: str, *, purpose: str) -> bytes:
    """Seal a text with the key of the operator."""
    return keys.seal(queries.operator().oin, text.encode(), purpose=purpose)


def unseal(sealed: bytes | memoryview, *, purpose: str) -> str:
    """Return a sealed text."""
    return keys.open_sealed(queries.operator().oin, bytes(sealed), purpose=purpose).decode()


def _find_or_make(identifiers: Sequence[Identifier]) -> list[PartyIdentifier]:
    found = {row.type: row for identifier in identifiers if (row := _row(identifier))}
    parties = {row.party_id for row in found.values()}
    if len(parties) > 1:
        raise AssertionRefused("Deze gegevens horen bij verschillende personen.")
    party_id = parties.pop() if parties else Party.objects.create(known_since=clock.now()).id
    return [found.get(identifier.type) or _add(party_id, identifier) for identifier in identifiers]


def _row(identifier: Identifier) -> PartyIdentifier | None:
    rows = PartyIdentifier.objects.select_related("party")
    return rows.filter(type=identifier.type, lookup=lookup(identifier)).first()


def _add(party_id: UUID, identifier: Identifier) -> PartyIdentifier:
    return PartyIdentifier.objects.create(
        party_id=party_id,
        type=identifier.type,
        lookup=lookup(identifier),
        sealed=seal(identifier.value, purpose=_purpose(identifier.type)),
    )


def _purpose(type_: str) -> str:
    return f"identity.{IdentifierType(type_).name.lower()}"
