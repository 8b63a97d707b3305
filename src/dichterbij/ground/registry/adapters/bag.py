"""The home somebody is registered at: what the address register says of the object itself."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..domain import RawValue
from .by_number import ByNumber, Field, plain
from .source import source


def make(url: str, token: str) -> ByNumber:
    """Return the adapter for an address and credential."""
    return ByNumber(source("bag", url, token), "/woonobjecten", FIELDS)


def _value_of_home(home: Mapping[str, Any], _on: date) -> RawValue:
    """Return the property value in euro cents, with the day it was valued on."""
    value = home["woz"]
    return RawValue(value=value["vastgesteldeWaarde"] * 100, valid_from=date.fromisoformat(value["waardepeildatum"]))


FIELDS = {
    "verblijfsobject.zelfstandigeWoning": Field("verblijfsobject", plain("zelfstandigeWoning")),
    "verblijfsobject.oppervlakte": Field("verblijfsobject", plain("oppervlakte")),
    "verblijfsobject.wozWaarde": Field("verblijfsobject", _value_of_home),
}
