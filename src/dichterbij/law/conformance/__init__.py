"""Run a conformance folder of the RegelRecht format: scenarios, golden cases, schema fixtures.

`run(directory)` reads law files by `$id` and `valid_from` wherever they stand in the folder, so a flat folder
works as well. Nothing of such a folder is part of this project; it is read where it is.
"""

from .report import Line, Report
from .run import run

__all__ = ["Line", "Report", "run"]
