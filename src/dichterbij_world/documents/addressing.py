"""How a letter is addressed: lines of the address, salutation, name on the envelope."""

from typing import Any

from ..people import Home, Person
from . import tables
from .naming import initials, surname

_TITLES = {"M": "meneer", "V": "mevrouw"}


def addressing(person: Person, home: Home | None) -> dict[str, Any]:
    """Return the group `adressering`. Somebody who is neither man nor woman gets initials and no title."""
    short = f"{initials(person.given_names)} {surname(person)}"
    title = _TITLES.get(person.sex)
    family_name = surname(person)[0].upper() + surname(person)[1:]
    return {
        "aanhef": f"Geachte {title} {family_name}" if title else f"Geachte {short}",
        "aanschrijfwijze": {"naam": short},
        "gebruikInLopendeTekst": f"{title} {family_name}" if title else short,
        **_lines(person, home),
    }


def _lines(person: Person, home: Home | None) -> dict[str, Any]:
    if person.abroad:
        lines: dict[str, Any] = {"adresregel1": person.abroad.line1, "adresregel2": person.abroad.line2}
        return lines | {"land": tables.country(person.abroad.country)}
    if home is None:
        return {}
    number = f"{home.number}{f' {home.letter}' if home.letter else ''}{f'-{home.addition}' if home.addition else ''}"
    return {
        "adresregel1": f"{home.street} {number}",
        "adresregel2": f"{home.postcode[:4]} {home.postcode[4:]}  {home.place.upper()}",
    }
