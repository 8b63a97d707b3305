"""What the tests of the project share: the invented world and its people."""

from dichterbij.front.conftest import citizen, log_in, persona, world

__all__ = ["citizen", "log_in", "persona", "world"]
