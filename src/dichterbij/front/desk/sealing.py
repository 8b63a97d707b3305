"""What the desk keeps sealed, with the key of the organisation whose desk it is, and rows as values."""

import json
from collections.abc import Mapping

from dichterbij.ground.organisations import keys
from dichterbij.kernel.access import Permission
from dichterbij.kernel.identifiers import Oin

from .domain import Help, How, Presence
from .models import Assist

PURPOSE = "desk"


def sealed(organisation: Oin, said: Mapping[str, str]) -> bytes:
    """Return words that only this organisation can read."""
    return keys.seal(organisation, json.dumps(said).encode(), purpose=PURPOSE)


def opened(organisation: Oin, kept: bytes | memoryview) -> dict[str, str]:
    """Return what `sealed` made."""
    said: dict[str, str] = json.loads(keys.open_sealed(organisation, bytes(kept), purpose=PURPOSE))
    return said


def help_of(row: Assist) -> Help:
    """Return the row of a help as a value, opened."""
    organisation = Oin(row.organisation)
    said = opened(organisation, row.sealed)
    return Help(
        id=row.id,
        organisation=organisation,
        unit=row.unit,
        worker=row.worker,
        staff=row.staff,
        party=row.party,
        name=said["name"],
        how=How(row.how),
        presence=Presence(row.presence),
        reason=row.reason,
        permissions=frozenset(map(Permission, row.permissions)),
        document=said["document"],
        because=said["because"],
        opened_at=row.opened_at,
        until=row.until,
        ended_at=row.ended_at,
        ended=row.ended,
    )
