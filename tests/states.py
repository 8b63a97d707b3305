"""Every state of a page that the rooms name, for who looks at all of them."""

from importlib import import_module
from importlib.util import find_spec

from dichterbij.project.rooms import all_rooms
from dichterbij_world.states import State

ROOMS = ["dichterbij.web", *all_rooms(), "dichterbij_world", "dichterbij.project"]


def all_states() -> list[State]:
    """Return the states of all rooms."""
    found: list[State] = []
    for room in ROOMS:
        if find_spec(f"{room}.tests") and find_spec(f"{room}.tests.states"):
            found += import_module(f"{room}.tests.states").STATES
    return found
