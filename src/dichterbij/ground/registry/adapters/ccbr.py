"""Registers of the courts: guardianship and administration of adults, guardians of children, estates, bankruptcies."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..domain import RawValue
from .by_number import ByNumber, Field, running
from .source import source


def make(url: str, token: str) -> ByNumber:
    """Return the adapter for an address and credential."""
    return ByNumber(source("ccbr", url, token), "/registraties", FIELDS, companies="/v1/insolventies/")


def _numbers(rows: list[Mapping[str, Any]], on: date) -> RawValue | None:
    numbers = tuple(row["burgerservicenummer"] for row in rows if "burgerservicenummer" in row and running([row], on))
    return RawValue(value=numbers) if numbers else None


def _is_there(rows: list[Mapping[str, Any]], on: date) -> RawValue | None:
    """Say that somebody was appointed, also when it is an institution, which has no number of a person."""
    return RawValue(value=True) if running(rows, on) else None


def _who(rows: list[Mapping[str, Any]], on: date) -> RawValue | None:
    """Return who was appointed and since when: a person by number, an institution by name."""
    said = tuple(
        {"nummer": row.get("burgerservicenummer", ""), "naam": row.get("naam", ""), "sinds": row["ingangsdatum"]}
        for row in rows
        if running([row], on)
    )
    return RawValue(value=said) if said else None


def _clients(rows: list[Mapping[str, Any]], on: date) -> RawValue | None:
    """Return for whom somebody was appointed, as what (`curatele`, `bewind`, `mentorschap`) and since when."""
    running_now = [row for row in rows if "burgerservicenummer" in row and running([row], on)]
    said = tuple(
        {"nummer": row["burgerservicenummer"], "soort": row["soort"], "sinds": row["ingangsdatum"]}
        for row in running_now
    )
    return RawValue(value=said) if said else None


def _estates(rows: list[Mapping[str, Any]], on: date) -> RawValue | None:
    """Return in whose estates somebody has a part: as what, with which power, and beside how many others."""
    said = tuple(
        {
            "nummer": row["burgerservicenummer"],
            "rol": row["rol"],
            "bevoegdheid": row["bevoegdheid"],
            **{name: row.get(name, 0) for name in ("medeErfgenamen", "medeExecuteurs")},
        }
        for row in rows
        if running([row], on)
    )
    return RawValue(value=said) if said else None


def _bankruptcies(rows: list[Mapping[str, Any]], on: date) -> RawValue | None:
    """Return of whose bankruptcies somebody is the trustee: a person, or a company by its other kind of number."""
    said = tuple(
        {"burgerservicenummer": row.get("burgerservicenummer"), "kvkNummer": row.get("kvkNummer"), "naam": row["naam"]}
        for row in rows
        if running([row], on)
    )
    return RawValue(value=said) if said else None


def _is_bankrupt(rows: list[Mapping[str, Any]], on: date) -> RawValue | None:
    """Say that the register of insolvency has a bankruptcy that runs; another insolvency has other consequences."""
    found = running([row for row in rows if row["soort"] == "faillissement"], on)
    return RawValue(value=True) if found else None


def _is_institution(rows: list[Mapping[str, Any]], on: date) -> RawValue | None:
    return RawValue(value=any(row.get("instelling", False) for row in rows if running([row], on))) if rows else None


FIELDS = {
    "curatoren.burgerservicenummer": Field("curatoren", _numbers),
    "curatoren.aanwezig": Field("curatoren", _is_there),
    "curatoren.wie": Field("curatoren", _who),
    "clienten": Field("clienten", _clients),
    "nalatenschappen": Field("nalatenschappen", _estates),
    "faillissementen": Field("faillissementen", _bankruptcies),
    "insolventies.failliet": Field("insolventies", _is_bankrupt),
    "bewindvoerders.burgerservicenummer": Field("bewindvoerders", _numbers),
    "bewindvoerders.aanwezig": Field("bewindvoerders", _is_there),
    "bewindvoerders.wie": Field("bewindvoerders", _who),
    "mentoren.wie": Field("mentoren", _who),
    "voogden.burgerservicenummer": Field("voogden", _numbers),
    "voogden.instelling": Field("voogden", _is_institution),
}
