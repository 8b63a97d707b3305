"""Citizen service numbers from the range that is never given to a real person (it begins with 999)."""

from collections.abc import Iterator
from itertools import chain

from dichterbij.kernel.identifiers import passes_eleven_test

# 99999.... belongs to the published test set of RvIG, so that it can be loaded beside this world.
RANGES = (range(999_900_000, 999_990_000), range(999_000_000, 999_900_000))


def invented_numbers() -> Iterator[str]:
    """Give every number of the test range that passes the eleven-test, always in the same order.

    >>> numbers = invented_numbers()
    >>> next(numbers), next(numbers)
    ('999900006', '999900018')
    """
    return (digits for number in chain(*RANGES) if passes_eleven_test(digits := str(number)))
