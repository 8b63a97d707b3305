"""One row determined by the scalar steps, with the facts of its table."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..errors import LawError
from ..evaluate import Tape
from ..running import Run
from ..values import Value
from .table import Table


@dataclass(frozen=True, slots=True)
class Alone:
    """A graph, and the table and dates its rows are determined with."""

    tape: Tape
    table: Table
    dates: Run

    def values(self, row: int, nodes: Iterable[int]) -> list[Value | LawError]:
        """Return what each node gives for a row: a value, or the error it ends in."""
        return [self._value(row, node) for node in nodes]

    def _value(self, row: int, node: int) -> Value | LawError:
        dates = self.dates
        name, persons = self.table.name(row), self.table.persons
        run = Run(self.tape.fresh(), name, dates.period, dates.decided_on, persons, dates.given)
        try:
            return self.tape.value(run, node)
        except LawError as error:
            return error
