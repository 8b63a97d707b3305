"""By what one person acts for another, for a worker who does something with them: at the counter, or with paper."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from dichterbij.kernel.access import Access

from . import mandated, registers
from .domain import Authority


def held(representative: UUID, represented: UUID, at: datetime, access: Callable[[], Access]) -> tuple[Authority, ...]:
    """Return the authorities, by law and by mandate. `access`: to ask the registers again, where that is needed."""
    by_law = registers.of(representative, represented, at, access)
    return (*by_law, *mandated.of(representative, represented, at, access))
