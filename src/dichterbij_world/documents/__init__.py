"""What each registry knows of a person or a home, in the words of that registry. One module per registry.

Every module offers `document(person, family, on)` or `document(home, on)`: pure, to the JSON that the registry keeps.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from ..people import Family, Home, Person
from . import bag, belastingdienst, brk, brp, ccbr, claims, duo, huur, kvk, lrk, rdw, rvz, svb, uwv, woz

Document = dict[str, Any]
Projection = Callable[[Person, Family, date], Document]

PROJECTIONS: Mapping[str, Projection] = {
    "brp": brp.document,
    "belastingdienst": belastingdienst.document,
    "rvz": rvz.document,
    "duo": duo.document,
    "svb": svb.document,
    "kvk": kvk.document,
    "rdw": rdw.document,
    "huur": huur.document,
    "ccbr": ccbr.document,
    "uwv": uwv.document,
    "lrk": lrk.document,
    "brk": brk.document,
    "cjib": claims.of("cjib"),
    "cak": claims.of("cak"),
}
OF_HOMES: Mapping[str, Callable[[Home, date], Document]] = {"bag": bag.document, "woz": woz.document}
"""Registries that know homes and no people."""
