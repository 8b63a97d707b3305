"""State pension, survivors and child benefit at the social insurance bank."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..domain import RawValue
from .by_number import ByNumber, Field, plain
from .source import source


def make(url: str, token: str) -> ByNumber:
    """Return the adapter for an address and credential."""
    return ByNumber(source("svb", url, token), "/verzekerden", FIELDS)


def _children(benefit: Mapping[str, Any], _on: date) -> RawValue | None:
    """Return the children for whom child benefit is paid to this person or the partner at home."""
    numbers = tuple(benefit["kinderen"])
    return RawValue(value=numbers) if numbers else None


FIELDS = {
    "aow.uitkering": Field("aow", plain("uitkering")),
    "aow.einddatum": Field("aow", plain("einddatum")),
    "aow.opbouwpercentage": Field("aow", plain("opbouwpercentage")),
    "aow.soort": Field("aow", plain("soort")),
    "anw.uitkering": Field("anw", plain("uitkering")),
    "verzekering.akw": Field("verzekering", plain("akw")),
    "verzekering.anw": Field("verzekering", plain("anw")),
    "kinderbijslag.uitkering": Field("kinderbijslag", plain("uitkering")),
    "kinderbijslag.kinderen": Field("kinderbijslag", _children),
    "kinderbijslag.dubbel": Field("kinderbijslag", plain("dubbel")),
}
