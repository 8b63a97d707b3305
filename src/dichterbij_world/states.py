"""States of pages, for the checks in a real browser: who looks, and what they do to get there.

Each room lists its own in `tests/states.py` as `STATES`; an address without a state fails the browser tests.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Page = Any
"""A Playwright page whose addresses are relative to the site; not imported, so that the world needs no browser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One page in one state.

    `route`: name of the address (as in `urls.py`); `who`: key of a persona, empty for somebody who is not logged in;
    `go`: a path, or what to do with a page to get there; `status`: of the answer (an error page has another).
    """

    route: str
    name: str
    go: str | Callable[[Page], None]
    who: str = ""
    status: int = 200
