"""The value of a home, in the words of WOZ bevragen 1.0 (Kadaster): of the object, not of who owns it. Whole euros."""

from datetime import date
from typing import Any

from ..people import Home
from .brk import address, parcel_number

_GROWTH = (1.0, 0.94, 0.9)
"""The value of the year itself and of the two years before, as parts of the first."""


def document(home: Home, on: date) -> dict[str, Any]:
    """Return the object with the values of three years; a value counts from a year after the day it is of (WOZ 18)."""
    return {
        "identificatie": f"{home.municipality}{home.id[-8:]}",
        "aanduiding": {name: each for name, each in address(home).items() if not name.startswith("adresseerbaar")},
        "adresseerbaarObjectIdentificaties": [home.id],
        "kadastraalOnroerendeZaakIdentificaties": [parcel_number(home)],
        "verantwoordelijkeGemeente": {"code": home.municipality, "omschrijving": home.place},
        "waarden": [_value(home, on.year - back, part) for back, part in enumerate(_GROWTH)],
    }


def _value(home: Home, year: int, part: float) -> dict[str, Any]:
    return {
        "vastgesteldeWaarde": int(home.value_cents * part) // 100_000 * 1_000,
        "waardepeildatum": f"{year - 1}-01-01",
        "ingangsdatum": f"{year}-01-01",
        "beschikkingsStatussen": ["beschikking_genomen"],
    }
