"""The message box of an organisation, whether it lies in this instance or elsewhere; the room above fills it in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from dichterbij.kernel.access import Access, Product
from dichterbij.kernel.identifiers import Oin

from . import queries
from .domain import Opened, Paper, UnknownMessage


class Box(Protocol):
    """What a person does with one message. Every access is that of the organisation that sent it."""

    def message(self, access: Access, message: UUID) -> Opened:
        """Return a message as it was sent, and note that the receiver opened it."""
        ...

    def document(self, access: Access, message: UUID) -> Paper:
        """Return the file of a message."""
        ...

    def choose_post(self, access: Access, message: UUID, *, by_post: bool) -> None:
        """Keep whether the person wants the messages of its sender on paper too."""
        ...


@dataclass(slots=True)
class _Filled:
    box: Callable[[Oin], Box] | None = None
    product: Callable[[UUID], Product | None] | None = None


_filled = _Filled()


def register(box: Callable[[Oin], Box], product: Callable[[UUID], Product | None]) -> None:
    """Say how to reach the box of an organisation, and what to ask access for a message that lies elsewhere."""
    _filled.box, _filled.product = box, product


def at(organisation: Oin) -> Box:
    """Return the box of an organisation."""
    if _filled.box is None:
        raise LookupError("no room said how to reach an organisation: see `boxes.register`")
    return _filled.box(organisation)


def product_of(message: UUID) -> Product:
    """Return what to ask access for before a message is opened, here or elsewhere. Raises `UnknownMessage`."""
    try:
        return queries.product_of(message)
    except UnknownMessage:
        found = _filled.product(message) if _filled.product else None
        if found is None:
            raise
        return found
