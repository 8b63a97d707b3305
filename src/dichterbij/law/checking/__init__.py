"""Find faults in rules before anybody is asked anything: what leads nowhere, types, absence, units, dead cases.

Every article of every version is compiled as if it were asked for, and the graph is walked. Nothing is evaluated.
"""

from .notes import check_notes
from .run import check_cliffs, check_grounds, check_rules

__all__ = ["check_cliffs", "check_grounds", "check_notes", "check_rules"]
