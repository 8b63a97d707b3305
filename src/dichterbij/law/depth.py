"""Room for deep rules: twenty laws that call each other, each with a hundred nested operations.

Done once, when the room is imported: a limit that changes under way surprises other code.
"""

import sys
from typing import Final

DEEPEST: Final = 40_000


def make_room(depth: int = DEEPEST) -> None:
    """Let Python call so deep; what law files may hold is bounded elsewhere, long before this."""
    if sys.getrecursionlimit() < depth:
        sys.setrecursionlimit(depth)
