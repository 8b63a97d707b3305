"""What somebody must pay a body, as events (Financial Claims Information Document 4.1, Vorderingenoverzicht Rijk).

Amounts are euro cents; every amount follows from the events beside it.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from ..people import Claim, Family, Person

_OIN = {"cjib": "00000099100000914000", "cak": "00000099100000910000"}


def of(body: str) -> Callable[[Person, Family, date], dict[str, Any]]:
    """Return how the document of one body is made."""

    def document(person: Person, _family: Family, on: date) -> dict[str, Any]:
        claims = [claim for claim in person.claims if claim.body == body and claim.imposed_on <= on]
        return {
            "aangeleverd_door": _OIN[body],
            "document_datumtijd": f"{on}T04:00:00+00:00",
            "bsn": person.bsn,
            "financiele_zaken": [_matter(person, claim, number, on) for number, claim in enumerate(claims, start=1)],
        }

    return document


def _matter(person: Person, claim: Claim, number: int, on: date) -> dict[str, Any]:
    reference = f"{claim.body.upper()}-{person.bsn[-5:]}-{number}"
    return {
        "zaakkenmerk": reference,
        "bsn": person.bsn,
        "totaal_financieel_verplicht": claim.cents + claim.costs_cents,
        "totaal_financieel_vereffend": claim.paid_cents,
        "saldo": claim.cents + claim.costs_cents - claim.paid_cents,
        "saldo_datumtijd": f"{on}T04:00:00+00:00",
        "gebeurtenissen": [*_imposed(person, claim, reference), *_paid(claim, reference)],
        "achterstanden": [],
    }


def _imposed(person: Person, claim: Claim, reference: str) -> list[dict[str, Any]]:
    costs = (f"{claim.body}_administratiekosten", "Administratiekosten", claim.costs_cents)
    parts = ((claim.kind, "Algemeen", claim.cents), costs)
    return [
        {
            "gebeurtenis_type": "FinancieleVerplichtingOpgelegd",
            "gebeurteniskenmerk": f"{reference}-{number}",
            "datumtijd_gebeurtenis": f"{claim.imposed_on}T08:00:00+00:00",
            "datumtijd_opgelegd": f"{claim.imposed_on}T08:00:00+00:00",
            "zaakkenmerk": reference,
            "beschikkingsnummer": reference,
            "bsn": person.bsn,
            "primaire_verplichting": number == 1,
            "type": kind,
            "categorie": category,
            "bedrag": cents,
        }
        for number, (kind, category, cents) in enumerate(parts, start=1)
        if cents
    ]


def _paid(claim: Claim, reference: str) -> list[dict[str, Any]]:
    if not claim.paid_cents:
        return []
    return [
        {
            "gebeurtenis_type": "BetalingVerwerkt",
            "gebeurteniskenmerk": f"{reference}-betaald",
            "datumtijd_gebeurtenis": f"{claim.imposed_on}T20:00:00+00:00",
            "betalingskenmerk": reference,
            "bedrag": claim.paid_cents,
        }
    ]
