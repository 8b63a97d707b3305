"""How sure we are who somebody is: the assurance levels of the eIDAS regulation (910/2014, article 8)."""

from enum import IntEnum


class Level(IntEnum):
    """Assurance level of a login; what is not known counts as none."""

    NONE = 0
    LOW = 1
    SUBSTANTIAL = 2
    HIGH = 3

    @classmethod
    def parse(cls, name: str) -> "Level":
        """Return the level with this name; an unknown name is `NONE`.

        >>> Level.parse("substantial"), Level.parse("urn:unheard-of")
        (<Level.SUBSTANTIAL: 2>, <Level.NONE: 0>)
        """
        return cls.__members__.get(name.upper(), cls.NONE)
