"""Sets of values on a line, for thresholds: amounts, numbers, ages and days.

A cut lies just before (0) or just after (1) a value; a range lies between two cuts. So "up to and including 5" and
"below 5" differ, and nothing is lost between whole numbers and fractions.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import inf
from typing import Final, TypeAlias

Number: TypeAlias = int | Decimal | float
Cut: TypeAlias = tuple[Number, int]
LOWEST: Final[Cut] = (-inf, 0)
HIGHEST: Final[Cut] = (inf, 1)


@dataclass(frozen=True, slots=True)
class Ranges:
    """Ranges between cuts, in order and apart."""

    parts: tuple[tuple[Cut, Cut], ...]

    @property
    def is_empty(self) -> bool:
        """Say whether no value is in it."""
        return not self.parts

    def both(self, other: "Ranges") -> "Ranges":
        """Return the values that are in both."""
        cuts = ((max(a, c), min(b, d)) for a, b in self.parts for c, d in other.parts)
        return of(cuts)

    def either(self, other: "Ranges") -> "Ranges":
        """Return the values that are in one of the two."""
        return of((*self.parts, *other.parts))

    def rest(self) -> "Ranges":
        """Return the values that are not in it."""
        ends = [LOWEST, *(cut for part in self.parts for cut in part), HIGHEST]
        return of(zip(ends[::2], ends[1::2], strict=True))


def of(parts: Iterable[tuple[Cut, Cut]]) -> Ranges:
    """Return ranges of any parts: empty ones left out, those that touch made one."""
    made: list[tuple[Cut, Cut]] = []
    for first, last in sorted(part for part in parts if part[0] < part[1]):
        if made and first <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], last))
        else:
            made.append((first, last))
    return Ranges(tuple(made))


ALL: Final = of([(LOWEST, HIGHEST)])
NONE: Final = of([])


def where(operation: str, limit: Number) -> Ranges:
    """Return the values for which a comparison with a limit holds.

    >>> where("LESS_THAN", 5).parts
    (((-inf, 0), (5, 0)),)
    """
    before, after = (limit, 0), (limit, 1)
    match operation:
        case "LESS_THAN":
            return of([(LOWEST, before)])
        case "LESS_THAN_OR_EQUAL":
            return of([(LOWEST, after)])
        case "GREATER_THAN":
            return of([(after, HIGHEST)])
        case "GREATER_THAN_OR_EQUAL":
            return of([(before, HIGHEST)])
        case _:
            return of([(before, after)])
