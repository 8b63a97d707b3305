"""The law for many: the same graph as for one person, on columns of NumPy (the extra `population`).

Start at `run.population`. A table (`table.py`) has the names of the vocabulary as columns and a row per person. The
plan (`plan.py`) turns the nodes of a graph into steps on columns; each operation has one definition (`operations.py`),
with a scalar meaning and the name of its lowering here. The web process never imports this package.
"""

from .outcome import Outcome, Population
from .run import population
from .table import Column, Table

__all__ = ["Column", "Outcome", "Population", "Table", "population"]
