"""The home somebody is registered at: what the address register says of the object itself."""

from .by_number import ByNumber, Field, plain
from .source import source


def make(url: str, token: str) -> ByNumber:
    """Return the adapter for an address and credential."""
    return ByNumber(source("bag", url, token), "/woonobjecten", FIELDS)


FIELDS = {
    "verblijfsobject.zelfstandigeWoning": Field("verblijfsobject", plain("zelfstandigeWoning")),
    "verblijfsobject.oppervlakte": Field("verblijfsobject", plain("oppervlakte")),
}
