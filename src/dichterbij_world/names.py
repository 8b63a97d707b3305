"""Names of people and streets, put together so that they sound Dutch and belong to nobody in particular."""

from pathlib import Path
from random import Random

import yaml

_PARTS: dict[str, str] = yaml.safe_load(Path(__file__).with_name("names.yaml").read_text(encoding="utf-8"))
GIVEN_M = _PARTS["given_m"].split()
GIVEN_V = _PARTS["given_v"].split()
_PREFIXES = ("", "", "", "", "van", "van der", "de", "van den", "ter")
_STREET_ENDS = ("straat", "weg", "laan", "plein", "singel", "pad")
SURNAMES = tuple(head + tail for head in _PARTS["heads"].split() for tail in _PARTS["tails"].split())


def chance(*about: str | int) -> Random:
    """Return chance that is always the same for the same thing."""
    return Random("/".join(map(str, about)))  # noqa: S311 nothing secret rests on it, and it must be repeatable


def given_names(random: Random, sex: str) -> str:
    """Return one or two given names."""
    choices = GIVEN_M if sex == "M" else GIVEN_V
    return " ".join(random.sample(choices, 2 if random.random() < 0.35 else 1))


def surname(random: Random) -> tuple[str, str]:
    """Return a prefix (may be empty) and a surname."""
    return random.choice(_PREFIXES), random.choice(SURNAMES)


def street(index: int) -> str:
    """Return the name of the street with an index; indexes give different names up to 4,608."""
    name = SURNAMES[index * 7 % len(SURNAMES)].lower()
    return name.capitalize() + _STREET_ENDS[index // len(SURNAMES) % len(_STREET_ENDS)]
