"""What belongs to a case and is kept in a room above: paper that was scanned. That room registers here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dichterbij.kernel.access import Access

from .domain import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file of a case. `kind`: pdf, jpg or png; `size` in bytes."""

    id: UUID
    kind: str
    size: int
    added_at: datetime


Provider = Callable[[Access, UUID], tuple[Attachment, ...]]
_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    """Add a provider under a stable name."""
    _providers[name] = provider


def of_case(access: Access, case: Case) -> tuple[Attachment, ...]:
    """Return the files of a case of which something came on paper, in the order they came."""
    if not case.has_paper:
        return ()
    return tuple(found for provider in _providers.values() for found in provider(access, case.line.id))
