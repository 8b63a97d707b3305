"""Every registry this product knows, by the name that `laws/facts.yaml` uses."""

from collections.abc import Callable, Mapping

from ..domain import Adapter
from . import bag, belastingdienst, brk, brp, ccbr, claims, duo, huur, kvk, lrk, rdw, rvz, svb, uwv, woz

ADAPTERS: Mapping[str, Callable[[str, str], Adapter]] = {
    "brp": brp.make,
    "belastingdienst": belastingdienst.make,
    "rvz": rvz.make,
    "duo": duo.make,
    "svb": svb.make,
    "kvk": kvk.make,
    "rdw": rdw.make,
    "bag": bag.make,
    "huur": huur.make,
    "ccbr": ccbr.make,
    "uwv": uwv.make,
    "lrk": lrk.make,
    "brk": brk.make,
    "woz": woz.make,
    "cjib": claims.maker("cjib"),
    "cak": claims.maker("cak"),
}
KEYED_BY = {
    "bag": ("brp", "verblijfplaats.adresseerbaarObjectIdentificatie"),
    "woz": ("brk", "onroerendeZaken.adresseerbaarObject"),
}
"""Registers that know no people: which field of which other register says what of theirs to ask about."""
