"""Invented points where people get help, as the file an operator would bring: around the places of the world."""

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random

from .homes import PLACES

NUMBER = 600
COLUMNS = ("key", "name", "address", "postcode", "place", "phone", "latitude", "longitude", "hours")
MIDDLES = {"0599": (51.92, 4.48), "0150": (52.25, 6.16), "0606": (51.92, 4.40), "0344": (52.09, 5.12)}
HOURS = (
    "mo 10:00-17:00; tu 10:00-17:00; we 10:00-17:00; th 10:00-20:00; fr 10:00-17:00; sa 10:00-14:00",
    "tu 13:00-17:00; th 13:00-17:00",
    "mo 09:00-12:00; we 09:00-12:00; we 13:00-17:00; fr 09:00-12:00",
)
_LETTERS = "ABCDEGHJKLMNPRSTVWXZ"


def write(path: Path, seed: int) -> Path:
    """Write the file; the same seed gives the same points. Returns where it is."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_rows(Random(seed)))  # noqa: S311 invented, and the same each time
    return path


def _rows(random: Random) -> Iterator[tuple[object, ...]]:
    codes = list(PLACES)
    for number in range(1, NUMBER + 1):
        code = codes[number % len(codes)]
        place, first, postcodes = PLACES[code]
        north, east = MIDDLES[code]
        letters = random.choice(_LETTERS) + random.choice(_LETTERS)
        yield (
            f"punt-{number}",
            f"Verzonnen bibliotheek {number}",
            f"Voorbeeldplein {random.randint(1, 90)}",
            f"{first + random.randrange(postcodes)} {letters}",
            place,
            "",
            round(north + random.gauss(0, 0.04), 5),
            round(east + random.gauss(0, 0.06), 5),
            random.choice(HOURS),
        )
