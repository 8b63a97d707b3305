"""What is kept of a case is closed: only the organisation itself can open it."""

import json
from collections.abc import Mapping

from dichterbij.ground.organisations import keys
from dichterbij.kernel.identifiers import Oin

from .domain import Json

PURPOSE = "cases"


def closed(organisation: Oin, data: Mapping[str, Json]) -> bytes:
    """Return plain data as sealed bytes."""
    return keys.seal(organisation, json.dumps(data, ensure_ascii=False).encode(), purpose=PURPOSE)


def opened(organisation: Oin, sealed: "bytes | memoryview[int]") -> dict[str, Json]:
    """Return the plain data that was sealed; raises `SealBroken`."""
    data: dict[str, Json] = json.loads(keys.open_sealed(organisation, bytes(sealed), purpose=PURPOSE))
    return data
