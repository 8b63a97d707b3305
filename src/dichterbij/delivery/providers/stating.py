"""What is said elsewhere of a mandate that was given here, and what is believed of one that was given elsewhere.

Never more than who hears it must know: of its products only those of the bodies that are asked.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from dichterbij.delivery.catalogue import queries as catalogue
from dichterbij.ground.authority import mandated
from dichterbij.ground.identity.domain import Stated
from dichterbij.ground.organisations import queries as organisations
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Oin

Said = Mapping[str, Any]


def said(ground: str, bodies: Iterable[Oin], access: Callable[[], Access] | None = None) -> Said | None:
    """Return what these bodies hear of the mandate by which somebody acts now; None for another ground, and its end.

    `access`: to ask the courts about it first, when that was long ago and nothing here was just asked of `may`.
    """
    stated = mandated.stated(ground)
    if stated is None or (access and mandated.holding(UUID(stated.reference), access) is None):
        return None
    own = {each.id for body in bodies for each in catalogue.products(body)}
    products = stated.products if stated.is_everything else stated.products & own
    if not products:
        return None
    return {
        "products": sorted(products),
        "everything": stated.is_everything,
        "submit": stated.may_submit,
        "until": stated.until.isoformat(),
        "reference": stated.reference,
    }


def believed(asker: Oin, told: Said | None) -> Stated | None:
    """Return what a portal says of a mandate, when it is believed in that.

    Raises `KeyError`, `TypeError` and `ValueError` for what has another form.
    """
    if told is None or not organisations.organisation(asker).may_mandate:
        return None
    return Stated(
        products=frozenset(map(str, told["products"])),
        is_everything=told["everything"] is True,
        may_submit=told["submit"] is True,
        until=datetime.fromisoformat(told["until"]).astimezone(UTC),
        reference=str(UUID(told["reference"])),
    )
