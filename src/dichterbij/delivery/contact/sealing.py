"""Sealed values of this room: with the key of who operates this instance."""

import json
from collections.abc import Mapping

from dichterbij.ground.organisations import keys, queries

PURPOSE = "contact"


def closed(content: Mapping[str, str]) -> bytes:
    """Return texts as sealed bytes."""
    return keys.seal(queries.operator().oin, json.dumps(content).encode(), purpose=PURPOSE)


def opened(sealed: bytes | memoryview) -> dict[str, str]:
    """Return the texts that were sealed."""
    found: dict[str, str] = json.loads(keys.open_sealed(queries.operator().oin, bytes(sealed), purpose=PURPOSE))
    return found
