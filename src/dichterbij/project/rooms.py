"""The rooms of this instance, found on disk: deleting the folder of a front room removes it and nothing else."""

from importlib.util import find_spec

GROUND = ("outbox", "organisations", "logbook", "registry", "assessment", "identity", "authority")
DELIVERY = ("catalogue", "contact", "messages", "cases", "providers", "verification", "sharing", "paper")
FRONT = (
    "life_events",
    "my_data",
    "sharing",
    "authorities",
    "desk",
    "appointments",
    "help_point",
    "rules",
    "data_catalogue",
    "log_reading",
    "about",
)


def present(floor: str, names: tuple[str, ...]) -> list[str]:
    """Return the dotted names of the rooms of a floor that exist."""
    return [name for room in names if find_spec(name := f"dichterbij.{floor}.{room}")]


def all_rooms() -> list[str]:
    """Return every room that is a Django application, lowest first."""
    return [*present("ground", GROUND), *present("delivery", DELIVERY), *present("front", FRONT)]
