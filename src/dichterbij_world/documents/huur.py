"""Tenancies, as landlords report them: who lives in a rented home and what it costs a month. Euro cents."""

from datetime import date
from typing import Any

from ..people import Family, Person


def document(person: Person, family: Family, on: date) -> dict[str, Any]:
    """Return whether the home is rented and, if so, the contract; nothing is known of addresses abroad."""
    home = family.home(person.home)
    if home is None or person.letter_address:
        return {"burgerservicenummer": person.bsn}
    if not home.rented:
        return {"burgerservicenummer": person.bsn, "huurovereenkomst": {"aanwezig": False}}
    contract: dict[str, Any] = {
        "aanwezig": True,
        "kaleHuur": home.rent_cents,
        "servicekosten": home.service_cents,
        "verhuurder": home.landlord,
        "ingangsdatum": min(one.home_since for one in family.people if one.home == home.id).isoformat(),
        "bewoners": len(family.residents(home.id, on)),
    }
    return {"burgerservicenummer": person.bsn, "huurovereenkomst": contract}
