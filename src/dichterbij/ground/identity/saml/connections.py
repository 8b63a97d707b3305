"""The identity providers of this instance, by the name of their means. Loads without the extra `saml`."""

from typing import TYPE_CHECKING

from ..configuration import Service
from ..domain import AssertionRefused

if TYPE_CHECKING:
    from .means import Connection

_connections: dict[str, "Connection"] = {}


def add(means_id: str, connection: "Connection") -> None:
    """Let answers to a means arrive."""
    _connections[means_id] = connection


def sharing(service: Service) -> list[Service]:
    """Return the means that stand at a routing service under the same name as this one, by their place there."""
    found = [each.peer.service for each in _connections.values() if each.peer.service.client_id == service.client_id]
    return sorted((each for each in found if each.routing), key=lambda each: each.place)


def named(means_id: str) -> "Connection":
    """Return the connection of a means; raises `AssertionRefused` for a means that has none."""
    if means_id not in _connections:
        raise AssertionRefused("Deze manier van inloggen kennen wij niet.")
    return _connections[means_id]
