"""What each registry knows of a person, in the words of that registry. One module per registry.

Every module offers `document(person, family, on)`: pure, from the person to the JSON that the registry keeps.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from ..people import Family, Person
from . import bag, belastingdienst, brk, brp, ccbr, claims, duo, huur, kvk, lrk, rdw, rvz, svb, uwv

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
    "bag": bag.document,
    "huur": huur.document,
    "ccbr": ccbr.document,
    "uwv": uwv.document,
    "lrk": lrk.document,
    "brk": brk.document,
    "cjib": claims.of("cjib"),
    "cak": claims.of("cak"),
}
