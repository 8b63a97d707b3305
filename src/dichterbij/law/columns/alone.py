"""One row determined by the scalar steps, with the facts of its table."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..errors import LawError
from ..evaluate import Tape
from ..running import Run
from ..settle import Reaches, settle
from ..values import Unknown, Value
from .table import Table


@dataclass(frozen=True, slots=True)
class Alone:
    """A graph, and the table and dates its rows are determined with."""

    tape: Tape
    table: Table
    dates: Run

    def values(self, row: int, nodes: Iterable[int]) -> list[Value | LawError]:
        """Return what each node gives for a row, as `determine` has it: a value, or the error it ends in."""
        asked = tuple(nodes)
        found = {node: self.strict_value(row, node) for node in asked}
        open_ = [node for node, value in found.items() if isinstance(value, Unknown)]
        if open_:
            run = self._run(row)
            for node in open_:
                self.tape.value(run, node)
            settle(Reaches(self.tape, run), open_)
            found |= {node: self.tape.value(run, node) for node in open_}
        return [found[node] for node in asked]

    def strict_value(self, row: int, node: int) -> Value | LawError:
        """Return what the plain evaluation of a node gives for a row."""
        try:
            return self.tape.value(self._run(row), node)
        except LawError as error:
            return error

    def _run(self, row: int) -> Run:
        dates = self.dates
        name, persons = self.table.name(row), self.table.persons
        return Run(self.tape.fresh(), name, dates.period, dates.decided_on, persons, dates.given)
