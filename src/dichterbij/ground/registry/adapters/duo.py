"""Enrolment and student finance at DUO."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..domain import RawValue
from .by_number import ByNumber, Field, of_running, plain, running, since
from .source import source


def make(url: str, token: str) -> ByNumber:
    """Return the adapter for an address and credential."""
    return ByNumber(source("duo", url, token), "/onderwijsgegevens", FIELDS)


def _kind(rows: list[Mapping[str, Any]], on: date) -> RawValue | None:
    """Return `mbo_bol`, `mbo_bbl`, `hbo` or `wo`: for mbo the route is part of the kind."""
    row = running(rows, on)
    if row is None:
        return None
    return since(row, "_".join(part for part in (row["onderwijssoort"], row.get("leerweg")) if part))


def _living(finance: Mapping[str, Any], on: date) -> RawValue | None:
    return of_running("soort")(finance["woonsituaties"], on)


def _disregarded(finance: Mapping[str, Any], _on: date) -> RawValue | None:
    numbers = tuple(finance["oudersBuitenBeschouwing"])
    return RawValue(value=numbers) if numbers else None


FIELDS = {
    "inschrijving.onderwijssoort": Field("inschrijvingen", _kind),
    "inschrijving.niveau": Field("inschrijvingen", of_running("niveau")),
    "inschrijving.vorm": Field("inschrijvingen", of_running("vorm")),
    "inschrijving.opleiding": Field("inschrijvingen", of_running("opleiding")),
    "inschrijving.instelling": Field("inschrijvingen", of_running("instelling")),
    "studiefinanciering.eersteMaand": Field("studiefinanciering", plain("eersteMaand")),
    "studiefinanciering.woonsituatie": Field("studiefinanciering", _living),
    "studiefinanciering.ouderBuitenBeschouwing": Field("studiefinanciering", _disregarded),
}
