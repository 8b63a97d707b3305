"""Homes in the places of the world: invented streets, identifications in the form of the address register."""

from collections import defaultdict
from dataclasses import dataclass, field
from random import Random

from . import names
from .people import Home

# municipality code: name, first four digits of its postcodes, how many of those there are
PLACES = {
    "0599": ("Rotterdam", 3011, 78),
    "0150": ("Deventer", 7411, 14),
    "0606": ("Schiedam", 3111, 14),
    "0344": ("Utrecht", 3511, 70),
}
LANDLORDS = (
    "Woonstichting De Brug",
    "Woningcorporatie Maasoever",
    "Stichting Thuis aan de IJssel",
    "Particuliere verhuurder",
)
_PER_STREET = 40
_LATER = 150_000
_LETTERS = "ABCDEGHJKLMNPRSTVWXZ"


@dataclass(slots=True)
class HomeBook:
    """Gives out addresses that were not given out before."""

    _given: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def next(self, random: Random, municipality: str = "0599", **known: object) -> Home:
        """Return a new home in a municipality; `known` fixes what a story needs (rent, landlord ...)."""
        index = self._given[municipality]
        self._given[municipality] += 1
        return Home(**(_address(municipality, index) | _tenure(random) | known))  # type: ignore[arg-type]


def later_home(municipality: str, serial: int) -> Home:
    """Return a rented home that was not given out when the world was made."""
    return Home(**(_address(municipality, _LATER + serial) | {"rent_cents": 74_500, "landlord": LANDLORDS[0]}))  # type: ignore[arg-type]


def _address(municipality: str, index: int) -> dict[str, object]:
    place, first_postcode, postcodes = PLACES[municipality]
    street, number = divmod(index, _PER_STREET)
    letters = divmod(street // postcodes, len(_LETTERS))
    serial = f"{index + 1:010d}"
    return {
        "id": f"{municipality}01{serial}",
        "number_id": f"{municipality}20{serial}",
        "street": names.street(street + int(municipality)),
        "number": number * 2 + 1 + street % 2,
        "postcode": f"{first_postcode + street % postcodes}{_LETTERS[letters[0]]}{_LETTERS[letters[1]]}",
        "place": place,
        "municipality": municipality,
    }


def _tenure(random: Random) -> dict[str, object]:
    rented = random.random() < 0.5
    common: dict[str, object] = {
        "rented": rented,
        "floor_area": random.randint(38, 150),
        "built_in": random.randint(1905, 2024),
        "value_cents": random.randint(190, 620) * 100_000,
    }
    if not rented:
        return common
    return common | {
        "rent_cents": random.randint(42_000, 115_000),
        "service_cents": random.choice((0, 2_150, 3_575, 4_800)),
        "landlord": random.choice(LANDLORDS),
    }
