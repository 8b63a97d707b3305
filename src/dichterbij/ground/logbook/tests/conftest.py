"""What the tests of the logbook share."""

from collections.abc import Callable

import pytest

from dichterbij.ground.logbook import services
from dichterbij.ground.logbook.domain import Entry, Kind, Receipt, Result
from dichterbij.kernel.access import Access
from dichterbij.kernel.identifiers import Bsn, Oin

ANNA, DUO = Bsn("999993653"), Oin("00000099100000003000")


@pytest.fixture
def access(new_access: Callable[..., Access]) -> Access:
    return new_access(bsn=ANNA, organisation=DUO)


@pytest.fixture
def record(access: Access) -> Callable[[int], tuple[Receipt, ...]]:
    """Return a function that records so many looks at Anna."""

    def many(number: int) -> tuple[Receipt, ...]:
        entries = [
            Entry(kind=Kind.READ, subject=ANNA, fields=(f"veld.{index}",), outcome=Result.GIVEN)
            for index in range(number)
        ]
        return services.record_all(access, entries)

    return many
