"""States of the page of the operator, for the browser."""

from dichterbij_world.states import State

STATES = [
    State(route="operate", name="all is well", who="rotterdam_reader", go="/operate"),
    State(route="operate", name="for who does not operate", who="rotterdam_handler", go="/operate", status=403),
]
