"""Every evaluation of a conformance run once more, on columns: the same scenario as many rows must give the same."""

from dataclasses import dataclass, replace
from typing import Final

from ..evaluate import Run, Tape

SIZES: Final = (1, 1000)


class Differs(Exception):
    """Columns give something else than the scalar steps."""


@dataclass(slots=True)
class Beside:
    """Counts evaluations, and those for which columns needed no help of the scalar steps."""

    evaluations: int = 0
    entirely: int = 0

    def check(self, tape: Tape, run: Run) -> None:
        """Hold columns of equal rows against the scalar steps, for every output; raises Differs."""
        from ..columns.scenario import found_alone, found_on_columns

        self.evaluations += 1
        is_whole = True
        for size in SIZES:
            for name, found in found_on_columns(tape, run, size).items():
                is_whole &= None not in found
                expected = found_alone(tape, replace(run, values=tape.fresh()), name)
                if found - {None, expected}:
                    raise Differs(f"columns give {found} for '{name}', one person gets {expected}")
        self.entirely += is_whole

    def __str__(self) -> str:
        return f"columns: {self.evaluations} evaluations the same, {self.entirely} of them without the scalar steps"
